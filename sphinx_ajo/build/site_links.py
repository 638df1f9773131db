"""Resolve links to official addresses of other repositories to their sites (``ajo_sites``)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

from docutils import nodes

from sphinx_ajo.base.pages import PAGE_BUILDERS
from sphinx_ajo.constructs.guides import FROM_ROOT
from sphinx_ajo.project.domain import warn_of_element
from sphinx_ajo.project.sites import page_at, sites_of
from sphinx_ajo.site.set import from_page
from sphinx_ajo.site.urls.official import absolute

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def _lead(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Set the addresses of links to other sites of the set."""
    sites = sites_of(app.env)
    for node in list(doctree.findall(nodes.reference)):
        if FROM_ROOT in node:
            _place(app, node, docname)
        elif sites and (url := str(node.get("refuri", ""))) and absolute(url):
            _localize(app, node, url, docname)


def _localize(app: Sphinx, node: nodes.reference, url: str, docname: str) -> None:
    # an address that is shown as text stays unchanged
    place = page_at(app.env, url) if node.astext() != url else None
    if place is None:
        return
    warn_of_element(place, node, docname)
    node["refuri"] = from_page(app.builder.get_target_uri(docname), place.address)


def _place(app: Sphinx, node: nodes.reference, docname: str) -> None:
    address = node.attributes.pop(FROM_ROOT)
    if app.builder.name in PAGE_BUILDERS:
        node["refuri"] = from_page(app.builder.get_target_uri(docname), address)
        return
    base = app.config.html_baseurl
    address = urljoin(f"{base.rstrip('/')}/", address) if base else address
    if from_page("x/", address) == address:
        node["refuri"] = address
    else:
        # a book has no other sites beside it
        node.replace_self(node.children)


def setup_site_links(app: Sphinx) -> None:
    """Register the handler."""
    app.connect("doctree-resolved", _lead)
