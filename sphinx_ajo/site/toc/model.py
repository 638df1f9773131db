"""What a ``TOC.md`` says: a guide with a tree of entries. No Sphinx, no Markdown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(slots=True)
class Entry:
    """One line of a guide: a page, a link to elsewhere, or a group of entries."""

    title: str
    """Its text as readers see it; may be empty."""
    line: int
    """Its line in the file, counted from 1."""
    target: str = ""
    """The link target as written; empty for a group."""
    id: str = ""
    """What stands in ``{#id}``: the segment of a group in official addresses."""
    hidden: bool = False
    """Whether it is marked ``{hide-from-toc}``: published, but not shown."""
    children: list[Entry] = field(default_factory=list)
    spread: bool = False
    """Whether what belongs below it stands beside it, for it would lie too deep."""

    @property
    def is_external(self) -> bool:
        """Whether it leads out of the repository."""
        return "://" in self.target or self.target.startswith(("//", "mailto:"))


@dataclass(slots=True)
class Guide:
    """One ``TOC.md``."""

    title: str
    """Its first level heading; may be empty."""
    id: str = ""
    """The id of that heading: the segment of the guide in official addresses."""
    line: int = 1
    """The line of that heading."""
    entries: list[Entry] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)
    """What could not be read as meant: line and reason."""
    exceeded: dict[str, int] = field(default_factory=dict)
    """The budgets that it exceeds, and the first line of each that does."""

    def exceed(self, line: int, name: str) -> None:
        """Note that a budget is exceeded."""
        self.exceeded.setdefault(name, line)

    def walk(self) -> Iterator[tuple[Entry, tuple[Entry, ...]]]:
        """Go through all entries, in their order.

        :returns: Each entry with the groups it lies in, outermost first.
        """
        stack: list[tuple[Entry, tuple[Entry, ...]]] = [
            (entry, ()) for entry in reversed(self.entries)
        ]
        while stack:
            entry, parents = stack.pop()
            yield entry, parents
            inner = (*parents, entry)
            stack.extend((child, inner) for child in reversed(entry.children))
