"""Decode HTML entities of untrusted text. No Sphinx.

``html.unescape`` raises ``ValueError`` for a number of more than 4,300 digits.
"""

from __future__ import annotations

import html
import re
from typing import Final

_DECIMAL: Final = re.compile(r"&#([0-9]{8,})")
"""A number of 8 or more digits. Without leading zeros, those of characters have up to 7."""


def _shorten(match: re.Match[str]) -> str:
    digits = match[1].lstrip("0")
    return f"&#{digits or 0}" if len(digits) < 8 else "&#xfffd"


def shorten_entities(text: str) -> str:
    """Shorten the numbers of entities to at most 7 digits.

    :returns: A text that browsers, and ``html.unescape``, decode to the same characters.
    """
    return _DECIMAL.sub(_shorten, text)


def unescape(text: str) -> str:
    """Decode all entities of a text, as browsers do."""
    return html.unescape(shorten_entities(text)) if "&" in text else text
