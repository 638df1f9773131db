"""The kinds of alerts: their keywords, nodes and labels."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from docutils import nodes

from sphinx_ajo.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

STANDARD: Final[Mapping[str, type[nodes.Element]]] = {
    "caution": nodes.caution,
    "error": nodes.error,
    "important": nodes.important,
    "note": nodes.note,
    "tip": nodes.tip,
    "warning": nodes.warning,
}
"""Kind → the docutils node, which every theme styles and every writer titles."""

RELATED: Final = "morelikethis"
"""The kind that lists related articles."""

FALLBACK: Final = "note"
"""The kind of an alert whose keyword names none."""

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

    :param keyword: What stands between ``[!`` and ``]``, in any case; blanks, hyphens and
        underscores in it do not count.
    :returns: The kind, in lower case; ``None`` if there is no such alert.
    """
    name = _NO_LETTER.sub("", keyword.lower())
    kind = _ALIASES.get(name, name)
    return kind if kind in STANDARD or kind in _OTHERS else None


def label_of(kind: str) -> str:
    """Return the title of an alert that has no docutils node of its own.

    :param kind: The kind.
    :returns: Its title in the language of the document.
    """
    labels = {
        "administration": _("Administration"),
        "availability": _("Availability"),
        "info": _("Info"),
        "prerequisites": _("Prerequisites"),
        RELATED: _("Related Articles"),
        "success": _("Success"),
    }
    return str(labels[kind])
