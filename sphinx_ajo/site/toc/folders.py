"""Build the tree of a repository without ``TOC.md`` from its folders. No Sphinx."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Final

from sphinx_ajo.site.repository import name_of
from sphinx_ajo.site.toc.site import SiteBuilder

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from sphinx_ajo.site.toc.site import Page, Site

Folder = tuple[str, ...]
"""The names of a folder and its parent folders, outermost first."""

README: Final = "readme"
"""The page that GitHub shows with its folder, in any case."""

_FIRST: Final = ("index", README)
"""The pages, in any case, that represent their folder; the first existing one is used."""

_ABOUT: Final = frozenset(
    {README, "license", "contributing", "code-of-conduct", "code_of_conduct", "security"}
)
"""Files at the root of a repository that describe it and are not pages, in any case."""

_NUMBERS = re.compile(r"([0-9]{1,18})")


def about_repository(docnames: Collection[str]) -> set[str]:
    """Find the files that describe a repository.

    :returns: The files that are not pages; none if there are no other files.
    """
    found = {name for name in docnames if name.lower() in _ABOUT}
    return found if len(found) < len(docnames) else set()


def readme_of(docnames: Iterable[str]) -> str:
    """Find the page whose text the start page shows.

    :returns: The ``README`` at the root; empty if there is none.
    """
    return min((name for name in docnames if name.lower() == README), default="")


def build_folders(
    docnames: Collection[str],
    root: str,
    title: str,
    is_hidden: Callable[[str], bool],
    depth: int,
) -> Site:
    """Build the tree.

    :param title: Its title, if it has to be generated.
    :param is_hidden: Tells whether a page keeps itself out of the navigation.
    :param depth: The maximum depth of groups; deeper entries move up to the deepest group.
        :returns: The tree: a group for each folder, with pages before subfolders.
    """
    builder = SiteBuilder(docnames, lambda _path, target: target, is_hidden)
    site = builder.site
    site.by_folder = True
    site.hidden = {name for name in docnames if name != root and is_hidden(name)}
    site.listed = set(docnames) - site.hidden - {root}
    base = _common_folder(site.listed)
    carriers: dict[Folder, Page] = {(): builder.page(root, title, base, 1)}
    carriers[()].listing = True
    for folder, names in sorted(_folders(site.listed, base, depth).items(), key=_folder_order):
        names.sort(key=_page_order)
        if folder:
            path = posixpath.join(base, *folder)
            name = _page_of(names) or builder.name(path)
            page = carriers[folder] = builder.page(name, name_of(path), path, 1)
            # a page has its own title
            carriers[folder[:-1]].entries.append((page.title if page.generated else "", name))
            site.listed.add(name)
            names = [other for other in names if other != name]
        # those of its subfolders follow
        carriers[folder].entries.extend(("", name) for name in names)
    site.pages = {name: page for name, page in site.pages.items() if page.entries or name == root}
    within = {name: page.entries for name, page in site.pages.items() if name != root}
    carriers[()].within = within
    return site


def _common_folder(docnames: Iterable[str]) -> str:
    folders = {posixpath.dirname(name) for name in docnames}
    return posixpath.commonpath(folders) if folders else ""


def _folders(docnames: Iterable[str], base: str, depth: int) -> dict[Folder, list[str]]:
    """Return the folders in a folder, and their pages."""
    skip = base.count("/") + 1 if base else 0
    found: dict[Folder, list[str]] = {(): []}
    for name in docnames:
        folder = tuple(name.split("/")[skip:-1][:depth])
        for length in range(1, len(folder)):
            found.setdefault(folder[:length], [])
        found.setdefault(folder, []).append(name)
    return found


def _page_of(names: list[str]) -> str:
    """Return the page that represents a folder, if there is one."""
    first = next(iter(names), "")
    return first if _rank(first) < len(_FIRST) else ""


def _rank(name: str) -> int:
    stem = posixpath.basename(name).lower()
    return _FIRST.index(stem) if stem in _FIRST else len(_FIRST)


def _page_order(name: str) -> tuple[object, ...]:
    return (_rank(name), _natural(posixpath.basename(name)), name)


def _folder_order(item: tuple[Folder, list[str]]) -> tuple[object, ...]:
    return tuple((_natural(segment), segment) for segment in item[0])


def _natural(name: str) -> list[str | int]:
    """Return a key that sorts ``page-2`` before ``page-10``."""
    parts = _NUMBERS.split(name.casefold())
    return [int(part) if number % 2 else part for number, part in enumerate(parts)]
