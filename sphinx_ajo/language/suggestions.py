"""Suggest the existing name that is most like a misspelt one. No Sphinx."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

ALIKE: Final = 0.85
"""The share of letters that two names must have in common, from 0 to 1."""

COMMON: Final = 0.7
"""The share of words that two names must have in common, from 0 to 1."""

MOST: Final = 2_000
"""The most names that are compared: comparing takes time for each of them."""

LONGEST: Final = 200
"""The longest name that is compared."""

_WORD = re.compile(r"[^\W_]+")


def nearest_name(wanted: str, names: Iterable[str]) -> str:
    """Return the name that is nearest to another one.

    :returns: The one that most likely was meant; empty if none is near.
    """
    choices = list(names)
    if len(wanted) > LONGEST or len(choices) > MOST:
        return ""
    choices = [name for name in choices if len(name) <= LONGEST]
    if found := difflib.get_close_matches(wanted, choices, n=1, cutoff=ALIKE):
        return found[0]
    score, best = max(((_common(wanted, name), name) for name in choices), default=(0.0, ""))
    return best if score >= COMMON else ""


def _common(first: str, second: str) -> float:
    """Return the share of words that two names have in common."""
    one, two = (set(_WORD.findall(name.lower())) for name in (first, second))
    both = len(one & two)
    if both > 1 and both == min(len(one), len(two)):
        # one name has all words of the other
        return 1.0
    return both / len(one | two) if one | two else 0.0
