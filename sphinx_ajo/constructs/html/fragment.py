"""Put pieces of HTML and of Markdown together to one fragment, and parse that as a browser does.

Markdown stands in the fragment as an empty element, its *slot*: so the HTML parser sees where it
belongs when it repairs the nesting.

The parser is justhtml: pure Python without dependencies, typed, maintained, it passes the tests
of the browsers, knows the place of each node in the source, and is linear in nesting depth. (By
comparison: html5lib has had no release since 2020 and is quadratic; lxml and selectolax parse
well but tell no positions, and need a compiler where there is no wheel.)
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from justhtml import JustHTML

from sphinx_ajo.bracket_markers import parts_between
from sphinx_ajo.constructs.html.names import FORBIDDEN, FOREIGN, INVISIBLE, VOID
from sphinx_ajo.constructs.html.pairs import MAX_DEPTH, is_placeholder
from sphinx_ajo.constructs.html.tree import attributes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from justhtml import NodeType
    from markdown_it.token import Token

    from sphinx_ajo.constructs.html.pairs import Mark

SLOT: Final = "ajo-slot"
"""The attribute of the element that stands for Markdown; its value is the number of the slot."""


_PLACEHOLDER = re.compile(
    r"<(?=/?[^\W\d_](?:[\w.@-][\w.:@-]*)?/?>|[A-Za-z][A-Za-z0-9+.-]+://[^\s<>]*>)"
)
"""What a browser takes for a tag, but CommonMark and authors do not: ``<YOUR_ID>``. (``<o:p>`` is
one that word processors leave.)"""


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

    def take(self) -> bool:
        """Tell whether the piece has not been written yet; from now on it has.

        :returns: Whether it is to be written.
        """
        taken, self._taken = self._taken, True
        return not taken


class Fragment:
    """Pieces that are parsed together."""

    def __init__(
        self, pieces: Sequence[Piece], marks: Sequence[list[Mark]], level: int = 0
    ) -> None:
        """Parse the pieces.

        :param pieces: The pieces.
        :param marks: The tags of each.
        :param level: How deep they lie in Markdown.
        """
        source = "".join(piece.text for piece in pieces)
        self._slot = SLOT
        while self._slot in source:
            self._slot += "-"  # the author's own attribute is none of ours
        self._room = MAX_DEPTH - level
        self._parts: list[str] = []
        self._lines: list[int] = [pieces[0].line if pieces else 0]
        self.slots: list[Piece] = []
        for piece, found in zip(pieces, marks, strict=True):
            if piece.html:
                self._add_html(piece, found)
            elif piece.tokens or piece.text.strip():
                self._add_slot(piece)
            else:
                self._add(piece.text, piece.line)
        tree = JustHTML(
            "".join(self._parts),
            fragment=True,
            sanitize=False,
            scripting_enabled=False,
            track_node_locations=True,
        )
        self.children: Sequence[NodeType] = tree.root.children or ()

    def _add(self, text: str, line: int) -> None:
        if line > self._lines[-1]:
            self._parts.append("\n")
            self._lines.append(line)
        self._parts.append(text)
        first = self._lines[-1]
        self._lines.extend(range(first + 1, first + 1 + text.count("\n")))

    def _add_html(self, piece: Piece, marks: Sequence[Mark]) -> None:
        parts = []
        between = parts_between(piece.text, [(mark.tag.start, mark.tag.end) for mark in marks])
        for mark, before in zip(marks, between, strict=False):
            tag = mark.tag
            text = piece.text[tag.start : tag.end]
            parts.append(_PLACEHOLDER.sub("&lt;", before))
            if is_placeholder(mark):
                parts.append(html.escape(text))
            elif _is_left_out(mark, self._room):
                parts.append("\n" * text.count("\n"))
            elif tag.empty and tag.name not in VOID and not mark.foreign:
                parts.append(f"{text}</{tag.name}>")
            else:
                parts.append(text)
        parts.append(_PLACEHOLDER.sub("&lt;", between[-1]))
        self._add("".join(parts), piece.line)

    def _add_slot(self, piece: Piece) -> None:
        # a <div> ends an open paragraph, as a block of Markdown does
        name = "div" if piece.tokens else "ajo-text"
        self._add(f'<{name} {self._slot}="{len(self.slots)}"></{name}>', piece.line)
        self.slots.append(piece)

    def slot(self, node: NodeType) -> Piece | None:
        """Return what an element stands for.

        :param node: Any node.
        :returns: The piece, if it is a slot.
        """
        number = attributes(node).get(self._slot) if node.name in {"div", "ajo-text"} else None
        return self.slots[int(number)] if number else None

    def line(self, node: NodeType) -> int | None:
        """Return the line of the source that a node begins in.

        :param node: Any node.
        :returns: The line; ``None`` for a node that the parser added.
        """
        slot = self.slot(node)
        if slot is not None:
            return slot.line
        number = node.origin_line
        return None if number is None else self._lines[min(number, len(self._lines)) - 1]


def _is_left_out(mark: Mark, room: int) -> bool:
    """Tell whether a tag is left out, but not the content of its element."""
    name = mark.tag.name
    if mark.tag.closing and mark.partner is not None:
        mark = mark.partner  # the closing tag goes with the opening one
    if name in FORBIDDEN or (name in FOREIGN and mark.partner is None):
        return True
    return mark.depth >= room and not mark.foreign and name not in INVISIBLE
