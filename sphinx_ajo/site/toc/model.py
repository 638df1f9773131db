"""The model of a ``TOC.md``: a guide with a tree of entries. No Sphinx, no Markdown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(slots=True)
class Entry:
    """One entry of a guide: a page, an external link, or a group of entries."""

    title: str
    """Its text as readers see it; may be empty."""
    line: int
    """Its line in the file, counted from 1."""
    target: str = ""
    """The link target as written; empty for a group."""
    id: str = ""
    """The id in ``{#id}``: the segment of a group in official addresses."""
    hidden: bool = False
    """Whether it is marked ``{hide-from-toc}``: published, but not shown."""
    children: list[Entry] = field(default_factory=list)
    spread: bool = False
    """Whether its children are beside it, because they would be too deep."""

    @property
    def is_external(self) -> bool:
        """Whether it leads outside the repository."""
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
    """The lines that are not entries: line and reason."""
    exceeded: dict[str, int] = field(default_factory=dict)
    """The limits that it exceeds, each with the first line beyond it."""

    def exceed(self, line: int, name: str) -> None:
        """Record that a limit is exceeded."""
        self.exceeded.setdefault(name, line)

    def walk(self) -> Iterator[tuple[Entry, tuple[Entry, ...]]]:
        """Walk through all entries, in their order.

        :returns: Each entry with its parent groups, outermost first.
        """
        stack: list[tuple[Entry, tuple[Entry, ...]]] = [
            (entry, ()) for entry in reversed(self.entries)
        ]
        while stack:
            entry, parents = stack.pop()
            yield entry, parents
            inner = (*parents, entry)
            stack.extend((child, inner) for child in reversed(entry.children))
