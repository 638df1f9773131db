"""Links to other pages, to headings and to files (exl-markdown.md, 5).

In the ExL dialect, a target is a path: relative to the page, or, with a leading slash, to the root
of the repository. Exactly this path is looked up; there is no search for other names. An address on
the official site that may belong to a page of the repository is also looked up later. In the mixed
dialect, MyST handles links. In both, ``exl:ID`` means the page with that ``exl-id``.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from docutils import nodes
from sphinx import addnodes

from sphinx_ajo.base.pages import page_path
from sphinx_ajo.constructs.file_links import DOWNLOAD, HREF, ajo_file_link
from sphinx_ajo.constructs.link_windows import in_link, note_window
from sphinx_ajo.language.attributes import hover_words
from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.language.identities import SCHEME, is_article_link, join_target, split_target
from sphinx_ajo.language.paths import is_local, local_path
from sphinx_ajo.markup.construct import Construct
from sphinx_ajo.markup.renderer import LINK_AS_WRITTEN
from sphinx_ajo.project.articles import ArticleDomain
from sphinx_ajo.project.boundary import boundary_of
from sphinx_ajo.project.domain import AjoDomain, ajo_domain, setup_domain
from sphinx_ajo.project.links import resolver_of
from sphinx_ajo.project.originals import available
from sphinx_ajo.project.repository import source_prefix
from sphinx_ajo.site.urls.official import absolute

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode
    from sphinx.environment import BuildEnvironment

    from sphinx_ajo.markup.renderer import AjoRenderer


def render_link(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render a link."""
    if renderer.dialect is Dialect.EXL and in_link(token):
        # CommonMark allows an autolink inside a link, but HTML does not allow nested links
        renderer.render_children(token)
        return
    href = str(token.attrGet("href") or "")
    if "title" in token.attrs and renderer.dialect is Dialect.EXL:
        token.attrs["title"] = hover_words(token.attrs)
    before = len(renderer.current_node)
    if is_article_link(href) and not _is_foreign(renderer):
        _render_article_link(renderer, token, href)
    elif renderer.dialect is Dialect.MIXED:
        renderer.render_link(token)
    elif _may_be_page(renderer.sphinx_env, token, href):
        _render_local(renderer, token, href)
    else:
        renderer.render_link_url(token)
    note_window(renderer, token, before)


def _is_foreign(renderer: AjoRenderer) -> bool:
    """Tell whether ``conf.py`` uses our scheme for something else."""
    return renderer.dialect is Dialect.MIXED and SCHEME[:-1] in renderer.md_config.url_schemes


def _render_article_link(renderer: AjoRenderer, token: SyntaxTreeNode, href: str) -> None:
    id_, anchor = split_target(href)
    # a UUID is useless for readers
    titled = bool(token.children) and token.info != "auto"
    node = addnodes.pending_xref(
        refdoc=renderer.sphinx_env.docname,
        refdomain=ArticleDomain.name,
        reftype="page",
        reftarget=join_target(id_, anchor),
        refexplicit=titled,
        refwarn=True,
    )
    node[HREF] = href
    renderer.add_line_and_source_path(node, token)
    renderer.copy_attributes(
        token, node, ("class", "id", "reftitle"), aliases={"title": "reftitle"}
    )
    renderer.current_node.append(node)
    content = nodes.inline()
    if titled:
        with renderer.current_node_context(content):
            renderer.render_children(token)
    else:
        content.append(nodes.Text(f"{SCHEME}{id_}"))
    node.append(content)


def _may_be_page(env: BuildEnvironment, token: SyntaxTreeNode, href: str) -> bool:
    if token.info == "auto" or "href" not in token.attrs:
        # an address that is shown as text stays unchanged
        return False
    if not href or href.startswith("#") or is_local(href):
        return True
    resolver = resolver_of(env)
    if resolver.localize and absolute(href):
        domain = ajo_domain(env)
        domain.note_address(env.docname, href)
    return resolver.wants(href)


def _render_local(renderer: AjoRenderer, token: SyntaxTreeNode, href: str) -> None:
    env = renderer.sphinx_env
    attributes: dict[str, Any] = {
        "refdoc": env.docname,
        "refdomain": AjoDomain.name,
        "reftype": "page",
        "refexplicit": True,
        # as written in the text, which may be an included one in another folder
        HREF: str(token.meta.get(LINK_AS_WRITTEN, href)),
    }
    if "download" in token.attrs:
        attributes[DOWNLOAD] = str(token.attrs["download"])
    path = _path(env, href)
    node: nodes.Element
    if path and not path.endswith(".md") and (file := _file(env, path)):
        node = ajo_file_link(reftarget=f"/{file}", **attributes)
    else:
        anchor = unquote(href.partition("#")[2])
        node = addnodes.pending_xref(
            reftarget=f"{path}#{anchor}" if path else href,
            ajo_path=path,
            ajo_anchor=anchor,
            ajo_url=absolute(href),
            **attributes,
        )
    renderer.add_line_and_source_path(node, token)
    renderer.copy_attributes(
        token, node, ("class", "id", "reftitle"), aliases={"title": "reftitle"}
    )
    renderer.current_node.append(node)
    # Sphinx resolves a pending link with its first child
    content = nodes.inline()
    with renderer.current_node_context(content):
        renderer.render_children(token)
    node.append(content)


def _path(env: BuildEnvironment, href: str) -> str:
    """Return the path of a target relative to the source directory; empty if it is an address."""
    page = page_path(env)
    if href.startswith("#"):
        return page
    return local_path(page, href, source_prefix(env)) if is_local(href) else ""


def _file(env: BuildEnvironment, target: str) -> str:
    """Return the path of a file that is not a page, from the source directory; empty if none is."""
    found = available(env, target)
    return found if found and boundary_of(env).holds(posixpath.join(env.srcdir, found)) else ""


CONSTRUCT = Construct(name="links", renderers={"link": render_link}, setup=setup_domain)
"""The construct, for the parser and the extension."""
