"""Purge a page without going through the images and toctree entries of all other pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_ajo.foreign.sphinx import index_images
from sphinx_ajo.project.state import state_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


class ToctreeEntries:
    """Reduces ``env.files_to_rebuild`` to the entries of the page that Sphinx purges.

    Before Sphinx reads a page, it goes through the entries of all toctrees, so the time of a build
    grows with the square of the number of pages.
    """

    def __init__(self) -> None:
        """Start without a page."""
        self._all: dict[str, set[str]] = {}
        self._shown: set[str] = set()
        self._on = False

    def connect(self, app: Sphinx) -> None:
        """Connect the handlers."""
        # around Sphinx's collector (priority 500)
        app.connect("env-purge-doc", self.hide, priority=499)
        app.connect("env-purge-doc", self.show, priority=501)

    def hide(self, _app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Leave only the entries of the page."""
        self._on = state_of(env).accelerated
        if not self._on:
            return
        self._all = env.files_to_rebuild
        self._shown = self._all.keys() & set(env.toctree_includes.get(docname, ()))
        env.files_to_rebuild = {name: self._all[name] for name in self._shown}

    def show(self, _app: Sphinx, env: BuildEnvironment, _docname: str) -> None:
        """Restore the other entries."""
        if not self._on:
            return
        left, env.files_to_rebuild = env.files_to_rebuild, self._all
        for name in self._shown - left.keys():
            del self._all[name]


def _index_images(app: Sphinx) -> None:
    if state_of(app.env).accelerated:
        index_images(app.env)


def setup_records(app: Sphinx) -> None:
    """Make each build index images and toctree entries by page."""
    # after the environment exists, and before any page is read
    app.connect("builder-inited", _index_images)
    ToctreeEntries().connect(app)
