"""Release doctrees that are saved in files.

Sphinx pickles the doctree of each page that it reads to a file, and also keeps it in memory to
write the page from it: at 10,000 pages, this is three quarters of the memory of a build. When it
loads such files in the writing phase, it keeps their contents until the end. Here, only the
doctrees of the first pages stay in memory, which saves loading them, and no contents of files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx_ajo.foreign.sphinx import keep_trees
from sphinx_ajo.project.state import state_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

MOST: Final = 600
"""The number of doctrees that stay in memory until their pages are written, about a third of a
megabyte each."""


def _keep_few(app: Sphinx) -> None:
    if state_of(app.env).accelerated:
        keep_trees(app.env, MOST)


def setup_trees(app: Sphinx) -> None:
    """Make each build keep only the doctrees of a few pages in memory."""
    app.connect("builder-inited", _keep_few)
