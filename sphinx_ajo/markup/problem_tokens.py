"""Tokens that show nothing and carry a problem, where no token of a construct can."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markdown_it.token import Token

from sphinx_ajo.base.problems import add_problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.rules_block import StateBlock

    from sphinx_ajo.base.problems import AjoWarnings

PROBLEM: Final = "ajo_problem"
"""The type of these tokens."""


def problem_token(lines: Sequence[int] | None = None) -> Token:
    """Make such a token; markdown-it shows nothing of a hidden one.

    :param lines: Its first line, and the one after its last; those of its parent if omitted.
    """
    return Token(PROBLEM, "", 0, map=list(lines) if lines else None, hidden=True)


def push_problem_token(state: StateBlock, start_line: int, end_line: int) -> Token:
    """Push such a token."""
    token = state.push(PROBLEM, "", 0)
    token.hidden = True
    token.map = [start_line, end_line]
    return token


def push_problem(
    state: StateBlock, line: int, warning: AjoWarnings, message: str, *args: object
) -> None:
    """Push such a token with its problem.

    :param message: The text, with ``%`` placeholders.
    """
    add_problem(push_problem_token(state, line, line + 1), warning, message, *args)
