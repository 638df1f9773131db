"""Decode the entities of HTML, whoever wrote them. No Sphinx.

Python's own function raises ``ValueError`` for a number of more than 4,300 digits.
"""

from __future__ import annotations

import html
import re
from typing import Final

_DECIMAL: Final = re.compile(r"&#([0-9]{8,})")
"""A number that may be higher than that of any character, which has up to 7 digits."""


def _shorten(match: re.Match[str]) -> str:
    digits = match[1].lstrip("0")
    return f"&#{digits or 0}" if len(digits) < 8 else "&#xfffd"


def shorten_entities(text: str) -> str:
    """Make no number of an entity longer than that of any character.

    :returns: The same text for browsers, and for Python.
    """
    return _DECIMAL.sub(_shorten, text)


def unescape(text: str) -> str:
    """Decode all entities of a text, as browsers do."""
    return html.unescape(shorten_entities(text)) if "&" in text else text
