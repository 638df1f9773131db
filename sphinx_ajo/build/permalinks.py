"""Show the permanent address of a page (``ajo_permalinks``)."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_ajo.base.pages import PAGE_BUILDERS
from sphinx_ajo.build.urls.redirect_pages import permalink
from sphinx_ajo.config import get_ajo_config
from sphinx_ajo.i18n import _
from sphinx_ajo.project.articles import articles_of
from sphinx_ajo.site.set import from_page

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def _append(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Add the address below the page, as a link whose text is the address."""
    if app.builder.name not in PAGE_BUILDERS or not get_ajo_config(app.config).permalinks:
        return
    articles = articles_of(app.env)
    id_ = articles.ids.get(docname, "")
    name = permalink(id_)
    if not name or articles.pages[id_] != docname:
        return
    base = app.config.html_baseurl
    address = posixpath.join(base, name.removesuffix("index")) if base else ""
    path = app.builder.get_target_uri(name)
    href = address or from_page(app.builder.get_target_uri(docname), path)
    # Translators: followed by the address of the page that never changes
    label = str(_("Permanent link:"))
    paragraph = nodes.paragraph("", "", classes=["ajo-permalink", "no-search"])
    paragraph += [nodes.inline(label, label), nodes.Text("" if not label[-1].isascii() else " ")]
    paragraph += nodes.reference("", address or path, refuri=href)
    sections = [node for node in doctree.children if isinstance(node, nodes.section)]
    (sections[-1] if sections else doctree).append(paragraph)


def setup_permalinks(app: Sphinx) -> None:
    """Register the handler."""
    app.connect("doctree-resolved", _append)
