"""Contextual help: texts that the product shows, kept in its documentation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from sphinx_ajo.constructs.contextual_help.domain import ContextualHelpDomain, write_file
from sphinx_ajo.constructs.contextual_help.syntax import NAME, contextual_help_plugin
from sphinx_ajo.language.slugs import safe_id
from sphinx_ajo.markup.construct import Construct
from sphinx_ajo.markup.quotes import render_text

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_ajo.markup.renderer import AjoRenderer

__all__ = ["CONSTRUCT"]


class ajo_contextual_help(nodes.comment):
    """The place of a help topic in the page: it shows nothing, but is a link target.

    ``topic`` is its id. It is a comment, so that every writer skips it.
    """


def render_contextual_help(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Record a help topic, and mark its place."""
    topic = token.meta["topic"]
    node = ajo_contextual_help(topic=topic.id)
    renderer.add_line_and_source_path(node, token)
    renderer.current_node.append(node)
    if topic.id:
        env = renderer.sphinx_env
        domain = env.domains[ContextualHelpDomain.name]
        assert isinstance(domain, ContextualHelpDomain)  # noqa: S101 (for the type checker)
        domain.note(env.docname, node.line or 1, topic)


class ContextualHelpAnchors(SphinxTransform):
    """Make the ids of help topics link targets, where nothing else on the page has that id."""

    # after all transforms that give ids to sections: those of docutils and MyST (879)
    default_priority = 890

    def apply(self, **_kwargs: Any) -> None:
        """Give each topic its id."""
        for node in self.document.findall(ajo_contextual_help):
            if not node["topic"] or any(map(str.isspace, node["topic"])):
                continue
            id_ = safe_id(node["topic"])
            if id_ not in self.document.ids:
                node["ids"].append(id_)
                self.document.ids[id_] = node


def visit_contextual_help_html(self: HTML5Translator, node: ajo_contextual_help) -> None:
    """Mark the place of a help topic."""
    if node["ids"]:
        self.body.append(f"{self.starttag(node, 'span', '')}</span>")
    raise nodes.SkipNode


def skip_contextual_help(_self: object, _node: ajo_contextual_help) -> None:
    """Show nothing."""
    raise nodes.SkipNode


def setup_contextual_help(app: Sphinx) -> None:
    """Register the node, the domain, the transform and the output file."""
    skip = (skip_contextual_help, None)
    app.add_node(
        ajo_contextual_help,
        html=(visit_contextual_help_html, None),
        latex=skip,
        text=skip,
        man=skip,
        texinfo=skip,
    )
    app.add_domain(ContextualHelpDomain)
    app.add_transform(ContextualHelpAnchors)
    app.connect("build-finished", write_file)


CONSTRUCT = Construct(
    name="contextual help",
    plugin=contextual_help_plugin,
    renderers={NAME: render_contextual_help, f"{NAME}_text": render_text},
    setup=setup_contextual_help,
)
"""The construct, for the parser and the extension."""
