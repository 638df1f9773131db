"""Add the navigation tree to the pages that Sphinx writes."""

from __future__ import annotations

import dataclasses as dc
import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sphinx.builders.html import StandaloneHTMLBuilder

from sphinx_ajo.i18n import _
from sphinx_ajo.navigation import _furo, _pydata
from sphinx_ajo.navigation.data import DATA_FILE, navigation_data, write_data
from sphinx_ajo.navigation.mode import STATIC_DIR, navigation_mode
from sphinx_ajo.navigation.sidebar import Request, Sidebar, read_request
from sphinx_ajo.navigation.skin import Skin
from sphinx_ajo.navigation.state import (
    Digester,
    State,
    contributions,
    digest_reading,
    digest_relations,
    digest_tree,
    read_state,
    state_file,
    write_state,
)
from sphinx_ajo.navigation.tree import ancestors_of, build_forest, parents_of
from sphinx_ajo.project.later import is_partial

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from sphinx_ajo.navigation.tree import Forest

FEW_PAGES: Final = 50
"""Up to this number of pages, we check whether reading them again has changed any sidebar."""


class Trees:
    """The trees of a build, created on demand."""

    def __init__(self, app: Sphinx, *, warn: bool) -> None:
        """Prepare.

        :param app: The Sphinx application; its pages have been read.
        :param warn: Whether to warn about mistakes in toctrees.
        """
        self._env = app.env
        self._tags = app.tags
        self._forests: dict[tuple[str, bool, bool], Forest] = {}
        self._warned: set[str] | None = set() if warn else None
        self._parents = parents_of(app.env)

    def forest(self, request: Request, root: str) -> Forest:
        """Return the trees for a request."""
        key = (root, request.titles_only, request.includehidden)
        if key not in self._forests:
            self._forests[key] = build_forest(
                self._env,
                self._tags,
                root,
                titles_only=request.titles_only,
                includehidden=request.includehidden,
                warned=self._warned,
            )
        return self._forests[key]

    def ancestors(self, page: str) -> list[str]:
        """Return a page and its ancestors, without the root."""
        return ancestors_of(self._parents, page)

    def root(self, page: str, depth: int) -> str | None:
        """Return the ancestor of a page to start with, or the page itself.

        :param depth: The level of the start page below the root.
        :returns: Its name; empty for the root of the site, ``None`` if there is none.
        """
        ancestors = self.ancestors(page) if depth else []
        if not depth:
            return ""
        return ancestors[-depth] if depth <= len(ancestors) else None

    def digests(self, requests: Iterable[Request]) -> dict[str, str]:
        """Digest the sidebars of all pages.

        :returns: Page → digest.
        """
        found = digest_relations(self._env)
        for request in sorted(requests, key=str):
            digesters: dict[str, Digester] = {}
            for page in found:
                root = self.root(page, request.depth)
                if root is None:
                    continue
                if root not in digesters:
                    digesters[root] = Digester(self.forest(request, root), request)
                found[page] += digesters[root].digest(page, self.ancestors(page))
        return found


class Navigation:
    """The navigation of one build."""

    def __init__(
        self, app: Sphinx, builder: StandaloneHTMLBuilder, mode: str, last: State | None
    ) -> None:
        """Prepare.

        :param app: The Sphinx application; its pages have been read.
        :param mode: ``full`` or ``branch``.
        :param last: The state of the last build, if it has the same mode.
        """
        self.mode = mode
        self.trees = Trees(app, warn=True)
        self._builder = builder
        self._skin: Skin | None = None
        self._sidebars: dict[tuple[Request, str], Sidebar] = {}
        self._last = last
        self.tree = ""
        self.requests: set[Request] = set()

    def toctree(self, page: str, stock: Callable[..., str], /, *args: Any, **arguments: Any) -> str:
        """Return the tree for a page: the function that templates call."""
        request = None if args else read_request(arguments, branch=self.mode == "branch")
        if request is None:
            return stock(*args, **arguments)
        self.requests.add(request)
        root = self.trees.root(page, request.depth)
        if root is None:
            return ""
        return self._sidebar(request, root).render(page, self.trees.ancestors(page))

    def _sidebar(self, request: Request, root: str) -> Sidebar:
        if (request, root) not in self._sidebars:
            if self._skin is None:
                self._skin = Skin(self._builder)
            forest = self.trees.forest(request, root)
            if not request.branch:
                self._skin.prepare(forest)
            self._sidebars[request, root] = Sidebar(
                forest,
                request,
                self._skin,
                self._builder.get_relative_uri,
                self._builder.get_target_uri,
            )
            # a theme has one kind of sidebar; if it has two, browsers open both from the same file
            if request.branch and not self.tree:
                self._write_data(request, self._skin)
        return self._sidebars[request, root]

    def _write_data(self, request: Request, skin: Skin) -> None:
        forest = self.trees.forest(request, "")
        self.tree = digest_tree(forest)
        path = Path(self._builder.outdir) / "_static" / DATA_FILE
        if self._last is not None and self._last.tree == self.tree and path.is_file():
            return
        skin.prepare(forest)
        write_data(path, navigation_data(forest, skin, self._builder.get_target_uri))


