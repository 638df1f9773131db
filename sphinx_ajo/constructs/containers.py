"""Containers: bare ``:::`` lines, and ``:::warning`` (exl-markdown.md, 3.1, rule 9).

On the official site, the content of a bare container is in an invisible ``<div>``. Here, only its
colon lines are removed, so that headings between them are ordinary headings. ``:::warning`` becomes
a warning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.markup.blocks import INTERRUPTS, is_attributes, tokenize_lines
from sphinx_ajo.markup.construct import Construct
from sphinx_ajo.markup.groups import (
    MAX_LEVEL,
    colon_line,
    find_group,
    note_problems,
    push_beside,
)
from sphinx_ajo.markup.problem_tokens import push_problem_token

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.tree import SyntaxTreeNode

    from sphinx_ajo.markup.renderer import AjoRenderer


def containers_plugin(md: MarkdownIt, *, dialect: Dialect) -> None:
    """Add containers: blocks between lines of three or more colons.

    ::

        :::warning
        Content.
        :::

    Tokens: ``ajo_warning_open/close``; for a container without a name, only those of the content.

    :param dialect: The dialect it reads: in the mixed one, colon lines belong to MyST.
    """
    if dialect is Dialect.EXL:
        md.block.ruler.before("fence", "ajo_container", _container_rule, INTERRUPTS)


def _container_rule(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    colons = colon_line(state, start_line)
    if colons is None or state.level > MAX_LEVEL:
        return False
    if silent:
        return True
    group = find_group(state, start_line, end_line)
    if colons[1]:
        opening = state.push("ajo_warning_open", "div", 1)
        opening.attrs = {"class": colons[1]}
        opening.map = [start_line, group.after]
    else:
        opening = push_problem_token(state, start_line, group.after)
    note_problems(opening, group)
    if not is_attributes(colons[2]):
        push_beside(state, start_line, colons[2].strip())
    tokenize_lines(state, start_line + 1, group.end)
    if colons[1]:
        state.push("ajo_warning_close", "div", -1)
    state.line = group.after
    return True


def render_warning(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render a ``:::warning`` container."""
    warning = nodes.warning()
    renderer.add_line_and_source_path(warning, token)
    with renderer.current_node_context(warning, append=True):
        renderer.render_children(token)


CONSTRUCT = Construct(
    name="containers", plugin=containers_plugin, renderers={"ajo_warning": render_warning}
)
"""The construct, for the parser and the extension."""
