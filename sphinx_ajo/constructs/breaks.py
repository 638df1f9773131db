"""Line breaks (exl-markdown.md, 4.11).

In ExL pages, the end of a line in a paragraph is a line break for readers. ``ajo_hard_breaks``
changes this for all pages. Explicit breaks (a backslash or two spaces at the end of a line,
``<br/>``) are breaks in every output format: MyST supports only HTML and LaTeX, so that in other
formats two words would run together.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from sphinx.writers.text import MAXWIDTH, my_wrap

from sphinx_ajo.config import get_ajo_config
from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.markup.construct import Construct

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.tree import SyntaxTreeNode
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.writers.html5 import HTML5Translator
    from sphinx.writers.latex import LaTeXTranslator
    from sphinx.writers.manpage import ManualPageTranslator
    from sphinx.writers.texinfo import TexinfoTranslator
    from sphinx.writers.text import TextTranslator

    from sphinx_ajo.markup.renderer import AjoRenderer

BREAK_TAG: Final = re.compile(r"<[ \t]*(?:/[ \t]*)?br\b[^<>]*>", re.IGNORECASE)
"""A line break in HTML, ``</br>`` included."""

BREAK: Final = "<br>"
"""The ``markup`` of a ``hardbreak`` token that was written as a tag."""

_SOURCE: Final = "ajo_source"
"""The key of an inline token's ``meta`` that holds its source for translators."""

_BREAKS: Final = frozenset({"softbreak", "hardbreak"})
_TEXTS: Final = frozenset({"text", "text_special"})

_LINE_END = re.compile(r"(?<!\\)(\\*+)(?:(?<![ \t])[ \t]++)?\n")


class ajo_break(nodes.inline):
    """A line break within a paragraph."""

    def astext(self) -> str:
        """Return the break as plain text."""
        return "\n"


def hard_breaks(config: Config, dialect: Dialect) -> bool:
    """Tell whether line ends in paragraphs are line breaks."""
    setting = get_ajo_config(config).hard_breaks
    return dialect is Dialect.EXL if isinstance(setting, str) else setting


def breaks_plugin(md: MarkdownIt, *, dialect: Dialect) -> None:
    """Parse ``<br>`` as a line break, and drop spaces and line ends beside breaks.

    :param dialect: The dialect it reads; MIXED pages keep MyST's tokens.
    """
    if dialect is Dialect.EXL:
        # before rules that look for quotation marks at the ends of lines
        md.core.ruler.after("inline", "ajo_breaks", _breaks_rule)
        md.add_render_rule("ajo_space", _render_space_html, fmt=RendererHTML.__output__)


def _breaks_rule(state: StateCore) -> None:
    parent = ""
    for token in state.tokens:
        if token.type != "inline":
            parent = token.type
            continue
        children = token.children or []
        if not any(map(_may_change, children)):
            continue
        if parent == "heading_open":
            token.children = _without_breaks(children)
            continue
        if state.md.options.breaks:
            token.meta[_SOURCE] = _source(token.content, children)
        token.children = tidy_breaks(children)


def _may_change(token: Token) -> bool:
    return token.type in {"softbreak", "hardbreak", "html_inline", "image"}


def _is_tag(token: Token) -> bool:
    return token.type == "html_inline" and BREAK_TAG.fullmatch(token.content) is not None


def _without_breaks(children: list[Token]) -> list[Token]:
    """Replace each break by a space, because titles are copied to places with a single line.

    The space is not a text token, because the official site ignores the break in the id of the
    heading.
    """
    result: list[Token] = []
    for token in children:
        _flatten_alt(token)
        last = result[-1] if result else None
        if token.type in _BREAKS or _is_tag(token):
            if last is not None and not last.content.endswith(" "):
                result.append(Token("ajo_space", "", 0, content=" ", level=token.level))
        else:
            if last is not None and last.type == "ajo_space" and token.content.startswith(" "):
                result.pop()
            result.append(token)
    return result


def _source(content: str, children: list[Token]) -> str:
    """Write the breaks of a paragraph as tags for translators: gettext joins lines."""
    breaks = sum(token.type in _BREAKS for token in children)
    if breaks != content.count("\n"):
        return content  # a line ends inside code, a tag or the target of a link

    def put_tag(match: re.Match[str]) -> str:
        before = content[: match.start()][-1:]
        after = content[match.end() : match.end() + 1]
        if before == ">" or after == "<":
            return match[0]  # there may be a tag
        backslashes = len(match[1])
        return "\\" * (backslashes - backslashes % 2) + "<br/>\n"

    return _LINE_END.sub(put_tag, content)


def tidy_breaks(tokens: Iterable[Token]) -> list[Token]:
    """Turn tags into tokens, and drop the end of a line beside a break.

    ``a<br/>`` at the end of a line is one break, not two; a line with only a comment is no break.
    """
    tidied = _Tidied()
    for token in tokens:
        _flatten_alt(token)
        if _is_tag(token) or (token.type == "hardbreak" and token.markup == BREAK):
            tidied.add_tag(token)
        elif token.type in _BREAKS:
            tidied.add_line_end(token)
        else:
            tidied.add(token)
    tidied.drop_line_end()  # above a comment that ends the paragraph
    return tidied.tokens


