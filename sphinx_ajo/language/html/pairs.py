"""Match the tags of several pieces of HTML with one another."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from sphinx_ajo.language.html.leftovers import TITLES, is_namespaced
from sphinx_ajo.language.html.names import (
    BLOCKS,
    CONTROLS,
    ENDED_BY,
    FOREIGN,
    KNOWN,
    PARENTS,
    RAW_TEXT,
    VOID,
    WITHOUT_END,
)
from sphinx_ajo.language.html.tags import find_tags

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_ajo.language.html.tags import Tag

MAX_DEPTH: Final = 20
"""How deep elements may nest, with the Markdown around them. Of deeper ones, only the content is
kept. (Sphinx's text writer crashes when none of its 70 columns is left.)"""


@dataclass(slots=True)
class Mark:
    """A tag in one of the pieces."""

    tag: Tag
    piece: int
    partner: Mark | None = None
    """The tag at the other end of the element."""
    evidence: int = -1
    """The last piece that an element without a closing tag reaches: its content proves that."""
    depth: int = 0
    hollow: bool = True
    """Whether there is nothing but white space between it and its partner."""
    image: Mark | None = None
    """The ``<svg>`` that contains it."""
    parent: Mark | None = None
    """The element that contains it, with or without a closing tag."""
    in_place: bool = False
    """Whether an element that may contain it is open."""
    controls: int = 0
    """How many controls (:data:`.CONTROLS`) it contains so far."""
    number: int = 0
    """Its place among the controls in its parent, if it is one."""

    @property
    def foreign(self) -> bool:
        """Whether it belongs to an inline SVG image, not to HTML."""
        return self.image is not None and self.image.partner is not None


@dataclass(slots=True)
class _Open:
    stack: list[Mark] = field(default_factory=list)
    by_name: dict[str, list[int]] = field(default_factory=dict)
    depth: int = 0

    def push(self, mark: Mark) -> None:
        mark.depth = self.depth
        self.depth += mark.tag.name in KNOWN
        self.by_name.setdefault(mark.tag.name, []).append(len(self.stack))
        self.stack.append(mark)

    def find(self, *names: str) -> int:
        return max((self.by_name[name][-1] for name in names if self.by_name.get(name)), default=-1)

    def pop_to(self, index: int) -> Mark:
        while True:
            mark = self.stack.pop()
            self.depth -= mark.tag.name in KNOWN
            self.by_name[mark.tag.name].pop()
            if len(self.stack) == index:
                return mark


class OpenTags:
    """The block elements that are open after pieces of HTML, which are added one by one.

    Inline elements do not count: authors forget to end ``<a name="x">``.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._open = _Open()

    @property
    def innermost(self) -> str:
        """The name of the last one; empty if none is open."""
        return self._open.stack[-1].tag.name if self._open.stack else ""

    def __contains__(self, name: str) -> bool:
        """Tell whether an element is open."""
        return self._open.find(name) >= 0

    def add(self, text: str) -> None:
        """Read the next piece."""
        for tag in find_tags(text):
            if tag.name in BLOCKS:
                _match(Mark(tag, 0), self._open)


def match_tags(pieces: Sequence[str | None]) -> list[list[Mark]]:
    """Find the tags of each piece, and which belong together.

    Linear in the number of tags.

    :param pieces: The HTML of each piece; ``None`` for one that is not HTML.
    """
    opened = _Open()
    result: list[list[Mark]] = []
    for number, piece in enumerate(pieces):
        marks: list[Mark] = []
        result.append(marks)
        end = 0
        for tag in find_tags(piece) if piece is not None else ():
            if opened.stack:
                # an element that holds text, or other elements, is not hollow
                last = opened.stack[-1]
                if number != last.piece or (piece or "")[end : tag.start].strip():
                    last.hollow = False
            mark = Mark(tag, number)
            marks.append(mark)
            end = tag.end
            if tag.name:
                _match(mark, opened)
    return result


def _match(mark: Mark, opened: _Open) -> None:
    mark.parent = opened.stack[-1] if opened.stack else None
    if mark.tag.name == "title":
        mark.tag = _title(mark)
    name = mark.tag.name
    image = opened.find(*FOREIGN)
    if image >= 0 and not (mark.tag.closing and name in FOREIGN):
        mark.image = opened.stack[image]
    if mark.tag.closing:
        index = opened.find(name)
        # the parser reads all up to the closing tag as text: our slots must not be in it
        if index >= 0 and (name not in RAW_TEXT or opened.stack[index].piece == mark.piece):
            mark.partner = opened.pop_to(index)
            mark.partner.partner = mark
            mark.depth = mark.partner.depth
        return
    if mark.parent is not None:
        mark.parent.hollow = False
        mark.parent.controls += name in CONTROLS
        mark.number = mark.parent.controls
    parent = opened.find(*PARENTS.get(name, ()))
    if parent >= 0:
        opened.stack[parent].evidence = mark.piece
        mark.in_place = True
    ended = opened.find(*ENDED_BY.get(name, ()), *(("p",) if name in BLOCKS else ()))
    if ended > parent:
        opened.pop_to(ended)
    if name not in VOID and not mark.tag.empty:
        opened.push(mark)


def _title(mark: Mark) -> Tag:
    """Return the tag of a title as its equivalent in the element that contains it."""
    parent = mark.parent
    if mark.tag.closing:
        is_title = parent is not None and parent.tag.source == "title"
        name = parent.tag.name if parent is not None and is_title else ""
    else:
        name = TITLES.get(parent.tag.name, "") if parent is not None else ""
    return replace(mark.tag, name=name, source="title") if name else mark.tag


def is_other(mark: Mark) -> bool:
    """Tell whether a tag is neither one of HTML nor a placeholder.

    :returns: Whether a conversion from another system has left it there.
    """
    tag = mark.tag
    if not tag.name or mark.foreign or is_placeholder(mark):
        return False
    return bool(tag.source and tag.source != "title") or tag.name not in KNOWN


def is_placeholder(mark: Mark) -> bool:
    """Tell whether what looks like a tag is placeholder text, such as ``<your-org-id>``.

    :returns: Whether readers must see it as it is written.
    """
    tag, partner = mark.tag, mark.partner
    if mark.foreign:
        return False
    if not tag.name:
        return True
    if tag.source and partner is None:
        return tag.plain and not (tag.closing or tag.empty or mark.in_place)
    if tag.name not in KNOWN and (tag.empty or is_namespaced(tag.name)):
        return False
    if partner is None:
        if tag.closing:
            return tag.name not in KNOWN
        return (
            tag.name not in KNOWN
            or tag.name in RAW_TEXT
            or (tag.plain and tag.name not in WITHOUT_END)
        )
    opening = partner if tag.closing else mark
    return tag.name not in KNOWN and opening.hollow
