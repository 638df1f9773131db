"""Every warning of the extension, and the one function that gives them."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from sphinx.util import logging

if TYPE_CHECKING:
    from docutils import nodes

LOGGER = logging.getLogger(__name__)

WARNING_TYPE: Final = "ajo"
"""The type of each warning, as used in Sphinx's ``suppress_warnings``."""


class AjoWarnings(Enum):
    """The subtypes of our warnings: ``suppress_warnings = ["ajo.card_empty"]``."""

    CONFIG = "config"
    """A configuration value is not usable; its default is used instead."""

    FRONT_MATTER = "front_matter"
    """A front matter entry is not valid YAML, or has a value that means nothing."""

    CARDS_UNCLOSED = "cards_unclosed"
    """A landing cards container, or a card in it, has no closing line."""

    CARDS_MARKERS = "cards_markers"
    """Colon lines of a landing cards container close more, or less, than was meant."""

    CARDS_STRAY = "cards_stray"
    """Content in a landing cards container that belongs to no card."""

    CARD_EMPTY = "card_empty"
    """A landing card, or a whole container, without content."""

    LINK_MISSING = "link_missing"
    """A link to a page or file that does not exist; its text stays."""

    LINK_ANCHOR = "link_anchor"
    """A link to a heading that does not exist; it leads to the top of the page."""

    LINK_CASE = "link_case"
    """A link spells the name of a page otherwise than its file: in capitals, or with blanks."""

    REDIRECT = "redirect"
    """A line of ``redirects.csv`` that cannot be used."""

    TOC_MISSING = "toc_missing"
    """A ``TOC.md`` entry whose page does not exist; it is left out of the navigation."""

    TOC_ENTRY = "toc_entry"
    """A line of a ``TOC.md`` that is no entry."""

    INCLUDE_MISSING = "include_missing"
    """The file or snippet that a page includes is not there, or cannot be read."""

    INCLUDE_CYCLE = "include_cycle"
    """An included text includes itself, directly or through others."""

    INCLUDE_OUTSIDE = "include_outside"
    """A page includes a file that is not in the repository."""

    INCLUDE_LIMIT = "include_limit"
    """Includes nest too deep, or insert too much."""

    INCLUDE_INLINE = "include_inline"
    """An include or snippet does not stand alone on its line."""

    ATTRIBUTE = "attribute"
    """An attribute in braces has a value that means nothing; it is left out."""

    ATTRIBUTES_STRAY = "attributes_stray"
    """Attributes of a table stand where no table is above them; they are left out."""

    ALERT_EMPTY = "alert_empty"
    """An alert without content; nothing is shown."""

    ALERT_LAZY = "alert_lazy"
    """A line without ``>`` directly below an alert; it is read as part of the alert."""

    ALERT_UNKNOWN = "alert_unknown"
    """A quote that begins with ``[!WORD]`` where no alert has that name; it stays a quote."""

    GROUP_UNCLOSED = "group_unclosed"
    """A tab group, accordion, shade box or container has no closing line."""

    GROUP_STRAY = "group_stray"
    """A line that closes or divides a group, but belongs to none; text before the first tab."""

    GROUP_NESTED = "group_nested"
    """A tab group, accordion or shade box in another one of its kind."""

    GROUP_EMPTY = "group_empty"
    """A tab group without tabs, a tab without a label, or an accordion without content."""

    HEADING_ID = "heading_id"
    """The braces after a heading hold more than an id and classes; the rest is ignored."""

    DUPLICATE_ID = "duplicate_id"
    """A heading has an id that stands on the page already; it gets one from its text instead."""

    NESTING = "nesting"
    """Blocks are nested so deep that what lies deeper is shown as it was typed."""

    BADGE = "badge"
    """A badge of an unknown type, or with an address that cannot be linked to."""

    VIDEO = "video"
    """A video without an `http(s)` address, or with text behind it."""

    SLIDE = "slide"
    """A slide marker that names no slides."""

    CONTEXTUAL_HELP = "contextual_help"
    """Contextual help that is incomplete, has unknown entries, or an id that is used twice."""

    COMMENT_UNCLOSED = "comment_unclosed"
    """An HTML comment has no end; its text is shown."""

    HTML_UNSAFE = "html_unsafe"
    """A script, an event handler or an unsafe address in raw HTML was left out."""

    HTML_DUPLICATE_ID = "html_duplicate_id"
    """An element of raw HTML has the id of another element of the page; it gets none."""


def warn(
    warning: AjoWarnings,
    message: str,
    *args: object,
    location: nodes.Node | tuple[str, int | None] | str | None,
) -> None:
    """Log one warning.

    :param warning: The subtype.
    :param message: What is wrong and what was done instead, with ``%`` placeholders.
    :param args: The values of the placeholders.
    :param location: Where: a node, ``(docname, line)`` or ``"path:line"``.
    """
    LOGGER.warning(
        message,
        *args,
        type=WARNING_TYPE,
        subtype=warning.value,
        location=location,
    )
