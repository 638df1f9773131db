"""Join pieces of HTML and Markdown to one fragment, and parse it as a browser does.

Each piece of Markdown becomes an empty element in the fragment, its *slot*. So the HTML parser
knows the place of the Markdown when it repairs the nesting.

The parser is justhtml: pure Python without dependencies, typed, maintained, it passes the tests
of the browsers, knows the place of each node in the source, and is linear in nesting depth. (By
comparison: html5lib has had no release since 2020 and is quadratic; lxml and selectolax parse
well but tell no positions, and need a compiler where there is no wheel.)
"""

from __future__ import annotations

import html
import re
import textwrap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from justhtml import JustHTML

from sphinx_ajo.language.bracket_markers import parts_between
from sphinx_ajo.language.entities import unescape
from sphinx_ajo.language.html.leftovers import (
    html_closing,
    html_opening,
    link_text,
    other_text,
)
from sphinx_ajo.language.html.names import (
    CODE,
    CONTROLS,
    FORBIDDEN,
    FOREIGN,
    INVISIBLE,
    VOID,
)
from sphinx_ajo.language.html.pairs import MAX_DEPTH, is_other, is_placeholder
from sphinx_ajo.language.html.tags import tag_attributes
from sphinx_ajo.language.html.tree import attributes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from justhtml import NodeType
    from markdown_it.token import Token

    from sphinx_ajo.language.html.pairs import Mark

SLOT: Final = "ajo-slot"
"""The attribute of the element that stands for Markdown; its value is the number of the slot."""


_PLACEHOLDER = re.compile(
    r"<(?=/?[^\W\d_](?:[\w.@-][\w.:@-]*)?/?>|[A-Za-z][A-Za-z0-9+.-]+://[^\s<>]*>)"
)
"""Text that a browser reads as a tag, but CommonMark and authors do not: ``<YOUR_ID>``. (It does
not match ``<o:p>``, a tag of word processors.)"""


_BEGIN = re.compile(r"<(?=[A-Za-z/])")
"""Text that a browser reads as the beginning of a tag."""


@dataclass(slots=True)
class Piece:
    """A part of a fragment: HTML, Markdown blocks, or inline Markdown."""

    line: int
    text: str = ""
    """The source of HTML or of inline Markdown."""
    html: bool = False
    tokens: list[Token] = field(default_factory=list)
    """The tokens of Markdown blocks."""
    _taken: bool = False

    def claim(self) -> bool:
        """Claim the piece for writing: it is written only once."""
        taken, self._taken = self._taken, True
        return not taken

    def take_text(self) -> str | None:
        """Claim the piece as text in which only entities are Markdown.

        :returns: The text; empty if the piece has already been claimed. ``None`` for a block that
            is neither a paragraph nor code; that one is not claimed.
        """
        if self.tokens and self.tokens[0].type not in {"paragraph_open", "code_block"}:
            return None
        if not self.claim():
            return ""
        if not self.tokens:
            return unescape(self.text)
        if self.tokens[0].type == "code_block":
            return textwrap.indent(self.tokens[0].content.rstrip("\n"), "    ")
        return unescape(self.tokens[1].content)

    @property
    def last_line(self) -> int:
        """The line on which it ends: the line below its text, if a line break is at the end."""
        if self.tokens and (lines := self.tokens[0].map):
            return lines[1] - 1
        return self.line + self.text.count("\n")

    @property
    def line_behind(self) -> int:
        """The line below the last line of its text."""
        return self.last_line + (not self.text.endswith("\n"))


