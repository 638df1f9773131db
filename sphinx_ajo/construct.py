"""What a construct of the dialect consists of, and how its rules report problems.

Each module (or package) below :mod:`sphinx_ajo.constructs` holds one construct and describes it
with one :class:`Construct`: the parser, the renderer and the extension take it from there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from docutils import nodes
    from markdown_it import MarkdownIt
    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode
    from sphinx.application import Sphinx

    from sphinx_ajo.dialect import Dialect
    from sphinx_ajo.renderer import AjoRenderer
    from sphinx_ajo.warnings_ import AjoWarnings

PROBLEMS: Final = "ajo_problems"
"""The key of a token's ``meta`` that holds its :class:`Problem` list."""


class Plugin(Protocol):
    """Adds the syntax rules of one construct to a Markdown parser."""

    def __call__(self, md: MarkdownIt, *, dialect: Dialect) -> None:
        """Register the rules.

        :param md: The parser.
        :param dialect: The dialect it will read.
        """


def _no_setup(_app: Sphinx) -> None:
    """Do nothing."""


@dataclass(frozen=True, slots=True)
class Construct:
    """One construct of the dialect."""

    name: str
    """Its name, as in the reference."""
    plugin: Plugin | None = None
    """Its syntax."""
    renderers: Mapping[str, Callable[[AjoRenderer, SyntaxTreeNode], None]] = field(
        default_factory=dict
    )
    """Token type → the function that appends its nodes to ``renderer.current_node``."""
    name_heading: Callable[[AjoRenderer, SyntaxTreeNode, int, nodes.Element], None] | None = None
    """Gives a heading its id: the token, its level, and the section or rubric made of it."""
    setup: Callable[[Sphinx], None] = _no_setup
    """Registers its nodes, directives and transforms."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What a syntax rule found wrong; the renderer turns it into a warning.

    It travels on a token because only the renderer knows the document, and because tokens are
    moved to their place in the page when they come from an included text.
    """

    warning: AjoWarnings
    message: str
    args: tuple[object, ...] = ()
    offset: int = 0
    """Lines below the first line of the token."""


def add_problem(
    token: Token, warning: AjoWarnings, message: str, *args: object, line: int | None = None
) -> None:
    """Note a problem on a token.

    :param token: The opening (or self-contained) token of the construct; its ``map`` is set.
    :param warning: The subtype of the warning.
    :param message: The text, with ``%`` placeholders.
    :param args: The values of the placeholders.
    :param line: The line of the problem in the same count as the token's ``map``; its first
        line if omitted.
    """
    start = token.map[0] if token.map else 0
    offset = 0 if line is None else line - start
    problems: list[Any] = token.meta.setdefault(PROBLEMS, [])
    problems.append(Problem(warning, message, args, offset))
