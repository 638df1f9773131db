"""Which id a link of a translation means that its original has renamed since. No Sphinx.

A translation links to what a heading was called when it was translated. The same link of the
original is brought up to date. Links are the same if they lead to the same page, and are as many
in both; their ids must resemble each other, for one of the two pages may be older.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Link = tuple[str, str]
"""The path of a page, and an id there."""

_LETTERS: Final = 4
"""With how many letters two words must begin alike: ``button`` and ``buttons`` do."""


def find_renamed(ours: Iterable[Link], theirs: Iterable[Link]) -> Mapping[Link, str]:
    """Find the ids that the same links have in an original.

    :param ours: The links of a page, in their order.
    :param theirs: Those of its original, with paths as in the translation.
    :returns: Link of the page → the other id. One that would have several tells nothing.
    """
    groups = _by_page(ours), _by_page(theirs)
    found: dict[Link, set[str]] = {}
    for path, anchors in groups[0].items():
        others = groups[1].get(path, [])
        if len(others) != len(anchors):
            continue
        for anchor, other in zip(anchors, others, strict=True):
            found.setdefault((path, anchor), set()).add(other)
    return {
        link: other
        for link, others in found.items()
        if len(others) == 1 and link[1] not in others and _resemble(link[1], other := min(others))
    }


def _by_page(links: Iterable[Link]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path, anchor in links:
        found.setdefault(path, []).append(anchor)
    return found


def _resemble(one: str, other: str) -> bool:
    return not _beginnings(one.split("-")).isdisjoint(_beginnings(other.split("-")))


def _beginnings(words: Sequence[str]) -> set[str]:
    return {word[:_LETTERS].casefold() for word in words if len(word) >= _LETTERS}
