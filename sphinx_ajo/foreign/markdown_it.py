"""The only place that uses undocumented parts of markdown-it."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from weakref import ref

from markdown_it import tree
from markdown_it.parser_block import ParserBlock
from markdown_it.parser_inline import ParserInline
from markdown_it.ruler import Ruler
from markdown_it.rules_inline import text as rules_text
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, MutableMapping, Sequence
    from types import CodeType, FrameType

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline


class TokenTree(SyntaxTreeNode):
    """A tree of tokens that is built in one pass, and freed as soon as nobody uses it.

    markdown-it copies the tokens of each container once for each container around it. Its nodes
    refer to their parents, so that Python's collector has to find the trees that are left over.
    """

    # markdown-it's property looks at two tokens each time
    type: str = "root"

    _up: ref[TokenTree] | None

    @property
    def _parent(self) -> TokenTree | None:
        """The parent, as long as anybody uses it."""
        return None if self._up is None else self._up()

    @_parent.setter
    def _parent(self, parent: TokenTree | None) -> None:
        self._up = None if parent is None else ref(parent)

    def _set_children_from_tokens(self, tokens: Sequence[Token]) -> None:
        """Create the nodes of all tokens."""
        parent: Any = self
        up = ref(parent)
        for token in tokens:
            if token.nesting < 0:
                if parent is self:
                    raise ValueError("Invalid token nesting")
                parent.nester_tokens = tree._NesterTokens(parent.nester_tokens, token)
                up = parent._up
                parent = up()
                continue
            node: Any = TokenTree.__new__(TokenTree)
            node._up, node._children = up, []
            parent._children.append(node)
            if token.nesting:
                # until its closing token
                node.token, node.nester_tokens = None, token
                node.type = token.type.removesuffix("_open")
                parent = node
                up = ref(parent)
            else:
                node.token, node.nester_tokens = token, None
                node.type = token.type
                if token.children:
                    node._set_children_from_tokens(token.children)
        if parent is not self:
            raise ValueError(f"unclosed tokens starting {parent.nester_tokens}")


class _Rules:
    """The rules of a parser; iteration yields only rules for the current character."""

    state: Any = None
    """The state of the parser."""

    def __init__(self, starts: Mapping[str, str]) -> None:
        self.starts = starts
        self._rules: list[tuple[Any, str]] = []
        self._found: dict[str, list[Any]] = {}

    def take(self, rules: Iterable[Any]) -> None:
        """Store the enabled rules."""
        self._rules = [(rule.fn, self.starts.get(rule.name, "")) for rule in rules]
        self._found = {}

    def _at(self, character: str) -> list[Any]:
        found = self._found[character] = [
            rule for rule, starts in self._rules if not starts or character in starts
        ]
        return found


class _BlockRules(_Rules):
    def __iter__(self) -> Iterator[Any]:
        state = self.state
        line = state.line
        character = state.src[state.bMarks[line] + state.tShift[line]]
        return iter(self._found.get(character) or self._at(character))


class _InlineRules(_Rules):
    def __iter__(self) -> Iterator[Any]:
        character = self.state.src[self.state.pos]
        return iter(self._found.get(character) or self._at(character))


class _Ruler(Ruler[Any]):
    """A ruler whose main list of rules depends on the current character of the parser."""

    ajo_rules: _Rules
    _ajo_all: list[Any] | None = None

    def getRules(self, chainName: str = "") -> Any:  # noqa: N802, N803 (markdown-it's names)
        """Return the rules of a chain."""
        rules = super().getRules(chainName)
        if chainName or self.ajo_rules.state is None:
            return rules
        if self._ajo_all is not rules:
            # the first time, and after rules have been switched on or off
            self._ajo_all = rules
            self.ajo_rules.take(_enabled(self))
        return self.ajo_rules


class _BlockParser(ParserBlock):
    ruler: _Ruler

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803
        rules = self.ruler.ajo_rules
        before, rules.state = rules.state, state
        try:
            super().tokenize(state, startLine, endLine)
        finally:
            rules.state = before


class _InlineParser(ParserInline):
    ruler: _Ruler
    ajo_after: Container[str]
    """The rules after all others that find nothing in plain text."""
    _ajo_rules: tuple[Any, Any] = (None, None)
    _ajo_markup: re.Pattern[str] | None = None

    def parse(
        self, src: str, md: MarkdownIt, env: MutableMapping[str, Any], tokens: list[Token]
    ) -> list[Token]:
        """Parse a text; without any character that a rule begins with, it is one token."""
        markup = self._find_markup()
        if not src or tokens or markup is None or markup.search(src):
            return super().parse(src, md, env, tokens)
        tokens.append(Token("text", "", 0, content=src))
        return tokens

    def _find_markup(self) -> re.Pattern[str] | None:
        """Return the characters that rules begin with; ``None`` if they are not known."""
        rules = Ruler.getRules(self.ruler), self.ruler2.getRules()
        if rules[0] is not self._ajo_rules[0] or rules[1] is not self._ajo_rules[1]:
            # the first time, and after rules have been switched on or off
            self._ajo_rules, self._ajo_markup = rules, None
            starts = self.ruler.ajo_rules.starts
            begin = [starts.get(r.name) for r in _enabled(self.ruler) if r.fn is not rules_text]
            if all(begin) and all(rule.name in self.ajo_after for rule in _enabled(self.ruler2)):
                self._ajo_markup = re.compile(f"[{re.escape(''.join(map(str, begin)))}]")
        return self._ajo_markup

    def tokenize(self, state: StateInline) -> None:
        rules = self.ruler.ajo_rules
        before, rules.state = rules.state, state
        try:
            super().tokenize(state)
        finally:
            rules.state = before

    def skipToken(self, state: StateInline) -> None:  # noqa: N802
        rules = self.ruler.ajo_rules
        before, rules.state = rules.state, state
        try:
            super().skipToken(state)
        finally:
            rules.state = before


def _enabled(ruler: Ruler[Any]) -> Iterator[Any]:
    return (rule for rule in ruler.__rules__ if rule.enabled)


def try_by_character(
    md: MarkdownIt,
    block: Mapping[str, str],
    inline: Mapping[str, str],
    after: Container[str] = frozenset(),
) -> None:
    """Make a parser try only rules that can begin with the current character.

    :param md: The parser. If its classes are not markdown-it's own, it is not changed.
    :param block: The names of block rules, and their first characters.
    :param inline: The same for inline rules. All other rules are tried everywhere.
    :param after: The names of rules that run after the inline rules, and find nothing where none of
        those has matched.
    """
    if type(md.block) is ParserBlock and type(md.block.ruler) is Ruler:
        _exchange(md.block, _BlockParser, _BlockRules(block))
    if type(md.inline) is ParserInline and type(md.inline.ruler) is Ruler:
        _exchange(md.inline, _InlineParser, _InlineRules(inline))
        vars(md.inline)["ajo_after"] = after


def _exchange(parser: Any, class_: type, rules: _Rules) -> None:
    parser.__class__, parser.ruler.__class__ = class_, _Ruler
    parser.ruler.ajo_rules = rules


@dataclass(frozen=True, slots=True)
class FailingRule:
    """A rule that has raised an exception."""

    name: str
    line: int
    """The line at which it ran, counted from 0; 0 if unknown."""


def failing_rule(md: MarkdownIt, error: BaseException) -> FailingRule | None:
    """Find the rule of this package that an exception comes from.

    :returns: The innermost rule that is switched on; ``None`` if there is none.
    """
    frames = list(_frames(error))
    rules = dict(_rules(md))
    for frame in reversed(frames):
        if frame.f_code in rules:
            return FailingRule(rules[frame.f_code], _line(frames))
    return None


def _frames(error: BaseException) -> Iterator[FrameType]:
    trace = error.__traceback__
    while trace is not None:
        yield trace.tb_frame
        trace = trace.tb_next


def _rules(md: MarkdownIt) -> Iterator[tuple[CodeType, str]]:
    for ruler in (md.core.ruler, md.block.ruler, md.inline.ruler, md.inline.ruler2):
        for rule in ruler.__rules__:
            function: Any = rule.fn
            if isinstance(function, partial):
                function = function.func
            if rule.enabled and rule.name.startswith("ajo_"):
                yield function.__code__, rule.name


def _line(frames: list[FrameType]) -> int:
    """Return the line of the page that was being parsed: inline rules do not know it."""
    for frame in reversed(frames):
        line = frame.f_locals.get("start_line")
        if isinstance(line, int):
            return line
        token_map = getattr(frame.f_locals.get("token"), "map", None)
        if token_map:
            return int(token_map[0])
    return 0


@contextmanager
def code_as_text(state: StateBlock) -> Iterator[None]:
    """Switch indented code off.

    :param state: The state of the block parser, which reads this setting of its parser only once.
    """
    enabled = state._code_enabled
    state._code_enabled = False
    try:
        yield
    finally:
        state._code_enabled = enabled
