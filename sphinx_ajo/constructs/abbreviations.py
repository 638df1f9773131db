"""Abbreviations: ``*[HTML]: HyperText Markup Language`` explains each ``HTML`` of the page.

ExL pages only: in MyST the line is a paragraph.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from markdown_it.token import Token

from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.markup.blocks import match_line
from sphinx_ajo.markup.construct import Construct

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.tree import SyntaxTreeNode

    from sphinx_ajo.markup.renderer import AjoRenderer

_KEY: Final = "ajo_abbreviations"
"""The key of ``md.env`` for the map abbreviation → explanation."""

# a label that begins with "!" is a marker, and a line with another asterisk is emphasis:
# `*[!DNL Name]: text*`
# labels have a maximum length: each word of the page is compared with those of the same beginning
_DEFINITION = re.compile(r"\*\[(?P<label>[^\s!\[\]\\][^\[\]\\]{0,99})\]:(?P<text>[^*]+)$")

_WORD = re.compile(r"\w\w")

_START = re.compile(r"\w+|[^\w\s]")


class _Finder:
    """Finds abbreviations in a time that does not depend on the number of definitions."""

    def __init__(self, labels: set[str]) -> None:
        self._labels = labels
        lengths: dict[str, set[int]] = {}
        for label in labels:
            lengths.setdefault(_first_part(label), set()).add(len(label))
        self._lengths = {part: sorted(some, reverse=True) for part, some in lengths.items()}

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the start and end of each abbreviation in a text."""
        pos = 0
        while match := _START.search(text, pos):
            start, pos = match.span()
            for length in self._lengths.get(match[0], ()):
                end = start + length
                if text[start:end] in self._labels and _is_whole(text, start, end):
                    yield start, end
                    pos = end
                    break


def _first_part(label: str) -> str:
    match = _START.match(label)
    return match[0] if match else ""


def _is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether a part of a text is a whole word."""
    return not (_WORD.match(text, start - 1, start + 1) if start else None) and not _WORD.match(
        text, end - 1, end + 1
    )


def abbreviations_plugin(md: MarkdownIt, *, dialect: Dialect) -> None:
    """Add abbreviations: ``*[ABBR]: Explanation`` on a line of its own explains each ``ABBR``.

    Tokens: ``abbr_open/close``.
    """
    if dialect is Dialect.EXL:
        md.block.ruler.before(
            "reference",
            "ajo_abbreviation",
            _definition_rule,
            {"alt": ["paragraph", "reference"]},
        )
        md.core.ruler.after("text_join", "ajo_abbreviations", _abbreviations_rule)


def _definition_rule(state: StateBlock, start_line: int, _end_line: int, silent: bool) -> bool:
    match = match_line(state, start_line, "*[", _DEFINITION)
    if match is None or not match["text"].strip():
        return False
    if not silent:
        known: dict[str, str] = state.env.setdefault(_KEY, {})
        known.setdefault(match["label"].strip(), match["text"].strip())
        state.line = start_line + 1
    return True


def _abbreviations_rule(state: StateCore) -> None:
    known: dict[str, str] = state.env.get(_KEY, {})
    if not known:
        return
    finder = _Finder(set(known))
    for token in state.tokens:
        if token.type == "inline" and token.children:
            token.children = [
                part for child in token.children for part in _mark(child, finder, known)
            ]


def _mark(token: Token, finder: _Finder, known: dict[str, str]) -> Iterator[Token]:
    if token.type != "text":
        yield token
        return
    pos = 0
    text, level = token.content, token.level
    for start, end in finder.find(text):
        if pos < start:
            yield Token("text", "", 0, content=text[pos:start], level=level)
        label = text[start:end]
        attrs: dict[str, str | int | float] = {"title": known[label]}
        yield Token("abbr_open", "abbr", 1, attrs=attrs, level=level)
        yield Token("text", "", 0, content=label, level=level + 1)
        yield Token("abbr_close", "abbr", -1, level=level)
        pos = end
    if pos == 0:
        yield token
    elif pos < len(text):
        yield Token("text", "", 0, content=text[pos:], level=level)


def render_abbr(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render an abbreviation."""
    node: Any = nodes.abbreviation(explanation=str(token.attrs["title"]))
    renderer.add_line_and_source_path(node, token)
    with renderer.current_node_context(node, append=True):
        renderer.render_children(token)


CONSTRUCT = Construct(
    name="abbreviations", plugin=abbreviations_plugin, renderers={"abbr": render_abbr}
)
"""The construct, for the parser and the extension."""
