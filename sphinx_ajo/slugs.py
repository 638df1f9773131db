"""The ids that the official site gives to headings (section 4.12 of the reference)."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

_KEPT: Final = frozenset({"Nd", "Nl", "Pc"})
"""The categories of characters that stay, besides letters and marks."""

_LETTER_LIKE: Final = (
    range(0x24B6, 0x24EA),  # circled letters
    range(0x1F130, 0x1F14A),  # squared letters, and two kinds of negative ones
    range(0x1F150, 0x1F16A),
    range(0x1F170, 0x1F18A),
)
"""Symbols by category that Unicode counts as alphabetic nevertheless."""


def slugify(text: str) -> str:
    """Return the slug of a heading, as github-slugger makes it from the trimmed text.

    :param text: The text of the heading, without any markup.
    :returns: The slug; empty if no character of the text can stand in one.
    """
    kept = (char for char in text.strip().lower() if char in " -" or _is_kept(char))
    return "".join(kept).replace(" ", "-")


def _is_kept(char: str) -> bool:
    category = unicodedata.category(char)
    if category[0] in "LM" or category in _KEPT:
        return True
    return category == "So" and any(ord(char) in letters for letters in _LETTER_LIKE)


class Slugger:
    """Gives each heading of a page a slug of its own: ``x``, ``x-1``, ``x-2``, ..."""

    def __init__(self) -> None:
        """Start a page."""
        self._seen: dict[str, int] = {}

    def slug(self, text: str, taken: Collection[str] = ()) -> str:
        """Return the next slug.

        :param text: The text of the heading.
        :param taken: Ids that stand elsewhere on the page.
        :returns: The slug; empty if the text has none.
        """
        base = result = slugify(text)
        if not base:
            return ""
        count = self._seen.get(base, 0)
        while result in self._seen or result in taken:
            count += 1
            result = f"{base}-{count}"
        self._seen[base] = count
        self._seen.setdefault(result, 0)
        return result
