"""Extract included texts from files. Pure functions, cached by content."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt

from sphinx_ajo.language.source import Line
from sphinx_ajo.markup.blocks import front_matter_rule

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markdown_it.token import Token

_CACHED_FILES: Final = 256

_ID = re.compile(r"\{#\s*([^{}\s]++)\s*\}\s*$")
"""The id at the end of a heading."""


@lru_cache(maxsize=_CACHED_FILES)
def included_lines(text: str) -> tuple[Line, ...]:
    """Return the part of an included file that is inserted.

    That is everything except the front matter and a first-level heading at the top, which only
    names the file: the page has its own heading above the include.

    :returns: Its lines, without empty ones at the top and the end.
    """
    lines = _lines(text)
    start = 0
    for token in _blocks(text):
        first, end = token.map or (start, start)
        if token.type == "front_matter":
            start = end
        elif token.type == "heading_open" and token.tag == "h1":
            return _trim(lines[start:first] + lines[end:])
        elif token.type != "html_block" or not token.content.lstrip().startswith("<!--"):
            break
    return _trim(lines[start:])


@lru_cache(maxsize=_CACHED_FILES)
def snippet_lines(text: str) -> Mapping[str, tuple[Line, ...]]:
    """Return the snippets of a file.

    A snippet is the text below a heading with an id. It ends at the next heading with an id, of any
    level, and at a heading of a higher level, which begins another part of the file. Other headings
    belong to the snippet. If an id occurs twice, the last one is used.

    :returns: Id → lines, without empty ones at the top and the end.
    """
    lines = _lines(text)
    found: dict[str, tuple[Line, ...]] = {}
    name, start, level = "", 0, ""
    for token, inline in pairwise(_blocks(text)):
        if token.type != "heading_open" or token.level or token.map is None:
            continue
        match = _ID.search(inline.content)
        if match is None and (not name or token.tag >= level):
            continue
        if name:
            found[name] = _trim(lines[start : token.map[0]])
        name, start, level = match[1] if match else "", token.map[1], token.tag
    if name:
        found[name] = _trim(lines[start:])
    return found


def _lines(text: str) -> list[Line]:
    return [Line(line, number) for number, line in enumerate(text.split("\n"), 1)]


def _blocks(text: str) -> list[Token]:
    # the constructs of ExL do not affect the positions of its headings
    md = MarkdownIt("commonmark")
    md.block.ruler.before("code", "front_matter", front_matter_rule)
    tokens: list[Token] = []
    md.block.parse(text, md, {}, tokens)
    return tokens


def _trim(lines: Sequence[Line]) -> tuple[Line, ...]:
    start, end = 0, len(lines)
    while start < end and not lines[start].text.strip():
        start += 1
    while end > start and not lines[end - 1].text.strip():
        end -= 1
    return tuple(lines[start:end])
