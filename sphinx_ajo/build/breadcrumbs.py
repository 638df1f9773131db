"""Show breadcrumbs above the title, in themes that have none (``ajo_breadcrumbs``)."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any, Final

from sphinx_ajo.base.pages import PAGE_BUILDERS
from sphinx_ajo.base.templates import template
from sphinx_ajo.config import get_ajo_config
from sphinx_ajo.i18n import _
from sphinx_ajo.project.state import is_on

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

THEMES_WITHOUT: Final = ("alabaster", "furo", "sphinx_book_theme")
"""The themes that are known to have no breadcrumbs."""


def _is_wanted(app: Sphinx) -> bool:
    setting = get_ajo_config(app.config).breadcrumbs
    if setting == "auto" and app.config.html_theme not in THEMES_WITHOUT:
        return False
    return app.builder.name in PAGE_BUILDERS and is_on(app.env, setting)


def _add(
    app: Sphinx,
    pagename: str,
    _templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    root = app.config.root_doc
    relations: dict[str, list[str | None]] = getattr(app.builder, "relations", {})
    placed = relations.get(pagename, [None])[0] is not None
    if doctree is None or pagename == root or not placed or not _is_wanted(app):
        return
    start = html.escape(app.env.titles[root].astext())
    path = [(app.builder.get_relative_uri(pagename, root), start)]
    # these titles are HTML already
    path += [(str(each["link"]), str(each["title"])) for each in context.get("parents", ())]
    # Translators: what screen readers call the row of links to the pages above a page
    bar = template("breadcrumbs.html").render(label=_("Breadcrumb"), path=path)
    context["body"] = f"{bar}\n{context.get('body', '')}"
    app.add_css_file("ajo-breadcrumbs.css")


def setup_breadcrumbs(app: Sphinx) -> None:
    """Register the handler."""
    app.connect("html-page-context", _add)
