"""How much work something is, told without a clock; and how much of it the tests of chance do."""

from __future__ import annotations

import cProfile
import os
import sys
from contextlib import contextmanager

import pytest

FAST = os.environ.get("AJO_TESTS") == "fast"
"""Whether what is tried by chance is tried a few times only, as ``tox -e fast`` wants."""

SLACK = 1000
"""By how many calls more an input may take more than four times as many."""


def tries(number):
    """Return how often to try what all tests try `number` times."""
    return max(number // 10, 10) if FAST else number


def calls(work, *arguments):
    """Count the functions, of Python and of C, that something calls: the same on any machine."""
    profile = cProfile.Profile()
    profile.enable()
    try:
        work(*arguments)
    finally:
        profile.disable()
    return sum(entry.callcount for entry in profile.getstats())


@contextmanager
def shallow(most):
    """Let no more calls be nested than so many."""
    before, depth, frame = sys.getrecursionlimit(), 0, sys._getframe()
    while frame := frame.f_back:
        depth += 1
    sys.setrecursionlimit(depth + most)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def check_linear(work, make, depth=200, size=8):
    """Check that four times the input takes no more than four times the calls, and no deeper ones.

    Something quadratic that calls one function for each pair would take 11,000 too many. What is
    made once, and what each call of `work` does whatever its input, does not count.

    :param make: Makes the input of a size.
    :param depth: The calls within each other that are allowed, however deep an input nests.
    :param size: The size of the smallest input; more where something grows faster to a limit.
    """
    with shallow(depth):
        work(make(depth + 50))
    work(make(size))
    for _ in range(3):  # since Python 3.12 the calls of other threads are counted, too
        least, less, more = (calls(work, make(size * times)) for times in (1, 4, 16))
        if more - less <= 4 * (less - least) + SLACK:
            return
    pytest.fail(f"calls: {least}, {less}, {more}")
