"""The nodes and labels of the kinds of alerts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docutils import nodes

from sphinx_ajo.i18n import _
from sphinx_ajo.language.alert_kinds import RELATED

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
"""Kind → the docutils node, which every theme styles, and every writer gives a title."""


def label_of(kind: str) -> str:
    """Return the title of an alert that has no docutils node.

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
