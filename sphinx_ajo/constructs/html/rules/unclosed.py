"""Blocks of HTML that CommonMark lets run to the end of the page.

``<script>``, ``<pre>`` and the like end with their closing tag, blank lines or not. Where there is
no such tag, an author's slip (or a word about scripts) must not swallow the page: the block ends
at a blank line then, as other HTML does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sphinx_ajo.markup.blocks import line_text

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

_START = re.compile(r"<(?:(?:script|pre|style|textarea)(?=[\s>]|$)|\?|![A-Za-z]|!\[CDATA\[)", re.I)
_TAG_END = re.compile(r"</(?:script|pre|style|textarea)>", re.IGNORECASE)
_ENDS: Final = {"<?": re.compile(r"\?>"), "<![": re.compile(r"\]\]>"), "<!": re.compile(">")}
_ENDLESS: Final = "ajo_html_endless"
"""The key of the parser's sandbox for what is known to have no end; keeps the rule linear."""


def unclosed_rule(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read a block of HTML that has no end."""
    if not state.md.options.get("html") or state.is_code_block(start_line):
        return False
    match = _START.match(line_text(state, start_line))
    if match is None or _has_end(state, match[0], start_line, end_line):
        return False
    if silent:
        return True
    line = start_line + 1
    while line < end_line and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
        line += 1
    state.line = line
    token = state.push("html_block", "", 0)
    token.map = [start_line, line]
    token.content = state.getLines(start_line, line, state.blkIndent, True)
    return True


def _has_end(state: StateBlock, start: str, line: int, end_line: int) -> bool:
    kind = next((kind for kind in ("<![", "<!", "<?") if start.startswith(kind)), "<")
    key = (hash(state.src), kind, end_line)
    endless = state.env.setdefault(_ENDLESS, {})
    if endless.get(key, end_line) <= line:
        return False
    pattern = _ENDS.get(kind, _TAG_END)
    for number in range(line, end_line):
        if pattern.search(line_text(state, number)):
            return True
    endless[key] = line
    return False
