"""Tell furo whether a page has contents to show, without a copy of its table of contents.

furo hides the table of contents of a page without sections. To find out, it copies the table, which
Sphinx has already copied to render it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes

from sphinx_ajo.acceleration.absent import LOGGER, is_checked
from sphinx_ajo.foreign.themes import exchange_furo_contents
from sphinx_ajo.project.state import state_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

PACKAGES = ("furo", "sphinx")
"""The packages whose versions must have been checked."""


class Contents:
    """Replaces the function of furo."""

    def __init__(self, stock: Callable[..., bool]) -> None:
        """Keep the function.

        :param stock: The function of furo, for tables that need a closer look.
        """
        self.stock = stock

    def __call__(self, builder: Any, docname: str) -> bool:
        """Tell whether a page has nothing to show in its table of contents."""
        answer = lacks_contents(builder.env, docname)
        return self.stock(builder, docname) if answer is None else answer


def lacks_contents(env: BuildEnvironment, docname: str) -> bool | None:
    """Tell whether the table of contents of a page has nothing but the page and its toctrees.

    :returns: Whether it has; ``None`` if the table depends on tags, or has no level below the page.
    """
    table = env.tocs.get(docname)
    depth = env.metadata[docname].get("tocdepth", 0)
    if table is None or type(depth) is not int or depth == 1:
        return None
    page = table.children[0] if table.children else None
    if type(page) is not nodes.list_item or _is_conditional(page):
        return None
    if len(page.children) < 2:
        return True
    below = page.children[1]
    if type(below) is not nodes.bullet_list or _is_conditional(below):
        return None
    return all(isinstance(entry, addnodes.toctree) for entry in below.children)


def _is_conditional(node: nodes.Element) -> bool:
    return any(isinstance(child, addnodes.only) for child in node.children)


def _begin(app: Sphinx, *_: object) -> None:
    if not state_of(app.env).accelerated or "furo" not in app.extensions:
        return
    unknown = [package for package in PACKAGES if not is_checked(package)]
    if unknown:
        LOGGER.debug("[ajo] this version of %s decides about contents by itself", unknown[0])
        return
    exchange_furo_contents(lambda stock: stock if isinstance(stock, Contents) else Contents(stock))


def _end(*_: object) -> None:
    exchange_furo_contents(lambda stock: stock.stock if isinstance(stock, Contents) else stock)


def setup_furo_contents(app: Sphinx) -> None:
    """Answer furo while pages are written."""
    app.connect("write-started", _begin)
    app.connect("build-finished", _end)
