"""End blocks of HTML that in CommonMark continue to the end of the page.

Blocks such as ``<script>`` and ``<pre>`` end at their closing tag, and not at blank lines. Without
a closing tag, a mistake (or a text that mentions ``<script>``) would hide the rest of the page. So
such a block ends at a blank line, as other HTML does.
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
"""The key of the parser's sandbox for lines after which no block ends; keeps the rule linear."""


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
