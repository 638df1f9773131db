"""Parse a ``TOC.md``.

Levels are found by comparing indentations, never by dividing them: authors mix two, three and four
spaces in one file. A line that is indented deeper than the entry above is a child of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from sphinx_ajo.base.limits import Limits
from sphinx_ajo.language.front_matter import find_head
from sphinx_ajo.site.toc.model import Entry, Guide

if TYPE_CHECKING:
    from collections.abc import Callable


HIDE: Final = "hide-from-toc"
"""The text in braces before an entry that is published, but not shown."""

# each of these takes linear time: what may follow each other in one has no character in common
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_ENTRY = re.compile(r"(?P<indent>[ \t]*)(?:[-+*]|\d{1,9}[.)])[ \t]+(?P<text>\S.*)")
_TITLE = re.compile(r" {0,3}#[ \t]+(?P<text>.*)")
_HEADING = re.compile(r"#{1,6}[ \t]+")
_ID = re.compile(r"#(?P<id>[^\s{}]+)[ \t]*")
_HIDDEN = re.compile(rf"\{{[ \t]*#?{HIDE}[ \t]*\}}[ \t]*", re.IGNORECASE)

_TAB = 4
"""The width of a tab."""

_LIMITS: Final = Limits()


def parse_toc(
    text: str,
    read_inline: Callable[[str], tuple[str, list[tuple[str, str]]]],
    limits: Limits = _LIMITS,
) -> Guide:
    """Read the text of a ``TOC.md``.

    :param text: The file, front matter included.
    :param read_inline: Reads the Markdown of one line: its text as readers see it, and the
        links in it as pairs of text and target.
    """
    reader = _Reader(read_inline, limits)
    for number, line in _lines(text):
        if not reader.read(number, line):
            break
    return reader.guide


def _lines(text: str) -> list[tuple[int, str]]:
    """Return the lines below the front matter, numbered from 1, without comments."""
    # line ends of comments are kept, so that line numbers stay correct
    text = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)
    head = find_head(text)
    return list(enumerate(text.split("\n"), 1))[head.end if head else 0 :]


class _Place(NamedTuple):
    """The list for entries that are indented deeper than an entry."""

    indent: int
    entries: list[Entry]
    level: int
    entry: Entry | None = None


class _Reader:
    """Reads the lines of a guide, one after the other."""

    def __init__(
        self, read_inline: Callable[[str], tuple[str, list[tuple[str, str]]]], limits: Limits
    ) -> None:
        self.guide = Guide("")
        self._read_inline = read_inline
        self._limits = limits
        self._count = 0
        # one for each entry above
        self._stack = [_Place(-1, self.guide.entries, 1)]

    def read(self, number: int, line: str) -> bool:
        """Parse a line; tell whether the limit allows more lines."""
        text = line.strip()
        if not text:
            return True
        self._count += 1
        if self._count > self._limits.toc_entries:
            self.guide.exceed(number, "toc_entries")
            return False
        most = self._limits.toc_line
        if len(text) > most:
            line = line[: len(line) - len(line.lstrip()) + most]
            self.guide.exceed(number, "toc_line")
        if title := _TITLE.match(line):
            self._title(number, title["text"].strip(" \t"))
        elif match := _ENTRY.match(line):
            self._entry(number, match["indent"], match["text"].rstrip(" \t"))
        else:
            self.guide.problems.append((number, text[:most]))
        return True

    def _title(self, number: int, text: str) -> None:
        if self.guide.title:
            self.guide.problems.append((number, text))
            return
        self.guide.id, text = _take_id(text)
        self.guide.title, _ = self._read_inline(text)
        self.guide.line = number

    def _entry(self, number: int, blanks: str, text: str) -> None:
        indent = len(blanks.expandtabs(_TAB))
        while self._stack[-1].indent >= indent:
            self._stack.pop()
        place = self._stack[-1]
        entries = self._entries(number, text)
        place.entries.extend(entries)
        if place.entry is not None and place.entries is not place.entry.children:
            self.guide.exceed(number, "toc_depth")
            place.entry.spread = True
        last = entries[-1]
        deepest = place.level >= self._limits.toc_depth
        below = place.entries if deepest else last.children
        self._stack.append(_Place(indent, below, place.level + 1, last))

    def _entries(self, number: int, text: str) -> list[Entry]:
        """Parse the text of an entry; several entries if they are on the same line."""
        shown, count = _HIDDEN.subn("", text)
        id_, shown = _take_id(shown)
        # a list item may be a heading, too
        title, links = self._read_inline(_without_marks(shown))
        if not links:
            return [Entry(title, number, id=id_, hidden=bool(count))]
        return [Entry(label, number, target, id_, hidden=bool(count)) for label, target in links]


def _take_id(text: str) -> tuple[str, str]:
    text = text.rstrip(" \t")
    start = text.rfind("{")
    if start < 0 or not text.endswith("}"):
        return "", text
    match = _ID.fullmatch(text, start + 1, len(text) - 1)
    return (match["id"], text[:start].rstrip(" \t")) if match else ("", text)


def _without_marks(text: str) -> str:
    """Take off the number signs of a heading, those at its end included."""
    match = _HEADING.match(text)
    if match is None:
        return text
    text = text[match.end() :]
    shorter = text.rstrip("#")
    return shorter.rstrip(" \t") if shorter.endswith((" ", "\t")) else text
