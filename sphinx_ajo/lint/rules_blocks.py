"""Rules about quotes, tables, lists and code. Each takes a page, and yields what it finds."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from sphinx_ajo.lint.model import Finding
from sphinx_ajo.lint.page import column, content_of, is_blank, mask

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

    from sphinx_ajo.lint.page import Page, Table

_QUOTES: Final = ("blockquote_open", "ajo_alert_open")

_BLANKS: Final = " \t\r\xa0\u200b"
"""Invisible characters at the end of a row."""

_STYLE = re.compile(r"\{[ \t]*style[ \t]*=[ \t]*(?P<quote>[\"']?)(?P<value>[^\"'{}]*)(?P=quote)")
_LAYOUT = re.compile(r"table-layout[ \t]*:[ \t]*(?:auto|fixed)[ \t]*;?", re.IGNORECASE)
_DASHES = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$")
_MARKERS = re.compile(r"(?:[-+*]|\d{1,9}[.)])(?:[ \t]+(?:[-+*]|\d{1,9}[.)]))*[ \t]*$")


def horizontal_rule(page: Page) -> Iterator[Finding]:
    """Check AM003."""
    for _, start, _ in page.blocks("hr"):
        yield Finding(start, "this is a horizontal rule")


def malformed_table(page: Page) -> Iterator[Finding]:
    """Check AM004."""
    for table in page.tables:
        if _has_pipes(table):
            for number, row in enumerate(table.rows):
                begins, ends = _pipes(row)
                if not (begins and ends):
                    side = "end" if begins else "beginning"
                    message = "this row of a table has no | at its %s"
                    yield Finding(table.start + number, message, (side,))
    yield from _dead_tables(page)
    yield from _styles(page)


def _dead_tables(page: Page) -> Iterator[Finding]:
    """Find lines that look like a table, but are shown as text."""
    for text in page.prose:
        if "|" not in text.masked or "-" not in text.masked:
            continue
        lines = text.masked.split("\n")
        for number, line in enumerate(lines[1:], 1):
            if "|" in lines[number - 1] and "|" in line and _DASHES.match(line.strip()):
                message = "this is not a table: its header and its line of dashes differ in columns"
                yield Finding(text.line + number, message)
                break


def _styles(page: Page) -> Iterator[Finding]:
    ends = {table.start + len(table.rows) for table in page.tables}
    for number, line in enumerate(page.lines):
        if "{" not in line or number in page.opaque:
            continue
        masked = mask(line)
        match = _STYLE.search(masked)
        if match is None:
            continue
        is_layout = "table-layout" in match["value"]
        if not masked.strip(" \t>").startswith("{"):
            if is_layout:
                yield Finding(number, "put the style of a table on a line of its own below it")
        elif not _is_below(page, number, ends):
            # other styles may belong to other blocks
            if is_layout:
                yield Finding(number, "put the style of a table below it, after one blank line")
        elif not _LAYOUT.fullmatch(match["value"].strip()):
            message = "the style of a table is table-layout:auto or table-layout:fixed, not %r"
            yield Finding(number, message, (match["value"],))


def _is_below(page: Page, number: int, ends: set[int]) -> bool:
    above = number - 1
    while above >= 0 and is_blank(page.lines[above]):
        above -= 1
    return above < number - 1 and above + 1 in ends


def _pipes(row: str) -> tuple[bool, bool]:
    """Tell whether a row begins and ends with a pipe."""
    text = content_of(row).strip(_BLANKS)
    while text.endswith("-->") and "<!--" in text:
        text = text[: text.rfind("<!--")].rstrip(_BLANKS)
    return text.startswith("|"), text.endswith("|") and not text.endswith("\\|")


def _has_pipes(table: Table) -> bool:
    return any(_pipes(table.rows[0]))


def no_outer_pipes(page: Page) -> Iterator[Finding]:
    """Check AM023."""
    for table in page.tables:
        if not _has_pipes(table):
            yield Finding(table.start, "the rows of this table do not begin and end with |")


def table_indent(page: Page) -> Iterator[Finding]:
    """Check AM026."""
    for table in page.tables:
        if not _has_pipes(table):
            continue
        first = column(table.rows[0], "|")
        for number, row in enumerate(table.rows[1:], 1):
            if content_of(row).startswith("|") and column(row, "|") != first:
                message = "this row is indented by %d, the first one by %d"
                yield Finding(table.start + number, message, (column(row, "|"), first))
                break


def fence_indent(page: Page) -> Iterator[Finding]:
    """Check AM012."""
    for token, start, end in page.blocks("fence"):
        if not _is_closed(page, token, start, end):
            continue
        opening, closing = (column(page.lines[n], token.markup[:3]) for n in (start, end - 1))
        if opening != closing:
            message = "the closing fence is indented by %d, the opening fence by %d"
            yield Finding(end - 1, message, (closing, opening))


def _is_closed(page: Page, token: Token, start: int, end: int) -> bool:
    if end - 1 <= start:
        return False
    last, char = page.lines[end - 1].strip(" \t\r>"), token.markup[0]
    return len(last) >= len(token.markup) and not last.strip(char)


def unclosed_fence(page: Page) -> Iterator[Finding]:
    """Check that code has an end."""
    for token, start, end in page.blocks("fence"):
        if not _is_closed(page, token, start, end):
            message = "this code has no closing line; %d lines are read as code"
            yield Finding(start, message, (end - start - 1,))


def many_backticks(page: Page) -> Iterator[Finding]:
    """Check AM013."""
    for token, start, _ in page.blocks("fence"):
        if token.markup.startswith("````"):
            message = "this code begins with %d backticks; use three"
            yield Finding(start, message, (len(token.markup),))


def braces_in_info(page: Page) -> Iterator[Finding]:
    """Check AM014."""
    for token, start, _ in page.blocks("fence"):
        if "{" in token.info:
            yield Finding(start, "there are braces after the language of this code")


def quote_without_blank(page: Page) -> Iterator[Finding]:
    """Check AM018."""
    for _, start, end in page.blocks(*_QUOTES):
        own = content_of(page.lines[start]) == page.lines[start].lstrip(" \t>")
        above = start - 1
        if own and above in page.text_lines and not is_blank(page.lines[above]):
            yield Finding(start, "there is no blank line above this quote")
        while end > start and is_blank(page.lines[end - 1]):
            end -= 1
        below = content_of(page.lines[end]) if end in page.text_lines else ""
        # another quote is reported separately
        if below.strip() and not page.lines[end].lstrip().startswith(">"):
            yield Finding(end, "there is no blank line between this line and the quote above it")


def bare_list_marker(page: Page) -> Iterator[Finding]:
    """Check AM024."""
    for line in sorted({start for _, start, _ in page.blocks("list_item_open")}):
        if _MARKERS.match(page.lines[line].lstrip(" \t>")):
            yield Finding(line, "this list marker stands alone on its line")


def empty_or_split_quote(page: Page) -> Iterator[Finding]:
    """Check AM028."""
    tokens = page.tokens
    for token, following in pairwise(tokens):
        if token.type == "ajo_alert_open" and following.type == "ajo_alert_close" and token.map:
            yield Finding(token.map[0], "this alert has no content")
        both = (token.type, following.type)
        if both == ("blockquote_close", "blockquote_open") and following.map:
            yield Finding(following.map[0], "a blank line without > splits this quote in two")
