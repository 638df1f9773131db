"""Limits for everything that a few characters can multiply: one table, one warning. No Sphinx.

A repository is untrusted. Data that is read once and cannot grow needs no limit. Data that can grow
has one here, so that no page can use all the time or memory of a build.
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
    """The limits; ``ajo_limits`` changes them by name."""

    front_matter_values: int = _limit(
        10_000,
        "Values in the front matter of a page, including those that YAML aliases repeat. If there "
        "are more, entries are parsed one by one; entries over the limit are used as plain text.",
    )
    front_matter_characters: int = _limit(
        100_000,
        "Characters of these values, including those that YAML aliases repeat. If there are more, "
        "entries are parsed one by one; entries over the limit are used as plain text.",
    )
    linked_files: int = _limit(
        10_000,
        "Files and folders that are reached through symbolic links to folders. The rest is left "
        "out.",
    )
    page_lines: int = _limit(
        50_000,
        "Lines of a page, including everything that it includes. The rest is shown as typed. A "
        "page that has more lines of its own includes nothing.",
    )
    page_characters: int = _limit(
        1_000_000,
        "Characters of a page, including everything that it includes. After the last complete "
        "line, the rest is shown as typed. A page that has more characters of its own includes "
        "nothing.",
    )
    paragraph_characters: int = _limit(
        100_000,
        "Characters of a paragraph, heading or table cell. A longer one is shown as typed.",
    )
    table_cells: int = _limit(
        50_000,
        "Cells in the Markdown tables of a page, including empty cells that complete short rows. "
        "Tables below the one that exceeds the limit are shown as typed.",
    )
    code_characters: int = _limit(
        200_000,
        "Characters of a code block. A longer one is not highlighted.",
    )
    include_characters: int = _limit(
        1_000_000,
        "Characters that a page includes. Later includes are left out.",
    )
    include_depth: int = _limit(
        30,
        "Levels of nested includes. Deeper includes are left out.",
    )
    site_list_bytes: int = _limit(
        200_000_000, "Bytes of the list of pages of another site. A longer list is not read."
    )
    site_pages: int = _limit(
        200_000, "Pages of another site. Later pages of its list are left out."
    )
    toc_entries: int = _limit(
        20_000, "Lines of a `TOC.md` with text. Later lines are left out of the navigation."
    )
    toc_groups: int = _limit(
        1_000,
        "Groups of a `TOC.md` that get a page. Later groups get no page; their entries take their "
        "place in the navigation.",
    )
    toc_depth: int = _limit(
        20, "Levels of a `TOC.md`, or of folders. Deeper entries move up to the deepest level."
    )
    toc_line: int = _limit(
        2_000, "Characters in a line of a `TOC.md`. The rest of the line is left out."
    )
    toctree_wildcards: int = _limit(
        3,
        "Wildcards in a pattern of a `toctree` with `:glob:` on an ExL page. With more, the "
        "directive is shown as code.",
    )


DEFAULT_LIMITS: Final = Limits()
"""The limits of a build without settings."""

LIMITS_KEY: Final = "ajo_limits"
"""The key of the options of a Markdown parser for the limits of its build."""

NAMES = tuple(field.name for field in dc.fields(Limits))
"""The names of all limits."""


def check_limit(name: object, value: object) -> None:
    """Check one entry of ``ajo_limits``.

    :raises ValueError: If there is no such limit, or the value is not an integer above 0.
    """
    if name not in NAMES:
        msg = f"there is no such limit; the limits are {', '.join(NAMES)}"
        raise ValueError(msg)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        msg = "must be an integer above 0"
        raise ValueError(msg)


def limits_of(options: Mapping[str, Any]) -> Limits:
    """Return the limits for a Markdown parser."""
    found: Limits = options.get(LIMITS_KEY, DEFAULT_LIMITS)
    return found


def make_limits(changes: Mapping[str, int]) -> Limits:
    """Return the limits of a build."""
    return Limits(**changes)
