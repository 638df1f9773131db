"""Where code spans end: all look-ups in a text together take linear time. No Sphinx."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict

_TICKS = re.compile(r"`+")


class CodeSpans:
    """The runs of backticks in a text, escaped ones included."""

    def __init__(self, text: str) -> None:
        """Find all runs."""
        self._starts: dict[int, list[int]] = defaultdict(list)
        for run in _TICKS.finditer(text):
            self._starts[len(run[0])].append(run.start())

    def end_of_code(self, start: int, end: int) -> int:
        """Return where the code span that a run opens ends; the end of the run if it opens none."""
        starts = self._starts.get(end - start, [])
        index = bisect_left(starts, end)
        return starts[index] + end - start if index < len(starts) else end
