"""The sidebar of a page, from the tree of the site."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sphinx_ajo.navigation.tree import Entry

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_ajo.navigation.skin import Skin
    from sphinx_ajo.navigation.tree import Branch, Forest, Tree

_WHOLE: Final = 3
"""The number of complete lists, from that of the page upwards."""

_LONG: Final = 300
"""The maximum number of entries of a list in the mode ``branch``."""

_FOLDERS: Final = 4
"""The number of folders for which the HTML of entries is cached: pages are written folder by
folder."""


@dataclass(frozen=True, slots=True)
class Request:
    """The request of a theme: the arguments of ``toctree()``."""

    collapse: bool = True
    maxdepth: int = 0
    titles_only: bool = False
    includehidden: bool = False
    depth: int = 0
    """The level of the page to start with, above the page; 0 for the root of the site."""
    branch: bool = False
    """Whether readers can open collapsed entries."""


def read_request(arguments: dict[str, Any], *, branch: bool) -> Request | None:
    """Parse the arguments of ``toctree()``.

    :param arguments: The arguments, as Sphinx's own function takes them.
    :param branch: Whether a request for the full tree returns the branch of the page.
    :returns: The request; ``None`` if there is an unknown argument.
    """
    arguments = {key: value for key, value in arguments.items() if (key, value) != ("maxdepth", "")}
    collapse = bool(arguments.pop("collapse", True))
    request = Request(
        collapse=collapse or branch,
        maxdepth=int(arguments.pop("maxdepth", 0) or 0),
        titles_only=bool(arguments.pop("titles_only", False)),
        includehidden=bool(arguments.pop("includehidden", False)),
        depth=int(arguments.pop("ajo_depth", 0)),
        branch=branch and not collapse,
    )
    return None if arguments else request


def current_places(
    forest: Forest, request: Request, page: str, ancestors: list[str]
) -> tuple[list[Entry], dict[int, Branch]]:
    """Find the entries of a page and its sections in the tree.

    :returns: The entries, and all their ancestors by identity.
    """
    places: list[Entry] = []
    above: dict[int, Branch] = {}
    for entry in forest.places.get(page, ()):
        chain: list[Branch] = []
        branch = entry.parent
        while branch is not None and (
            not request.collapse or branch.parent is None or is_expanded(branch, request, ancestors)
        ):
            chain.append(branch)
            branch = branch.parent
        if branch is None:
            places.append(entry)
            # sections are not marked as current, but their children are shown
            if not entry.anchor:
                above.update((id(branch), branch) for branch in chain)
    return places, above


@dataclass(frozen=True, slots=True)
class Extent:
    """How much of the tree a page contains in the mode ``branch``.

    The children and siblings of the page, and the siblings of its parent, are complete. Lists
    further up contain only the entry that leads to the page, and very long lists are cut. So the
    size grows neither with the number of guides nor with the depth of the tree.
    """

    whole: frozenset[int]
    """The complete lists, by the identity of their parents."""
    path: frozenset[int]
    """The ancestors of the page, and its own entries."""
    complete: bool
    """Whether all lists are complete, as for pages in no toctree."""
    branch: bool = False
    """Whether browsers can complete lists, so that very long lists can be cut."""

    def entries(self, branch: Branch) -> list[Entry]:
        """Return the entries of a list that are shown."""
        entries = branch.entries or []
        if self.complete or id(branch) in self.whole:
            return self._part(entries) if self.branch and len(entries) > _LONG else entries
        return [entry for entry in entries if id(entry) in self.path]

    def _part(self, entries: list[Entry]) -> list[Entry]:
        """Return the part of a long list around the entry of the page, or else its beginning."""
        places = (number for number, entry in enumerate(entries) if id(entry) in self.path)
        start = max(0, min(next(places, 0) - _LONG // 2, len(entries) - _LONG))
        return entries[start : start + _LONG]


def extent_of(
    forest: Forest, request: Request, places: list[Entry], above: dict[int, Branch]
) -> Extent:
    """Determine how much a page contains.

    Top-level lists are complete if there are several, or if they do not start at the root of the
    site, because the navigation file could not complete them.

    :param places: The entries of the page, see :func:`current_places`.
    """
    whole = {id(tree) for tree in forest.trees if request.depth or len(forest.trees) > 1}
    path = above.keys() | {id(entry) for entry in places}
    for place in places:
        # sections are part of their page
        branch: Branch | None = place
        while isinstance(branch, Entry) and branch.anchor:
            branch = branch.parent
        for _ in range(_WHOLE):
            if branch is not None:
                whole.add(id(branch))
                branch = branch.parent
    complete = not request.branch or not places
    return Extent(frozenset(whole), frozenset(path), complete, request.branch)


def is_expanded(branch: Branch, request: Request, ancestors: list[str]) -> bool:
    """Tell whether an entry of the page, or of an ancestor, is expanded.

    A page in several toctrees is shown at the place that its breadcrumbs show.

    :param request: The request, for a collapsed tree.
    """
    owner: str = getattr(branch, "owner", "")
    # Sphinx closes pages that set `tocdepth`; nothing could open them again
    capped = getattr(branch, "capped", False) and not request.branch
    return owner in ancestors and not capped


def is_within(entry: Entry, maxdepth: int) -> bool:
    """Tell whether the list below an entry is within the requested depth.

    :param maxdepth: The deepest level; none if it is not positive.
    """
    return maxdepth <= 0 or entry.level < maxdepth


class Sidebar:
    """The HTML of one request, for any page."""

    def __init__(
        self,
        forest: Forest,
        request: Request,
        skin: Skin,
        relative: Callable[[str, str], str],
        address: Callable[[str], str],
    ) -> None:
        """Prepare.

        :param relative: Returns the relative address from one page to another: (from, to).
        :param address: Returns the address of a page relative to the root of the output. Relative
            addresses are the same from all pages in one folder.
        """
        self.forest = forest
        self.request = request
        self._skin = skin
        self._relative = relative
        self._address = address
        self._kept: dict[str, dict[tuple[int, int], str]] = {}

    def own_address(self, page: str) -> str:
        """Return the address of a page, relative to itself.

        In the mode ``branch``, this may be the only link to it in all sidebars.
        """
        return posixpath.basename(self._address(page)) or "./" if self.request.branch else "#"

    def render(self, page: str, ancestors: list[str]) -> str:
        """Render the tree for a page.

        :returns: The HTML; empty if there is nothing to show.
        """
        folder = posixpath.dirname(self._address(page))
        if folder not in self._kept:
            if len(self._kept) >= _FOLDERS:
                del self._kept[next(iter(self._kept))]
            self._kept[folder] = {}
        return _Page(self, page, ancestors, self._kept[folder]).render()


class _Page:
    """The HTML of one request for one page."""

    def __init__(
        self,
        sidebar: Sidebar,
        page: str,
        ancestors: list[str],
        kept: dict[tuple[int, int], str],
    ) -> None:
        self._sidebar = sidebar
        self._request = sidebar.request
        self._skin = sidebar._skin
        self._page = page
        self._kept = kept
        self._ancestors = ancestors
        places, self._above = current_places(sidebar.forest, sidebar.request, page, ancestors)
        self._extent = extent_of(sidebar.forest, sidebar.request, places, self._above)
        self._places = {id(entry) for entry in places if not entry.anchor}
        self._open = self._above.keys() | {id(entry) for entry in places}
        self._maxdepth = 0

    def render(self) -> str:
        return "".join(self._tree(tree) for tree in self._sidebar.forest.trees)

    def _tree(self, tree: Tree) -> str:
        self._maxdepth = self._request.maxdepth or tree.maxdepth
        caption = self._skin.caption(tree.caption) if tree.caption is not None else ""
        return caption + self._list(tree)

    def _list(self, branch: Branch) -> str:
        if branch.void:
            return self._skin.list_void
        entries = self._extent.entries(branch)
        more = ""
        if len(entries) < len(branch.entries or ()):
            more = str(self._maxdepth - branch.level if self._maxdepth > 0 else 0)
        opened = self._skin.list_open(current=id(branch) in self._above, more=more)
        items = "".join(map(self._item, entries))
        return f"{opened}{items}{self._skin.list_close}"

    def _item(self, entry: Entry) -> str:
        if id(entry) in self._open or entry.target == self._page:
            return self._build(entry)
        key = (id(entry), self._maxdepth)
        html = self._kept.get(key)
        if html is None:
            html = self._kept[key] = self._build(entry)
        return html

    def _build(self, entry: Entry) -> str:
        here = id(entry) in self._places
        current = here or id(entry) in self._above
        shown = entry.entries is not None and is_within(entry, self._maxdepth)
        closed = ""
        if shown and self._request.collapse:
            shown = id(entry) in self._open and is_expanded(entry, self._request, self._ancestors)
            if self._request.branch and entry.entries and not shown:
                closed = str(self._maxdepth - entry.level if self._maxdepth > 0 else 0)
        return "".join(
            (
                self._skin.item_open(entry.level, current=current, closed=closed),
                self._skin.link(entry, self._href(entry), current=here),
                self._list(entry) if shown else "",
                self._skin.item_close,
            )
        )

    def _href(self, entry: Entry) -> str:
        if entry.is_address:
            return entry.target
        href = self._sidebar._relative(self._page, entry.target) + entry.anchor
        return href or self._sidebar.own_address(self._page)
