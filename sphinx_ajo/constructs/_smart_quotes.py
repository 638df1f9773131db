"""Typographic quotes and apostrophes, as in markdown-it, but in linear time.

For each quote, markdown-it copies the whole text, and searches all open quotes: half a megabyte of
quotes would take minutes. The rules are the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from markdown_it.common.utils import isWhiteSpace

from sphinx_ajo.language.characters import is_punctuation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

_QUOTE: Final = re.compile(r"['\"]")
_APOSTROPHE: Final = "\u2019"
_BREAKS: Final = frozenset({"softbreak", "hardbreak"})


class _Open(NamedTuple):
    """A quote that can open."""

    token: int
    at: int
    level: int


@dataclass(slots=True)
class _OpenQuotes:
    """The open quotes, from the outermost to the innermost: their levels never decrease."""

    stack: list[_Open] = field(default_factory=list)
    places: dict[str, list[int]] = field(default_factory=lambda: {"'": [], '"': []})
    """For each kind, the positions of its quotes in the stack."""

    def add(self, quote: str, token: int, at: int, level: int) -> None:
        self.places[quote].append(len(self.stack))
        self.stack.append(_Open(token, at, level))

    def leave(self, level: int) -> None:
        """Forget the quotes of deeper levels."""
        size = len(self.stack)
        while size and self.stack[size - 1].level > level:
            size -= 1
        self._cut(size)

    def take(self, quote: str, level: int) -> _Open | None:
        """Return the innermost quote of a kind on a level; remove it and the quotes inside it."""
        places = self.places[quote]
        if not places or self.stack[places[-1]].level != level:
            return None
        found = self.stack[places[-1]]
        self._cut(places[-1])
        return found

    def _cut(self, size: int) -> None:
        del self.stack[size:]
        for places in self.places.values():
            while places and places[-1] >= size:
                places.pop()


class _Quotes:
    """The quotes of one line of inline tokens."""

    def __init__(self, tokens: Sequence[Token], marks: Sequence[str]) -> None:
        self._tokens = tokens
        self._marks = {'"': marks[:2], "'": marks[2:]}
        self._open = _OpenQuotes()
        self._edits: dict[int, dict[int, str]] = {}

    def replace(self) -> None:
        """Replace them."""
        for index, token in enumerate(self._tokens):
            self._open.leave(token.level)
            if token.type == "text":
                for match in _QUOTE.finditer(token.content):
                    self._quote(index, match.start(), match[0])
        for index, edits in self._edits.items():
            token = self._tokens[index]
            token.content = _edited(token.content, edits)

    def _quote(self, index: int, at: int, quote: str) -> None:
        level = self._tokens[index].level
        before, after = self._before(index, at), self._after(index, at)
        can_open, can_close = _directions(quote, before, after)
        opening = self._open.take(quote, level) if can_close else None
        if opening is not None:
            self._edit(index, at, self._marks[quote][1])
            self._edit(opening.token, opening.at, self._marks[quote][0])
        elif can_open:
            self._open.add(quote, index, at, level)
        elif quote == "'":
            self._edit(index, at, _APOSTROPHE)

    def _edit(self, index: int, at: int, text: str) -> None:
        self._edits.setdefault(index, {})[at] = text

    def _char(self, index: int, at: int) -> str:
        """Return a character, or the last character of its replacement."""
        return self._edits.get(index, {}).get(at, self._tokens[index].content[at])[-1:] or " "

    def _before(self, index: int, at: int) -> str:
        if at > 0:
            return self._char(index, at - 1)
        other = self._neighbour(range(index - 1, -1, -1))
        return " " if other < 0 else self._char(other, len(self._tokens[other].content) - 1)

    def _after(self, index: int, at: int) -> str:
        content = self._tokens[index].content
        if at + 1 < len(content):
            return content[at + 1]
        other = self._neighbour(range(index + 1, len(self._tokens)))
        return " " if other < 0 else self._tokens[other].content[0]

    def _neighbour(self, indexes: Iterable[int]) -> int:
        """Return the first token with text, before any line break; -1 if there is none."""
        for index in indexes:
            if self._tokens[index].type in _BREAKS:
                return -1
            if self._tokens[index].content:
                return index
        return -1


def _directions(quote: str, before: str, after: str) -> tuple[bool, bool]:
    """Tell whether a quote between two characters can open, and can close."""
    mark_before, mark_after = is_punctuation(before), is_punctuation(after)
    blank_before, blank_after = isWhiteSpace(ord(before)), isWhiteSpace(ord(after))
    can_open = not blank_after and (not mark_after or blank_before or mark_before)
    can_close = not blank_before and (not mark_before or blank_after or mark_after)
    if quote == after == '"' and "0" <= before <= "9":
        return False, False  # inches
    if can_open and can_close:
        # not in the middle of a word, but in the middle of punctuation
        return mark_before, mark_after
    return can_open, can_close


def _edited(text: str, edits: dict[int, str]) -> str:
    parts, last = [], 0
    for at in sorted(edits):
        parts += [text[last:at], edits[at]]
        last = at + 1
    return "".join([*parts, text[last:]])


def smart_quotes_rule(state: StateCore) -> None:
    """Replace the quotes of a page: the rule ``smartquotes``.

    :param state: The state of the parser, after the inline rules.
    """
    if not state.md.options.typographer:
        return
    for token in state.tokens:
        if token.type == "inline" and token.children and _QUOTE.search(token.content):
            _Quotes(token.children, list(state.md.options.quotes)).replace()
