"""Use shorter functions for what docutils does with each node while a site is built.

The stock functions look for the document of a parent four times, format debug messages that nobody
gets, look for escaped characters in text that has none, and encode texts character by character.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.util import logging

from sphinx_ajo.acceleration.absent import is_checked
from sphinx_ajo.foreign.docutils import use_short_functions
from sphinx_ajo.project.state import state_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

LOGGER = logging.getLogger(__name__)


def _begin(app: Sphinx, *_: object) -> None:
    if not state_of(app.env).accelerated:
        return
    if is_checked("docutils"):
        use_short_functions(wanted=True)
    else:
        LOGGER.debug("[ajo] the functions for nodes of this version of docutils stay as they are")


def _end(*_: object) -> None:
    use_short_functions(wanted=False)


def setup_node_functions(app: Sphinx) -> None:
    """Use shorter functions from the first page to the last."""
    app.connect("env-before-read-docs", _begin)
    app.connect("write-started", _begin)
    app.connect("build-finished", _end)
