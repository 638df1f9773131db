"""Find the page for a path. No Sphinx.

All look-ups use dictionaries that are created once for a build.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from sphinx_ajo.language.files import fold, is_toc
from sphinx_ajo.language.paths import HELP
from sphinx_ajo.language.slugs import safe_page_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_OUTPUT_SUFFIXES: Final = (".html", ".htm")
"""The suffixes of built pages, which some links have."""


class Found(NamedTuple):
    """The page for a path."""

    docname: str
    exact: bool
    """Whether the path has the exact spelling of the page."""


@dataclass(frozen=True)
class Pages:
    """The pages of a project."""

    docnames: frozenset[str] = frozenset()
    suffixes: tuple[str, ...] = (".md",)
    """The suffixes of their files."""
    guides: Mapping[str, str] = field(default_factory=dict)
    """``TOC.md`` files, from the source directory → the pages of their guides."""
    root: str = "index"
    """The root page."""

    def find(self, path: str) -> Found | None:
        """Find a page.

        :param path: A path from the source directory: of a file, of a page without suffix, or
            of a folder.
        :returns: The page; ``None`` if there is none. If no page has this exact spelling, the only
            one that differs in upper and lower case.
        """
        for name in map(safe_page_name, self._names(path)):
            if name in self.docnames:
                return Found(name, exact=True)
        guide = self.guides.get(path) or self._folders.get(_folder(path))
        if guide is not None:
            return Found(guide, exact=True)
        if path in (".", HELP) and self.root in self.docnames:
            return Found(self.root, exact=True)
        for name in self._names(fold(path)):
            if docname := self._spellings.get(name):
                return Found(docname, exact=False)
        return None

    def _names(self, path: str) -> Iterator[str]:
        """Yield the names that a page with this path may have."""
        for suffix in (*self.suffixes, *_OUTPUT_SUFFIXES):
            if path.endswith(suffix):
                yield path.removesuffix(suffix)
        yield path
        yield posixpath.normpath(posixpath.join(path, "index"))

    def namesake(self, path: str) -> str:
        """Find a page in another folder that has the name of a file that does not exist.

        :param path: The path of the file, from the source directory.
        :returns: The page; of several, the one with the most folders in common; empty if there
            is none, or no single one.
        """
        found = self._by_name.get(_name(path), [])
        folders = set(posixpath.dirname(path).split("/"))
        ranked: dict[int, list[str]] = {}
        for docname in found:
            ranked.setdefault(len(folders & set(docname.split("/"))), []).append(docname)
        best = ranked[max(ranked)] if ranked else []
        return best[0] if len(best) == 1 else ""

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        """Names of files → the pages with this name in any folder."""
        found: dict[str, list[str]] = {}
        for docname in self.docnames:
            found.setdefault(_name(docname), []).append(docname)
        return found

    @cached_property
    def _folders(self) -> dict[str, str]:
        """Folders → the pages of the guides there."""
        return {posixpath.dirname(path): name for path, name in self.guides.items() if is_toc(path)}

    @cached_property
    def _spellings(self) -> dict[str, str]:
        """Folded names → pages, where there is just one."""
        found: dict[str, str | None] = {}
        for docname in self.docnames:
            key = fold(docname)
            found[key] = None if key in found else docname
        for path, docname in self.guides.items():
            found.setdefault(fold(path), docname)
        return {key: docname for key, docname in found.items() if docname is not None}


def _name(path: str) -> str:
    return posixpath.basename(path).removesuffix(".md").casefold()


def _folder(path: str) -> str:
    """Return the folder of a path: itself, or that of its ``TOC.md``."""
    return posixpath.dirname(path) if is_toc(path) else path
