"""The comparable parts and texts of a page. No Sphinx."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it.token import Token

HEADING: Final = "heading"
"""The kind of part that divides a page."""

_BLOCKS: Final = {
    "ajo_card_open": "card",
    "ajo_tab_open": "tab",
    "ajo_accordion_open": "accordion",
    "ajo_shadebox_open": "shade box",
    "list_item_open": "list item",
    "table_open": "table",
    "ajo_html_table_open": "table",
    "tr_open": "table row",
    "ajo_html_row_open": "table row",
    "ajo_alert_open": "alert",
    "fence": "code block",
    "code_block": "code block",
    "ajo_video": "video",
    "ajo_html_embed": "video",
    "link_open": "link",
    "image": "image",
    "ajo_uicontrol_open": "[!UICONTROL] marker",
    "ajo_badge_open": "badge",
}
"""Token → the kind of part that it begins."""

_UNTRANSLATED: Final = frozenset({"ajo_uicontrol", "ajo_badge", "ajo_html_literal"})
"""Inline elements whose texts are code, or are not translated in most languages."""

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*|\d+")
_LANGUAGE = re.compile(r"(?<=/)[a-z]{2}(?:[-_][a-z]{2,4})?(?=/|\Z)", re.IGNORECASE)
_QUERY_LANGUAGE = re.compile(r"[?&](?:lang|locale)=[\w-]*", re.IGNORECASE)
_INVISIBLE = re.compile("[\u200b\ufeff]|%E2%80%8B")


class Part(NamedTuple):
    """A part that both pages should have."""

    kind: str
    key: str
    """The language-independent data of the part, such as the target of a link."""
    line: int
    """Its line in the page with its includes, counted from 0."""
    section: int
    """How many headings are above it."""


class Text(NamedTuple):
    """The text of a paragraph, heading, cell or image."""

    line: int
    words: tuple[str, ...]
    """Its words as written; an empty word stands for code and names."""
    section: int


class Mark(NamedTuple):
    """A piece of visible text that looks like markup."""

    text: str
    line: int


@dataclass(slots=True)
class Outline:
    """The comparable parts and texts of a page."""

    parts: list[Part] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    sources: list[tuple[int, str]] = field(default_factory=list)
    """The texts of blocks as typed, with their lines."""

    def headings(self) -> list[Part]:
        """Return its headings."""
        return [part for part in self.parts if part.kind == HEADING]

    def count_marks(self) -> Counter[str]:
        """Return how often each piece of markup is visible."""
        return Counter(mark.text for mark in self.marks)


def read_outline(tokens: Sequence[Token], find_marks: Callable[[str], list[str]]) -> Outline:
    """Extract the outline of a page.

    :param find_marks: Finds visible text that looks like markup.
    :returns: The outline. Takes time linear in the number of tokens.
    """
    reader = _Reader(find_marks)
    for token in tokens:
        reader.read_block(token)
    return reader.outline


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text."""
    return tuple(_WORD.findall(text))


class _Reader:
    """Reads the tokens of one page."""

    def __init__(self, find_marks: Callable[[str], list[str]]) -> None:
        self.outline = Outline()
        self._find_marks = find_marks
        self._line = 0
        self._section = 0

    def read_block(self, token: Token) -> None:
        """Process one token of the page."""
        if token.map:
            self._line = token.map[0]
        if token.type == "heading_open":
            self._add(HEADING, token.tag)
            self._section += 1
        elif token.type == "inline":
            self._read_inline(token)
        else:
            self._note_part(token)

    def _read_inline(self, token: Token) -> None:
        self.outline.sources.append((self._line, token.content))
        words: list[str] = []
        start, opaque = self._line, 0
        for child in token.children or ():
            name, _, end = child.type.rpartition("_")
            if name in _UNTRANSLATED:
                opaque += {"open": 1, "close": -1}.get(end, 0)
                words.append("")
            self._note_part(child)
            if child.type in {"softbreak", "hardbreak"} and not child.markup.startswith("<"):
                self._line += 1
            elif child.type == "text":
                words += _WORD.findall(child.content) if not opaque else ()
                self._note_marks(child.content)
            elif child.type in {"code_inline", "image"}:
                words.append("")
            if child.type == "image" and child.content:
                self._add_text(self._line, _WORD.findall(child.content))
        self._add_text(start, words)

    def _note_part(self, token: Token) -> None:
        kind = _BLOCKS.get(token.type)
        if kind is not None:
            self._add(kind, _key(kind, token))

    def _note_marks(self, text: str) -> None:
        self.outline.marks += (Mark(found, self._line) for found in self._find_marks(text))

    def _add(self, kind: str, key: str) -> None:
        self.outline.parts.append(Part(kind, key, self._line, self._section))

    def _add_text(self, line: int, words: list[str]) -> None:
        if words:
            self.outline.texts.append(Text(line, tuple(words), self._section))


def _key(kind: str, token: Token) -> str:
    """Return the language-independent data of a part."""
    if kind == "alert":
        return str(token.meta.get("kind", ""))
    if kind == "code block":
        return token.info.split()[0] if token.info.split() else ""
    # each language has its own videos
    if kind in {"link", "image"}:
        return _address(str(token.attrs.get("href") or token.attrs.get("src") or ""))
    return ""


def _address(address: str) -> str:
    """Return an address without its language and without invisible characters."""
    address = unquote(_INVISIBLE.sub("", address)).strip()
    path, hash_, anchor = address.partition("#")
    scheme, colon, rest = path.partition("://")
    if colon:
        rest = _QUERY_LANGUAGE.sub("", _LANGUAGE.sub("", rest, count=1)).replace("//", "/")
        # ids of headings on other sites are generated from their texts
        return f"{scheme}://{rest.removesuffix('.html').rstrip('/')}".lower()
    if path:
        return posixpath.normpath(path).lower()
    # ids on the same page are also generated from the texts of headings
    return f"{hash_}{anchor and '…'}"
