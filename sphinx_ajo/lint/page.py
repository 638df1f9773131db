"""The input of a rule: the lines and blocks of a file, and its text without code and comments."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from markdown_it.common.html_re import HTML_TAG_RE

from sphinx_ajo.language.code_spans import CodeSpans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

MASK: Final = "\x1a"
"""The placeholder in a masked text for each character that is not text."""

_CODE: Final = frozenset({"fence", "code_block"})

_SPECIAL = re.compile(r"\\[!-/:-@\[-`{-~]|`+|<")
# older releases of markdown-it-py anchor the pattern, so it could not match within a text
_OTHERS: Final = (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"))
_TAG = re.compile(HTML_TAG_RE.pattern.removeprefix("^"))
_AUTOLINK = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]{1,31}:[^<>\x00-\x20]*>")
_CONTAINERS = r"[\s>]*(?:(?:[-+*]|\d{1,9}[.)])(?=[ \t])[\s>]*)*"
"""Markers of quotes and list items before a block on its first line."""
_HEADING = re.compile(rf"{_CONTAINERS}#{{1,6}}(?P<text>.*)$")
_PREFIX = re.compile(_CONTAINERS)


class Prose(NamedTuple):
    """The text of a paragraph, heading or table cell."""

    line: int
    """Its first line, counted from 0."""
    text: str
    """The text as in the file, without the markers of its parents."""
    masked: str
    """The same without code, comments, tags and escaped characters: see :func:`mask`."""

    def line_at(self, position: int) -> int:
        """Return the line of a character.

        :returns: The index of its line in the file.
        """
        return self.line + self.text.count("\n", 0, position)


class Heading(NamedTuple):
    """A heading."""

    line: int
    level: int
    text: str
    """The text after the number signs."""
    masked: str


class Table(NamedTuple):
    """A table."""

    start: int
    rows: tuple[str, ...]
    """Its lines as in the file, including the line of dashes."""


@dataclass(frozen=True)
class Page:
    """A file to be checked."""

    source: str
    md: MarkdownIt
    """A parser of the dialect of the file."""

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the file."""
        return self.source.split("\n")

    @cached_property
    def tokens(self) -> list[Token]:
        """The blocks of the file; their text is as typed."""
        tokens: list[Token] = []
        self.md.block.parse(self.source, self.md, self._sandbox, tokens)
        return tokens

    @cached_property
    def code(self) -> frozenset[int]:
        """The lines of code, including fences."""
        return self._lines_of(_CODE)

    @cached_property
    def opaque(self) -> frozenset[int]:
        """The lines that are not Markdown: code, HTML, comments and the front matter."""
        return self.code | self._lines_of(frozenset({"html_block", "front_matter"}))

    @cached_property
    def prose(self) -> list[Prose]:
        """All texts that readers see."""
        return [
            Prose(token.map[0], token.content, mask(token.content))
            for token in self.tokens
            if token.type == "inline" and token.map
        ]

    @cached_property
    def text_lines(self) -> frozenset[int]:
        """The lines of paragraphs, headings and tables."""
        return self._lines_of(frozenset({"paragraph_open", "heading_open", "table_open"}))

    @cached_property
    def headings(self) -> list[Heading]:
        """All headings."""
        found = []
        for opening, inline in pairwise(self.tokens):
            if opening.type == "heading_open" and opening.map:
                text = inline.content
                if opening.markup.startswith("#"):
                    match = _HEADING.match(self.lines[opening.map[0]])
                    text = _without_closing(match["text"]) if match else text
                found.append(Heading(opening.map[0], int(opening.tag[1:]), text, mask(text)))
        return found

    @cached_property
    def tables(self) -> list[Table]:
        """All tables."""
        return [
            Table(token.map[0], tuple(self.lines[token.map[0] : token.map[1]]))
            for token in self.tokens
            if token.type == "table_open" and token.map
        ]

    @property
    def front_matter(self) -> str:
        """The YAML at the top of the file."""
        first = self.tokens[0] if self.tokens else None
        return first.content if first is not None and first.type == "front_matter" else ""

    def blocks(self, *types: str) -> Iterator[tuple[Token, int, int]]:
        """Find blocks.

        :param types: The types of their (opening) tokens.
        :returns: Each token with its first line, and the line after its last.
        """
        for token in self.tokens:
            if token.type in types and token.map:
                yield token, token.map[0], token.map[1]

    def inline(self, text: str) -> list[Token]:
        """Parse the text of a block."""
        children: list[Token] = []
        self.md.inline.parse(text, self.md, self._sandbox, children)
        return children

    @cached_property
    def _sandbox(self) -> dict[str, Any]:
        return {}

    def _lines_of(self, types: frozenset[str]) -> frozenset[int]:
        found: set[int] = set()
        for token in self.tokens:
            if token.type in types and token.map:
                found.update(range(*token.map))
        return frozenset(found)


def content_of(line: str) -> str:
    """Return a line without the markers of quotes and list items around it."""
    match = _PREFIX.match(line)
    return line[match.end() :] if match else line


def _without_closing(text: str) -> str:
    """Remove the number signs that close a heading."""
    text = text.strip()
    shorter = text.rstrip("#")
    return shorter.rstrip() if not shorter or shorter[-1] in " \t" else text


def is_blank(line: str) -> bool:
    """Tell whether a line is empty, except for markers of quotes."""
    return not line.strip(" \t\r>")


def column(line: str, mark: str) -> int:
    """Return the column of a marker.

    :returns: The column of its first occurrence, with tabs expanded; -1 if there is none.
    """
    return line.expandtabs(4).find(mark)


def mask(text: str) -> str:
    """Replace by :data:`MASK` what is not text: code, comments, tags, addresses, escapes.

    :param text: The source of a paragraph or the like.
    :returns: A text of the same length, with the same line breaks. Takes linear time.
    """
    spans = CodeSpans(text)
    parts: list[str] = []
    at = 0
    endless: set[str] = set()
    while match := _SPECIAL.search(text, at):
        start, end = match.span()
        if match[0][0] == "`":
            close = spans.end_of_code(start, end)
            end = close if close > end else -end
        elif match[0] == "<":
            end = -end
            ends = next((ends for begins, ends in _OTHERS if text.startswith(begins, start)), "")
            if ends:
                close = -1 if ends in endless else text.find(ends, start + 2)
                if close < 0:
                    endless.add(ends)
                else:
                    end = close + len(ends)
            elif tag := _AUTOLINK.match(text, start) or _TAG.match(text, start):
                end = tag.end()
        parts.append(text[at:start])
        found = text[start : abs(end)]
        parts.append(found if end < 0 else _hide(found))
        at = abs(end)
    parts.append(text[at:])
    return "".join(parts)


def _hide(text: str) -> str:
    return "\n".join(MASK * len(line) for line in text.split("\n"))
