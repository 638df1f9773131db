"""Find the new name of an id that the original of a translation has renamed. No Sphinx.

A link of a translation has the id that a heading had at the time of the translation. The same link
of the original has the current id. Links correspond if both pages have the same number of links to
a page; their ids must be similar, because one of the two pages may be outdated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Link = tuple[str, str]
"""The path of a page, and an id there."""

_LETTERS: Final = 4
"""The number of initial letters that two words must have in common, as in ``button`` and
``buttons``."""


def find_renamed(ours: Iterable[Link], theirs: Iterable[Link]) -> Mapping[Link, str]:
    """Find the ids of the corresponding links in an original.

    :param ours: The links of a page, in their order.
    :param theirs: Those of its original, with paths as in the translation.
    :returns: Link of the page → the other id, if there is only one.
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
