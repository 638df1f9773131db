"""Budgets for everything that a few characters can multiply: one table, one warning. No Sphinx.

A repository is untrusted text. What is read once, and cannot grow, needs no budget. What can grow
has one here, so that no page takes all time or memory of a build.
"""

from __future__ import annotations

import dataclasses as dc
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


def _limit(default: int, help_: str) -> Any:
    return dc.field(default=default, metadata={"help": help_})


@dc.dataclass(frozen=True, slots=True)
class Limits:
    """The budgets; ``ajo_limits`` changes them by name."""

    front_matter_values: int = _limit(
        10_000,
        "Values in the front matter of a page, what YAML aliases repeat included. If there are "
        "more, entries are read one by one; of those over the budget, the text is taken as it "
        "stands.",
    )
    front_matter_characters: int = _limit(
        100_000,
        "Characters of these values, what YAML aliases repeat included. If there are more, the "
        "same happens.",
    )
    linked_files: int = _limit(
        10_000, "Files and folders that are seen through symbolic links to folders."
    )
    page_lines: int = _limit(
        50_000,
        "Lines of a page, with all that it includes. What is below is shown as it was typed. A "
        "page that has more of its own includes nothing.",
    )
    page_characters: int = _limit(
        1_000_000,
        "Characters of a page, with all that it includes. What is below the last whole line is "
        "shown as it was typed. A page that has more of its own includes nothing.",
    )
    paragraph_characters: int = _limit(
        100_000,
        "Characters of a paragraph, heading or table cell. A longer one is shown as it was typed.",
    )
    table_cells: int = _limit(
        50_000,
        "Cells in the Markdown tables of a page, those that short rows lack included. Tables "
        "below the one that exceeds it are shown as they were typed.",
    )
    code_characters: int = _limit(
        200_000,
        "Characters of a block of code. A longer one is shown without colours.",
    )
    include_characters: int = _limit(
        1_000_000,
        "Characters that a page includes. Includes below are left out.",
    )
    include_depth: int = _limit(
        30,
        "Levels of includes in included texts. Deeper ones are left out.",
    )
    site_list_bytes: int = _limit(
        200_000_000, "Bytes of the list of pages of another site. A longer one is not read."
    )
    site_pages: int = _limit(
        200_000, "Pages of another site. Those that its list has below are left out."
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
    toctree_wildcards: int = _limit(
        3, "Wildcards in a pattern of a `toctree` with `:glob:` on an ExL page."
    )


DEFAULT_LIMITS: Final = Limits()
"""The budgets of a build that sets none."""

LIMITS_KEY: Final = "ajo_limits"
"""Where the options of a Markdown parser hold the budgets of its build."""

NAMES = tuple(field.name for field in dc.fields(Limits))
"""The names of all budgets."""


def check_limit(name: object, value: object) -> None:
    """Check one entry of ``ajo_limits``.

    :raises ValueError: If there is no such budget, or the value is not a whole number above 0.
    """
    if name not in NAMES:
        msg = f"there is no such limit; there are {', '.join(NAMES)}"
        raise ValueError(msg)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        msg = "must be an integer above 0"
        raise ValueError(msg)


def limits_of(options: Mapping[str, Any]) -> Limits:
    """Return the budgets that a Markdown parser keeps to."""
    found: Limits = options.get(LIMITS_KEY, DEFAULT_LIMITS)
    return found


def make_limits(changes: Mapping[str, int]) -> Limits:
    """Return the budgets of a build."""
    return Limits(**changes)
