"""Shade boxes: ``>[!BEGINSHADEBOX "Title"]`` … ``>[!ENDSHADEBOX]`` (exl-markdown.md, 4.7)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_ajo.markup.blocks import INTERRUPTS, tokenize_lines
from sphinx_ajo.markup.construct import Construct
from sphinx_ajo.markup.group_match import Kind
from sphinx_ajo.markup.groups import (
    after_marker,
    note_problems,
    push_title,
    read_group,
)

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.tree import SyntaxTreeNode
    from sphinx.application import Sphinx
    from sphinx.writers.latex import LaTeXTranslator

    from sphinx_ajo.language.dialect import Dialect
    from sphinx_ajo.markup.group_match import Group
    from sphinx_ajo.markup.renderer import AjoRenderer

_QUOTE = r"""(?:\\?["“”„‟″«»]|&(?:quot|ldquo|rdquo|bdquo|\#34|\#x22);)"""
_OPENING_QUOTE = re.compile(rf"{_QUOTE}?\s*", re.IGNORECASE)
_CLOSING_QUOTE = re.compile(rf"{_QUOTE}$", re.IGNORECASE)


class ajo_shadebox(nodes.container):
    """A shade box; its first child may be its :class:`ajo_shadebox_title`."""


class ajo_shadebox_title(nodes.paragraph):
    """The title of a shade box; it becomes bold at output time, after translation."""


def shade_boxes_plugin(md: MarkdownIt, *, dialect: Dialect) -> None:
    """Add shade boxes, with or without a title.

    ::

        >[!BEGINSHADEBOX "Title"]
        Content.
        >[!ENDSHADEBOX]

    Tokens: ``ajo_shadebox_open/close``, which may begin with ``ajo_shadebox_title_open/close``.

    :param dialect: The dialect it reads; the syntax is the same in both.
    """
    md.block.ruler.before("blockquote", "ajo_shadebox", _shadebox_rule, INTERRUPTS)


def _shadebox_rule(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    return read_group(state, start_line, end_line, silent, Kind.SHADE_BOX, _push_group)


def _push_group(state: StateBlock, group: Group, text: str) -> None:
    opening_quote = _OPENING_QUOTE.match(text)
    title = text[opening_quote.end() :] if opening_quote else text
    title = _CLOSING_QUOTE.sub("", title.rstrip()).rstrip()
    opening = state.push("ajo_shadebox_open", "div", 1)
    opening.attrs = {"class": "ajo-shadebox"}
    opening.map = [group.start, group.after]
    note_problems(opening, group)
    if title:
        push_title(state, "ajo_shadebox_title", "p", title, group.start)
    tokenize_lines(state, after_marker(state, group.start, group.end), group.end)
    state.push("ajo_shadebox_close", "div", -1)


def render_shadebox(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render a shade box."""
    box = ajo_shadebox(is_div=True, classes=["ajo-shadebox"])
    renderer.add_line_and_source_path(box, token)
    with renderer.current_node_context(box, append=True):
        renderer.render_children(token)


def render_title(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render the title of a shade box."""
    title = ajo_shadebox_title(token.children[0].content)
    renderer.add_line_and_source_path(title, token)
    with renderer.current_node_context(title, append=True):
        renderer.render_children(token)


class ShadeBoxTitleTransform(SphinxPostTransform):
    """Set the titles of shade boxes in bold, in every format."""

    default_priority = 198

    def run(self, **_kwargs: Any) -> None:
        """Wrap the content of each title."""
        for title in list(self.document.findall(ajo_shadebox_title)):
            for strong in list(title.findall(nodes.strong)):
                strong.replace_self(strong.children)
            title[:] = [nodes.strong("", "", *title.children)]


def visit_shadebox_latex(self: LaTeXTranslator, _node: ajo_shadebox) -> None:
    """Open the frame around a shade box."""
    # a frame can break over pages, which LaTeX forbids in a table cell
    framed = not self.table
    self.context.append("\n\\end{sphinxShadowBox}\n" if framed else "\n\n")
    self.body.append("\n\\begin{sphinxShadowBox}\n" if framed else "\n\n")


def depart_shadebox_latex(self: LaTeXTranslator, _node: ajo_shadebox) -> None:
    """Close the frame around a shade box."""
    self.body.append(self.context.pop())


def setup_shade_boxes(app: Sphinx) -> None:
    """Register the nodes and the transform."""
    # the other writers show these as the docutils nodes they derive from
    app.add_node(ajo_shadebox, latex=(visit_shadebox_latex, depart_shadebox_latex))
    app.add_node(ajo_shadebox_title)
    app.add_post_transform(ShadeBoxTitleTransform)


CONSTRUCT = Construct(
    name="shade boxes",
    plugin=shade_boxes_plugin,
    renderers={"ajo_shadebox": render_shadebox, "ajo_shadebox_title": render_title},
    setup=setup_shade_boxes,
)
"""The construct, for the parser and the extension."""
