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
    toctree_wildcards: int = _limit(
        3, "Wildcards in a pattern of a `toctree` with `:glob:` on an ExL page."
    )


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
