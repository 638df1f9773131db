"""Remove characters that no output may contain. No Sphinx."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.common.utils import isMdAsciiPunct, isPunctChar

if TYPE_CHECKING:
    from collections.abc import Iterable

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]+")
"""Characters that XML 1.0, and so EPUB, forbids; LaTeX stops at most of them."""

_FORBIDDEN_BYTES = bytes([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20)])
_NO_CHARACTERS = ("\ufffe".encode(), "\uffff".encode())


def cut_out(text: str, opening: str, closing: str) -> str:
    """Remove all parts of a text between two delimiters, such as comments.

    :returns: The text without these parts and their delimiters. A part without an end stays. Takes
        linear time.
    """
    parts, at = [], 0
    while (start := text.find(opening, at)) >= 0:
        end = text.find(closing, start + len(opening))
        if end < 0:
            break
        parts.append(text[at:start])
        at = end + len(closing)
    return "".join([*parts, text[at:]])


def has_controls(text: str) -> bool:
    """Tell whether a text has characters that XML forbids: control characters, lone surrogates."""
    return _FORBIDDEN.search(text) is not None


def any_has_controls(texts: Iterable[str]) -> bool:
    """Tell whether one of many texts holds what :func:`has_controls` finds, but faster."""
    try:
        data = "".join(texts).encode()
    except UnicodeEncodeError:
        return True  # half of a pair
    if len(data.translate(None, _FORBIDDEN_BYTES)) < len(data):
        return True
    return any(each in data for each in _NO_CHARACTERS)


def without_controls(text: str) -> str:
    """Remove the characters that XML forbids: control characters and lone surrogates.

    :returns: The same text, if there are none.
    """
    return _FORBIDDEN.sub("", text) if _FORBIDDEN.search(text) else text


def encodable(text: str) -> str:
    """Replace lone surrogates by question marks: YAML can write them, UTF-8 cannot encode them."""
    return text.encode(errors="replace").decode()


def is_punctuation(char: str) -> bool:
    """Tell whether a character is punctuation to CommonMark."""
    return isMdAsciiPunct(ord(char)) or isPunctChar(char)
