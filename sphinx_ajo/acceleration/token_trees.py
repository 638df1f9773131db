"""Build the tree of the tokens of a page in one pass, instead of one pass for each level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it.tree import SyntaxTreeNode

from sphinx_ajo.foreign.markdown_it import TokenTree
from sphinx_ajo.foreign.myst import exchange_tree
from sphinx_ajo.project.state import state_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def _begin(app: Sphinx, *_: object) -> None:
    if state_of(app.env).accelerated:
        exchange_tree(lambda class_: TokenTree if class_ is SyntaxTreeNode else class_)


def _end(*_: object) -> None:
    exchange_tree(lambda class_: SyntaxTreeNode if class_ is TokenTree else class_)


def setup_token_trees(app: Sphinx) -> None:
    """Build token trees faster while pages are read."""
    app.connect("env-before-read-docs", _begin)
    app.connect("env-updated", _end)
    app.connect("build-finished", _end)
