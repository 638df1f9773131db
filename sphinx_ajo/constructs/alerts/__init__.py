"""Alerts: notes, tips, warnings and the other boxes of ExL pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_ajo.base.problems import AjoWarnings
from sphinx_ajo.constructs.alerts.labels import STANDARD, label_of
from sphinx_ajo.constructs.alerts.plain import ParagraphsTextTransform
from sphinx_ajo.constructs.alerts.related import RelatedArticlesTransform
from sphinx_ajo.constructs.alerts.syntax import alerts_plugin
from sphinx_ajo.markup.construct import Construct
from sphinx_ajo.markup.node_kinds import INVISIBLE, is_html_comment
from sphinx_ajo.warnings_ import warn

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode
    from sphinx.application import Sphinx

    from sphinx_ajo.markup.renderer import AjoRenderer

__all__ = ["CONSTRUCT"]


def render_alert(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render an alert as an admonition; if it has no content, only warn."""
    kind = token.meta["kind"]
    titled = bool(token.children) and token.children[0].type == "ajo_alert_title"
    standard = kind in STANDARD and not titled
    alert = STANDARD[kind]() if standard else nodes.admonition()
    renderer.add_line_and_source_path(alert, token)
    with renderer.current_node_context(alert):
        renderer.render_children(token)
    if not titled and all(map(_is_invisible, alert.children)):
        warn(AjoWarnings.ALERT_EMPTY, "this alert is empty; nothing is shown", location=alert)
        renderer.current_node.extend(alert.children)
        return
    if not standard:
        alert["classes"] += [f"admonition-{kind}", kind]
    if not standard and not titled:
        label = label_of(kind)
        # it comes from our own catalog, so translators of the page need not see it
        title = nodes.title(label, label, translatable=False)
        renderer.add_line_and_source_path(title, token)
        alert.insert(0, title)
    renderer.current_node.append(alert)


def render_title(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render an author's title of an alert."""
    title = nodes.title(token.children[0].content)
    renderer.add_line_and_source_path(title, token)
    with renderer.current_node_context(title, append=True):
        renderer.render_children(token)


def _is_invisible(node: nodes.Node) -> bool:
    return isinstance(node, INVISIBLE) or is_html_comment(node)


def render_quote(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render a block quote, whose problems have already been reported."""
    renderer.render_blockquote(token)


def setup_alerts(app: Sphinx) -> None:
    """Register the transforms."""
    app.add_post_transform(RelatedArticlesTransform)
    app.add_post_transform(ParagraphsTextTransform)


CONSTRUCT = Construct(
    name="alerts",
    plugin=alerts_plugin,
    renderers={
        "ajo_alert": render_alert,
        "ajo_alert_title": render_title,
        "blockquote": render_quote,
    },
    setup=setup_alerts,
)
"""The construct, for the parser and the extension."""
