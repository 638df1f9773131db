"""The kinds of alerts, and the keywords that name them. No Sphinx."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_STANDARD: Final = frozenset({"caution", "error", "important", "note", "tip", "warning"})
"""The kinds that docutils has."""

RELATED: Final = "morelikethis"
"""The kind that lists related articles."""

FALLBACK: Final = "note"
"""The kind of an alert with an unknown keyword."""

_OTHERS: Final = frozenset(
    {"administration", "availability", "info", "prerequisites", RELATED, "success"}
)

_ALIASES: Final[Mapping[str, str]] = {
    "admin": "administration",
    "relatedinformation": RELATED,
}

_NO_LETTER = re.compile(r"[^a-z]+")


def kind_of(keyword: str) -> str | None:
    """Return the kind of alert that a keyword names.

    :param keyword: The text between ``[!`` and ``]``, in any case. Only its letters count, not
        blanks, hyphens and underscores.
    :returns: The kind, in lower case; ``None`` if there is no such alert.
    """
    name = _NO_LETTER.sub("", keyword.lower())
    kind = _ALIASES.get(name, name)
    return kind if kind in _STANDARD or kind in _OTHERS else None