class Fragment:
    """Pieces that are parsed together."""

    def __init__(
        self, pieces: Sequence[Piece], marks: Sequence[list[Mark]], level: int = 0
    ) -> None:
        """Parse the pieces."""
        source = "".join(piece.text for piece in pieces)
        self._slot = SLOT
        while self._slot in source:
            self._slot += "-"  # the author may have used our attribute
        self._room = MAX_DEPTH - level
        self._parts: list[str] = []
        self._endless = ""
        """The name of the last code element without a closing tag: it ends with its block."""
        self._after_other = False
        """Whether the last part is the end of an element that HTML does not have."""
        self._line = pieces[0].line if pieces else 0
        self._lines: list[int] = [self._line]
        self.slots: list[Piece] = []
        behind = self._line
        for piece, found in zip(pieces, marks, strict=True):
            if self._endless and piece.line > behind:
                self._add(f"</{self._endless}>", self._line)
                self._endless = ""
            if piece.html:
                self._add_html(piece, found)
            elif piece.tokens or piece.text.strip():
                self._add_slot(piece)
            else:
                self._add(piece.text, piece.line)
            self._line = piece.last_line
            behind = piece.line_behind
        tree = JustHTML(
            "".join(self._parts),
            fragment=True,
            sanitize=False,
            scripting_enabled=False,
            track_node_locations=True,
        )
        self.children: Sequence[NodeType] = tree.root.children or ()

    def _add(self, text: str, line: int) -> None:
        if line > self._line:
            # in code, readers see blank lines
            count = min(line - self._line, 2)
            self._parts.append("\n" * count)
            self._lines.extend([line] * count)
        self._parts.append(text)
        first = self._lines[-1]
        self._lines.extend(range(first + 1, first + 1 + text.count("\n")))

    def _add_html(self, piece: Piece, marks: Sequence[Mark]) -> None:
        parts, at = [], 0
        between = parts_between(piece.text, [(mark.tag.start, mark.tag.end) for mark in marks])
        for mark, before in zip(marks, between, strict=False):
            tag = mark.tag
            parts.append(_escape(before))
            other = is_other(mark)
            if at < tag.start:
                self._after_other = False
            elif other and self._after_other and not tag.closing:
                parts.append(" ")  # a browser would let the words of the two run together
            at = tag.end
            parts.append(self._tag_source(mark, piece.text[tag.start : tag.end]))
            self._after_other = other and (tag.closing or tag.empty)
        self._after_other = self._after_other and at == len(piece.text)
        parts.append(_escape(between[-1]))
        self._add("".join(parts), piece.line)

    def _tag_source(self, mark: Mark, text: str) -> str:
        """Return the source that the HTML parser gets for a tag."""
        tag = mark.tag
        if not mark.foreign and (is_placeholder(mark) or not tag.name):
            text = text if tag.name else _with_lines(other_text(text), text)
            return html.escape(text)
        if _is_left_out(mark, self._room):
            return _with_lines("", text)
        if tag.source:
            return _with_lines(_equal(mark, text), text)
        if tag.empty and tag.name not in VOID and not mark.foreign:
            return f"{text}</{tag.name}>"
        if tag.name in CODE and mark.partner is None:
            self._endless = "" if tag.closing else tag.name
        if tag.name in CONTROLS and _follows_control(mark):
            return f" &gt; {text}"
        return text

    def _add_slot(self, piece: Piece) -> None:
        # a <div> ends an open paragraph, as a block of Markdown does
        self._after_other = False
        name = "div" if piece.tokens else "ajo-text"
        self._add(f'<{name} {self._slot}="{len(self.slots)}"></{name}>', piece.line)
        self.slots.append(piece)

    def slot(self, node: NodeType) -> Piece | None:
        """Return the piece of Markdown that an element stands for.

        :returns: The piece; ``None`` if the element is not a slot.
        """
        number = attributes(node).get(self._slot) if node.name in {"div", "ajo-text"} else None
        return self.slots[int(number)] if number else None

    def line(self, node: NodeType) -> int | None:
        """Return the line of the source that a node begins in.

        :returns: The line; ``None`` for a node that the parser added.
        """
        slot = self.slot(node)
        if slot is not None:
            return slot.line
        number = node.origin_line
        return None if number is None else self._lines[min(number, len(self._lines)) - 1]


def _escape(text: str) -> str:
    """Escape the text between tags where browsers, but not CommonMark, would read a tag."""
    whole, bracket, rest = text.rpartition(">")
    # a tag without an end here would continue to the end of the next one
    return _PLACEHOLDER.sub("&lt;", whole + bracket) + _BEGIN.sub("&lt;", rest)


def _with_lines(text: str, source: str) -> str:
    """Add the line breaks that a text has lost, so that what follows stays on its line."""
    return text + "\n" * (source.count("\n") - text.count("\n"))


def _equal(mark: Mark, text: str) -> str:
    """Write the HTML equivalent of a tag of another system."""
    tag = mark.tag
    if tag.closing:
        return html_closing(tag.source, tag.name) if mark.partner is not None else ""
    attributes = tag_attributes(tag, text)
    opening = html_opening(tag.source, tag.name, attributes)
    if not tag.empty:
        return opening
    content = html.escape(link_text(tag.source, attributes))
    return opening + content + html_closing(tag.source, tag.name)


def _follows_control(mark: Mark) -> bool:
    """Tell whether a control follows another one in a ``<menucascade>``."""
    parent = mark.parent
    if mark.tag.closing or parent is None or parent.tag.name != "menucascade":
        return False
    return mark.number > 1


def _is_left_out(mark: Mark, room: int) -> bool:
    """Tell whether a tag is left out, but not the content of its element."""
    name = mark.tag.name
    if mark.tag.closing and mark.partner is not None:
        mark = mark.partner  # the closing tag is left out with the opening one
    if name in FORBIDDEN or (name in FOREIGN and mark.partner is None):
        # a lone closing tag may close a tag that the HTML parser knows, but CommonMark does not
        return not mark.tag.closing
    return mark.depth >= room and not mark.foreign and name not in INVISIBLE
