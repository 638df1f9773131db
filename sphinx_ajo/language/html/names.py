"""Names of elements, by how they are treated."""

from __future__ import annotations

from typing import Final


def words(text: str) -> frozenset[str]:
    """Make a set of words.

    :param text: The words, with spaces between.
    """
    return frozenset(text.split())


VOID: Final = words(
    "area base basefont br col embed frame hr img input keygen link meta param source track wbr"
)
"""Elements without content."""

BLOCKS: Final = words(
    "address article aside blockquote body caption center col colgroup dd details dialog dir "
    "div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html "
    "legend li listing main menu nav ol p pre search section summary table tbody td tfoot th "
    "thead tr ul"
)
"""Elements that begin a new block of text."""

CODE: Final = frozenset({"listing", "pre"})
"""Elements whose text is code, line by line."""


CODE_BLOCKS: Final = CODE | {"xmp", "plaintext"}
"""The same, with the obsolete ones that browsers still support."""

HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
"""Headings."""

BOXES: Final = words(
    "address article aside body center dialog div fieldset figure footer form header hgroup "
    "html main nav search section"
)
"""Elements without a meaning of their own: a box around their content."""

RAW_TEXT: Final = frozenset(
    {"iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp"}
)
"""Elements whose content is read as text, without tags."""

FORBIDDEN: Final = frozenset({"frameset", "math", "plaintext", "template"})
"""Elements that would hide or end the document; their tags are left out."""

FOREIGN: Final = frozenset({"svg"})
"""Elements whose content is no HTML."""

INVISIBLE: Final = frozenset({"base", "link", "meta", "script", "style"})
"""Elements that readers do not see."""

PARENTS: Final = {
    "caption": ("table",),
    "colgroup": ("table",),
    "dd": ("dl",),
    "dt": ("dl",),
    "li": ("ul", "ol", "menu", "dir"),
    "tbody": ("table",),
    "td": ("table",),
    "tfoot": ("table",),
    "th": ("table",),
    "thead": ("table",),
    "tr": ("table",),
}
"""Element → the elements that may contain it. Its tag proves that one of them is still open."""

_SECTIONS = ("tbody", "tfoot", "thead")
ENDED_BY: Final = {
    "dd": ("dd", "dt"),
    "dt": ("dd", "dt"),
    "li": ("li",),
    "option": ("option",),
    "tbody": ("caption", "colgroup", "td", "th", "tr", *_SECTIONS),
    "td": ("td", "th"),
    "tfoot": ("td", "th", "tr", *_SECTIONS),
    "th": ("td", "th"),
    "thead": ("caption", "colgroup", "td", "th", "tr", *_SECTIONS),
    "tr": ("caption", "colgroup", "td", "th", "tr"),
}
"""Element → the elements that end, without a closing tag, where it begins."""

OWN_TAGS: Final = frozenset(
    {"big", "del", "ins", "mark", "s", "small", "u"},
)
"""Inline elements that keep their tag in HTML output."""

STYLES: Final = {
    "b": "strong",
    "big": "big",
    "cite": "em",
    "del": "del",
    "dfn": "em",
    "em": "em",
    "i": "em",
    "ins": "ins",
    "mark": "mark",
    "s": "s",
    "small": "small",
    "strike": "s",
    "strong": "strong",
    "sub": "sub",
    "sup": "sup",
    "u": "u",
    "var": "em",
}
"""Inline elements that change how text looks, and what they become."""

LITERALS: Final = words(
    "apiname cmdname code codeph filepath kbd msgph samp systemoutput tt userinput varname"
)
"""Inline elements (some of them DITA's) whose content is shown as code."""

CONTROLS: Final = frozenset({"uicontrol", "wintitle"})
"""DITA's inline elements for parts of a user interface."""

TRANSPARENT: Final = words(
    "a abbr acronym audio bdi bdo button canvas embed fn font iframe label menucascade nobr "
    "object picture q rp rt ruby select span svg math tgroup video"
)

WITHOUT_END: Final = (
    BLOCKS
    - {"address", "body", "dialog", "dir", "footer", "form", "header", "html", "legend", "main"}
    - {"menu", "nav", "search", "section"}
    | VOID - {"area", "base", "basefont", "frame", "keygen", "param", "source", "track"}
    | frozenset(STYLES)
    | {"code", "kbd", "samp", "tt"}
    | FOREIGN
    | {"a", "font", "span", "template"}
)
"""Elements whose closing tag authors forget. Any other tag without a closing one is a placeholder
in prose, such as ``<your-org-id>``, and is shown as written."""

KNOWN: Final = (
    BLOCKS
    | VOID
    | RAW_TEXT
    | INVISIBLE
    | FORBIDDEN
    | frozenset(STYLES)
    | LITERALS
    | CONTROLS
    | TRANSPARENT
    | {"area", "data", "datalist", "map", "meter", "optgroup", "option", "output", "progress"}
    | {"time", "noscript", "slot"}
)
"""Every element whose tags are never shown, if there is an opening and a closing one."""
