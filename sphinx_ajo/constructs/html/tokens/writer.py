"""Append block tokens, with correct lines and levels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from markdown_it.token import Token

from sphinx_ajo.language.html.source import escape_start

HTML_TEXT: Final = "ajo_html"
"""The key of an inline token's ``meta`` that says that all its text comes from HTML."""


@dataclass(slots=True)
class _Box:
    opening: Token
    is_open: bool = False


class TokenWriter:
    """A list of tokens that grows."""

    def __init__(self, level: int) -> None:
        """Start with no tokens."""
        self._tokens: list[Token] = []
        self._level = level
        self._line = 0
        self._wrap: list[tuple[str, str]] = []
        """The tags of inline elements around blocks; each paragraph inside gets them."""
        self._boxes: list[_Box] = []
        """Boxes with headings inside; each is opened by the first token inside it."""

    def at_line(self, line: int | None) -> None:
        """Set the line of the next tokens.

        :param line: The line; ``None`` keeps that of the tokens before.
        """
        if line is not None:
            self._line = line

    def push(self, *tokens: Token) -> None:
        """Append tokens, inside of all boxes.

        :param tokens: The tokens, with correct levels already.
        """
        for box in self._boxes:
            if not box.is_open:
                box.is_open = True
                self._tokens.append(box.opening)
        self._tokens.extend(tokens)

    def open(self, type_: str, tag: str, **fields: Any) -> Token:
        """Append an opening token.

        :param type_: Its type, without ``_open``.
        """
        token = self._token(f"{type_}_open", tag, 1, **fields)
        self.push(token)
        self._level += 1
        return token

    def close(self, type_: str, tag: str) -> None:
        """Append a closing token.

        :param type_: Its type, without ``_close``.
        """
        self._level -= 1
        self._tokens.append(self._token(f"{type_}_close", tag, -1))

    def leaf(self, type_: str, tag: str, **fields: Any) -> Token:
        """Append a token without content of its own."""
        token = self._token(type_, tag, 0, **fields)
        self.push(token)
        return token

    def _token(self, type_: str, tag: str, nesting: Any, **fields: Any) -> Token:
        line = None if nesting == -1 else [self._line, self._line + 1]
        return Token(type_, tag, nesting, block=True, level=self._level, map=line, **fields)

    def inline(self, source: str, *, html: bool) -> None:
        """Append inline content.

        :param html: Whether all of it comes from HTML.
        """
        for opening, closing in reversed(self._wrap):
            source = f"{opening}{source}{closing}"
        token = self.leaf("inline", "", content=source, children=[])
        token.meta[HTML_TEXT] = html

    def paragraph(
        self, source: str, line: int | None, *, html: bool = False, classes: str = ""
    ) -> None:
        """Append a paragraph, unless it is empty.

        :param html: Whether all of it comes from HTML.
        """
        source = source.strip()
        if not source:
            return
        self.at_line(line)
        self.open("paragraph", "p", attrs={"class": classes} if classes else {})
        self.inline(escape_start(source) if html else source, html=html)
        self.close("paragraph", "p")

    def open_box(self, attributes: dict[str, Any]) -> None:
        """Begin a box that headings may lie in."""
        token = self._token("ajo_html_box_open", "div", 1, attrs=attributes)
        self._boxes.append(_Box(token))
        self._level += 1

    def close_box(self) -> None:
        """End the last of these boxes."""
        self._level -= 1
        box = self._boxes.pop()
        if box.is_open:
            self._tokens.append(_closing(box))

    def push_heading(self, tokens: list[Token]) -> None:
        """Append a heading outside of all boxes, which continue after it: no box holds sections."""
        for box in reversed(self._boxes):
            if box.is_open:
                box.is_open = False
                self._tokens.append(_closing(box))
        self._tokens.extend(moved(tokens, self._level - len(self._boxes)))


def _closing(box: _Box) -> Token:
    return Token("ajo_html_box_close", "div", -1, block=True, level=box.opening.level)


def moved(tokens: list[Token], level: int) -> list[Token]:
    """Move tokens to another nesting level."""
    shift = level - tokens[0].level
    for token in tokens:
        token.level += shift
    return tokens
