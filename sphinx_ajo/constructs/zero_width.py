"""Zero-width spaces, which machine translation puts beside emphasis and into links.

They make emphasis work (``_a_&#x200B;b``), so they stay while inline markup is parsed. After that
they are removed: readers cannot see them, but they break searches, anchors and copied text. If one
is the only separator between two words, it becomes a space. ExL pages only: elsewhere one may be
meant, as in scripts without spaces.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.markup.construct import Construct

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

ZERO_WIDTH: Final = "\u200b"
"""The zero-width space."""

_TEXTS: Final = frozenset({"text", "text_special", "code_inline"})

_ESCAPED: Final = "%E2%80%8B"
"""The form of a zero-width space in a URL after markdown-it."""

_START = re.compile(r" *\u200b[ \u200b]*")


def zero_width_plugin(md: MarkdownIt, *, dialect: Dialect) -> None:
    """Remove zero-width spaces from the text, after inline markup is parsed."""
    if dialect is Dialect.EXL:
        md.core.ruler.push("ajo_zero_width", _zero_width_rule)


def _zero_width_rule(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline" and token.children:
            token.children = _clean(token.children)


def _clean(tokens: list[Token]) -> list[Token]:
    if not any(ZERO_WIDTH in token.content or token.attrs or token.children for token in tokens):
        return tokens
    _trim_labels(tokens)
    _fill_gaps(tokens)
    result = []
    for token in tokens:
        for name, value in token.attrs.items():
            if isinstance(value, str) and (ZERO_WIDTH in value or _ESCAPED in value):
                token.attrs[name] = value.replace(ZERO_WIDTH, "").replace(_ESCAPED, "")
        if token.children:
            token.children = _clean(token.children)
        if token.type in _TEXTS and ZERO_WIDTH in token.content:
            token.content = token.content.replace(ZERO_WIDTH, "")
            if not token.content:
                continue
        result.append(token)
    return result


def _fill_gaps(tokens: list[Token]) -> None:
    """Insert a space where a zero-width one beside markup is the only separator between two words.

    Machine translation writes ``_Permissions_&#x200B;kan`` for ``_Permissions_ kan``. Inside a
    word, it marks where the word may break.
    """
    waiting: Token | None = None  # a text that ends in a zero-width space
    before = ""  # the last visible character
    for token in tokens:
        if token.type not in _TEXTS:
            if not token.nesting:
                waiting, before = None, ""
            continue
        visible = token.content.strip(ZERO_WIDTH)
        if visible and _parts_words(before, visible[0]):
            if token.type != "code_inline" and token.content[0] == ZERO_WIDTH:
                token.content = " " + token.content
            elif waiting is not None:
                waiting.content += " "
        if token.content:
            before = visible[-1:] or before
            ends = token.type != "code_inline" and token.content[-1] == ZERO_WIDTH
            waiting = token if ends else (None if visible else waiting)


def _parts_words(before: str, after: str) -> bool:
    return before.isalnum() and after.isalnum() and not (_is_wide(before) or _is_wide(after))


def _is_wide(char: str) -> bool:
    """Tell whether a character belongs to a script without spaces between words."""
    return unicodedata.east_asian_width(char) in "WF"


def _trim_labels(tokens: list[Token]) -> None:
    """Move the spaces at the ends of link texts outside, where they were put beside a ZWSP.

    If the text around the link already has a space, they are dropped.
    """
    for index, token in enumerate(tokens):
        if token.type == "link_open" and index + 1 < len(tokens):
            label = tokens[index + 1]
            match = _START.match(label.content) if label.type == "text" else None
            if match:
                label.content = label.content[match.end() :]
                before = tokens[index - 1] if index else None
                if " " in match[0] and before is not None and before.type == "text":
                    before.content = before.content.rstrip(" ") + " "
        elif token.type == "link_close":
            label = tokens[index - 1]
            end = len(label.content.rstrip(f" {ZERO_WIDTH}"))
            if label.type == "text" and ZERO_WIDTH in label.content[end:]:
                kept = label.content[:end]
                moved = " " in label.content[len(kept) :]
                label.content = kept
                after = tokens[index + 1] if index + 1 < len(tokens) else None
                if moved and after is not None and after.type == "text":
                    after.content = " " + after.content.lstrip(" ")


CONSTRUCT = Construct(name="zero-width spaces", plugin=zero_width_plugin)
"""The construct, for the parser and the extension."""
