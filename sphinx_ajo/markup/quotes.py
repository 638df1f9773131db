"""Shared rules of blocks that are one marker in a quote, such as ``>[!VIDEO](…)``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docutils import nodes

from sphinx_ajo.base.problems import add_problem

if TYPE_CHECKING:
    import re

    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode

    from sphinx_ajo.base.problems import AjoWarnings
    from sphinx_ajo.markup.renderer import AjoRenderer

_MAX_BLANKS: Final = 4
"""More blanks than this between quote mark and text make indented code."""


def quote_text(state: StateBlock, line: int) -> int | None:
    """Find the text of a line that stands in a quote.

    The quote mark is either still there, or a block quote (or an alert) that the line lies in
    has taken it away already.

    :returns: Where its text begins; ``None`` if it is in no quote, or indented code.
    """
    pos, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    if state.is_code_block(line):
        return None
    if not state.src.startswith(">", pos, end):
        before = pos
        while before > 0 and state.src[before - 1] in " \t":
            before -= 1
        return pos if before > 0 and state.src[before - 1] == ">" else None
    pos += 1
    text = pos
    while text < end and state.src[text] in " \t":
        text += 1
    return text if text - pos <= _MAX_BLANKS else None


def match_marker(state: StateBlock, line: int, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """Match a line that begins with a marker in a quote.

    :param pattern: The pattern, to be matched at the ``[`` of the marker.
    """
    pos, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    # the cheap test that nearly every line fails
    if not state.src.startswith((">", "["), pos, end):
        return None
    text = quote_text(state, line)
    if text is None or not state.src.startswith("[", text, end):
        return None
    return pattern.match(state.src, text, end)


def push_text(
    state: StateBlock, name: str, line: int, text: str, *, literal: bool = False
) -> Token:
    """Make a paragraph of text that a marker line holds; it may bear problems.

    :param name: The type of its tokens, without ``_open``; see :func:`render_text`.
    :param literal: Whether it is shown as it stands.
    """
    opening = state.push(f"{name}_open", "p", 1)
    opening.map = [line, line + 1]
    content = state.push("text" if literal else "inline", "", 0)
    content.content = text
    content.map = [line, line + 1]
    content.children = None if literal else []
    state.push(f"{name}_close", "p", -1)
    return opening


def push_malformed(
    state: StateBlock, name: str, line: int, warning: AjoWarnings, message: str
) -> None:
    """Show a marker line that cannot be read as text, with a problem.

    :param state: The state of the block parser; ``line`` is the next line afterwards.
    :param name: The type of the tokens, see :func:`push_text`.
    :param message: The warning; its ``%r`` is the text.
    """
    text = state.src[quote_text(state, line) : state.eMarks[line]].strip()
    opening = push_text(state, name, line, text, literal=True)
    add_problem(opening, warning, message, text)
    state.line = line + 1


def render_text(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render the text of a marker line as the paragraph that it is.

    :param token: The token of :func:`push_text`.
    """
    content = token.children[0].content if token.children else ""
    node = nodes.paragraph(content)
    renderer.add_line_and_source_path(node, token)
    with renderer.current_node_context(node, append=True):
        renderer.render_children(token)


def lift_from_quotes(state: StateCore, name: str) -> None:
    """Split block quotes at the blocks of one type, which are no part of what is quoted.

    :param state: The state of the parser, after its block rules.
    :param name: The type of the (self-contained) token.
    """
    if not any(token.type == name and token.level for token in state.tokens):
        return
    tokens: list[Token] = []
    quotes: list[_Quote] = []
    for token in state.tokens:
        quote = quotes[-1] if quotes else None
        if token.type == "blockquote_open":
            quotes.append(_Quote(token))
        elif quote and token.type == "blockquote_close":
            quotes.pop()
            if quote.split and tokens[-1] is quote.opening:
                tokens.pop()
                continue
        elif quote and token.type == name and token.level == quote.opening.level + 1:
            quote.lift(token, tokens)
            continue
        tokens.append(token)
    state.tokens = tokens


class _Quote:
    """A block quote, or what is left of it below a block that was lifted."""

    def __init__(self, opening: Token) -> None:
        self.opening = opening
        self.split = False

    def lift(self, token: Token, tokens: list[Token]) -> None:
        """End the quote above a token, and begin it anew below."""
        start, end = token.map or [0, 0]
        rest = self.opening.copy()
        rest.map = [end, (self.opening.map or [end, end])[1]]
        if tokens[-1] is self.opening:
            tokens.pop()
        else:
            if self.opening.map:
                self.opening.map = [self.opening.map[0], start]
            closing = self.opening.copy(type="blockquote_close", nesting=-1, map=None)
            tokens.append(closing)
        token.level -= 1
        tokens += [token, rest]
        self.opening, self.split = rest, True
