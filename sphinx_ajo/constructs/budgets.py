"""Show text over a limit of the page as typed (see :mod:`sphinx_ajo.base.limits`).

Nobody writes a page of a million characters, or a paragraph of a hundred thousand, on purpose. But
the parser, docutils, themes and the search take time and memory for each character. So text over
the limit becomes one literal block, or one plain text, and none of it is lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from sphinx_ajo.base.limits import Limits, limits_of
from sphinx_ajo.base.problems import AjoWarnings, add_problem
from sphinx_ajo.markup.construct import Construct

if TYPE_CHECKING:
    from collections.abc import MutableMapping, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.tree import SyntaxTreeNode

    from sphinx_ajo.language.dialect import Dialect
    from sphinx_ajo.markup.renderer import AjoRenderer

_REST: Final = "ajo_rest"
"""The type of the token for text over the limit, and the key of the sandbox for this text."""


def is_within(text: str, limits: Limits) -> bool:
    """Tell whether a page is within its limits."""
    return len(text) <= limits.page_characters and text.count("\n") <= limits.page_lines


def cut_page(text: str, limits: Limits, sandbox: MutableMapping[str, Any]) -> str:
    """Cut off what is over the limits of a page.

    :param sandbox: The parser's sandbox for the page; it stores the rest, which is shown at the end
        of the page.
    """
    if is_within(text, limits):
        return text
    lines = text.split("\n", limits.page_lines)[: limits.page_lines]
    size = kept = 0
    for line in lines:
        size += len(line) + 1
        if size > limits.page_characters:
            break
        kept += 1
    head = "".join(f"{line}\n" for line in lines[:kept])
    sandbox[_REST] = (kept, text[len(head) :].rstrip("\n"))
    return head


def budgets_plugin(md: MarkdownIt, *, dialect: Dialect) -> None:
    """Show what is over a limit.

    :param md: The parser, with the rules of all other constructs.
    :param dialect: The dialect it reads; the limits apply to both.
    """
    md.core.ruler.at("inline", _inline_rule)
    md.core.ruler.push("ajo_rest", _rest_rule)
    md.add_render_rule(_REST, _render_html)


def _rest_rule(state: StateCore) -> None:
    line, text = state.env.pop(_REST, (0, ""))
    if text:
        token = Token(_REST, "pre", 0, content=text, block=True, map=[line, line + 1])
        limits = limits_of(state.md.options)
        add_problem(
            token,
            AjoWarnings.LIMIT,
            "the page has more than %d lines (page_lines) or %d characters (page_characters): "
            "from here on it is shown as it was typed; see ajo_limits",
            limits.page_lines,
            limits.page_characters,
        )
        state.tokens.append(token)


def _inline_rule(state: StateCore) -> None:
    """Parse inline Markdown, as markdown-it's rule of this name does."""
    most = limits_of(state.md.options).paragraph_characters
    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = token.children or []
        if len(token.content) <= most:
            state.md.inline.parse(token.content, state.md, state.env, token.children)
            continue
        token.children.append(Token("text_special", "", 0, content=token.content))
        add_problem(
            token,
            AjoWarnings.LIMIT,
            "this paragraph has more than %d characters (paragraph_characters): it is shown as it "
            "was typed; see ajo_limits",
            most,
        )


def _render_html(
    _self: object, tokens: Sequence[Token], idx: int, _options: object, _env: object
) -> str:
    return f"<pre>{escapeHtml(tokens[idx].content)}</pre>\n"


def render_rest(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render what is over the limits of a page as typed."""
    node = nodes.literal_block(token.content, token.content, language="text")
    renderer.add_line_and_source_path(node, token)
    renderer.current_node.append(node)


CONSTRUCT = Construct(name="budgets", plugin=budgets_plugin, renderers={_REST: render_rest})
"""The construct, for the parser and the extension."""
