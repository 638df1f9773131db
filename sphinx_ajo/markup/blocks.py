"""What the block rules of several constructs share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sphinx_ajo.language.front_matter import find_head, may_begin_head

if TYPE_CHECKING:
    from markdown_it.ruler import RuleOptionsType
    from markdown_it.rules_block import StateBlock

INTERRUPTS: Final[RuleOptionsType] = {
    "alt": ["paragraph", "reference", "blockquote", "list", "footnote_def"]
}
"""Rule options of a block that needs no blank line above it."""


_QUOTE_KEYWORD = re.compile(r">[ \t\xa0\u200b]{0,4}\[![ \t]?([^\W\d_]\w*)")
_QUOTE_MARKER = re.compile(r">[ \t]*\[![ \t]*([A-Za-z]++)(.*)\][ \t]*+(?:(\{[^{}]*\})[ \t]*+)?$")


def front_matter_rule(state: StateBlock, start_line: int, _end_line: int, silent: bool) -> bool:
    """Read front matter: what :func:`.find_head` takes for it."""
    # the cheap test that all lines below the first text fail
    if state.level or (state.tokens and state.tokens[0].type != "html_block"):
        return False
    text = line_text(state, start_line)
    comment = text.startswith("<!--") and not state.tokens
    if not (comment or may_begin_head(text)):
        return False
    # nothing but comments may stand above it
    if any(token.type != "html_block" for token in state.tokens):
        return False
    head = find_head(state.src)
    # the text between them is invisible
    if head is None or head.start < start_line:
        return False
    if not silent:
        state.line = head.end
        token = state.push("front_matter", "", 0)
        token.map = [head.start, head.end]
        token.hidden, token.markup, token.content = True, "---", head.text
    return True


def line_text(state: StateBlock, line: int) -> str:
    """Return a line without the indentation and the quote marks of its parents.

    :returns: Its text, to its end.
    """
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def match_line(
    state: StateBlock, line: int, start: str, pattern: re.Pattern[str]
) -> re.Match[str] | None:
    """Match a whole line.

    :param start: What it begins with: the cheap test that nearly every line fails.
    :param pattern: The pattern, to be matched at the beginning of its text.
    :returns: The match; ``None`` for a line that is indented code, too.
    """
    pos, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    if not state.src.startswith(start, pos, end) or state.is_code_block(line):
        return None
    return pattern.match(state.src[pos:end])


def quote_keyword(state: StateBlock, line: int) -> re.Match[str] | None:
    """Match the beginning of a quote line that starts with ``[!KEYWORD``, in any case.

    :returns: The match, from the ``>`` to the end of the keyword; group 1 is the keyword.
    """
    return match_line(state, line, ">", _QUOTE_KEYWORD)


@dataclass(frozen=True, slots=True)
class QuoteMarker:
    """A line such as ``>[!WORD text]``."""

    word: str
    """The word, in upper case."""
    text: str
    """What follows the word, to the last bracket."""


def quote_marker(state: StateBlock, line: int) -> QuoteMarker | None:
    """Read a line that is a quote and holds nothing but a marker.

    Attributes in braces may follow the marker; they mean nothing.
    """
    match = match_line(state, line, ">", _QUOTE_MARKER)
    if match is None or not is_attributes(match[3] or ""):
        return None
    return QuoteMarker(match[1].upper(), match[2].strip())


def is_attributes(text: str) -> bool:
    """Tell attributes from a word in braces, which is text.

    :param text: What may be attributes in braces, or nothing.
    :returns: Whether it is; no text at all is, too.
    """
    text = text.strip()
    if not text:
        return True
    inside = text[1:-1]
    return (
        len(text) > 1
        and text[0] == "{"
        and text[-1] == "}"
        and not any(mark in inside for mark in "{}")
        and (not inside.strip() or any(mark in inside for mark in "=.#"))
    )


def leaves_parent(state: StateBlock, line: int) -> bool:
    """Tell whether a line is where the parent of a block ends: text left of its list item."""
    pos = state.bMarks[line] + state.tShift[line]
    return pos < state.eMarks[line] and state.sCount[line] < state.blkIndent


def tokenize_lines(state: StateBlock, start_line: int, end_line: int) -> None:
    """Tokenize the content of a block in place, so that its line numbers are those of the page.

    :param state: The state of the block parser; ``line`` is ``end_line`` afterwards.
    """
    if start_line < end_line:
        old_line_max = state.lineMax
        # keeps lazy continuation lines from running past the end of the block
        state.lineMax = end_line
        state.md.block.tokenize(state, start_line, end_line)
        state.lineMax = old_line_max
    state.line = end_line
