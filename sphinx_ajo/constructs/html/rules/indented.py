"""Read HTML that is indented like code.

Authors indent the rows and cells of a table, and put blank lines between them. In CommonMark, an
indented line below a blank line is code. So readers would see the tags, above the rest of the
table. Here such lines are HTML if an element is open, and if they begin with the tag of a block
element, or end an open element. Other code stays code, as do samples of HTML outside of HTML.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sphinx_ajo.foreign.markdown_it import code_as_text
from sphinx_ajo.language.html.names import BLOCKS, VOID
from sphinx_ajo.language.html.pairs import OpenTags
from sphinx_ajo.language.html.tags import find_tags
from sphinx_ajo.markup.blocks import line_text

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

_SCANS: Final = "ajo_html_open"
"""The key of the parser's sandbox for the elements that are open; keeps the rule linear."""


@dataclass(slots=True)
class _Scan:
    """The elements that are open after some tokens, for each Markdown block that is open there."""

    tokens: list[Token]
    count: int = 0
    parents: list[OpenTags] = field(default_factory=lambda: [OpenTags()])

    def go_on(self) -> OpenTags:
        """Read the new tokens; return the elements that are open in the innermost block."""
        while self.count < len(self.tokens):
            token = self.tokens[self.count]
            self.count += 1
            if token.nesting == 1:
                self.parents.append(OpenTags())
            elif token.nesting == -1:
                self.parents.pop()
            elif token.type == "html_block":
                self.parents[-1].add(token.content)
        return self.parents[-1]


def indented_rule(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read HTML that is indented like code, and the Markdown in it."""
    if silent or not state.md.options.get("html") or not state.is_code_block(start_line):
        return False
    last = _last_line(state, start_line, end_line)
    lines = [line_text(state, line) for line in range(start_line, last)]
    if not any(line.startswith("<") for line in lines):
        return False
    scans: dict[int, _Scan] = state.env.setdefault(_SCANS, {})
    scan = scans.get(id(state.tokens))
    if scan is None or scan.count > len(state.tokens):
        scan = scans[id(state.tokens)] = _Scan(state.tokens)
    if not _belongs(lines, scan.go_on()):
        return False
    with code_as_text(state):
        state.md.block.tokenize(state, start_line, last)
    state.line = last
    return True


def _last_line(state: StateBlock, start_line: int, end_line: int) -> int:
    """Return the line after the last one of a block of code."""
    last = line = start_line + 1
    while line < end_line and (state.isEmpty(line) or state.is_code_block(line)):
        line += 1
        last = last if state.isEmpty(line - 1) else line
    return last


def _belongs(lines: list[str], opened: OpenTags) -> bool:
    """Tell whether lines are part of an open element."""
    if not opened.innermost:
        return False
    first = next(find_tags(lines[0]), None) if lines[0].startswith("<") else None
    if first is not None and first.name in BLOCKS and opened.innermost != "p":
        return True
    inner: list[str] = []
    for line in lines:
        for tag in find_tags(line):
            if tag.name not in BLOCKS or tag.name in VOID:
                continue
            if not tag.closing:
                inner.append(tag.name)
            elif tag.name in inner:
                while inner.pop() != tag.name:
                    pass
            elif tag.name in opened and line.startswith("<"):
                return True
    return False
