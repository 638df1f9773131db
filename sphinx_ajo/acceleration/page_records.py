"""Sphinx forgets a page without looking at the images and toctree entries of all others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_ajo.foreign.sphinx import index_images
from sphinx_ajo.project.state import state_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


class ToctreeEntries:
    """Narrows ``env.files_to_rebuild`` to the entries of the page that Sphinx forgets.

    Before Sphinx reads a page, it looks at all that stand in any toctree: the work of a build grows
    with the square of the site.
    """

    def __init__(self) -> None:
        """Begin with no page."""
        self._all: dict[str, set[str]] = {}
        self._shown: set[str] = set()
        self._on = False

    def connect(self, app: Sphinx) -> None:
        """Connect the handlers."""
        # around the collector of Sphinx, which has 500
        app.connect("env-purge-doc", self.hide, priority=499)
        app.connect("env-purge-doc", self.show, priority=501)

    def hide(self, _app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Leave the entries of a page only."""
        self._on = state_of(env).accelerated
        if not self._on:
            return
        self._all = env.files_to_rebuild
        self._shown = self._all.keys() & set(env.toctree_includes.get(docname, ()))
        env.files_to_rebuild = {name: self._all[name] for name in self._shown}

    def show(self, _app: Sphinx, env: BuildEnvironment, _docname: str) -> None:
        """Bring the others back."""
        if not self._on:
            return
        left, env.files_to_rebuild = env.files_to_rebuild, self._all
        for name in self._shown - left.keys():
            del self._all[name]


def _index_images(app: Sphinx) -> None:
    if state_of(app.env).accelerated:
        index_images(app.env)


def setup_records(app: Sphinx) -> None:
    """Let each build know the images and the toctree entries of each page."""
    # when the environment is there, and before anything has been read
    app.connect("builder-inited", _index_images)
    ToctreeEntries().connect(app)
