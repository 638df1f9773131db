"""Find the markers ``[!WORD text]`` in a text, brackets in pairs. No Markdown, no Sphinx.

One pass over the text finds all of them, so that the time is linear however many are not closed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sphinx_ajo.language.code_spans import CodeSpans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

HINTS: Final = frozenset({"DNL", "UICONTROL"})
"""The markers that are hints for translators: readers get their text."""

INLINE_MARKERS: Final = frozenset({"BADGE", "DNL", "UICONTROL"})
"""Keywords that are ordinary text, also at the beginning of a quote."""

QUOTE_MARKERS: Final = frozenset(
    {
        "BEGINSHADEBOX",
        "BEGINTABS",
        "CONTEXTUALHELP",
        "ENDSHADEBOX",
        "ENDTABS",
        "SLIDE",
        "TAB",
        "VIDEO",
    }
)
"""Keywords of quote lines that are constructs of their own, and so end the quote above them."""

_BLANK = r"(?:[\s\u200b\ufeff]|&#x200B;|&nbsp;)"
_OPENING = re.compile(rf"\[![ \t]*([A-Za-z]+)(?:{_BLANK}++|(?=\]))", re.IGNORECASE)
# an escape, backticks, a tag whose attributes may hold brackets, a bracket
_STOP = re.compile(
    r"\\.|`+|<[/A-Za-z][^<>\"'\[\]]*+(?:(?:\"[^\"<>]*+\"|'[^'<>]*+')[^<>\"'\[\]]*+)++>|[\[\]]",
    re.DOTALL,
)


_Edit = tuple[int, int, str]
# from where to where in a text, and what takes the place


@dataclass(frozen=True, slots=True)
class Marker:
    """One marker."""

    word: str
    """Its word, in capitals."""
    start: int
    """Where its opening bracket stands."""
    inner: int
    """Where its text begins."""
    end: int
    """Where its closing bracket stands; -1 if it has none."""


def find_markers(text: str, *, code: bool = True) -> list[Marker]:
    """Find the markers of a text that stand neither in code nor in the attributes of a tag.

    :param code: Whether backticks make code, as they do in Markdown.
    :returns: The markers, in the order in which they begin; they may stand in each other.
    """
    if "[!" not in text:
        return []
    ticks = CodeSpans(text if code else "")
    found: list[Marker] = []
    open_: list[int | None] = []  # for each open bracket its place in `found`, if it is a marker
    at = 0
    while stop := _STOP.search(text, at):
        at = stop.end()
        char = text[stop.start()]
        if char == "`":
            at = ticks.end_of_code(stop.start(), at)
        elif char == "[":
            opening = _OPENING.match(text, stop.start())
            open_.append(len(found) if opening else None)
            if opening:
                at = opening.end()
                found.append(Marker(opening[1].upper(), stop.start(), at, -1))
        elif char == "]" and open_:
            place = open_.pop()
            if place is not None:
                marker = found[place]
                found[place] = Marker(marker.word, marker.start, marker.inner, stop.start())
    return found


def parts_between(text: str, cuts: Sequence[tuple[int, int]]) -> list[str]:
    """Return what stands before, between and behind the tags of a text.

    A marker that a tag cuts is taken off. If it is that of a control, each part of its text gets
    a marker of its own.

    :param cuts: Where each tag begins and ends, in their order.
    :returns: The parts, one more than there are tags.
    """
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(text)]
    edits: list[_Edit] = []
    reach = -1
    for marker in find_markers(text):
        first, last = bisect_right(starts, marker.start) - 1, bisect_right(starts, marker.end) - 1
        if marker.word not in HINTS or first >= last or marker.end >= ends[last]:
            continue
        edits += _unwrapped(marker)
        if marker.word == "UICONTROL" and marker.start > reach:
            reach = marker.end
            for part in range(first, last + 1):
                start, end = max(starts[part], marker.inner), min(ends[part], marker.end)
                shown = text[start:end].strip()
                if shown:
                    start = text.index(shown, start)
                    end = start + len(shown)
                    edits += [(start, start, "[!UICONTROL "), (end, end, "]")]
    edits.sort()  # at the same place, what is put in comes first
    rest = iter([*edits, (len(text) + 1, len(text) + 1, "")])
    edit = next(rest)
    parts = []
    for start, end in zip(starts, ends, strict=True):
        own = []
        while edit[0] <= end:
            own.append(edit)
            edit = next(rest)
        parts.append(_edited(text, start, end, own))
    return parts


def strip_markers(text: str) -> str:
    """Take the wrappers ``[!DNL …]`` and ``[!UICONTROL …]`` off.

    :param text: A text; markers may stand in each other.
    :returns: The text without them. A marker without an end leaves its text, too.
    """
    markers = (marker for marker in find_markers(text) if marker.word in HINTS)
    edits = sorted(edit for marker in markers for edit in _unwrapped(marker))
    return _edited(text, 0, len(text), edits)


def map_markers(text: str, change: Callable[[str], str]) -> str:
    """Replace the markers ``[!DNL …]`` and ``[!UICONTROL …]`` of a text.

    :param change: Makes the replacement of a marker, which may hold others.
    :returns: The changed text; of a marker without an end only the opening goes.
    """
    edits: list[_Edit] = []
    reach = -1
    for marker in find_markers(text):
        if marker.start <= reach or marker.word not in HINTS:
            continue
        if marker.end < 0:
            edits += _unwrapped(marker)
        else:
            reach = marker.end
            edits.append((marker.start, reach + 1, change(text[marker.start : reach + 1])))
    return _edited(text, 0, len(text), edits)


def _unwrapped(marker: Marker) -> list[_Edit]:
    opening = (marker.start, marker.inner, "")
    return [opening, (marker.end, marker.end + 1, "")] if marker.end >= 0 else [opening]


def _edited(text: str, at: int, end: int, edits: Iterable[_Edit]) -> str:
    parts = []
    for edit_start, edit_end, new in edits:
        parts += [text[at:edit_start], new]
        at = edit_end
    parts.append(text[at:end])
    return "".join(parts)
