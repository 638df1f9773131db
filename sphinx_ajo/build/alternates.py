"""Name the pages of other sites that are the same in other languages (``ajo_sites``)."""

from __future__ import annotations

import html
import posixpath
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from sphinx_ajo.build.toc.project import keeps_ledger
from sphinx_ajo.project.articles import articles_of
from sphinx_ajo.project.sites import alternates_of, other_sites

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

BUILDERS: Final = ("html", "dirhtml")
"""Those whose pages have addresses of their own."""


def _read(app: Sphinx) -> None:
    """Read the lists once, before other processes are made, which would each warn of them."""
    if app.builder.name in BUILDERS:
        other_sites(app)


def _updated(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Have all pages written again when other sites have changed, where no ledger knows which."""
    if app.builder.name not in BUILDERS or keeps_ledger(app):
        return []
    data = articles_of(env).data
    old, data["sites"] = data.get("sites"), other_sites(app)
    return [] if old in (None, data["sites"]) else sorted(env.found_docs)


def _add(
    app: Sphinx,
    pagename: str,
    _templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    if doctree is None or app.builder.name not in BUILDERS or not other_sites(app):
        return
    path = app.builder.get_target_uri(pagename)
    own = posixpath.join(app.config.html_baseurl, path) if app.config.html_baseurl else path
    lines = [str(context.get("metatags", ""))]
    for language, address in alternates_of(app, pagename, own):
        href = html.escape(_from_page(path, address))
        lines.append(f'<link rel="alternate" hreflang="{language}" href="{href}" />')
    context["metatags"] = "\n".join(filter(None, lines))


def _from_page(page: str, address: str) -> str:
    """Return an address, which may begin at the root of the site, as seen from a page."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or address.startswith("/"):
        return address
    return "../" * page.count("/") + address or "./"


def setup_alternates(app: Sphinx) -> None:
    """Register the handler.

    :param app: The Sphinx application.
    """
    app.connect("builder-inited", _read)
    app.connect("env-get-updated", _updated)
    app.connect("html-page-context", _add, priority=850)
