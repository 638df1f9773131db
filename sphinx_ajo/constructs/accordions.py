"""Accordions: ``+++Title`` … ``+++`` (exl-markdown.md, 4.8)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_ajo.base.problems import AjoWarnings, add_problem
from sphinx_ajo.constructs.tabs import render_label
from sphinx_ajo.foreign import design as design
from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.markup.blocks import INTERRUPTS, tokenize_lines
from sphinx_ajo.markup.construct import Construct
from sphinx_ajo.markup.groups import (
    MAX_LEVEL,
    find_group,
    note_problems,
    plus_line,
    push_title,
)
from sphinx_ajo.markup.ids import checked_id
from sphinx_ajo.markup.problem_tokens import push_problem
from sphinx_ajo.warnings_ import warn

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.tree import SyntaxTreeNode
    from sphinx.application import Sphinx

    from sphinx_ajo.markup.group_match import Group
    from sphinx_ajo.markup.renderer import AjoRenderer

_ID = re.compile(r"\{#([^\s{}]++)([^{}]*+)\}$")


class ajo_accordion(nodes.container):
    """One accordion: a ``rubric`` with its title (and its id), then its content."""


def accordions_plugin(md: MarkdownIt, *, dialect: Dialect) -> None:
    """Add accordions: content that unfolds below its title.

    ::

        +++Title {#id}
        Content.
        +++

    The closing line has at least as many pluses as the opening one: three or more. Tokens:
    ``ajo_accordion_open/close``, beginning with ``ajo_accordion_title_open/close``.

    :param dialect: The dialect it reads: in MyST, ``+++`` stays a block break.
    """
    if dialect is Dialect.EXL:
        md.block.ruler.before("fence", "ajo_accordion", _accordion_rule, INTERRUPTS)


def _accordion_rule(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    plus = plus_line(state, start_line)
    if plus is None or state.level > MAX_LEVEL:
        return False
    if silent:
        return True
    if plus[1]:
        _push_group(state, find_group(state, start_line, end_line), plus[1])
    else:
        message = "this line closes an accordion, but none is open"
        push_problem(state, start_line, AjoWarnings.GROUP_STRAY, message)
        state.line = start_line + 1
    return True


def _push_group(state: StateBlock, group: Group, title: str) -> None:
    old_parent = state.parentType
    state.parentType = "ajo_accordion"
    opening = state.push("ajo_accordion_open", "details", 1)
    opening.markup = "+" * group.weight
    opening.map = [group.start, group.after]
    id_ = _ID.search(title)
    if id_ and id_.start():
        opening.attrs = {"id": id_[1]}
        title = title[: id_.start()].rstrip(" \t")
        if rest := id_[2].strip():
            message = "%r is not allowed in the braces after a title and is ignored; the id is %r"
            add_problem(opening, AjoWarnings.HEADING_ID, message, rest, id_[1])
    note_problems(opening, group)
    push_title(state, "ajo_accordion_title", "summary", title, group.start)
    before = len(state.tokens)
    tokenize_lines(state, group.start + 1, group.end)
    if len(state.tokens) == before:
        add_problem(opening, AjoWarnings.GROUP_EMPTY, "this accordion has no content")
    state.push("ajo_accordion_close", "details", -1).markup = opening.markup
    state.parentType = old_parent
    state.line = group.after


def render_accordion(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render an accordion."""
    accordion = ajo_accordion(is_div=True)
    renderer.add_line_and_source_path(accordion, token)
    with renderer.current_node_context(accordion, append=True):
        renderer.render_children(token)


def render_title(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render the title of an accordion; it has the id, and is the text of links without a text."""
    render_label(renderer, token)
    title = renderer.current_node[-1]
    written = str(token.parent.attrs.get("id", "")) if token.parent else ""
    if not written or not isinstance(title, nodes.rubric):
        return
    id_ = checked_id(written, title)
    if id_ in renderer.document.ids:
        message = "the id %r is already used above; links lead to the first one"
        warn(AjoWarnings.DUPLICATE_ID, message, id_, location=title)
        return
    name = nodes.fully_normalize_name(written)
    title["ids"] = [id_]
    title["names"] = [name] if name == written else [name, written]
    renderer.document.note_explicit_target(title, title)


class AccordionsHtmlTransform(SphinxPostTransform):
    """Turn accordions into sphinx-design's dropdowns."""

    # before sphinx-design's own DropdownHtmlTransform (199)
    default_priority = 198
    formats = ("html",)

    def run(self, **_kwargs: Any) -> None:
        """Replace every accordion of the document."""
        for accordion in list(self.document.findall(ajo_accordion)):
            title, *content = accordion.children
            assert isinstance(title, nodes.rubric)  # noqa: S101 (for the type checker)
            new = design.dropdown(title, content, classes=["ajo-accordion"])
            design.move_attributes(accordion, title)
            new.source, new.line = accordion.source, accordion.line
            accordion.replace_self(new)


def setup_accordions(app: Sphinx) -> None:
    """Register the node and the transform."""
    # every writer shows it as the container it is
    app.add_node(ajo_accordion)
    app.add_post_transform(AccordionsHtmlTransform)


CONSTRUCT = Construct(
    name="accordions",
    plugin=accordions_plugin,
    renderers={"ajo_accordion": render_accordion, "ajo_accordion_title": render_title},
    setup=setup_accordions,
)
"""The construct, for the parser and the extension."""
