"""The only place that uses undocumented parts of markdown-it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType, FrameType

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock


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
