"""Find the markers ``[!WORD text]`` in a text, with balanced brackets. No Markdown, no Sphinx.

One pass over the text finds all of them. So it takes linear time, even if many are not closed.
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
"""Keywords of hints for translators: readers see only the text of such a marker."""

INLINE_MARKERS: Final = frozenset({"BADGE", "DNL", "UICONTROL"})
"""Keywords of inline markers: at the beginning of a quote, they do not make it an alert."""

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
"""Keywords that make a quote line a construct of its own, which ends the quote above it."""

_BLANK = r"(?:[\s\u200b\ufeff]|&#x200B;|&nbsp;)"
_OPENING = re.compile(rf"\[![ \t]*([A-Za-z]+)(?:{_BLANK}++|(?=\]))", re.IGNORECASE)
# an escape, backticks, a tag whose attributes may hold brackets, a bracket
_STOP = re.compile(
    r"\\.|`+|<[/A-Za-z][^<>\"'\[\]]*+(?:(?:\"[^\"<>]*+\"|'[^'<>]*+')[^<>\"'\[\]]*+)++>|[\[\]]",
    re.DOTALL,
)


_Edit = tuple[int, int, str]
# start and end in a text, and the replacement


@dataclass(frozen=True, slots=True)
class Marker:
    """One marker."""

    word: str
    """Its keyword, in capitals."""
    start: int
    """The position of its opening bracket."""
    inner: int
    """Where its text begins."""
    end: int
    """The position of its closing bracket; -1 if it has none."""


def find_markers(text: str, *, code: bool = True) -> list[Marker]:
    """Find the markers of a text, except those in code and in the attributes of tags.

    :param code: Whether backticks make code, as they do in Markdown.
    :returns: The markers, in the order in which they begin. They may be nested.
    """
    if "[!" not in text:
        return []
    ticks = CodeSpans(text if code else "")
    found: list[Marker] = []
    open_: list[int | None] = []  # for each open bracket its index in `found`, if it is a marker
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
    """Return the parts of a text before, between and after its tags.

    If a hint for translators contains a tag, its marker is removed. If the hint is
    ``[!UICONTROL …]``, each part of its text gets a marker of its own.

    :param cuts: The start and end of each tag, in their order.
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
    edits.sort()  # at the same position, insertions come before replacements
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
    """Remove the wrappers ``[!DNL …]`` and ``[!UICONTROL …]``.

    :param text: A text, in which markers may be nested.
    :returns: The text without them. The text of a marker without an end stays, too.
    """
    markers = (marker for marker in find_markers(text) if marker.word in HINTS)
    edits = sorted(edit for marker in markers for edit in _unwrapped(marker))
    return _edited(text, 0, len(text), edits)


def map_markers(text: str, change: Callable[[str], str]) -> str:
    """Replace the markers ``[!DNL …]`` and ``[!UICONTROL …]`` of a text.

    :param change: Returns the replacement for a marker, which may contain other markers.
    :returns: The changed text. Of a marker without an end, only the opening is removed.
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
