"""Read a ``TOC.md``.

Levels are found by comparing indents, never by dividing them: writers mix two, three and four
blanks in one file. A line that is indented deeper than the entry above it belongs to it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sphinx_ajo.toc.model import Entry, Guide

if TYPE_CHECKING:
    from collections.abc import Callable


HIDE: Final = "hide-from-toc"
"""What stands in braces before an entry that is published, but not shown."""

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_ENTRY = re.compile(r"(?P<indent>[ \t]*)(?:[-+*]|\d{1,9}[.)])[ \t]+(?P<text>\S.*?)[ \t]*$")
_HEADING = re.compile(r" {0,3}#[ \t]+(?P<text>.*?)[ \t]*$")
_ID = re.compile(r"[ \t]*\{#(?P<id>[^\s{}]+)[ \t]*\}[ \t]*$")
_HIDDEN = re.compile(rf"\{{[ \t]*#?{HIDE}[ \t]*\}}[ \t]*", re.IGNORECASE)
_FENCE = re.compile(r"-{3,}[ \t]*$")

_TAB = 4
"""The width of a tab."""


def parse_toc(text: str, read_inline: Callable[[str], tuple[str, list[tuple[str, str]]]]) -> Guide:
    """Read the text of a ``TOC.md``.

    :param text: The file, front matter included.
    :param read_inline: Reads the Markdown of one line: its text as readers see it, and the
        links in it as pairs of text and target.
    :returns: The guide.
    """
    guide = Guide("")
    stack: list[tuple[int, list[Entry]]] = [(-1, guide.entries)]
    for number, line in _lines(text):
        if heading := _HEADING.match(line):
            _read_heading(guide, number, heading["text"], read_inline)
        elif match := _ENTRY.match(line):
            indent = len(match["indent"].expandtabs(_TAB))
            while stack[-1][0] >= indent:
                stack.pop()
            entries = _read_entry(number, match["text"], read_inline)
            stack[-1][1].extend(entries)
            stack.append((indent, entries[-1].children))
        elif line.strip():
            guide.problems.append((number, line.strip()))
    return guide


def _lines(text: str) -> list[tuple[int, str]]:
    """Return the lines below the front matter, numbered from 1, without comments."""
    # a comment leaves its line ends, so that numbers stay true
    text = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)
    lines = list(enumerate(text.split("\n"), 1))
    if lines and _FENCE.match(lines[0][1]):
        for index, (_, line) in enumerate(lines[1:], 1):
            if _FENCE.match(line):
                return lines[index + 1 :]
    return lines


def _read_heading(
    guide: Guide,
    number: int,
    text: str,
    read_inline: Callable[[str], tuple[str, list[tuple[str, str]]]],
) -> None:
    if guide.title:
        guide.problems.append((number, text))
        return
    guide.id, text = _take_id(text)
    guide.title, _ = read_inline(text)
    guide.line = number


def _read_entry(
    number: int,
    text: str,
    read_inline: Callable[[str], tuple[str, list[tuple[str, str]]]],
) -> list[Entry]:
    """Read the text of an entry; more than one entry if several run together on its line."""
    shown, count = _HIDDEN.subn("", text)
    id_, shown = _take_id(shown)
    title, links = read_inline(shown)
    if not links:
        return [Entry(title, number, id=id_, hidden=bool(count))]
    return [Entry(label, number, target, id_, hidden=bool(count)) for label, target in links]


def _take_id(text: str) -> tuple[str, str]:
    match = _ID.search(text)
    return (match["id"], text[: match.start()]) if match else ("", text)