class NavigationHandlers:
    """The event handlers of one application."""

    def __init__(self) -> None:
        """Start without navigation."""
        self._navigation: Navigation | None = None
        self._writing = False
        self._last: State | None = None
        self._read = ""
        self._known: State | None = None
        self._before: tuple[str, dict[str, str]] = ("", {})

    def connect(self, app: Sphinx) -> None:
        """Connect all handlers."""
        app.connect("env-before-read-docs", self.note)
        # after Sphinx has numbered the sections
        app.connect("env-get-updated", self.updated, priority=900)
        app.connect("write-started", self.start)
        # before themes use `toctree`, and after they have added their own functions
        app.connect("html-page-context", self.add_toctree, priority=300)
        app.connect("html-page-context", self.adapt_theme, priority=700)
        app.connect("build-finished", self.finish)

    def note(self, _app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        """Record what a few pages contribute to sidebars before they are read again.

        :param env: The build environment, with the data of the last build.
        """
        self._before = ("", {})
        if len(docnames) <= FEW_PAGES:
            pages = contributions(env, docnames)
            if len(pages) == len(docnames):
                self._before = (digest_reading(env), pages)

    def _contributes_the_same(self, env: BuildEnvironment, read: str) -> bool:
        """Tell whether all pages that were read again contribute the same as before."""
        before, pages = self._before
        # numbers of sections depend on each other
        return before == read and not env.numbered_toctrees and contributions(env, pages) == pages

    def updated(self, app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
        """Name the pages whose sidebar has changed.

        :returns: The pages, to be written again.
        """
        mode = navigation_mode(app)
        self._last = self._known = None
        if mode == "off":
            return ()
        state = read_state(state_file(app))
        self._read = digest_reading(env)
        if state is None or state.mode != _state_mode(app, mode):
            return sorted(env.found_docs)
        self._last = self._known = state
        if state.read == self._read:
            return ()
        if self._contributes_the_same(env, state.read):
            self._known = dc.replace(state, read=self._read)
            return ()
        digests = Trees(app, warn=False).digests(state.requests)
        self._known = dc.replace(state, digests=digests, read=self._read)
        return [page for page, digest in digests.items() if state.digests.get(page) != digest]

    def start(self, app: Sphinx, builder: Builder) -> None:
        """Prepare the navigation before pages are written."""
        mode = navigation_mode(app)
        if mode == "off" or not isinstance(builder, StandaloneHTMLBuilder):
            self._navigation = None
            return
        self._writing = True
        self._navigation = Navigation(app, builder, mode, self._last)
        if mode == "branch" and str(STATIC_DIR) not in app.config.html_static_path:
            # rebound, not appended to: the default list is shared by all Sphinx runs of a process
            app.config.html_static_path = [*app.config.html_static_path, str(STATIC_DIR)]

    def add_toctree(
        self,
        app: Sphinx,
        pagename: str,
        _templatename: str,
        context: dict[str, Any],
        _doctree: nodes.document | None,
    ) -> None:
        """Replace Sphinx's function by ours."""
        navigation = self._navigation
        if navigation is None or "toctree" not in context:
            return
        stock = context["toctree"]
        context["toctree"] = functools.partial(navigation.toctree, pagename, stock)
        if "furo" in app.extensions:
            _furo.postpone(context)
        if navigation.mode == "branch" and isinstance(app.builder, StandaloneHTMLBuilder):
            app.builder.add_css_file("ajo-navigation.css")
            labels = {
                # %s is the title of the entry
                "data-label": _("Show or hide the pages below %s"),
                # Translators: a button below a list of pages of which one is shown; %s is the title
                # of what they belong to
                "data-more": _("More in %s"),
                # Translators: the same where they belong to the whole site
                "data-rest": _("Show the other pages"),
            }
            app.builder.add_js_file("ajo-navigation.js", defer="defer", **labels)

    def adapt_theme(
        self,
        _app: Sphinx,
        pagename: str,
        _templatename: str,
        context: dict[str, Any],
        _doctree: nodes.document | None,
    ) -> None:
        """Support themes that do not use only ``toctree``."""
        navigation = self._navigation
        if navigation is not None and "toctree" in context:
            _furo.adapt(context)
            trees = navigation.trees
            _pydata.adapt(
                context, context["toctree"], lambda depth: trees.root(pagename, depth) is not None
            )

    def finish(self, app: Sphinx, exception: Exception | None) -> None:
        """Save the digests of the sidebars."""
        # it is kept for pages that are shown before the next build
        navigation, writing, self._writing = self._navigation, self._writing, False
        if navigation is None or not writing:
            return
        last, known = self._last, self._known
        if exception is not None or is_partial(app):
            # neither the sidebars of pages nor the contents of the navigation file are known
            if last is not None and navigation.tree:
                write_state(state_file(app), dc.replace(last, tree=""))
            return
        requests = navigation.requests
        tree = navigation.tree
        if last is not None:
            # pages that were not written have made their requests in an earlier build
            requests |= last.requests
            tree = tree or last.tree
        if not requests and app.parallel > 1:
            # other processes wrote all pages; their requests are a subset of these
            requests = {Request(collapse=navigation.mode == "branch", includehidden=True)}
        mode = _state_mode(app, navigation.mode)
        if known is None or known.requests != requests:
            digests = navigation.trees.digests(requests)
            known = State(mode, frozenset(requests), digests, self._read)
        known = dc.replace(known, tree=tree)
        if known != last:
            write_state(state_file(app), known)


def _state_mode(app: Sphinx, mode: str) -> str:
    """Return what determines the requests: another theme makes other requests."""
    return f"{mode} {app.config.html_theme}"


def setup_navigation(app: Sphinx) -> None:
    """Register the navigation."""
    NavigationHandlers().connect(app)
