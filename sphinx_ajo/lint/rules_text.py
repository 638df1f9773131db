"""Rules about lines and the text in them. Each takes a page, and yields what it finds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sphinx_ajo.lint.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_ajo.lint.page import Page, Prose

_PAIRS: Final = {"]": "[", "}": "{"}

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f]")
_GAP = re.compile(
    r"\][ \t]+\((?=[^()\s]*[/.#])[^()\n]*\)|\]\([ \t]++[^()\n]*+\)|\]\([^()\s]+[ \t]+\)"
)
_LINK = re.compile(r"\]\(")
_TITLE: Final = ('"', "'", "(")
_BRACKET = re.compile(r"[\[\]{}]|`+")
_COMMENT_START = re.compile(r"<!--|<!-(?=[ \tA-Za-z])|<! --")
_CONFLICT = re.compile(r"(?:<{7}|>{7}|\|{7})(?: .*)?$|={7}$")


def control_character(page: Page) -> Iterator[Finding]:
    """Check AM006."""
    for number, line in enumerate(page.lines):
        if match := _CONTROL.search(line.rstrip("\r")):
            message = "there is a control character: U+%04X"
            yield Finding(number, message, (ord(match[0]),))


def space_in_link(page: Page) -> Iterator[Finding]:
    """Check AM011."""
    for text in page.prose:
        for match in _GAP.finditer(text.masked):
            message = "there is a space in, or between, the parts of this link"
            yield Finding(text.line_at(match.start()), message)


def malformed_comment(page: Page) -> Iterator[Finding]:
    """Check AM015."""
    for text in page.prose:
        if "<!" not in text.text:
            continue
        for match in _COMMENT_START.finditer(text.masked):
            # a comment with an end has been masked
            unclosed = match[0] == "<!--"
            what = "has no end in its paragraph" if unclosed else "has a malformed beginning"
            message = "this comment %s; write <!-- ... -->"
            yield Finding(text.line_at(match.start()), message, (what,))
    for token, start, end in page.blocks("html_block"):
        opened = token.content.rfind("<!--")
        if opened >= 0 and token.content.find("-->", opened) < 0:
            line = start + token.content.count("\n", 0, opened)
            message = "this comment has no end; it hides %d lines"
            yield Finding(line, message, (end - line,))


def unbalanced(page: Page) -> Iterator[Finding]:
    """Check AM016."""
    for text in page.prose:
        at = _first_unbalanced(text.masked)
        if at is not None:
            message = "%r has no partner in its paragraph"
            yield Finding(text.line_at(at), message, (text.masked[at],))


def _first_unbalanced(masked: str) -> int | None:
    """Return the place of a bracket, brace or backtick without a partner.

    The whole paragraph is searched, because a link may continue on the next line.
    """
    opened: list[tuple[str, int]] = []
    for match in _BRACKET.finditer(masked):
        mark = match[0]
        if mark[0] == "`":
            # code has been masked
            return match.start()
        if mark in "[{":
            opened.append((mark, match.start()))
        elif opened and opened[-1][0] == _PAIRS[mark]:
            opened.pop()
        else:
            return match.start()
    return opened[0][1] if opened else None


def bad_link_target(page: Page) -> Iterator[Finding]:
    """Check AM019."""
    for text in page.prose:
        for match in _LINK.finditer(text.masked):
            what = _target_problem(text, match.end())
            if what:
                message = "there is a %s in the target of this link, %r"
                target = text.text[match.end() :].partition("\n")[0].partition(")")[0]
                yield Finding(text.line_at(match.start()), message, (what, target.strip()))


def _target_problem(text: Prose, start: int) -> str:
    """Return what is wrong with the target of a link that begins at a position."""
    masked = text.masked
    end = masked.find("\n", start)
    rest = masked[start : end if end >= 0 else len(masked)].lstrip()
    target = re.match(r"[^\s()]*", rest)
    path = target[0] if target else ""
    after = rest[len(path) :]
    if after.startswith("("):
        return "parenthesis"
    if not after or after[0] == ")":
        return ""
    following = after.lstrip()
    # a title, or the end of the link
    if not following or following.startswith((")", *_TITLE)):
        return ""
    return "space" if ")" in following else ""


def conflict_marker(page: Page) -> Iterator[Finding]:
    """Check AM029."""
    conflict = False
    for number, line in enumerate(page.lines):
        if line[:7] not in {"<" * 7, ">" * 7, "=" * 7, "|" * 7} or number in page.code:
            continue
        if not _CONFLICT.match(line.rstrip()):
            continue
        if line[0] == "<":
            conflict = True
        if line[0] in "<>" or conflict:
            yield Finding(number, "this is a conflict marker of git; resolve the conflict")
        if line[0] == ">":
            conflict = False
