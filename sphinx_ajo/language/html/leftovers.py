"""Tags of other systems that a conversion has left in pages, and their equivalents in HTML.

Most are tags of DITA, from which many pages were converted; some are tags of wikis and word
processors. A browser shows their text without any structure: cells and steps run together.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

from sphinx_ajo.language.html.names import words
from sphinx_ajo.language.paths import is_local

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAMES: Final = {
    "table": "choicetable properties simpletable",
    "thead": "chhead prophead sthead",
    "tr": "chrow property row strow",
    "td": (
        "chdesc chdeschd choption choptionhd entry propdesc propdeschd proptype proptypehd "
        "propvalue propvaluehd stentry"
    ),
    "ol": "steps substeps",
    "ul": "choices sl steps-unordered",
    "li": "choice sli step stepsection substep",
    "dl": "parml",
    "dt": "dthd pt",
    "dd": "ddhd pd",
    "pre": "codeblock msgblock screen",
    "aside": "hazardstatement note",
    "blockquote": "lq",
    "figure": "fig",
    "p": "cmd shortdesc",
    "div": (
        "abstract bodydiv cause concept conbody condition context ddhead dlentry dlhead example "
        "glossdef glossentry info linklist linkpool plentry postreq prereq refbody reference "
        "refsyn related-links remedy result sectiondiv stepresult steps-informal stepxmp task "
        "taskbody tasktroubleshooting topic troublebody tutorialinfo"
    ),
    "a": "link xref",
    "img": "image",
    "dfn": "term",
    "span": "keyword linktext ph shortcut tm",
    "code": "markupname msgnum parmname synph xmlatt xmlelement",
    # these have no equivalent; _WRITTEN has the HTML that is written for them
    "tgroup": "colspec spanspec tgroup",
    "menucascade": "menucascade",
    "fn": "fn",
}

EQUALS: Final[Mapping[str, str]] = {
    name: equal for equal, names in _NAMES.items() for name in names.split()
}
"""Tag → the HTML tag with the same meaning. (DITA tags that are the same in HTML are not listed,
and neither are the tags of :data:`.LITERALS` and :data:`.CONTROLS`.)"""

_WRITTEN: Final[Mapping[str, tuple[str, str]]] = {
    **dict.fromkeys(_NAMES["tgroup"].split(), ("", "")),
    **dict.fromkeys(_NAMES["thead"].split(), ("<thead><tr>", "</tr></thead>")),
    "fn": (" (", ")"),
    "menucascade": ("", ""),
}
"""What is written for the tags that no single tag of HTML can stand for."""

TITLES: Final[Mapping[str, str]] = {
    "table": "caption",
    "figure": "figcaption",
    **dict.fromkeys(("aside", "div", "section", "td"), "p"),
}
"""Element → what a ``<title>`` in it becomes: in HTML, it would be the title of the page."""

NAMESPACES: Final = words("ac at ditaarch mml o ri st1 v w wp x xlink xsd xsi xsl")
"""Prefixes of the tags of wikis, word processors and XML; ``<host:port>`` is a placeholder."""

NOTE: Final = "data-ajo-note"
"""The attribute of an ``<aside>`` with its kind of alert."""

NOTE_TITLE: Final = "data-ajo-note-title"
"""The attribute of an ``<aside>`` with the title of an alert of another kind."""

_NOTES: Final[Mapping[str, str]] = {
    "attention": "important",
    "caution": "caution",
    "danger": "warning",
    "fastpath": "tip",
    "important": "important",
    "notice": "important",
    "remember": "important",
    "restriction": "important",
    "tip": "tip",
    "trouble": "caution",
    "warning": "warning",
}
_RENAMED: Final = {("image", "href"): "src"}
_NUMBER = re.compile(r"\d{1,3}\Z")
_CDATA: Final = ("<![CDATA[", "]]>")
_XML = re.compile(r"<\?(?:xml|xm-|oxy_|mso|dita)|<!(?:DOCTYPE|ENTITY|ELEMENT)\b", re.IGNORECASE)


def is_namespaced(name: str) -> bool:
    """Tell whether a tag is certainly one of another system.

    :returns: Whether it has one of :data:`NAMESPACES`.
    """
    prefix, colon, _ = name.partition(":")
    return bool(colon) and prefix in NAMESPACES


def html_attributes(source: str, attributes: Mapping[str, str]) -> dict[str, str]:
    """Return the HTML equivalents of the attributes of a tag.

    :returns: Name → value.
    """
    found = {_RENAMED.get((source, name), name): value for name, value in attributes.items()}
    if outputclass := found.pop("outputclass", ""):
        found["class"] = outputclass
    if EQUALS.get(source) == "aside":
        kind = "warning" if source == "hazardstatement" else "note"
        kind = _NOTES.get(found.pop("type", "").strip().lower(), kind)
        found |= {NOTE: kind, "class": f"admonition {kind}"}
        if title := found.pop("othertype", "").strip():
            found[NOTE_TITLE] = title
    if EQUALS.get(source) == "td":
        found |= _spans(found)
    return found


def _spans(attributes: Mapping[str, str]) -> dict[str, str]:
    """Read ``morerows``, and the names of the first and the last column: they end in numbers."""
    spans: dict[str, str] = {}
    rows = attributes.get("morerows", "")
    if _NUMBER.match(rows):
        spans["rowspan"] = str(int(rows) + 1)
    first, last = (_NUMBER.search(attributes.get(key, "")[-3:]) for key in ("namest", "nameend"))
    if first and last and int(last[0]) > int(first[0]):
        spans["colspan"] = str(int(last[0]) - int(first[0]) + 1)
    return spans


def html_opening(source: str, name: str, attributes: Mapping[str, str]) -> str:
    """Write the HTML equivalent of an opening tag."""
    if source in _WRITTEN:
        return _WRITTEN[source][0]
    written = "".join(f' {key}="{html.escape(value)}"' for key, value in attributes.items())
    return f"<{name}{written}>" + ("<strong>" if source == "title" and name == "p" else "")


def html_closing(source: str, name: str) -> str:
    """Write the HTML equivalent of a closing tag."""
    if source in _WRITTEN:
        return _WRITTEN[source][1]
    if name == "img":
        return ""
    return ("</strong>" if source == "title" and name == "p" else "") + f"</{name}>"


def link_text(source: str, attributes: Mapping[str, str]) -> str:
    """Return what a link without text shows: its address, unless that is a page with a title.

    :returns: The text; empty for a page, and for a tag that is not a link.
    """
    url = attributes.get("href", "")
    return url if EQUALS.get(source) == "a" and not is_local(url) and url[:1] != "#" else ""


def other_text(source: str) -> str:
    """Return what readers see of a construct in angle brackets that is not a tag.

    :param source: A comment, declaration, processing instruction or CDATA section.
    :returns: The content of a CDATA section; empty for markup that only XML parsers read; else
        the source.
    """
    start, end = _CDATA
    if source.startswith(start):
        # without its end, it is a comment to browsers; we keep its text
        return source[len(start) :].removesuffix(end)
    return "" if _XML.match(source) else source
