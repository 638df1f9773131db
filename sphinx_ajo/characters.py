"""Characters that no output may hold. No Sphinx."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]+")
"""What XML 1.0, and so an EPUB, may not hold; LaTeX stops at most of it."""


def without_controls(text: str) -> str:
    """Take out of a text what XML may not hold: control characters, and halves of pairs.

    :param text: The text.
    :returns: The same text, if there is none.
    """
    return _FORBIDDEN.sub("", text) if _FORBIDDEN.search(text) else text
