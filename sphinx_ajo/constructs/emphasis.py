"""Emphasis beside markers, and in scripts without spaces between words.

In CommonMark, the characters around ``**`` decide whether it can begin or end emphasis: after a
bracket and before a letter, it cannot end. Authors think of the visible text, so a marker counts as
its text: ``**[!UICONTROL Save]**を``. Japanese and Chinese have no spaces between words, so that
``**「保存」**を`` would keep its asterisks. Here, their characters count as letters, including
punctuation, and next to a run of asterisks, they count as a space. This is what the `CJK-friendly
amendments <https://github.com/tats-u/markdown-cjk-friendly>`_ to CommonMark propose. The rules for
underscores are unchanged, because names of files contain them. ExL pages only.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from markdown_it.common.utils import isWhiteSpace
from markdown_it.rules_inline import emphasis, strikethrough

from sphinx_ajo.constructs.markers import marker_ends
from sphinx_ajo.language.characters import is_punctuation
from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.markup.construct import Construct

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline


def emphasis_plugin(md: MarkdownIt, *, dialect: Dialect) -> None:
    """Parse ``**bold**`` and ``~~deleted~~`` by the visible characters beside them.

    :param dialect: The dialect it reads; nothing changes in the mixed one.
    """
    if dialect is not Dialect.EXL:
        return
    for name, marks, rule in (
        ("emphasis", "*_", emphasis.tokenize),
        ("strikethrough", "~", strikethrough.tokenize),
    ):
        md.inline.ruler.at(name, partial(_delimiter_rule, marks, rule))


def _delimiter_rule(
    marks: str, rule: Callable[[StateInline, bool], bool], state: StateInline, silent: bool
) -> bool:
    start, known = state.pos, len(state.delimiters)
    if state.src[start] not in marks:
        return False  # as the rule itself decides
    before = _before(state)
    if not rule(state, silent):
        return False
    new = state.delimiters[known:]
    if new:
        after = marker_ends(state).after(state.src, state.pos, state.posMax)
        marker = state.src[start]
        can_open, can_close = _flanking(before, after, marker)
        for delimiter in new:
            delimiter.open, delimiter.close = can_open, can_close
    return True


def _before(state: StateInline) -> str:
    """Return the character before the position, as readers see it."""
    char = marker_ends(state).before(state.src, state.pos)
    if char == "]" and not state.pending:
        # a construct in brackets has just been parsed: plain text would still be pending
        read = (token for token in reversed(state.tokens) if not token.type.endswith("_close"))
        text = next(read, None)
        if text is not None and text.content[-1:].isalnum():
            return text.content[-1]
    return char


@lru_cache(maxsize=4096)
def _flanking(before: str, after: str, marker: str) -> tuple[bool, bool]:
    """Tell whether a run of delimiters between two characters can open, and can close."""
    before_mark, after_mark = is_punctuation(before), is_punctuation(after)
    before_parts = before_mark or isWhiteSpace(ord(before))
    after_parts = after_mark or isWhiteSpace(ord(after))
    if marker != "_":
        before_wide, after_wide = _is_wide(before), _is_wide(after)
        before_parts, after_parts = before_parts or before_wide, after_parts or after_wide
        before_mark, after_mark = before_mark and not before_wide, after_mark and not after_wide
    left = not isWhiteSpace(ord(after)) and (not after_mark or before_parts)
    right = not isWhiteSpace(ord(before)) and (not before_mark or after_parts)
    if marker == "_":
        return left and (not right or before_mark), right and (not left or after_mark)
    return left, right


def _is_wide(char: str) -> bool:
    """Tell whether a character belongs to a script without spaces between words."""
    return unicodedata.east_asian_width(char) in "WFH"


CONSTRUCT = Construct(name="emphasis", plugin=emphasis_plugin)
"""The construct, for the parser and the extension."""
