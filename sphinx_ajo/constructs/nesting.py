"""Text that is nested too deeply for the parser, or for later steps.

markdown-it drops text below its nesting limit, and docutils recurses into every level. Nobody
writes such pages on purpose, but no text may be lost: below our limit, markup is shown as text.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from markdown_it.rules_block import paragraph

from sphinx_ajo.base.problems import AjoWarnings, add_problem
from sphinx_ajo.markup.construct import Construct

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode

    from sphinx_ajo.language.dialect import Dialect
    from sphinx_ajo.markup.renderer import AjoRenderer

MAX_LEVEL: Final = 22
"""The maximum nesting depth of blocks; a list has two levels. Sphinx's text writer fails when its
70 columns are used up, and a quote takes three."""

MAX_INLINE: Final = 60
"""The maximum nesting depth of emphasis."""

_PARSER_LEVEL: Final = 100
"""The level below which markdown-it drops text; it is never reached. Its own default is the same.
"""

_FLAT: Final = frozenset({"em_open", "em_close", "strong_open", "strong_close"})

_AROUND: Final = "ajo_levels_around"
"""The key of the parser's sandbox for the number of levels around a nested text."""

_REPORTED: Final = "ajo_nesting_reported"


def nesting_plugin(md: MarkdownIt, *, dialect: Dialect) -> None:
    """Limit the nesting depth of blocks and emphasis; this comes after all other rules.

    :param dialect: The dialect it reads; text is lost in neither.
    """
    md.options["maxNesting"] = _PARSER_LEVEL
    first = md.get_all_rules()["block"][0]
    md.block.ruler.before(first, "ajo_nesting", _depth_rule)
    md.core.ruler.after("inline", "ajo_inline_nesting", _inline_depth_rule)


@contextmanager
def deeper(renderer: AjoRenderer, token: SyntaxTreeNode) -> Iterator[None]:
    """Count the levels around the text that a directive has parsed."""
    around = renderer.md_env.get(_AROUND, 0)
    renderer.md_env[_AROUND] = around + token.level + 1
    try:
        yield
    finally:
        renderer.md_env[_AROUND] = around


def _depth_rule(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    if silent or state.level + state.env.get(_AROUND, 0) < MAX_LEVEL:
        return False
    if not state.env.get(_REPORTED):
        state.env[_REPORTED] = True
        token = state.push("ajo_nesting", "", 0)
        token.map = [start_line, start_line + 1]
        token.hidden = True
        add_problem(
            token,
            AjoWarnings.NESTING,
            "this is nested more than %d levels deep; markup in it is shown as text",
            MAX_LEVEL,
        )
    return paragraph(state, start_line, end_line, silent)


def _inline_depth_rule(state: StateCore) -> None:
    for token in state.tokens:
        if token.children and len(token.children) > MAX_INLINE:
            _flatten(token.children)


def _flatten(tokens: list[Token]) -> None:
    depth = 0
    for token in tokens:
        if token.nesting == -1:
            depth -= 1
        opens = token.nesting == 1
        if depth >= MAX_INLINE and token.type in _FLAT:
            token.type, token.tag, token.content = "text", "", token.markup
            token.nesting = 0
        if opens:
            depth += 1


def render_nesting(_renderer: AjoRenderer, _token: SyntaxTreeNode) -> None:
    """Render nothing: the renderer has given the warnings of the token."""


CONSTRUCT = Construct(
    name="nesting", plugin=nesting_plugin, renderers={"ajo_nesting": render_nesting}
)
"""The construct, for the parser and the extension."""
