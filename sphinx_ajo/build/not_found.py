"""Write ``404.html``, which servers show in place of pages that do not exist."""

from __future__ import annotations

import html
import posixpath
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sphinx.builders.html import StandaloneHTMLBuilder

from sphinx_ajo.base.pages import PAGE_BUILDERS
from sphinx_ajo.base.templates import template
from sphinx_ajo.config import get_ajo_config
from sphinx_ajo.i18n import _
from sphinx_ajo.project.state import is_on

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

PAGE: Final = "404"
"""The name of the page, without its suffix."""

EXTENSION: Final = "notfound.extension"
"""sphinx-notfound-page, which writes such a page itself."""


def _is_wanted(app: Sphinx) -> bool:
    return (
        app.builder.name in PAGE_BUILDERS
        # without it, the links are relative, and the page is shown at any address
        and bool(app.config.html_baseurl)
        and EXTENSION not in app.extensions
        and PAGE not in app.env.found_docs
        and is_on(app.env, get_ajo_config(app.config).not_found)
    )


def _write(app: Sphinx) -> Iterable[tuple[str, dict[str, Any], str]]:
    builder = app.builder
    if isinstance(builder, StandaloneHTMLBuilder) and _is_wanted(app):
        # always at the root, where servers look for it
        path = Path(app.outdir, f"{PAGE}.html")
        builder.handle_page(PAGE, _context(app), "page.html", outfilename=path)
    return ()


def _context(app: Sphinx) -> dict[str, Any]:
    # Translators: the title of the page that is shown for an address without a page
    title = _("Page not found")
    root = app.config.root_doc
    body = template("not_found.html").render(
        title=title,
        text=_("This page does not exist, or it has moved."),
        start=app.builder.get_relative_uri(PAGE, root) or "./",
        name=app.env.titles[root].astext(),
    )
    base = posixpath.join(app.config.html_baseurl, app.builder.get_target_uri(PAGE))
    tags = f'<base href="{html.escape(base)}" />\n<meta name="robots" content="noindex" />\n'
    return {"title": title, "body": body, "metatags": tags, "parents": []}


def setup_not_found(app: Sphinx) -> None:
    """Register the handler."""
    app.connect("html-collect-pages", _write)
