"""The window in which a link opens: ``[text](page.md){target="_blank"}``.

See exl-markdown.md, 4.11. Code that renders a link passes its nodes to :func:`note_window`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_ajo.base.assets import note_use
from sphinx_ajo.constructs.file_links import ajo_file_link
from sphinx_ajo.markup.construct import Construct

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode
    from sphinx.application import Sphinx

    from sphinx_ajo.markup.renderer import AjoRenderer

TARGET: Final = "ajo_target"
"""The attribute of an unresolved link."""

NEW_WINDOW_REL: Final = "noopener noreferrer"
"""The ``rel`` of links that open a window: the new page gets neither opener nor referrer."""


class ajo_link_window(nodes.inline):
    """Keeps the window of a link: resolving replaces the link, but keeps this content."""


def render_link(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render a link as MyST does, and record its window.

    :param token: The ``link`` token, with attributes from any rule.
    """
    before = len(renderer.current_node)
    renderer.render_link(token)
    note_window(renderer, token, before)


def in_link(token: SyntaxTreeNode) -> bool:
    """Tell whether a token is inside a link: HTML does not allow nested links."""
    parent = token.parent
    while parent is not None and parent.type not in {"inline", "link"}:
        parent = parent.parent
    return parent is not None and parent.type == "link"


def note_window(renderer: AjoRenderer, token: SyntaxTreeNode, before: int) -> None:
    """Record the window of a rendered link.

    :param before: The number of children of ``renderer.current_node`` before the link.
    """
    target = str(token.attrs.get("target", ""))
    if target:
        note_use(renderer.sphinx_env)
        for node in renderer.current_node[before:]:
            mark_target(node, target)


def mark_target(node: nodes.Node, target: str) -> None:
    """Record the window of a link.

    :param node: The link, before it is resolved. Other nodes are not changed.
    """
    if isinstance(node, (nodes.reference, ajo_file_link)):
        _set_target(node, target)
    elif isinstance(node, addnodes.pending_xref):
        node[TARGET] = target


def _set_target(node: nodes.Element, target: str) -> None:
    node["target"] = target
    if target not in ("_self", "_parent", "_top"):
        node.setdefault("rel", NEW_WINDOW_REL)


class KeepTargetTransform(SphinxPostTransform):
    """Store the window of each link inside the link, where resolving does not lose it."""

    default_priority = 8  # before MyST resolves references (9)

    def run(self, **_kwargs: Any) -> None:
        """Wrap the content of every unresolved link."""
        for link in list(self.document.findall(addnodes.pending_xref)):
            target = link.get(TARGET)
            inner = link[0] if target and link.children else None
            if isinstance(inner, nodes.Element) and inner.children:
                window = ajo_link_window("", "", *inner.children, **{TARGET: target})
                inner.clear()
                inner += window


class LinkTargetTransform(SphinxPostTransform):
    """Set the windows of resolved links; only HTML has windows."""

    default_priority = 15  # after references are resolved (10)
    formats = ("html",)

    def run(self, **_kwargs: Any) -> None:
        """Set every target on the link around it."""
        for window in self.document.findall(ajo_link_window):
            link: nodes.Node | None = window.parent
            while isinstance(link, nodes.inline):
                link = link.parent
            if isinstance(link, nodes.reference):
                _set_target(link, window[TARGET])


class DropTargetTransform(SphinxPostTransform):
    """Remove the wrappers inside links."""

    default_priority = 16  # after LinkTargetTransform

    def run(self, **_kwargs: Any) -> None:
        """Replace every wrapper by its content."""
        for window in list(self.document.findall(ajo_link_window)):
            window.parent.replace(window, window.children)


def setup_link_windows(app: Sphinx) -> None:
    """Register the node and the transforms."""
    app.add_node(ajo_link_window)
    app.add_post_transform(KeepTargetTransform)
    app.add_post_transform(LinkTargetTransform)
    app.add_post_transform(DropTargetTransform)


CONSTRUCT = Construct(
    name="link windows", renderers={"link": render_link}, setup=setup_link_windows
)
"""The construct, for the parser and the extension."""
