"""Parse placeholders."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from docutils import nodes

from sphinx_ajo.base.problems import AjoWarnings, add_problem
from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.language.source import Placeholder
from sphinx_ajo.markup.blocks import INTERRUPTS, line_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode

    from sphinx_ajo.markup.renderer import AjoRenderer

FINDING_KEY: Final = "ajo_finding_placeholders"
"""The key of the parser's sandbox, set only in the pass that looks for placeholders, for the last
line that may be one."""

KNOWN_KEY: Final = "ajo_is_snippet"
"""The key of the parser's sandbox for a function that tells whether a snippet exists."""

PATTERN_KEY: Final = "ajo_placeholder"
"""The key of the parser's options for the pattern of a placeholder; missing if there are none."""

_PATH = r"\$include[ \t]+(?P<path>[^{}\s][^{}\n]*)"
_ID = r"(?P<id>[A-Za-z0-9][A-Za-z0-9_-]*)[ \t]*"
_PLACEHOLDER = re.compile(rf"\{{\{{[ \t]*(?:{_PATH}|{_ID})\}}\}}", re.IGNORECASE)
_ONLY_INCLUDE = re.compile(rf"\{{\{{[ \t]*{_PATH}(?P<id>)\}}\}}", re.IGNORECASE)

_RAW_HTML = re.compile(r"\s*<(?:!|\?|/?(?:pre|script|style|textarea)\b)", re.IGNORECASE)
"""The beginning of HTML whose content is not visible text."""


def includes_plugin(md: MarkdownIt, *, dialect: Dialect) -> None:
    """Add placeholders: ``{{$include /help/file.md}}`` or ``{{snippet-id}}``, alone on a line.

    One rule finds them before the page is composed; another rule reports those within text.
    """
    pattern = _PLACEHOLDER
    if dialect is Dialect.MIXED:
        config = md.options["myst_config"]
        if "substitution" in config.enable_extensions:
            return
        pattern = _ONLY_INCLUDE
    md.options[PATTERN_KEY] = pattern
    md.block.ruler.before("table", "ajo_placeholder", _placeholder_rule, INTERRUPTS)
    md.inline.ruler.before("link", "ajo_placeholder_inline", _inline_placeholder_rule)


def find_placeholders(md: MarkdownIt, text: str) -> list[Placeholder]:
    """Find the placeholder lines of a text.

    :param md: The parser of the page, whose rules distinguish text from code and comments.
    :returns: The placeholders, in their order.
    """
    pattern = md.options.get(PATTERN_KEY)
    if pattern is None or "{{" not in text:
        return []
    last = max(_candidates(pattern, text), default=-1)
    if last < 0:
        return []
    tokens: list[Token] = []
    md.block.parse(text, md, {FINDING_KEY: last}, tokens)
    found: dict[int, Placeholder] = {}
    for token in tokens:
        if token.map is None:
            continue
        if token.type == "ajo_placeholder":
            found[token.map[0]] = token.meta["placeholder"]
        elif token.type == "html_block" and "{{" in token.content:
            for placeholder in _in_html(pattern, token, token.map[0]):
                found.setdefault(placeholder.line, placeholder)
    return [found[line] for line in sorted(found)]


def _candidates(pattern: re.Pattern[str], text: str) -> Iterator[int]:
    """Yield the lines that end like placeholder lines; some of them are code, or comments."""
    for number, line in enumerate(text.split("\n")):
        if "{{" in line and line.rstrip().endswith("}}") and pattern.search(line):
            yield number


def _in_html(pattern: re.Pattern[str], token: Token, first_line: int) -> list[Placeholder]:
    """Find placeholders between tags without blank lines."""
    if "<!--" in token.content or _RAW_HTML.match(token.content):
        return []
    lines = enumerate(token.content.split("\n"), first_line)
    matches = ((line, pattern.fullmatch(text.strip())) for line, text in lines)
    return [_placeholder(line, match) for line, match in matches if match]


def _placeholder(line: int, match: re.Match[str]) -> Placeholder:
    path = match["path"]
    return Placeholder(line, path.rstrip() if path else match["id"], is_snippet=not path)


def _placeholder_rule(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    if FINDING_KEY not in state.env:
        return False
    if start_line > state.env[FINDING_KEY] and not silent:
        state.line = end_line  # nothing is left to be found
        return True
    if state.is_code_block(start_line):
        return False
    match = state.md.options[PATTERN_KEY].fullmatch(line_text(state, start_line).rstrip())
    if match is None:
        return False
    if silent:
        return True
    token = state.push("ajo_placeholder", "", 0)
    token.map = [start_line, start_line + 1]
    token.meta["placeholder"] = _placeholder(start_line, match)
    state.line = start_line + 1
    return True


def _inline_placeholder_rule(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("{{", state.pos):
        return False
    is_snippet = state.env.get(KNOWN_KEY)
    if is_snippet is None:
        return False
    match = state.md.options[PATTERN_KEY].match(state.src, state.pos, state.posMax)
    if match is None or not (match["path"] or is_snippet(match["id"])):
        return False
    if not silent:
        token = state.push("ajo_placeholder", "", 0)
        token.content = match[0]
        msg = "%s does not stand alone on its line; it is left as written"
        add_problem(token, AjoWarnings.INCLUDE_INLINE, msg, match[0])
    state.pos = match.end()
    return True


def render_placeholder(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render a placeholder within other text as written."""
    renderer.current_node.append(nodes.Text(token.content))
