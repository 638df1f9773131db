"""The sidebars of the last build, so that the next one writes only pages whose sidebar changed."""

from __future__ import annotations

import dataclasses as dc
import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_ajo.navigation.sidebar import Request, current_places, extent_of, is_expanded, is_within
from sphinx_ajo.navigation.tree import walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_ajo.navigation.sidebar import Extent
    from sphinx_ajo.navigation.tree import Branch, Entry, Forest, Tree


@dc.dataclass(frozen=True, slots=True)
class State:
    """The sidebars of a build."""

    mode: str
    requests: frozenset[Request]
    """The requests of the theme."""
    digests: Mapping[str, str]
    """Page → digest of its sidebars."""
    read: str = ""
    """A digest of the times when pages were read: if it is the same, so are the sidebars."""
    tree: str = ""
    """A digest of the navigation file; empty if there is none."""


def state_file(app: Sphinx, name: str = "ajo-navigation") -> Path:
    """Return where the state of an output folder is saved.

    :param name: The beginning of the name of the file.
    :returns: A file in the doctree folder. Output folders that share it have separate files.
    """
    folder = os.path.relpath(app.outdir, app.doctreedir)
    key = hashlib.blake2b(folder.encode(), digest_size=6).hexdigest()
    return Path(app.doctreedir) / f"{name}-{app.builder.name}-{key}.json"


def read_state(path: Path) -> State | None:
    """Read the state of the last build.

    :returns: The state; ``None`` if there is none.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        requests = frozenset(Request(**request) for request in data["requests"])
        return State(data["mode"], requests, data["digests"], data["read"], data["tree"])
    except (OSError, ValueError, TypeError, KeyError):
        return None


def write_state(path: Path, state: State) -> None:
    """Save the state of this build."""
    requests = sorted(map(dc.asdict, state.requests), key=str)
    data: dict[str, Any] = {
        "mode": state.mode,
        "requests": requests,
        "digests": dict(sorted(state.digests.items())),
        "read": state.read,
        "tree": state.tree,
    }
    path.write_text(json.dumps(data, ensure_ascii=False, indent=0), encoding="utf-8")


def digest_reading(env: BuildEnvironment) -> str:
    """Digest the times when pages were read.

    :returns: The same digest if the set of pages is the same, and none was read again.
    """
    # the order of pages is that of the last build
    text = repr((env.all_docs, sorted(env.found_docs ^ env.all_docs.keys())))
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def contributions(env: BuildEnvironment, pages: Iterable[str]) -> dict[str, str]:
    """Return what pages contribute to all sidebars.

    :returns: Page → its titles, its toctrees and their depth. Unknown pages are left out, and so is
        the root page, which contributes more.
    """
    return {
        page: "\0".join(
            (
                str(env.titles[page]),
                str(env.tocs[page]),
                repr(env.toctree_includes.get(page)),
                repr(env.metadata[page].get("tocdepth")),
            )
        )
        for page in pages
        if page in env.tocs and page in env.titles and page != env.config.root_doc
    }


def digest_tree(forest: Forest) -> str:
    """Digest the data of the navigation file."""
    found = hashlib.blake2b(digest_size=8)
    for entry in walk(forest):
        found.update(f"{entry.level}{entry.reference}\0".encode())
    return found.hexdigest()


def digest_relations(env: BuildEnvironment) -> dict[str, str]:
    """Digest the titles of the pages to which Sphinx links from a page: previous, next, parents.

    :returns: Page → digest, for all pages.
    """
    relations = env.collect_relations()
    titles = {page: f"{page}\0{title}" for page, title in env.titles.items()}
    found = {}
    for page in sorted(env.found_docs):
        parent, *others = relations.get(page, [None])
        seen: list[str | None] = []
        while parent is not None and parent not in seen:
            seen.append(parent)
            parent = relations.get(parent, [None])[0]
        text = "\1".join(titles.get(name or "", "") for name in (*others, *seen))
        found[page] = hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
    return found


class Digester:
    """Digests of the result of a request for each page, computed without HTML."""

    def __init__(self, forest: Forest, request: Request) -> None:
        """Prepare."""
        self._forest = forest
        self._request = request
        self._lists: dict[tuple[int, int], str] = {}
        self._entries: dict[tuple[int, int], str] = {}

    def digest(self, page: str, ancestors: list[str]) -> str:
        """Digest the sidebar of a page."""
        request = self._request
        places, above = current_places(self._forest, request, page, ancestors)
        extent = extent_of(self._forest, request, places, above)
        parts: list[str] = []
        for tree in self._forest.trees:
            parts += [_caption(tree), self._shown(tree, tree, extent)]
        if request.collapse:
            for branch in [*above.values(), *places]:
                if branch.entries is not None and is_expanded(branch, request, ancestors):
                    top: Branch = branch
                    while top.parent is not None:
                        top = top.parent
                    parts.append(self._shown(branch, top, extent))
        # the place of the page itself, which determines what is marked
        parts.extend(f"{entry.level}{entry.reference}" for entry in places)
        return hashlib.blake2b("\0".join(parts).encode(), digest_size=8).hexdigest()

    def _shown(self, branch: Branch, top: Branch, extent: Extent) -> str:
        maxdepth = self._request.maxdepth or getattr(top, "maxdepth", -1)
        entries = extent.entries(branch)
        if len(entries) == len(branch.entries or ()):
            return self._list(branch, maxdepth)
        return "\1".join(self._entry(entry, maxdepth) for entry in entries)

    def _entry(self, entry: Entry, maxdepth: int) -> str:
        # many pages share the same entries
        key = (id(entry), maxdepth)
        if key not in self._entries:
            self._entries[key] = f"{entry.reference}\0{self._below(entry, maxdepth)}"
        return self._entries[key]

    def _list(self, branch: Branch, maxdepth: int) -> str:
        key = (id(branch), maxdepth)
        if key not in self._lists:
            found = hashlib.blake2b(digest_size=8)
            for entry in branch.entries or ():
                found.update(f"{entry.reference}\0{self._below(entry, maxdepth)}\1".encode())
            self._lists[key] = found.hexdigest()
        return self._lists[key]

    def _below(self, entry: Entry, maxdepth: int) -> str:
        if entry.entries is None or not is_within(entry, maxdepth):
            return ""
        if self._request.collapse:
            # closed entries are not in the HTML, unless they can be opened
            return f"{bool(entry.entries)}" if self._request.branch else ""
        return self._list(entry, maxdepth)


def _caption(tree: Tree) -> str:
    return tree.caption.astext() if tree.caption is not None else ""
