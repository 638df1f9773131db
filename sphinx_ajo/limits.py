"""The most of anything that may multiply: one table of budgets, one warning for each. No Sphinx.

A repository is untrusted text. What is read once and can make no more than itself needs no
budget; what can make much of little has one here, so that no page takes a build's time or memory.
"""

from __future__ import annotations

import dataclasses as dc
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def _limit(default: int, help_: str) -> Any:
    return dc.field(default=default, metadata={"help": help_})


@dc.dataclass(frozen=True, slots=True)
class Limits:
    """The budgets; ``ajo_limits`` changes them by name."""

    front_matter_values: int = _limit(
        10_000, "Values in the front matter of a page, what YAML aliases repeat included."
    )
    toc_entries: int = _limit(
        20_000, "Lines of a `TOC.md` with text. What follows is left out of the navigation."
    )
    toc_groups: int = _limit(
        1_000,
        "Groups of a `TOC.md` that a page is made for. The entries of others stand where the group "
        "would.",
    )
    toc_depth: int = _limit(
        20, "Levels of a `TOC.md`, or of folders. What is deeper stands on the deepest level."
    )
    toc_line: int = _limit(2_000, "Characters in a line of a `TOC.md`. The rest is left out.")


NAMES = tuple(field.name for field in dc.fields(Limits))
"""The names of all budgets."""


def check_limit(name: object, value: object) -> None:
    """Check one entry of ``ajo_limits``.

    :param name: The name of the budget.
    :param value: Its value.
    :raises ValueError: If there is no such budget, or the value is not a whole number above 0.
    """
    if name not in NAMES:
        msg = f"there is no such limit; there are {', '.join(NAMES)}"
        raise ValueError(msg)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        msg = "must be an integer above 0"
        raise ValueError(msg)


def make_limits(changes: Mapping[str, int]) -> Limits:
    """Return the budgets of a build.

    :param changes: Those that differ from the defaults.
    :returns: All of them.
    """
    return Limits(**changes)
