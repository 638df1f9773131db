"""Links to other pages, to headings and to files (section 5 of the reference).

In the ExL dialect a target is a path: relative to the page, or to the root of the repository if
it begins with a slash. It is looked up as such, in one step; no other names are searched. In the
mixed dialect links are MyST's.
"""

from __future__ import annotations

import os
import posixpath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from docutils import nodes
from sphinx import addnodes

from sphinx_ajo.construct import Construct
from sphinx_ajo.constructs.link_windows import note_window
from sphinx_ajo.dialect import Dialect
from sphinx_ajo.domain import AjoDomain, setup_domain
from sphinx_ajo.paths import is_local, local_path

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode
    from sphinx.environment import BuildEnvironment

    from sphinx_ajo.renderer import AjoRenderer


def render_link(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render a link.

    :param renderer: The renderer.
    :param token: The ``link`` token.
    """
    href = str(token.attrGet("href") or "")
    before = len(renderer.current_node)
    if renderer.dialect is Dialect.MIXED:
        renderer.render_link(token)
    elif token.info == "auto" or not (is_local(href) or href.startswith("#")):
        renderer.render_link_url(token)
    else:
        _render_local(renderer, token, href)
    note_window(renderer, token, before)


def _render_local(renderer: AjoRenderer, token: SyntaxTreeNode, href: str) -> None:
    env = renderer.sphinx_env
    anchor = unquote(href.partition("#")[2])
    attributes: dict[str, Any] = {
        "refdoc": env.docname,
        "refdomain": AjoDomain.name,
        "refexplicit": True,
    }
    target: str | None = None
    if is_local(href):
        target = local_path(str(env.doc2path(env.docname, base=False)), href, env.srcdir.name)
    node: nodes.Element
    if target is not None and not target.endswith(".md") and _is_file(env, target):
        node = addnodes.download_reference(reftype="page", reftarget=f"/{target}", **attributes)
    else:
        docname = env.docname if target is None else target.removesuffix(".md")
        node = addnodes.pending_xref(
            reftype="page", reftarget=docname, ajo_anchor=anchor, ajo_href=href, **attributes
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


def _is_file(env: BuildEnvironment, target: str) -> bool:
    return os.path.isfile(posixpath.join(env.srcdir, target))  # noqa: PTH113 (once per link)


CONSTRUCT = Construct(name="links", renderers={"link": render_link}, setup=setup_domain)
"""The construct, for the parser and the extension."""
