"""Find and read single tags, by the definitions of CommonMark."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from justhtml import stream
from markdown_it.common.html_re import attribute

from sphinx_ajo.language.entities import unescape
from sphinx_ajo.language.html.leftovers import EQUALS, html_attributes, is_namespaced
from sphinx_ajo.language.html.names import KNOWN, RAW_TEXT, VOID

if TYPE_CHECKING:
    from collections.abc import Iterator

# as CommonMark has them, and with a prefix, as XML has them
_TAG_NAME: Final = r"[A-Za-z][A-Za-z0-9-]*(?::[A-Za-z][\w.-]*)?"
_OPEN = re.compile(rf"<{_TAG_NAME}{attribute}*\s*/?>", re.ASCII)
_CLOSE = re.compile(rf"</{_TAG_NAME}\s*>", re.ASCII)
_NAME = re.compile(rf"</?({_TAG_NAME})", re.ASCII)
_IMAGE_REST = re.compile(r"\s*(?:<alt>([^<]*)</alt>\s*)?</image>", re.IGNORECASE)
_DITA_LINK = re.compile(r"(?![^>]*\srel\s*=)[^>]*\shref\s*=", re.IGNORECASE)
_OTHER: Final = (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"), ("<!", ">"))


@dataclass(slots=True)
class Tag:
    """A tag in a text, or another construct in angle brackets, such as a comment."""

    name: str
    """The lower-case name of the element; empty for a comment, declaration or instruction."""
    start: int
    end: int
    closing: bool = False
    empty: bool = False
    """Whether it has no content: a void element, or ``<name/>`` of an unknown one."""
    plain: bool = True
    """Whether it has no attributes."""
    source: str = ""
    """Its lower-case name in another system, if :attr:`name` is its equivalent in HTML."""

    @property
    def is_other(self) -> bool:
        """Whether it is certainly a tag of another system, and neither HTML nor a placeholder."""
        if ":" not in self.name:
            return bool(self.source) or (self.empty and self.name not in KNOWN)
        return is_namespaced(self.name) or self.closing or self.empty or not self.plain


def tag_at(text: str, at: int) -> Tag | None:
    """Read the tag at a position.

    :param at: The position of a ``<``.
    :returns: The tag; ``None`` if there is none.
    """
    closing = text.startswith("</", at)
    match = (_CLOSE if closing else _OPEN).match(text, at)
    name_match = _NAME.match(text, at) if match else None
    if match is None or name_match is None:
        return None
    name, end = name_match[1].lower(), match.end()
    plain = not text[name_match.end() : end].strip("/> \t\n")
    source = name if name in EQUALS else ""
    if source == "image" and not closing:
        # without attributes, it is a placeholder more often than an element
        source = "" if plain else source
        if not plain and (rest := _IMAGE_REST.match(text, end)):
            end = rest.end()
    if source == "link" and not closing and not _DITA_LINK.match(text, at, end):
        source = ""  # the <link> of HTML is not for readers
    name = EQUALS[source] if source else name
    empty = not closing and (name in VOID or text[match.end() - 2] == "/")
    return Tag(name, at, end, closing=closing, empty=empty, plain=plain, source=source)


def find_tags(text: str) -> Iterator[Tag]:
    """Find all tags of raw HTML, from left to right.

    The content of elements such as ``<script>`` is not searched. Linear in the text.
    """
    endless: set[str] = set()
    at = text.find("<")
    while at >= 0:
        tag = tag_at(text, at) or _other_at(text, at, endless)
        at = tag.end if tag else at + 1
        if tag is not None:
            yield tag
            if tag.name in RAW_TEXT and not tag.closing and tag.name not in endless:
                close = re.compile(rf"</{tag.name}(?=[\s/>])", re.IGNORECASE).search(text, at)
                if close is None:
                    endless.add(tag.name)
                else:
                    at = close.start()
        at = text.find("<", at)


def _other_at(text: str, at: int, endless: set[str]) -> Tag | None:
    for opening, closing in _OTHER:
        if text.startswith(opening, at) and opening not in endless:
            end = text.find(closing, at + len(opening))
            if end >= 0:
                return Tag("", at, end + len(closing))
            endless.add(opening)
    return None


def attributes_of(source: str) -> dict[str, str]:
    """Read the attributes of one opening tag.

    :returns: Lower-case name → value, with entities resolved.
    """
    for kind, data in stream(source):
        if kind == "start" and isinstance(data, tuple) and isinstance(data[1], dict):
            return {key: value or "" for key, value in data[1].items()}
    return {}


def tag_attributes(tag: Tag, source: str) -> dict[str, str]:
    """Read the attributes of a tag, as those of its equivalent in HTML.

    :returns: Lower-case name → value, with entities resolved.
    """
    found = attributes_of(source)
    if not tag.source:
        return found
    if tag.name == "img" and (rest := re.search(r"<alt>([^<]*)</alt>", source, re.IGNORECASE)):
        found["alt"] = unescape(" ".join(rest[1].split()))
    return html_attributes(tag.source, found)
