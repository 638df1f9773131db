"""Which heading of a translation is which of its original."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from sphinx_ajo.site.originals.align import Heading, align


def headings(text):
    """Read ``"1 2#a 3"``: levels, some with ids."""
    found = []
    for word in text.split():
        level, _, id_ = word.partition("#")
        found.append(Heading(int(level), id_))
    return found


def aligned(ours, theirs):
    return align(headings(ours), headings(theirs))


@pytest.mark.parametrize("levels", ["", "1", "1 2 3 3 2 3", "2 2", "3 2 1", "1 3 2 4"])
def test_equal_levels(levels):
    """Nothing else is needed."""
    count = len(levels.split())
    assert aligned(levels, levels) == [(i, i) for i in range(count)]


@pytest.mark.parametrize(
    ("ours", "theirs", "pairs"),
    [
        # a part has one heading more: the others are clear
        ("1 2 3 2 3 3", "1 2 3 2 3 3 3", [(0, 0), (1, 1), (2, 2), (3, 3)]),
        ("1 2 3 2", "1 2 2", [(0, 0), (1, 1), (3, 2)]),
        # one short section more; long ones divide the page, if they are the same ones
        ("1 2 2 3 3 2", "1 2 2 2 3 3 2", [(0, 0), (2, 3), (3, 4), (4, 5), (5, 6)]),
        ("1 2 2 3 3", "1 2 2 2 3 3 3", [(0, 0)]),
        ("1 2 2 3", "1 2 2 2 3", [(0, 0)]),
        ("1 2 2 3 3 2 3", "1 2 2 2 3 2 3 3", [(0, 0)]),
        ("1 2 2 3 3", "1 2 2 2 3 4 3", [(0, 0), (2, 3), (3, 4), (4, 6)]),
        # one section more: which one?
        ("1 2 2", "1 2 2 2", [(0, 0)]),
        # ids tell
        ("1 2#a 2#b 2", "1 2#a 2 2#b 2", [(0, 0), (1, 1), (2, 3), (3, 4)]),
        ("1 2 2#b", "1 2 2 2#b 3", [(0, 0), (2, 3)]),
        # which have changed places, or levels, or stand twice, tell nothing
        ("1 2#a 2#b 2#c", "1 2#b 2#c 2#a 2", [(0, 0), (2, 1), (3, 2)]),
        ("1 2#a 2", "1 3#a 2", [(0, 0)]),
        ("1 2#a 2#a 2#b", "1 2#a 2#b", [(0, 0), (3, 2)]),
        # other levels
        ("1 2 2", "1 3 3", [(0, 0)]),
        ("1 2", "2", []),
        ("2 1 2", "2 1 2 2", [(0, 0), (1, 1)]),
    ],
)
def test_other_levels(ours, theirs, pairs):
    assert aligned(ours, theirs) == pairs


def test_always_in_order():
    """Whatever the lists are, pairs have equal levels and increase."""
    rng = random.Random(1)
    for _ in range(2000):
        lists = [
            [Heading(rng.randint(1, 3), rng.choice(("", "a", "b", "c"))) for _ in range(length)]
            for length in (rng.randint(0, 8), rng.randint(0, 8))
        ]
        pairs = align(*lists)
        assert all(lists[0][i].level == lists[1][j].level for i, j in pairs)
        for (i, j), (k, m) in pairwise(pairs):
            assert i < k
            assert j < m