class _Tidied:
    """Collects the tokens of a paragraph."""

    def __init__(self) -> None:
        self.tokens: list[Token] = []
        self._last = -1
        """The index of the last visible token."""

    def add(self, token: Token) -> None:
        """Add any other token."""
        if token.type in _TEXTS and self.tokens and self.tokens[-1].type in _BREAKS:
            token.content = token.content.lstrip(" \t")
            if not token.content:
                return
        self.tokens.append(token)
        if token.type != "html_inline" or not token.content.startswith("<!--"):
            self._last = len(self.tokens) - 1

    def add_line_end(self, token: Token) -> None:
        """Add the end of a line, if there is text to break."""
        if self._last >= 0 and self.tokens[self._last].type not in _BREAKS:
            self._add_break(token)

    def add_tag(self, token: Token) -> None:
        """Add a break that was written as a tag."""
        last = self.tokens[self._last] if self._last >= 0 else None
        if token.content.lstrip("< \t").startswith("/") and last and last.markup == BREAK:
            return  # <br></br>
        self.drop_line_end()
        self._add_break(Token("hardbreak", "br", 0, level=token.level, markup=BREAK))

    def drop_line_end(self) -> None:
        """Drop the end of a line, if it was the last token."""
        if self._last >= 0:
            last = self.tokens[self._last]
            if last.type in _BREAKS and last.markup != BREAK:
                del self.tokens[self._last]

    def _add_break(self, token: Token) -> None:
        if self.tokens and self.tokens[-1].type in _TEXTS:
            self.tokens[-1].content = self.tokens[-1].content.rstrip(" \t")
        self.tokens.append(token)
        self._last = len(self.tokens) - 1


def _flatten_alt(token: Token) -> None:
    """Keep the words of an alternative text apart, which MyST would join, and keep text in code."""
    if token.type == "image":
        for child in token.children or []:
            if child.type in _BREAKS:
                child.type, child.tag, child.content = "text", "", " "
            elif child.type == "code_inline":
                child.type, child.tag = "text", ""


def _render_space_html(
    _self: RendererHTML, _tokens: object, _idx: int, _options: object, _env: object
) -> str:
    return " "


def render_space(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render a break in a heading."""
    renderer.render_text(token)


def render_inline(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render the text of a block, with its breaks in the source for translators."""
    node = renderer.current_node
    if _SOURCE in token.meta and node.rawsource == token.content:
        node.rawsource = token.meta[_SOURCE]
    renderer.render_inline(token)


def render_softbreak(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render the end of a line."""
    if renderer.md_options["breaks"]:
        _append_break(renderer, token)
    else:
        renderer.render_softbreak(token)


def render_hardbreak(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render a break; on pages of MyST's dialect, as MyST does."""
    if renderer.dialect is Dialect.EXL or renderer.md_options["breaks"]:
        _append_break(renderer, token)
    else:
        renderer.render_hardbreak(token)


def _append_break(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    node = ajo_break()
    renderer.add_line_and_source_path(node, token)
    renderer.current_node.append(node)


def visit_break_html(self: HTML5Translator, _node: ajo_break) -> None:
    """Break the line in HTML."""
    self.body.append("<br />\n")
    raise nodes.SkipNode


def visit_break_latex(self: LaTeXTranslator, node: ajo_break) -> None:
    """Break the line in LaTeX."""
    if not _is_last(node):
        # Not `\\`: it ends a table row, and takes a following `[` for its option. Both need a
        # line to break, hence \leavevmode. The space shows where there are no lines, as in labels.
        self.body.append("\\leavevmode\\newline{}\n")
    raise nodes.SkipNode


def _is_last(node: nodes.Element) -> bool:
    while node.parent is not None and node.parent[-1] is node:
        parent: nodes.Element = node.parent
        if not isinstance(parent, nodes.Inline):
            return True
        node = parent
    return False


def _in_title(node: nodes.Node) -> bool:
    while isinstance(node, nodes.Inline) and node.parent is not None:
        node = node.parent
    return isinstance(node, nodes.title)


def visit_break_text(self: TextTranslator, node: ajo_break) -> None:
    """Break the line in plain text."""
    if _is_last(node):
        raise nodes.SkipNode
    if _in_title(node):
        # titles have one line; the writer drops everything else
        self.add_text(" ")
        raise nodes.SkipNode
    # wrap the text of the paragraph up to here
    items = self.states[-1]
    text = ""
    while items and items[-1][0] == -1:
        text = f"{items.pop()[1]}{text}"
    items.append((0, my_wrap(text, width=MAXWIDTH - sum(self.stateindent)) or [""]))
    raise nodes.SkipNode


def visit_break_man(self: ManualPageTranslator, node: ajo_break) -> None:
    """Break the line in a manual page."""
    if not _is_last(node):
        self.body.append("\n.br\n")
    raise nodes.SkipNode


def visit_break_texinfo(self: TexinfoTranslator, node: ajo_break) -> None:
    """Break the line in Texinfo."""
    if not _is_last(node):
        self.body.append("@*\n")
    raise nodes.SkipNode


def visit_break_markdown(self: Any, node: ajo_break) -> None:
    """Break the line in Markdown."""
    if not _is_last(node):
        self.add(" " if _in_title(node) else "  \n")
    raise nodes.SkipNode


def setup_breaks(app: Sphinx) -> None:
    """Register the node with every writer."""
    app.add_node(
        ajo_break,
        html=(visit_break_html, None),
        latex=(visit_break_latex, None),
        text=(visit_break_text, None),
        man=(visit_break_man, None),
        texinfo=(visit_break_texinfo, None),
        markdown=(visit_break_markdown, None),
    )


CONSTRUCT = Construct(
    name="line breaks",
    plugin=breaks_plugin,
    renderers={
        "inline": render_inline,
        "softbreak": render_softbreak,
        "hardbreak": render_hardbreak,
        "ajo_space": render_space,
    },
    setup=setup_breaks,
)
"""The construct, for the parser and the extension."""
