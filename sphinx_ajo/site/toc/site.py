"""Build the tree of pages from the guides of a repository. No Sphinx.

Each entry with children needs a page for them: its own, or a generated one.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter, deque
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import unquote

from sphinx_ajo.base.limits import Limits
from sphinx_ajo.base.safe_paths import safe_path, same_file
from sphinx_ajo.language.addresses import safe_address
from sphinx_ajo.language.files import fold
from sphinx_ajo.language.slugs import safe_page_name

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from sphinx_ajo.site.toc.model import Entry, Guide

_LIMITS: Final = Limits()

Link = tuple[str, str]
"""An entry of a toctree: its title, and a page or an address.

Without a title, the page's own title is used.
"""


ProblemKind = Literal[
    "link", "case", "address", "group", "line", "id", "limit", "absent", "plain", "empty"
]
"""The kind of problem: a link without a page, a wrong spelling, a group without entries, a line
that is not an entry, an exceeded limit; a repository, or another folder, without a ``TOC.md``; no
pages.
"""


@dataclass(frozen=True, slots=True)
class Source:
    """A guide and its file."""

    path: str
    """Its ``TOC.md``, from the source directory."""
    guide: Guide
    title: str = ""
    """The title of its front matter."""
    description: str = ""

    @property
    def folder(self) -> str:
        """The folder of the file."""
        return posixpath.dirname(self.path)


@dataclass(slots=True)
class Page:
    """A page that has entries below it."""

    title: str
    path: str
    """The ``TOC.md`` that contains the entry."""
    line: int
    entries: list[Link] = field(default_factory=list)
    description: str = ""
    generated: bool = False
    """Whether there is no file for it."""
    listing: bool = False
    """Whether it shows its entries as cards, below its own text if it has any."""
    within: dict[str, list[Link]] = field(default_factory=dict)
    """The child entries of its pages that the cards also show."""


@dataclass(frozen=True, slots=True)
class SiteProblem:
    """A mistake in an entry."""

    path: str
    line: int
    target: str
    """The target that does not exist; the title of a group; the text of a line; an id; the name of
    a budget; the folder.
    """
    kind: ProblemKind


@dataclass(slots=True)
class Site:
    """The navigation of a repository."""

    pages: dict[str, Page] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    """Pages that are published but not shown."""
    listed: set[str] = field(default_factory=set)
    """All pages that are shown."""
    guide_pages: dict[str, str] = field(default_factory=dict)
    """``TOC.md`` files → the pages of their guides."""
    guides: dict[str, str] = field(default_factory=dict)
    """The ``TOC.md`` that lists each page, or has it generated."""
    problems: list[SiteProblem] = field(default_factory=list)
    by_folder: bool = False
    """Whether the tree follows the folders, because there is no ``TOC.md``."""
    start: str = ""
    """The file from which the root page is read, if it has another name."""


def build_site(
    sources: Sequence[Source],
    docnames: Collection[str],
    resolve: Callable[[str, str], str | None],
    root: str,
    title: str,
    is_hidden: Callable[[str], bool] = lambda _: False,
    limits: Limits = _LIMITS,
) -> Site:
    """Build the tree.

    :param sources: The guides, in their order.
    :param resolve: Resolves a target: (file that contains it, target) → path from the source
        directory.
    :param is_hidden: Tells whether the front matter of a page hides it.
    :returns: The tree. With one guide, its entries stand at the root.
    """
    builder = SiteBuilder(docnames, resolve, is_hidden, limits)
    top = builder.page(root, title, sources[0].path if sources else "", 1)
    if len(sources) == 1:
        top.description = sources[0].description
        builder.site.guides[root] = sources[0].path
    for source in sources:
        builder.problems(source)
        guide = source.guide
        if len(sources) == 1:
            builder.site.guide_pages[source.path] = root
            builder.entries(source, top, guide.entries)
            continue
        name = builder.name(source.folder or safe_path(guide.id))
        label = guide.title or source.title or guide.id or posixpath.basename(source.folder)
        builder.site.guide_pages[source.path] = name
        page = builder.page(name, label, source.path, guide.line)
        page.description = source.description
        top.entries.append((label, name))
        builder.site.listed.add(name)
        builder.site.guides[name] = source.path
        builder.entries(source, page, guide.entries)
    for source in sources:
        builder.exceeded(source)
    builder.untangle(root)
    builder.prune(root)
    builder.site.hidden -= builder.site.listed
    return builder.site


def _place(name: str) -> str:
    """Return a key that pages with one output file share, such as ``a`` and ``a/index``."""
    return f"/{same_file(name)}".removesuffix("/index")


def _slug(title: str) -> str:
    return re.sub(r"\W+", "-", title.lower()).strip("-") or "group"


def page_name(resolve: Callable[[str, str], str | None], path: str, target: str) -> str:
    """Return the page of an entry.

    :param resolve: Resolves a target, see :func:`build_site`.
    :param path: The ``TOC.md``.
    :param target: The target of the entry as written.
    :returns: The name of the page, whether it exists or not.
    """
    target = unquote(target.partition("#")[0].partition("?")[0])
    return safe_page_name((resolve(path, target) or target).removesuffix(".md"))


class SiteBuilder:
    """Builds the tree of pages."""

    def __init__(
        self,
        docnames: Collection[str],
        resolve: Callable[[str, str], str | None],
        is_hidden: Callable[[str], bool],
        limits: Limits = _LIMITS,
    ) -> None:
        self.site = Site()
        self._limits = limits
        self._groups: Counter[str] = Counter()
        self._flat: dict[str, bool] = {}
        self._room = limits.toc_entries
        self._docnames = docnames
        self._resolve = resolve
        self._is_hidden = is_hidden
        self._places = set(map(_place, docnames))
        self._numbers: Counter[str] = Counter()

    def problems(self, source: Source) -> None:
        """Record the lines of a guide that are not entries."""
        for line, text in source.guide.problems:
            self.site.problems.append(SiteProblem(source.path, line, text, kind="line"))

    def exceeded(self, source: Source) -> None:
        """Record the limits that a guide exceeds."""
        for name, line in source.guide.exceeded.items():
            self.site.problems.append(SiteProblem(source.path, line, name, kind="limit"))

    def page(self, name: str, title: str, path: str, line: int) -> Page:
        """Add a page, which is generated if it has no file."""
        generated = name not in self._docnames
        self._places.add(_place(name))
        return self.site.pages.setdefault(name, Page(title, path, line, generated=generated))

    def name(self, folder: str) -> str:
        """Return a unique name for a generated page, on every file system."""
        folder = safe_page_name(folder)
        name = posixpath.join(folder, "index")
        # for many groups with one name, counting continues after the last number
        number = self._numbers[same_file(folder)] or 1
        if number > 1:
            name = posixpath.join(folder, f"index-{number}")
        while _place(name) in self._places:
            number += 1
            name = posixpath.join(folder, f"index-{number}")
        self._numbers[same_file(folder)] = number
        return name

    def entries(self, source: Source, page: Page, entries: Sequence[Entry]) -> None:
        """Add the entries of a page, and their descendants."""
        stack = [(page, entries, source.folder)]
        while stack:
            page, entries, folder = stack.pop()
            for entry in entries:
                below = self._entry(source, page, entry, folder)
                if below is not None:
                    stack.append(below)

    def _folder(self, source: Source, entry: Entry, folder: str) -> str:
        """Return the folder for the children of an entry; without an id, its own folder."""
        found = safe_path(entry.id, folder)
        if entry.id and found != posixpath.join(folder, entry.id):
            self.site.problems.append(SiteProblem(source.path, entry.line, entry.id, kind="id"))
        return found

    def _page(self, source: Source, entry: Entry) -> str:
        """Return the page of an entry; if there is none, record the problem."""
        name = page_name(self._resolve, source.path, entry.target)
        if name in self._docnames:
            return name
        found = self._spellings.get(fold(name))
        kind: ProblemKind = "case" if found else "link"
        self.site.problems.append(SiteProblem(source.path, entry.line, entry.target, kind=kind))
        return found or name

    @cached_property
    def _spellings(self) -> dict[str, str]:
        """Folded names → pages, where there is just one."""
        counts = Counter(map(fold, self._docnames))
        return {key: name for name in self._docnames if counts[key := fold(name)] == 1}

    def untangle(self, root: str) -> None:
        """Keep a page with entries only at its highest place in the tree.

        Otherwise, its entries would be repeated at each place: endlessly if it is listed below
        itself, and very often if such pages are nested. Pages without entries may be listed
        anywhere. So may pages whose entries have no entries.
        """
        placed = {root}
        queue = deque([root])
        while queue:
            name = queue.popleft()
            seen = {name}
            entries = []
            for entry in self.site.pages[name].entries:
                target = entry[1]
                if target in seen:
                    continue
                if self._below(target) and target not in placed:
                    placed.add(target)
                    queue.append(target)
                elif self._below(target) and not self._repeats(target):
                    continue
                if target in self._docnames or target in self.site.pages:
                    seen.add(target)
                entries.append(entry)
            self.site.pages[name].entries = entries

    def _below(self, name: str) -> list[Link]:
        page = self.site.pages.get(name)
        return page.entries if page else []

    def _repeats(self, name: str) -> bool:
        """Tell whether a page and its descendants may be listed again."""
        below = self._below(name)
        if name not in self._flat:
            self._flat[name] = not any(self._below(target) for _, target in below)
        if not self._flat[name] or len(below) > self._room:
            return False
        self._room -= len(below)
        return True

    def prune(self, root: str) -> None:
        """Remove groups without visible entries, and groups that contain only such groups.

        :param root: The root page, which stays.
        """
        site = self.site
        gone: set[str] = set()
        # parents come before their children
        for name, page in reversed(list(site.pages.items())):
            page.entries = [entry for entry in page.entries if entry[1] not in gone]
            if page.entries or name == root:
                continue
            del site.pages[name]
            if page.generated:
                gone.add(name)
        site.listed -= gone
        site.guides = {name: path for name, path in site.guides.items() if name not in gone}
        site.guide_pages = {
            path: name for path, name in site.guide_pages.items() if name not in gone
        }

    def _hide(self, source: Source, group: Entry) -> None:
        """Record the pages of a hidden group: they are published, but not shown."""
        stack = list(group.children)
        while stack:
            entry = stack.pop()
            stack.extend(entry.children)
            if entry.target and not entry.is_external:
                name = self._page(source, entry)
                if name in self._docnames:
                    self.site.guides.setdefault(name, source.path)
                    self.site.hidden.add(name)

    def _entry(
        self, source: Source, page: Page, entry: Entry, folder: str
    ) -> tuple[Page, Sequence[Entry], str] | None:
        if entry.is_external:
            if safe_address(entry.target) is None:
                problem = SiteProblem(source.path, entry.line, entry.target, kind="address")
                self.site.problems.append(problem)
            else:
                page.entries.append((entry.title or entry.target, entry.target))
            return (page, entry.children, folder) if entry.children else None
        if not entry.target:
            return self._group(source, page, entry, folder)
        name = self._page(source, entry)
        inner = self._folder(source, entry, folder) if entry.children else folder
        if name not in self._docnames:
            return (page, entry.children, inner) if entry.children else None
        self.site.guides.setdefault(name, source.path)
        if entry.hidden or self._is_hidden(name):
            self.site.hidden.add(name)
            return (page, entry.children, inner) if entry.children else None
        page.entries.append((entry.title, name))
        self.site.listed.add(name)
        if not entry.children:
            return None
        return self.page(name, entry.title, source.path, entry.line), entry.children, inner

    def _group(
        self, source: Source, page: Page, entry: Entry, folder: str
    ) -> tuple[Page, Sequence[Entry], str] | None:
        if not entry.children:
            if not entry.hidden and not entry.spread:
                problem = SiteProblem(source.path, entry.line, entry.title, kind="group")
                self.site.problems.append(problem)
            return None
        if entry.hidden:
            self._hide(source, entry)
            return None
        inner = self._folder(source, entry, folder)
        self._groups[source.path] += 1
        if self._groups[source.path] > self._limits.toc_groups:
            source.guide.exceed(entry.line, "toc_groups")
            return page, entry.children, inner
        name = self.name(inner if inner != folder else safe_path(_slug(entry.title), folder))
        page.entries.append((entry.title, name))
        self.site.listed.add(name)
        self.site.guides[name] = source.path
        return self.page(name, entry.title, source.path, entry.line), entry.children, inner
