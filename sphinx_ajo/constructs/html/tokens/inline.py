"""Replace the tags among inline tokens by tokens with the same meaning.

markdown-it makes one token of each tag. Here, opening and closing tags are matched. An element
ends, at the latest, with the Markdown element that contains it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sphinx_ajo.constructs.html.tokens.elements import ElementWriter
from sphinx_ajo.constructs.html.tokens.unknown import note_tag
from sphinx_ajo.constructs.html.tokens.writer import HTML_TEXT
from sphinx_ajo.language.html.leftovers import is_namespaced, link_text, other_text
from sphinx_ajo.language.html.names import CONTROLS, KNOWN, RAW_TEXT, VOID, WITHOUT_END
from sphinx_ajo.language.html.tags import tag_at, tag_attributes
from sphinx_ajo.markup.problem_tokens import PROBLEM

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

    from sphinx_ajo.language.html.tags import Tag

MAX_DEPTH: Final = 40
"""How deep inline elements may nest. Of deeper ones, only the content is kept."""

_MAX_FRAMES: Final = 20

_INVISIBLE: Final = frozenset({"ajo_html_anchor", PROBLEM})


def convert_inline(state: StateCore) -> None:
    """Replace all inline HTML of a page.

    :param state: The state of the parser, after the inline rules.
    """
    changed = False
    for token in state.tokens:
        if token.type != "inline" or not token.children:
            continue
        if token.meta.get(HTML_TEXT):
            # markdown-it makes no typographic replacements in the text of HTML
            for child in token.children:
                child.type = "text_special" if child.type == "text" else child.type
        if any(child.type == "html_inline" for child in token.children):
            token.children = _convert(state, token)
            changed = True
    if changed:
        state.tokens = list(_without_empty(state.tokens))


def _without_empty(tokens: list[Token]) -> Iterator[Token]:
    """Remove paragraphs without visible content; keep their anchors, which need no paragraph."""
    index = 0
    while index < len(tokens):
        token = tokens[index]
        index += 1
        if token.type == "paragraph_open":
            children = tokens[index].children or []
            if not any(map(_is_visible, children)):
                for child in children:
                    if child.type in _INVISIBLE:
                        child.block, child.level, child.map = True, token.level, token.map
                        yield child
                index += 2
                continue
        yield token


def _is_visible(token: Token) -> bool:
    if token.type in {"text", "text_special"}:
        return bool(token.content.strip())
    return token.type not in _INVISIBLE and token.type not in {"softbreak", "hardbreak"}


@dataclass(slots=True)
class _Mark:
    """A token of inline HTML."""

    tag: Tag | None
    index: int
    name: str = ""
    depth: int = 0
    end: int = -1
    """The index of the token before which the element ends; -1 if it has no content."""
    partner: _Mark | None = None
    """The tag at the other end, if there is one."""
    follows: bool = False
    """Whether it is a control that follows another one in a ``<menucascade>``."""


@dataclass(slots=True)
class _Frame:
    """A Markdown element, and the HTML elements that are open in it."""

    stack: list[_Mark] = field(default_factory=list)
    by_name: dict[str, list[int]] = field(default_factory=dict)
    controls: int = 0
    """How many controls stand in the ``<menucascade>`` that is open."""
    pending: int = -1
    """The position of the outermost element whose closing tag is in an inner Markdown element."""

    def push(self, mark: _Mark, name: str) -> None:
        self.by_name.setdefault(name, []).append(len(self.stack))
        self.stack.append(mark)

    def find(self, name: str) -> int:
        positions = self.by_name.get(name)
        return positions[-1] if positions else -1

    def end_from(self, position: int, index: int) -> int:
        """End the elements from a position in the stack on; return how many they are."""
        ended = 0
        while len(self.stack) > max(position, 0):
            mark = self.stack.pop()
            mark.end = index
            self.by_name[mark.name].pop()
            ended += 1
        return ended


class _Matcher:
    """Matches the tags of one inline token."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._frames = [_Frame()]
        self._depth = 0

    def match(self) -> dict[int, _Mark]:
        marks: dict[int, _Mark] = {}
        for index, token in enumerate(self._tokens):
            if token.type == "html_inline":
                marks[index] = self._mark(token, index)
            elif token.nesting == 1:
                self._frames.append(_Frame())
            elif token.nesting == -1 and len(self._frames) > 1:
                self._depth -= self._frames.pop().end_from(0, index)
                frame = self._frames[-1]
                if frame.pending >= 0:
                    self._depth -= frame.end_from(frame.pending, index + 1)
                    frame.pending = -1
        while self._frames:
            self._frames.pop().end_from(0, len(self._tokens))
        return marks

    def _mark(self, token: Token, index: int) -> _Mark:
        tag = tag_at(token.content, 0)
        mark = _Mark(tag, index, tag.name if tag else "")
        if tag is None:
            return mark
        if tag.closing:
            self._close(mark, tag.name)
        elif tag.name not in VOID and not tag.empty:
            frame = self._frames[-1]
            if tag.name == "a" and frame.find("a") >= 0:
                self._depth -= frame.end_from(frame.find("a"), index)
            mark.depth = self._depth
            self._depth += 1
            if tag.name in CONTROLS and frame.stack and frame.stack[-1].name == "menucascade":
                mark.follows = frame.controls > 0
                frame.controls += 1
            elif tag.name == "menucascade":
                frame.controls = 0
            frame.push(mark, tag.name)
        return mark

    def _close(self, mark: _Mark, name: str) -> None:
        for number, frame in enumerate(self._frames[: -_MAX_FRAMES - 1 : -1]):
            position = frame.find(name)
            if position < 0:
                continue
            mark.partner = frame.stack[position]
            mark.partner.partner = mark
            if number == 0:
                self._depth -= frame.end_from(position, mark.index)
            elif frame.pending < 0 or position < frame.pending:
                frame.pending = position
            return


