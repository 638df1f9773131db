"""Match the headings of a translation with those of its original. No Sphinx, no Markdown.

Texts do not help, because they are translated. What stays the same is the order of the headings,
their levels, and ids that were written or happen to be equal. Two lists match if their levels are
equal. Otherwise they are divided: at headings with the same id, and at top-level headings if both
lists have the same number of them. If the numbers differ, top-level headings with subheadings
divide the lists, if both lists have the same sequence of them: then only short sections were added
or removed. Parts that cannot be divided into equal ones are left out: one of the pages is outdated,
and no guess is better than a wrong one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Heading(NamedTuple):
    """The comparable data of a heading."""

    level: int
    id: str
    """Its id; empty if it has none."""
    slug: str = ""
    """The id that it would have without the written one; empty if none was written."""


Pair = tuple[int, int]
"""A heading of the one list and a heading of the other, by their indexes."""


def align(ours: Sequence[Heading], theirs: Sequence[Heading]) -> list[Pair]:
    """Match headings.

    :returns: Pairs of indexes, in their order.
    """
    pairs: list[Pair] = []
    last = (-1, -1)
    for pair in [*_anchors(ours, theirs), (len(ours), len(theirs))]:
        one, other = (range(start + 1, end) for start, end in zip(last, pair, strict=True))
        pairs.extend(_align_run(ours, one, theirs, other))
        if pair[0] < len(ours):
            pairs.append(pair)
        last = pair
    return pairs


def _anchors(ours: Sequence[Heading], theirs: Sequence[Heading]) -> list[Pair]:
    """Return the headings with the same id, without those that have changed places."""
    places = _unique(theirs)
    found = [(i, places[h.id]) for h, i in _unique_items(ours) if h.id in places]
    same = [(i, j) for i, j in sorted(found) if ours[i].level == theirs[j].level]
    return _increasing(same)


def _unique(headings: Sequence[Heading]) -> dict[str, int]:
    return {heading.id: index for heading, index in _unique_items(headings)}


def _unique_items(headings: Sequence[Heading]) -> Iterator[tuple[Heading, int]]:
    counts = Counter(heading.id for heading in headings)
    for index, heading in enumerate(headings):
        if heading.id and counts[heading.id] == 1:
            yield heading, index


def _increasing(pairs: Sequence[Pair]) -> list[Pair]:
    """Return the longest part of some pairs in which the second indexes increase, too."""
    ends: list[int] = []  # for each length, the smallest index that such a part ends with
    last: list[int] = []  # and the pair with that index
    before: list[int] = []
    for at, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        last[length : length + 1] = [at]
    result: list[Pair] = []
    at = last[-1] if last else -1
    while at >= 0:
        result.append(pairs[at])
        at = before[at]
    return result[::-1]


def _align_run(
    ours: Sequence[Heading], one: range, theirs: Sequence[Heading], other: range
) -> Iterator[Pair]:
    """Align two parts; yield pairs in their order."""
    tops = _tops(ours, one), _tops(theirs, other)
    if not one or not other or ours[tops[0][0]].level != theirs[tops[1][0]].level:
        return
    # the same number on this level; deeper headings are aligned section by section
    if len(tops[0]) != len(tops[1]):
        yield from _align_long(ours, one, theirs, other, tops)
        return
    begins = [(one.start - 1, other.start - 1), *zip(*tops, strict=True)]
    ends = [*begins[1:], (one.stop, other.stop)]
    for begin, end in zip(begins, ends, strict=True):
        if begin[0] >= one.start:
            yield begin
        inner = (range(start + 1, stop) for start, stop in zip(begin, end, strict=True))
        yield from _align_run(ours, next(inner), theirs, next(inner))


def _align_long(
    ours: Sequence[Heading],
    one: range,
    theirs: Sequence[Heading],
    other: range,
    tops: tuple[list[int], list[int]],
) -> Iterator[Pair]:
    """Align parts of which one has more sections, at those that have sections of their own."""
    longs = _long(ours, one, tops[0]), _long(theirs, other, tops[1])
    counts, others = ([count for _, count in found] for found in longs)
    # a single one could match any other
    if counts != others or max(counts, default=0) < 2:
        return
    last = (tops[0][0], tops[1][0])
    for (index, _), (place, _) in zip(*longs, strict=True):
        yield from _align_equal(ours, range(last[0], index), theirs, range(last[1], place))
        last = _next(tops[0], index, one), _next(tops[1], place, other)
        yield from _align_run(ours, range(index, last[0]), theirs, range(place, last[1]))
    yield from _align_equal(ours, range(last[0], one.stop), theirs, range(last[1], other.stop))


def _next(tops: Sequence[int], index: int, part: range) -> int:
    """Return where the section after another one begins."""
    at = bisect_left(tops, index) + 1
    return tops[at] if at < len(tops) else part.stop


def _align_equal(
    ours: Sequence[Heading], one: range, theirs: Sequence[Heading], other: range
) -> Iterator[Pair]:
    """Align short sections, of which there must be as many."""
    if len(one) == len(other):
        yield from zip(one, other, strict=True)


def _long(headings: Sequence[Heading], part: range, tops: Sequence[int]) -> list[tuple[int, int]]:
    """Return the sections of a part that have sections of their own, and how many."""
    ends = [*tops[1:], part.stop]
    inner = (
        (top, _tops(headings, range(top + 1, end))) for top, end in zip(tops, ends, strict=True)
    )
    return [(top, len(found)) for top, found in inner if found]


def _tops(headings: Sequence[Heading], part: range) -> list[int]:
    """Return the headings of the highest level of a part."""
    level = min((headings[index].level for index in part), default=0)
    return [index for index in part if headings[index].level == level]
