"""Markup for Pagefind, a search for large sites: which part of a page is its text, and filters.

Off unless ``ajo_pagefind`` is on. Pagefind reads the HTML of the built pages. Attributes tell it
which part is indexed, which content is ignored, the title and the filters.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes

from sphinx_ajo.base.pages import PAGE_BUILDERS
from sphinx_ajo.build.language_menu import ajo_language_menu
from sphinx_ajo.config import get_ajo_config
from sphinx_ajo.constructs.badges import ajo_badge
from sphinx_ajo.constructs.page_info import LEVELS, ROLES, TOPICS, words_of
from sphinx_ajo.language.characters import without_controls
from sphinx_ajo.project.links import resolver_of
from sphinx_ajo.project.navigation import guide_page, is_generated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.writers.html5 import HTML5Translator


class ajo_pagefind(nodes.Element):  # noqa: N801 (writers dispatch on the name)
    """Markup for Pagefind around the children: ``what`` is ``body`` or ``ignore``."""


def _is_wanted(app: Sphinx) -> bool:
    return app.builder.name in PAGE_BUILDERS and get_ajo_config(app.config).pagefind


def _mark(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Mark the body of a page, and content in it that only links elsewhere.

    Generated pages are not marked, so Pagefind leaves them out.
    """
    if not _is_wanted(app) or is_generated(app.env, docname):
        return
    for node in list(doctree.findall(nodes.Element)):
        if _is_noise(node):
            _ignore(node)
    body = ajo_pagefind("", *doctree.children, what="body")
    doctree.clear()
    doctree += body


_NOISE: Final = frozenset({"ajo-cards", "ajo-page-info", "ajo-permalink"})
"""Classes of content that is not text of the page itself."""


def _is_noise(node: nodes.Element) -> bool:
    return isinstance(node, (ajo_badge, ajo_language_menu)) or (
        isinstance(node, (nodes.container, nodes.paragraph))
        and not _NOISE.isdisjoint(node["classes"])
    )


def _ignore(node: nodes.Element) -> None:
    parent = node.parent
    place = parent.index(node)
    # inline content stays inline
    inline = isinstance(node, nodes.Inline)
    parent[place] = ajo_pagefind("", node, what="ignore", inline=inline)


def visit_pagefind_html(self: HTML5Translator, node: ajo_pagefind) -> None:
    """Open an element."""
    self.body.append(f"<{_tag(node)} data-pagefind-{node['what']}>")


def depart_pagefind_html(self: HTML5Translator, node: ajo_pagefind) -> None:
    """Close an element."""
    self.body.append(f"</{_tag(node)}>")


def _tag(node: ajo_pagefind) -> str:
    return "span" if node.get("inline") else "div"


def page_filters(env: BuildEnvironment, docname: str) -> Iterator[tuple[str, str]]:
    """Yield the filters by which readers can select pages.

    :yields: Names of filters, and their values for this page.
    """
    metadata = env.metadata.get(docname, {})
    guide = guide_page(env, docname)
    if guide:
        yield "guide", env.titles[guide].astext()
    product = str(metadata.get("product", "")).strip() or resolver_of(env).official.product
    if product:
        yield "product", product
    for name, keys in (("role", ROLES), ("level", LEVELS), ("topic", TOPICS)):
        for value in words_of(metadata, *keys):
            yield name, value


def _add_filters(
    app: Sphinx,
    pagename: str,
    _templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    if doctree is None or not _is_wanted(app) or is_generated(app.env, pagename):
        return
    env = app.env
    lines = [str(context.get("metatags", ""))]
    if pagename in env.titles:
        lines.append(_meta("meta", "title", env.titles[pagename].astext()))
    filters = list(page_filters(env, pagename))
    lines += [_meta("filter", name, value) for name, value in filters]
    lines += [_meta("meta", name, value) for name, value in filters if name == "guide"]
    context["metatags"] = "\n".join(filter(None, lines))


def _meta(kind: str, name: str, value: str) -> str:
    text = without_controls(value)
    return f'<meta data-pagefind-{kind}="{name}[content]" content="{html.escape(text)}" />'


def setup_pagefind(app: Sphinx) -> None:
    """Register the node and the handlers."""
    app.add_node(ajo_pagefind, html=(visit_pagefind_html, depart_pagefind_html))
    # after all transforms, and before styles become classes
    app.connect("doctree-resolved", _mark, priority=890)
    app.connect("html-page-context", _add_filters)
