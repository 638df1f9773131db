"""The text of headings, from tokens. No Sphinx."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token


def heading_text(children: Sequence[Token]) -> str:
    """Return the text of a heading that its automatic id is made from.

    :param children: Its inline tokens, after all core rules.
    :returns: The text without images, badges and raw HTML.
    """
    text = ""
    badges = 0
    for token in children:
        if token.type.startswith("ajo_badge"):
            badges += token.nesting
        elif not badges and token.type in {"text", "text_special", "code_inline"}:
            text += token.content
    return text.replace("\u200b", "")
