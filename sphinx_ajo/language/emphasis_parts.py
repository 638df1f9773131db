"""Emphasis that block tags split: ``**one <p>two</p> three**``. No Markdown parser, no Sphinx.

A browser shows all three words in bold. Each part is parsed as separate Markdown, so emphasis that
begins in one part and ends in another is closed at the end of each part, and opened again in the
next.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from sphinx_ajo.language.code_spans import CodeSpans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_STOP = re.compile(r"\\.|`+|\]\([^()\s]*+|\*{1,3}(?!\*)|_{1,3}(?!_)|~~(?!~)", re.DOTALL)
_MARKS: Final = "*_~"

_DEEPEST: Final = 8
"""The levels of nested emphasis that are repeated in each block. Authors nest two or three."""


class _Run(NamedTuple):
    """Delimiters that may begin or end emphasis."""

    part: int
    start: int
    mark: str
    opens: bool
    closes: bool


def with_whole_emphasis(parts: Sequence[str], ends: Sequence[int]) -> list[str]:
    """Close emphasis at the end of each block of text, and open it again in the next one.

    :param parts: Inline Markdown, split at tags.
    :param ends: The numbers of the parts before a block tag, in their order.
    :returns: The parts. Takes linear time, and changes nothing where no emphasis is cut.
    """
    pairs = [
        (opening, closing)
        for opening, closing in _pairs(parts)
        if bisect_right(ends, opening.part - 1) != bisect_right(ends, closing.part - 1)
    ]
    if not pairs:
        return list(parts)
    blocks = _blocks(len(parts), ends)
    before: list[list[str]] = [[] for _ in parts]
    behind: list[list[str]] = [[] for _ in parts]
    dropped: list[_Run] = []
    for opening, closing in _outermost(sorted(pairs)):
        first = bisect_right(ends, opening.part - 1)
        last = bisect_right(ends, closing.part - 1)
        for number in range(first, last + 1):
            start, end = blocks[number]
            if number == first:
                start = opening.part
            if number == last:
                end = closing.part + 1
            shown = [part for part in range(start, end) if _text(parts, part, opening, closing)]
            if not shown:
                dropped += [opening] if number == first else []
                dropped += [closing] if number == last else []
                continue
            if number > first:
                before[shown[0]].append(opening.mark)
            if number < last:
                behind[shown[-1]].insert(0, opening.mark)
    return [
        _written(part, "".join(before[index]), "".join(behind[index]), index, dropped)
        for index, part in enumerate(parts)
    ]


def _outermost(pairs: Iterable[tuple[_Run, _Run]]) -> Iterator[tuple[_Run, _Run]]:
    """Yield pairs without those that are nested too deeply: each is repeated for each block."""
    around: list[_Run] = []
    for opening, closing in pairs:
        while around and around[-1] < opening:
            around.pop()
        if len(around) < _DEEPEST:
            around.append(closing)
            yield opening, closing


def _pairs(parts: Sequence[str]) -> list[tuple[_Run, _Run]]:
    open_: list[_Run] = []
    counts: Counter[str] = Counter()
    found = []
    for run in (run for index, part in enumerate(parts) for run in _runs(index, part, len(parts))):
        if run.closes and counts[run.mark]:
            while open_[-1].mark != run.mark:
                counts[open_.pop().mark] -= 1
            counts[run.mark] -= 1
            found.append((open_.pop(), run))
        elif run.opens:
            counts[run.mark] += 1
            open_.append(run)
    return found


def _runs(index: int, text: str, count: int) -> list[_Run]:
    # there is a tag on each side of a part
    first, last = ">" if index else " ", "<" if index + 1 < count else " "
    ticks = CodeSpans(text)
    runs, at = [], 0
    while stop := _STOP.search(text, at):
        at = stop.end()
        start, mark = stop.start(), stop[0]
        if mark[0] == "`":
            at = ticks.end_of_code(start, at)
        elif mark[0] in _MARKS and text[start - 1 : start] != mark[0]:
            left, right = text[start - 1] if start else first, text[at : at + 1] or last
            opens = not right.isspace() and (right.isalnum() or not left.isalnum())
            closes = not left.isspace() and (left.isalnum() or not right.isalnum())
            if mark[0] == "_" and opens and closes:
                # inside a word
                opens, closes = not left.isalnum(), not right.isalnum()
            runs.append(_Run(index, start, mark, opens, closes))
    return runs


def _blocks(count: int, ends: Sequence[int]) -> list[tuple[int, int]]:
    starts = [0, *(end + 1 for end in ends)]
    return list(zip(starts, [*starts[1:], count], strict=True))


def _text(parts: Sequence[str], part: int, opening: _Run, closing: _Run) -> str:
    """Return the text of a part between two delimiters."""
    start = opening.start + len(opening.mark) if part == opening.part else 0
    end = closing.start if part == closing.part else len(parts[part])
    return parts[part][start:end].strip()


def _written(part: str, before: str, behind: str, index: int, dropped: Sequence[_Run]) -> str:
    for run in sorted((run for run in dropped if run.part == index), reverse=True):
        part = part[: run.start] + part[run.start + len(run.mark) :]
    text = part.strip()
    if not text:
        return part
    start = part.index(text)
    return f"{part[:start]}{before}{text}{behind}{part[start + len(text) :]}"
