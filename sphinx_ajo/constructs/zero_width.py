"""Zero-width spaces, which machine translation puts beside emphasis and into links.

They make emphasis work (``_a_&#x200B;b``), so they stay while inline markup is read. After that
they go: readers cannot see them, but they break searches, anchors and copied text. ExL pages
only: elsewhere one may be meant, as in scripts without spaces.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sphinx_ajo.construct import Construct
from sphinx_ajo.dialect import Dialect

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

ZERO_WIDTH: Final = "\u200b"
"""The zero-width space."""

_TEXTS: Final = frozenset({"text", "text_special", "code_inline"})

_ESCAPED: Final = "%E2%80%8B"
"""What markdown-it makes of a zero-width space in a URL."""

_START = re.compile(r" *\u200b[ \u200b]*")

_END = re.compile(r"\u200b[ \u200b]*\Z")


def zero_width_plugin(md: MarkdownIt, *, dialect: Dialect) -> None:
    """Take the spaces out of what readers get.

    :param md: The parser.
    :param dialect: The dialect it reads.
    """
    if dialect is Dialect.EXL:
        md.core.ruler.push("ajo_zero_width", _zero_width_rule)


def _zero_width_rule(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline" and token.children:
            token.children = _clean(token.children)


def _clean(tokens: list[Token]) -> list[Token]:
    _trim_labels(tokens)
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


def _trim_labels(tokens: list[Token]) -> None:
    """Move the spaces at the ends of link texts outside, where they were put beside a ZWSP.

    Where the text around the link has one already, they are dropped.
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
            match = _END.search(label.content) if label.type == "text" else None
            if match:
                kept = label.content[: match.start()].rstrip(" ")
                moved = " " in label.content[len(kept) :]
                label.content = kept
                after = tokens[index + 1] if index + 1 < len(tokens) else None
                if moved and after is not None and after.type == "text":
                    after.content = " " + after.content.lstrip(" ")


CONSTRUCT = Construct(name="zero-width spaces", plugin=zero_width_plugin)
"""The construct, for the parser and the extension."""
