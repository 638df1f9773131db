"""The trees of pages: let go of what is in a file already.

Sphinx writes the tree of each page that it reads to a file, and keeps the tree as well, to write
the page from it: at 10,000 pages, three quarters of the memory of a build. What it loads from these
files while it writes pages, it keeps until the end. Here it keeps the trees of the first pages
only, which saves loading them, and none of the files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx_ajo.foreign.sphinx import keep_trees
from sphinx_ajo.project.state import state_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

MOST: Final = 600
"""How many trees stay in memory until their pages are written: about a third of a megabyte each."""


def _keep_few(app: Sphinx) -> None:
    if state_of(app.env).accelerated:
        keep_trees(app.env, MOST)


def setup_trees(app: Sphinx) -> None:
    """Let each build keep the trees of a few pages in memory, and not those of all."""
    app.connect("builder-inited", _keep_few)
