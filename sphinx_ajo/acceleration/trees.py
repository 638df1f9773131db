"""Release doctrees that are saved in files.

Sphinx pickles the doctree of each page that it reads to a file, and also keeps it in memory to
write the page from it: at 10,000 pages, this is three quarters of the memory of a build. When it
loads such files in the writing phase, it keeps their contents until the end. Here, only the
doctrees of the first pages stay in memory, which saves loading them, and no contents of files.

A doctree is full of references in circles. Where all extensions are known to keep no nodes, it is
taken apart after its last use, which saves Python's collector from finding it: a tenth of the time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx_ajo.acceleration.extensions import keeps_no_nodes
from sphinx_ajo.foreign.docutils import free_page
from sphinx_ajo.foreign.sphinx import keep_trees
from sphinx_ajo.project.state import state_of

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

MOST: Final = 800
"""The number of doctrees that stay in memory until their pages are written, about a third of a
megabyte each."""


class FewTrees:
    """The doctrees of one build."""

    def __init__(self) -> None:
        """Start before extensions are known."""
        self._frees = False

    def keep(self, app: Sphinx) -> None:
        """Limit how many doctrees stay in memory."""
        if state_of(app.env).accelerated:
            keep_trees(app.env, MOST, self._free)

    def decide(self, app: Sphinx, *_: object) -> None:
        """Find out whether the others can be freed at once."""
        self._frees = keeps_no_nodes(app)

    def _free(self, tree: nodes.document) -> None:
        if self._frees:
            free_page(tree)


def setup_trees(app: Sphinx) -> None:
    """Make each build keep only the doctrees of a few pages in memory."""
    trees = FewTrees()
    app.connect("builder-inited", trees.keep)
    app.connect("env-before-read-docs", trees.decide)
