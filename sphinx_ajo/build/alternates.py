"""Link each page to its translations on other sites (``ajo_sites``)."""

from __future__ import annotations

import hashlib
import html
import posixpath
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from sphinx_ajo.base.pages import PAGE_BUILDERS
from sphinx_ajo.build.toc.project import keeps_ledger
from sphinx_ajo.config import get_ajo_config
from sphinx_ajo.language.languages import locale_name
from sphinx_ajo.project.articles import articles_of
from sphinx_ajo.project.sites import sites_of
from sphinx_ajo.project.twins import DEFAULT, alternates_of, shown_of_sites
from sphinx_ajo.site.set import from_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_ajo.site.set import Choice


def _updated(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Name the pages that show changed data of other sites, for builders without a ledger."""
    if app.builder.name not in PAGE_BUILDERS or keeps_ledger(app):
        return []
    data = articles_of(env).data
    old: dict[str, str] = data.get("sites", {})
    new = {docname: _digest(env, docname) for docname in sorted(env.found_docs)}
    data["sites"] = {docname: digest for docname, digest in new.items() if digest}
    return [docname for docname, digest in new.items() if old.get(docname, "") != digest]


def _digest(env: BuildEnvironment, docname: str) -> str:
    text = "\0".join(shown_of_sites(env, docname))
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest() if text else ""


def whole_alternates(app: Sphinx, docname: str) -> list[Choice]:
    """Return the addresses of a page in all its languages, for search engines.

    :returns: Languages and addresses, which are absolute if the address of the site is known;
        nothing if the page has no translation.
    """
    path = app.builder.get_target_uri(docname)
    base = app.config.html_baseurl
    own = posixpath.join(base, path) if base else path
    found = alternates_of(app.env, docname, own)
    folder = f"{base.rstrip('/')}/" if base else ""
    return [choice._replace(address=urljoin(folder, choice.address)) for choice in found]


def _lines(app: Sphinx, docname: str) -> Iterator[str]:
    uri = app.builder.get_target_uri(docname)
    social = get_ajo_config(app.config).machine_metadata
    own = sites_of(app.env).language
    for language, address, _ in whole_alternates(app, docname):
        href = html.escape(from_page(uri, address))
        yield f'<link rel="alternate" hreflang="{language}" href="{href}" />'
        if social and language not in (own, DEFAULT):
            locale = html.escape(locale_name(language))
            yield f'<meta property="og:locale:alternate" content="{locale}" />'


def _add(
    app: Sphinx,
    pagename: str,
    _templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    if doctree is None or app.builder.name not in PAGE_BUILDERS or not sites_of(app.env):
        return
    lines = [str(context.get("metatags", "")), *_lines(app, pagename)]
    context["metatags"] = "\n".join(filter(None, lines))


def setup_alternates(app: Sphinx) -> None:
    """Register the handlers."""
    app.connect("env-get-updated", _updated)
    app.connect("html-page-context", _add, priority=850)
