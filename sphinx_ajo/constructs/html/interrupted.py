"""Blocks of HTML that end where an alert, or another marker in a quote, begins.

To CommonMark a block of HTML goes on to the next blank line. The official site looks for markers
before it reads Markdown, so authors leave out the line between ``</div>`` and ``>[!NOTE]``, and
put alerts into the cells of tables.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.rules_block import html_block

from sphinx_ajo.constructs._blocks import QUOTE_MARKERS, line_text, quote_keyword
from sphinx_ajo.constructs.alerts.kinds import kind_of

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

# all others end with a text of their own, and hold what they like
_BLANK_LINE_ENDS = re.compile(r"</?(?!(?:script|pre|style|textarea)\b)[A-Za-z]", re.IGNORECASE)
_KIND = re.compile(r">\s*\[!([^\]\n]*)\]")


def interrupted_rule(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read a block of HTML up to the next marker.

    :param state: The state of the block parser.
    :param start_line: The first line.
    :param end_line: The line after the last one.
    :param silent: Whether to look only.
    :returns: Whether there is one.
    """
    if not silent and _BLANK_LINE_ENDS.match(line_text(state, start_line)):
        line = start_line + 1
        while line < end_line and not state.isEmpty(line) and not _is_marker(state, line):
            line += 1
        end_line = line
    return html_block(state, start_line, end_line, silent)


def _is_marker(state: StateBlock, line: int) -> bool:
    keyword = quote_keyword(state, line)
    if keyword is None:
        return False
    kind = _KIND.match(line_text(state, line))
    return keyword[1].upper() in QUOTE_MARKERS or bool(kind and kind_of(kind[1]))
