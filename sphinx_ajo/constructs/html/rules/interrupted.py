"""Correct where blocks of HTML end: earlier or later than in CommonMark.

In CommonMark, a block of HTML ends at the next blank line. Here, markers of quotes end it, too: the
official site finds alerts, and other markers in quotes, before it reads Markdown. So authors leave
out the blank line between ``</div>`` and ``>[!NOTE]``, and put alerts into the cells of tables.
Blank lines in ``<pre>`` do not end a block, even if another element, such as a cell, begins it.
Tags of other systems with the same meaning (``<codeblock>``) are read like ``<pre>``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from markdown_it.rules_block import html_block

from sphinx_ajo.language.alert_kinds import kind_of
from sphinx_ajo.language.bracket_markers import QUOTE_MARKERS
from sphinx_ajo.language.html.leftovers import EQUALS
from sphinx_ajo.markup.blocks import line_text, quote_keyword

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

# all others end only at a text of their own, such as -->
_BLANK_LINE_ENDS = re.compile(r"</?(?!(?:script|pre|style|textarea)\b)[A-Za-z]", re.IGNORECASE)
_KIND = re.compile(r">\s*\[!([^\]\n]*)\]")
_OTHER_CODE: Final = "|".join(sorted(name for name, equal in EQUALS.items() if equal == "pre"))
_OTHER_START = re.compile(rf"<(?:{_OTHER_CODE})(?=[\s>])", re.IGNORECASE)
_PRE = re.compile(rf"<(/?)(?:pre|{_OTHER_CODE})(?=[\s>])", re.IGNORECASE)
_ENDLESS: Final = "ajo_html_pre"
"""The key of the parser's sandbox for lines below which no ``<pre>`` ends; keeps it linear."""


def interrupted_rule(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read a block of HTML up to where it ends."""
    if _OTHER_START.match(line_text(state, start_line)) and _read_code(
        state, start_line, end_line, silent
    ):
        return True
    if silent or not _BLANK_LINE_ENDS.match(line_text(state, start_line)):
        return html_block(state, start_line, end_line, silent)
    first, last = _ends(state, start_line, end_line)
    if not html_block(state, start_line, first, silent):
        return False
    if last > first:
        state.line = last
        token = state.tokens[-1]
        token.map = [start_line, last]
        token.content = state.getLines(start_line, last, state.blkIndent, True)
    return True


def _read_code(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read an equivalent of ``<pre>`` in another system, which CommonMark does not know."""
    if not state.md.options.get("html") or state.is_code_block(start_line):
        return False
    last = _code_end(state, start_line, end_line)
    if last < 0:
        return False
    if not silent:
        state.line = last + 1
        token = state.push("html_block", "", 0)
        token.map = [start_line, state.line]
        token.content = state.getLines(start_line, state.line, state.blkIndent, True)
    return True


def _ends(state: StateBlock, start_line: int, end_line: int) -> tuple[int, int]:
    """Return the first blank line or marker, and the first one outside of code."""
    first, line, code_end = 0, start_line, start_line
    in_code = False
    while line < end_line and (state.isEmpty(line) or state.sCount[line] >= state.blkIndent):
        if state.isEmpty(line):
            first = first or line
            if in_code and code_end < line:
                code_end = _code_end(state, line, end_line)
            if not in_code or code_end < line:
                break
        elif line > start_line and not in_code and _is_marker(state, line):
            break
        for tag in _PRE.finditer(line_text(state, line)):
            in_code = not tag[1]
        line += 1
    return first or line, line


def _code_end(state: StateBlock, line: int, end_line: int) -> int:
    """Return the first line, from a given one on, in which code ends; -1 if there is none."""
    start, stop = state.env.get(_ENDLESS, {}).get(hash(state.src), (0, 0))
    if start <= line < stop:
        return -1
    number = line
    while number < end_line:
        if not state.isEmpty(number) and state.sCount[number] < state.blkIndent:
            break
        if any(tag[1] for tag in _PRE.finditer(line_text(state, number))):
            return number
        number += 1
    state.env.setdefault(_ENDLESS, {})[hash(state.src)] = (line, number)
    return -1


def _is_marker(state: StateBlock, line: int) -> bool:
    keyword = quote_keyword(state, line)
    if keyword is None:
        return False
    kind = _KIND.match(line_text(state, line))
    return keyword[1].upper() in QUOTE_MARKERS or bool(kind and kind_of(kind[1]))
