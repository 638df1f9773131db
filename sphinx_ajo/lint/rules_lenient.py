"""Rules about mistakes that the build tolerates. Each takes a page, and yields findings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sphinx_ajo.language.front_matter import KNOWN_KEYS, read_front_matter
from sphinx_ajo.lint.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_ajo.lint.page import Page

_FEW: Final = 2
"""The number of front matter entries that make a code block metadata."""

_DROPPED = re.compile(r"<(?P<name>script|style)(?=[\s>/])", re.IGNORECASE)
_IMG = re.compile(r"<img(?=[\s/>])(?P<attributes>[^<>]*)>", re.IGNORECASE)
_NO_ALT = re.compile(r"!\[[ \t]*\](?=[(\[])")
_TARGET = re.compile(r"[(\[][ \t]*([^\s()\[\]]*)")
_TAG_LINES: Final = 8
"""The maximum number of lines of an image tag."""
_SRC = re.compile(r"(?<![\w-])src\s*=\s*[\"']?([^\s\"'<>]*)", re.IGNORECASE)
_ALT = re.compile(r"(?<![\w-])alt\s*=", re.IGNORECASE)
_CODE = re.compile(r"`[^`\n]*+`")


def fenced_metadata(page: Page) -> Iterator[Finding]:
    """Find metadata in a code block at the top of a page."""
    first = next((token for token in page.tokens if token.type != "front_matter"), None)
    if first is None or first.type != "fence" or not first.map or page.front_matter:
        return
    found = read_front_matter(first.content.strip().strip("-"))
    if len(KNOWN_KEYS & found.entries.keys()) >= _FEW:
        message = "this metadata is in a code block, so readers see it; remove the fence"
        yield Finding(first.map[0], message)


def dropped_html(page: Page) -> Iterator[Finding]:
    """Find HTML elements that are always removed."""
    for number, line in enumerate(page.lines):
        if "<" not in line:
            continue
        for match in _DROPPED.finditer(_markup(page, number, line)):
            message = "<%s> is left out of the page; remove it"
            yield Finding(number, message, (match["name"].lower(),))


def image_without_text(page: Page) -> Iterator[Finding]:
    """Find images that have no alternative text."""
    message = "the image %r has no alternative text, so some readers do not get what it shows"
    for text in page.prose:
        # the source of an image is masked where it is a tag
        for match in _NO_ALT.finditer(text.masked):
            target = _TARGET.match(text.text, match.end())
            yield Finding(text.line_at(match.start()), message, (target[1] if target else "",))
    for number, line in enumerate(page.lines):
        if "<" not in line or "<img" not in line.lower():
            continue
        lines = page.lines[number : number + _TAG_LINES]
        tag = "\n".join(_markup(page, at, part) for at, part in enumerate(lines, number))
        for match in _IMG.finditer(tag):
            # an empty one marks a decorative image
            first = not tag.count("\n", 0, match.start())
            if first and not _ALT.search(match["attributes"]):
                source = _SRC.search(match["attributes"])
                yield Finding(number, message, (source[1] if source else "",))


def _markup(page: Page, number: int, line: str) -> str:
    """Return a line without inline code; empty for a line of a code block."""
    if number in page.code:
        return ""
    return _CODE.sub("", line)
