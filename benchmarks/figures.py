"""What all benchmarks share: timing, and tables."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


def cpu_seconds(work: Callable[[], object]) -> float:
    """Return the CPU time that work takes in this process.

    :param work: What to do.
    :returns: Seconds.
    """
    start = time.process_time()
    work()
    return time.process_time() - start


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of Markdown: the first column is text, the others are numbers.

    :param header: The names of the columns.
    :param rows: The cells of each row.
    :returns: The table, with a line break at its end.
    """
    lines = [header, ["---", *(["--:"] * (len(header) - 1))], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
