"""Rules about alerts and other ``[!WORD]`` markers. Each takes a page, and yields what it finds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from sphinx_ajo.language.alert_kinds import kind_of
from sphinx_ajo.language.bracket_markers import INLINE_MARKERS, QUOTE_MARKERS
from sphinx_ajo.lint.model import Finding
from sphinx_ajo.lint.page import MASK, column

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

    from sphinx_ajo.lint.page import Page, Prose

_INLINE: Final = r"(?:DNL|UICONTROL|BADGE)"

_YOUTUBE: Final = (".youtube.com", ".youtube-nocookie.com", ".youtu.be")

_LINE_MARKER = re.compile(r"[ \t>]*>[ \t]*\[(?P<sign>!?)[ \t]*(?P<word>[A-Za-z]+)(?P<rest>.*)$")
_BARE_ALERT = re.compile(r"\[!(?P<word>[A-Za-z]+)\]")
_BARE_WORD = re.compile(r"\[(?P<word>[A-Z]+)\](?=[ \t:\n]|\Z)")
_DEFINITION = re.compile(
    r"[ \t]*(?:[-+*][ \t]+|[0-9]{1,9}[.)][ \t]+)?\[(?P<word>[A-Z]+)\]:(?=[ \t]|$)"
)
_BARE_END = re.compile(r"\][ \t]*(?:$|(?<=[ \t])[^(\[])")
_UNKNOWN = re.compile(r"\[!(?P<word>[A-Z]{2,})(?=[ \t\]])")
_LOWER = re.compile(rf"\[!(?P<word>{_INLINE})\b", re.IGNORECASE)
_NO_SIGN = re.compile(rf"(?<![\[!])\[(?P<word>{_INLINE})[ \t][^\[\]\n]*\](?![(\[:])")
_LINK = re.compile(r"\[!(?P<word>DNL|UICONTROL)[ \t][^\[\]\n]*\]\(", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


def bad_marker(page: Page) -> Iterator[Finding]:
    """Check AM009."""
    for number, line in enumerate(page.lines):
        if "[" in line and ">" in line and number not in page.opaque:
            yield from _quote_line(number, line)
        # it defines a link, which readers do not see
        if "]:" in line and number not in page.opaque and (match := _DEFINITION.match(line)):
            yield from _no_marks(number, match["word"])
    html = page.blocks("html_block")
    html_ends = {end for token, _, end in html if not token.content.lstrip().startswith("<!--")}
    for _, start, end in page.blocks("ajo_alert_open"):
        if start in html_ends and page.lines[start - 1].strip():
            message = "this alert directly below HTML may not work; put a blank line above it"
            yield Finding(start, message)
        yield from _alert(page, start, end)
    for text in page.prose:
        if "[" in text.masked:
            yield from _bare_word(page, text)
            yield from _prose(text)
    for token, start, _ in page.blocks("html_block"):
        yield from _html(token, start)


def _is_block(word: str) -> bool:
    """Tell whether a word names a block construct."""
    return kind_of(word) is not None or word.upper() in QUOTE_MARKERS


def _quote_line(number: int, line: str) -> Iterator[Finding]:
    match = _LINE_MARKER.match(line)
    if match is None or not _is_block(match["word"]):
        return
    word = match["word"]
    if match["sign"] and not word.isupper():
        yield Finding(number, "write [!%s] in upper case", (word.upper(),))
    elif not match["sign"] and word.isupper() and _BARE_END.match(match["rest"]):
        yield Finding(number, "there is no ! in [%s]; write [!%s]", (word, word))


def _alert(page: Page, start: int, end: int) -> Iterator[Finding]:
    first = page.lines[start]
    rest = first.partition("]")[2].strip()
    if rest and not (rest.startswith("{") and rest.endswith("}")):
        yield Finding(start, "put the text of this alert on the line below its marker")
    indent = column(first, ">")
    for number in range(start + 1, end):
        line = page.lines[number]
        if line.lstrip().startswith(">") and column(line, ">") != indent:
            message = "this line is indented by %d, the marker of its alert by %d"
            yield Finding(number, message, (column(line, ">"), indent))
            break


def _bare_word(page: Page, text: Prose) -> Iterator[Finding]:
    bare = _BARE_WORD.match(text.masked)
    # those in quotes have been checked
    if bare and not page.lines[text.line].lstrip().startswith(">"):
        yield from _no_marks(text.line, bare["word"])


def _no_marks(line: int, word: str) -> Iterator[Finding]:
    if kind_of(word):
        yield Finding(line, "there is no > and no ! before [%s]; write >[!%s]", (word, word))


def _prose(text: Prose) -> Iterator[Finding]:
    for match in _UNKNOWN.finditer(text.masked):
        if not _is_block(match["word"]) and match["word"] not in INLINE_MARKERS:
            message = "there is no marker [!%s]; readers see it as typed"
            yield Finding(text.line_at(match.start()), message, (match["word"],))
    for match in _BARE_ALERT.finditer(text.masked):
        if _is_block(match["word"]):
            message = "[!%s] belongs on a line of its own that begins with >"
            yield Finding(text.line_at(match.start()), message, (match["word"],))
    for match in _LOWER.finditer(text.masked):
        if not match["word"].isupper():
            message = "write [!%s] in upper case"
            yield Finding(text.line_at(match.start()), message, (match["word"].upper(),))
    for match in _NO_SIGN.finditer(text.masked):
        message = "there is no ! in [%s ...]; write [!%s ...]"
        yield Finding(text.line_at(match.start()), message, (match["word"],) * 2)
    for match in _LINK.finditer(text.masked):
        message = "[!%s ...] is the text of a link; put it into brackets: [[!%s ...]](...)"
        word = match["word"].upper()
        yield Finding(text.line_at(match.start()), message, (word, word))


def _html(token: Token, start: int) -> Iterator[Finding]:
    text = _COMMENT.sub(lambda match: MASK + "\n" * match[0].count("\n"), token.content)
    for number, line in enumerate(text.split("\n"), start):
        match = _BARE_ALERT.match(line.lstrip(" \t>"))
        if match and _is_block(match["word"]):
            yield Finding(number, "an alert inside HTML has no effect")


def youtube(page: Page) -> Iterator[Finding]:
    """Check AM021."""
    for token, start, _ in page.blocks("ajo_video"):
        try:
            host = urlsplit(token.content.strip()).hostname or ""
        except ValueError:
            continue
        if f".{host}".endswith(_YOUTUBE):
            yield Finding(start, "this video is on YouTube; put it on Adobe's own video site")