def _convert(state: StateCore, inline: Token) -> list[Token]:
    return _Converter(state, inline).convert()


class _Converter:
    """Converts the tags of one inline token."""

    def __init__(self, state: StateCore, inline: Token) -> None:
        self._env = state.env
        self._tokens = inline.children or []
        self._marks = _Matcher(self._tokens).match()
        self._writer = ElementWriter(state.md, inline.map)
        self._ends: list[tuple[int, Callable[[], None]]] = []
        self._index = 0
        self._line = inline.map[0] if inline.map else 0
        self._after_other = -1
        """The index after the end of the last element that HTML does not have."""

    def convert(self) -> list[Token]:
        while self._index <= len(self._tokens):
            while self._ends and self._ends[-1][0] == self._index:
                self._ends.pop()[1]()
            if self._index == len(self._tokens):
                break
            token, mark = self._tokens[self._index], self._marks.get(self._index)
            self._index += 1
            if mark is None:
                self._line += token.type in {"softbreak", "hardbreak"}
                self._writer.token(token)
            elif mark.tag is None or _is_placeholder(mark, self._tokens):
                self._writer.text(other_text(token.content))
            else:
                self._tag(mark, mark.tag, token)
        return self._writer.finish()

    def _tag(self, mark: _Mark, tag: Tag, token: Token) -> None:
        if tag.source or tag.name not in KNOWN:
            self._other(tag)
        if tag.closing:
            if mark.partner is None:
                self._writer.stray(tag.name)
            return
        attributes = tag_attributes(tag, token.content)
        if mark.partner is not None and self._writer.takes_all(tag.name):
            end = max(mark.end, self._index)
            self._writer.whole(tag.name, attributes, self._tokens[self._index - 1 : end])
            self._index = end
        elif mark.end < 0:
            self._empty(tag, attributes)
        elif mark.depth < MAX_DEPTH:
            if mark.follows:
                self._writer.separate(" > ")
            inside = tag.name in self._writer.LOOK_INSIDE
            content = self._tokens[self._index : mark.end] if inside else []
            self._ends.append((mark.end, self._writer.begin(tag.name, attributes, content)))

    def _other(self, tag: Tag) -> None:
        """Note a tag that HTML does not have; keep the words of two such elements apart."""
        note_tag(self._env, tag, self._line)
        if self._after_other == self._index - 1 and not tag.closing:
            self._writer.text(" ")
        if tag.closing or tag.empty:
            self._after_other = self._index

    def _empty(self, tag: Tag, attributes: dict[str, str]) -> None:
        if tag.source and tag.name == "a":
            end = self._writer.begin(tag.name, attributes, [])
            if text := link_text(tag.source, attributes):
                self._writer.text(text)
            end()
        else:
            self._writer.empty(tag.name, attributes)


def _is_placeholder(mark: _Mark, tokens: list[Token]) -> bool:
    """Tell whether what looks like a tag is placeholder text, such as ``<your-org-id>``."""
    tag = mark.tag
    assert tag is not None  # noqa: S101 (for the type checker)
    if tag.source and mark.partner is None:
        return tag.plain and not (tag.closing or tag.empty)
    if tag.name not in KNOWN and (tag.empty or is_namespaced(tag.name)):
        return False
    if mark.partner is None:
        if tag.closing:
            return tag.name not in KNOWN
        forgotten = tag.name in WITHOUT_END or tag.name in VOID or tag.empty
        return tag.name not in KNOWN or tag.name in RAW_TEXT or (tag.plain and not forgotten)
    opening = mark.partner if tag.closing else mark
    inside = tokens[opening.index + 1 : opening.end] if tag.name not in KNOWN else []
    return tag.name not in KNOWN and not any(token.content.strip() for token in inside)
