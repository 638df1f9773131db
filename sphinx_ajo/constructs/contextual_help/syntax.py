"""Read ``>[!CONTEXTUALHELP]`` blocks (exl-markdown.md, 4.5)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final

from sphinx_ajo.base.problems import AjoWarnings, add_problem
from sphinx_ajo.language.attributes import parse_attributes
from sphinx_ajo.markup.blocks import INTERRUPTS, leaves_parent
from sphinx_ajo.markup.quotes import (
    lift_from_quotes,
    match_marker,
    push_text,
    quote_text,
)

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

    from sphinx_ajo.language.dialect import Dialect

NAME: Final = "ajo_contextual_help"
"""The type of the token, and the name of the block rule."""

_MARKER = re.compile(r"\[![ \t]*CONTEXTUAL[ _-]?HELP[ \t]*\][ \t]*(?P<rest>.*)", re.IGNORECASE)
_ENTRY = re.compile(r"(?P<name>[A-Za-z][\w-]*+)[ \t]*+=[ \t]*+(?P<value>.*)")
_OPENING = re.compile(r"[\"'“”„«]|&quot;|&#34;")
_CLOSING = re.compile(r"(?:[\"'“”»]|&quot;|&#34;)[ \t,]*$")

_FIELDS: Final = ("id", "title", "abstract")
_LINK: Final = "additional-url"


@dataclass(frozen=True, slots=True)
class Link:
    """Where readers find more."""

    url: str
    text: str


@dataclass(slots=True)
class Topic:
    """One help topic, its values as written."""

    id: str = ""
    title: str = ""
    abstract: str = ""
    links: list[Link] = field(default_factory=list)


@dataclass(slots=True)
class _Entry:
    line: int
    name: str
    value: str
    closed: bool


def contextual_help_plugin(md: MarkdownIt, *, dialect: Dialect) -> None:
    """Add help topics: a marker and lines ``name="value"`` below it, all of one quote.

    A topic ends with its quote, at the next marker, or at a line that is not an entry: from there
    on, it is an ordinary quote. Token: ``ajo_contextual_help``, with the ``topic`` in its ``meta``.

    :param dialect: The dialect it reads; the syntax is the same in both.
    """
    md.block.ruler.before("blockquote", NAME, _rule, INTERRUPTS)
    md.core.ruler.after("block", f"{NAME}_lift", partial(lift_from_quotes, name=NAME))


def _rule(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    marker = match_marker(state, start_line, _MARKER)
    if marker is None:
        return False
    if silent:
        return True
    entries, line = _read_entries(state, start_line, marker["rest"].strip(), end_line)
    token = state.push(NAME, "", 0)
    token.block = True
    token.hidden = True
    token.map = [start_line, line]
    token.meta["topic"] = _topic(entries, token)
    if line < end_line and _text(state, line) and not _is_marker(state, line):
        message = "this line is not an entry of the contextual help above it; it is shown"
        add_problem(token, AjoWarnings.CONTEXTUAL_HELP, message, line=line)
    state.line = line
    if (rest := marker["rest"].strip()) and not any(each.line == start_line for each in entries):
        opening = push_text(state, f"{NAME}_text", start_line, rest)
        message = "%r is not an entry of contextual help; it is shown"
        add_problem(opening, AjoWarnings.CONTEXTUAL_HELP, message, rest)
    return True


def _text(state: StateBlock, line: int) -> str | None:
    """Return the text of a line; ``None`` if it is not in the quote."""
    start = None if leaves_parent(state, line) else quote_text(state, line)
    return None if start is None else state.src[start : state.eMarks[line]].strip()


def _is_marker(state: StateBlock, line: int) -> bool:
    text = _text(state, line)
    return text is not None and text.startswith("[!")


def _read_entries(
    state: StateBlock, start_line: int, rest: str, end_line: int
) -> tuple[list[_Entry], int]:
    """Return the entries of a topic, and the line after them."""
    entries: list[_Entry] = []
    line, after = start_line, start_line + 1
    text: str | None = rest
    while text is not None:
        if text:
            entry = _ENTRY.match(text)
            if entry is not None and (not entries or entries[-1].closed or _starts(entry)):
                value = entry["value"]
                closed = not _OPENING.match(value) or _is_closed(value)
                entries.append(_Entry(line, entry["name"].lower(), value, closed))
            elif text.startswith("[!") or not entries or entries[-1].closed:
                break
            else:
                entries[-1].value += f" {text}"
                entries[-1].closed = bool(_CLOSING.search(text))
            after = line + 1
        line += 1
        text = _text(state, line) if line < end_line else None
    return entries, after


def _starts(entry: re.Match[str]) -> bool:
    """Tell whether a line begins a new entry although the last one has no closing quote."""
    return entry["name"].lower() in (*_FIELDS, _LINK) and bool(_OPENING.match(entry["value"]))


def _is_closed(value: str) -> bool:
    opening = _OPENING.match(value)
    return opening is not None and _CLOSING.search(value, opening.end()) is not None


def _topic(entries: list[_Entry], token: Token) -> Topic:
    """Create a topic from its entries, and attach mistakes in them to the token."""
    topic = Topic()
    for entry in entries:
        if not entry.closed:
            _problem(token, entry.line, "%s= of this contextual help has no closing quote", entry)
        if entry.name == _LINK:
            topic.links.append(_link(entry))
        elif entry.name not in _FIELDS:
            _problem(token, entry.line, "%s= is unknown in contextual help; it is left out", entry)
        elif getattr(topic, entry.name):
            _problem(token, entry.line, "%s= stands twice; the first one counts", entry)
        else:
            setattr(topic, entry.name, _value(entry))
    if missing := [name for name in _FIELDS if not getattr(topic, name)]:
        message = "this contextual help has no %s"
        if not topic.id:
            message += "; it is left out"
        names = ", ".join(missing)
        add_problem(token, AjoWarnings.CONTEXTUAL_HELP, message, names)
    return topic


def _problem(token: Token, line: int, message: str, entry: _Entry) -> None:
    add_problem(token, AjoWarnings.CONTEXTUAL_HELP, message, entry.name, line=line)


def _value(entry: _Entry) -> str:
    """Remove the quotes at the ends of a value; it may contain others."""
    value = entry.value.strip()
    if opening := _OPENING.match(value):
        value = value[opening.end() :]
        if closing := _CLOSING.search(value):
            value = value[: closing.start()]
    return value.strip()


def _link(entry: _Entry) -> Link:
    attributes = parse_attributes(f"url={entry.value}")
    return Link(attributes.get("url", ""), attributes.get("text", ""))
