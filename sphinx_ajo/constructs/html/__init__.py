"""Turn raw HTML into nodes (exl-markdown.md, 4.11).

In the ExL dialect, the HTML of a page is parsed as a browser does, and becomes the same nodes
as equivalent Markdown: links resolve, images are copied, text can be searched and translated,
and every output format shows it. In the mixed dialect HTML stays what MyST makes of it.

The steps, in their order:

:mod:`sphinx_ajo.language.html`
    parses HTML, repairs it, and has the allow-lists of tags, attributes, addresses and styles;
:mod:`sphinx_ajo.constructs.html.rules`
    correct which lines markdown-it reads as HTML;
:mod:`sphinx_ajo.constructs.html.tokens`
    turns HTML into tokens: ``runs`` finds the blocks of one piece of HTML, Markdown between them
    included; ``blocks``, ``lists`` and ``tables`` write its tree as block tokens, with Markdown
    source for inline content; ``inline`` and ``elements`` write inline tags as inline tokens;
    ``unknown`` warns of tags of other systems; ``sanitize`` is for ``ajo_html = "raw"``;
:mod:`sphinx_ajo.constructs.html.render` and :mod:`sphinx_ajo.constructs.html.output`
    make nodes of the tokens, and output of the nodes.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Final

from sphinx_ajo.constructs.html.output import setup_output
from sphinx_ajo.constructs.html.render import RENDERERS
from sphinx_ajo.constructs.html.rules.indented import indented_rule
from sphinx_ajo.constructs.html.rules.interrupted import interrupted_rule
from sphinx_ajo.constructs.html.rules.unclosed import unclosed_rule
from sphinx_ajo.constructs.html.tokens.inline import convert_inline
from sphinx_ajo.constructs.html.tokens.runs import convert_blocks
from sphinx_ajo.constructs.html.tokens.sanitize import sanitize_page
from sphinx_ajo.constructs.html.tokens.unknown import report_tags
from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.language.html.tags import tag_at
from sphinx_ajo.markup.construct import Construct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.ruler import RuleOptionsType
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

__all__ = ["CONSTRUCT", "MODE"]

MODE: Final = "ajo_html"
"""The option of the parser for what HTML becomes: the value of ``ajo_html``.

For "escape", the parser's own option ``html`` is off, and there are no tokens of HTML."""


HTML_BLOCK: Final[RuleOptionsType] = {"alt": ["paragraph", "reference", "blockquote"]}
"""Rule options: the blocks that a block of HTML may interrupt."""


def html_plugin(md: MarkdownIt, *, dialect: Dialect) -> None:
    """Convert raw HTML.

    :param dialect: The dialect of the page; in the mixed dialect, nothing is changed.
    """
    if dialect is not Dialect.EXL:
        return
    md.block.ruler.before(
        "html_block",
        "ajo_html_unclosed",
        unclosed_rule,
        HTML_BLOCK,
    )
    md.block.ruler.before("code", "ajo_html_indented", indented_rule)
    md.block.ruler.at("html_block", interrupted_rule, HTML_BLOCK)
    md.inline.ruler.before("autolink", "ajo_html_other", _other_rule)
    md.core.ruler.after("block", "ajo_html_block", _block_rule)
    # before typographic replacements, which must not touch code
    md.core.ruler.after("inline", "ajo_html_inline", _inline_rule)
    md.add_render_rule("ajo_html_anchor", _render_anchor)
    md.add_render_rule("ajo_html_svg", _render_content)


def _other_rule(state: StateInline, silent: bool) -> bool:
    """Read a tag that CommonMark does not know: ``<o:p>`` with its prefix, or ``<image>``."""
    if not state.src.startswith("<", state.pos) or not state.md.options.get("html"):
        return False
    tag = tag_at(state.src, state.pos)
    if tag is None or tag.end > state.posMax or not tag.is_other:
        return False
    if not silent:
        state.push("html_inline", "", 0).content = state.src[tag.start : tag.end]
    state.pos = tag.end
    return True


def _block_rule(state: StateCore) -> None:
    if state.md.options.get(MODE, "convert") == "convert":
        convert_blocks(state)


def _inline_rule(state: StateCore) -> None:
    if state.md.options.get(MODE, "convert") == "convert":
        convert_inline(state)
    else:
        sanitize_page(state)
    report_tags(state)


def _render_anchor(_self: object, tokens: Sequence[Token], index: int, *_args: object) -> str:
    return f'<a id="{html.escape(str(tokens[index].attrs["id"]))}"></a>'


def _render_content(_self: object, tokens: Sequence[Token], index: int, *_args: object) -> str:
    return str(tokens[index].content)


CONSTRUCT = Construct(name="html", plugin=html_plugin, renderers=RENDERERS, setup=setup_output)
"""The construct, for the parser and the extension."""
