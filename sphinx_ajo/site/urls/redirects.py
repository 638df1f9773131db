"""Read ``redirects.csv`` (exl-markdown.md, 1.4). No Sphinx."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from sphinx_ajo.language.languages import ENGLISH
from sphinx_ajo.site.urls.official import absolute, parse_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

REDIRECTS: Final = "redirects.csv"
"""The file, at the root of a repository."""

_HEADER: Final = ("source", "dest")
_NAME = re.compile(r"[^/:]*")
"""A name of a column: no address, and no path."""

_WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)


class Redirect(NamedTuple):
    """One line."""

    line: int
    source: str
    """The old path below ``docs/``, as :class:`~sphinx_ajo.site.urls.official.Address` has it."""
    language: str
    """The language that the old address names, if any."""
    dest: str
    """The new address."""


class RedirectProblem(NamedTuple):
    """An invalid line."""

    line: int
    message: str
    """What is wrong, with a placeholder for the text."""
    text: str


def parse_redirects(text: str) -> tuple[list[Redirect], list[RedirectProblem]]:
    """Read a ``redirects.csv``.

    :returns: Its redirects, and what is wrong with the other lines.
    """
    redirects: list[Redirect] = []
    problems: list[RedirectProblem] = []
    header: tuple[str, str] | None = None
    for number, line in enumerate(text.splitlines(), 1):
        columns = _columns(line)
        if not any(columns):
            continue
        source, dest = [*columns, ""][:2]
        names = (source.lower(), dest.lower())
        if header is None:
            # the first line may contain any names of columns
            header = names if source and dest and all(map(_NAME.fullmatch, names)) else _HEADER
        if names in (header, _HEADER):
            continue
        old = parse_address(absolute(source))
        dest = absolute(dest) or dest
        if old is None:
            message = "%r is not the address of a page of the official site; the line is left out"
            problems.append(RedirectProblem(number, message, source))
        elif not _WEB.match(dest):
            message = "%r is not an address to redirect to; the line is left out"
            problems.append(RedirectProblem(number, message, dest))
        else:
            redirects.append(Redirect(number, old.path, old.language, dest))
    return redirects, problems


def _columns(line: str) -> list[str]:
    # line by line, so that an unclosed quote affects only its own line
    try:
        row = next(csv.reader([line], skipinitialspace=True), [])
    except csv.Error:
        return [line.strip()]
    return [column.strip() for column in row]


def resolve_redirects(
    redirects: Iterable[Redirect],
    is_page: Callable[[str], bool],
    languages: Iterable[str] = (),
) -> tuple[dict[str, str], list[RedirectProblem]]:
    """Follow all redirects to their final targets.

    :param is_page: Tells whether a path belongs to an existing page, which is never redirected.
    :param languages: The languages of the project; lines for others are left out.
    :returns: Old path → address; and what is wrong.
    """
    # the file is written for the English site, but used for all languages
    allowed = {"", ENGLISH, *languages}
    lines: dict[str, Redirect] = {}
    problems: list[RedirectProblem] = []
    for redirect in redirects:
        if redirect.language not in allowed or _next(redirect.dest) == redirect.source:
            continue
        first = lines.setdefault(redirect.source, redirect)
        if first is redirect and is_page(redirect.source):
            message = "a page has the address %r; the redirect is not used"
        elif first.dest != redirect.dest:
            message = f"%r is redirected in line {first.line} already; this line is left out"
        else:
            continue
        problems.append(RedirectProblem(redirect.line, message, redirect.source))
    lines = {source: line for source, line in lines.items() if not is_page(source)}
    ends: dict[str, str] = {}
    for source in lines:
        problems += _follow(source, lines, ends)
    return {source: end for source, end in ends.items() if end}, sorted(problems)


def _follow(source: str, lines: dict[str, Redirect], ends: dict[str, str]) -> list[RedirectProblem]:
    """Find the final target of a redirect, and of all redirects on the way."""
    chain: dict[str, None] = {}
    path, end = source, ""
    while path in lines and path not in ends and path not in chain:
        chain[path] = None
        end = lines[path].dest
        path = _next(end)
    problems = []
    if path in chain:
        message = "the redirect from %r leads back to itself; it is not used"
        problems.append(RedirectProblem(lines[path].line, message, path))
        end = ""
    elif path in ends:
        end = ends[path]
    ends.update(dict.fromkeys(chain, end))
    return problems


def _next(url: str) -> str:
    address = parse_address(url)
    return address.path if address else ""
