"""HTML comments: readers never see them, and neither does any other syntax.

In the ExL dialect, a comment may contain anything (blank lines, half a table, the markers of tabs)
and may be anywhere (in a list, a quote, a table cell, between two rows). A comment is removed, and
its line with it if nothing else is on it, so it ends no list and no table. Text after the end of a
comment moves to the position of its beginning.

This cannot be a block rule, because a comment may begin in the middle of a paragraph and end in
another block. So the block parser gets the lines without comments, and afterwards the tokens get
their original line numbers.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sphinx_ajo.base.problems import PROBLEMS, AjoWarnings, add_problem
from sphinx_ajo.language.code_fences import FenceScanner
from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.language.front_matter import find_head
from sphinx_ajo.markup.construct import Construct
from sphinx_ajo.markup.problem_tokens import problem_token

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

OPENING: Final = "<!--"
"""What a comment begins with."""

_END = re.compile(r"--!?>")
_EMPTY = re.compile(r"<!---?>")
_MARK = re.compile(r"<!--|`+|\\.")
_JOINS = re.compile(r"!\[|\][(\[:]|<[A-Za-z/!?]|&[#\w]")
_PREFIX = " \t>"
_LIST_ITEM = re.compile(r"[ \t>]*(?:[-+*]|\d{1,9}[.)])(?:[ \t]|$)")
_NOTHING: Final = "\u200b"
"""An invisible separator for texts beside a comment that would otherwise form markup together."""

_STACK: Final = "ajo_comment_lines"
"""The key of the parser's sandbox under which texts are kept while they are parsed."""


def comments_plugin(md: MarkdownIt, *, dialect: Dialect) -> None:
    """Hide comments, ``<!-- text -->``, from the block parser.

    :param dialect: The dialect it reads; in the mixed one, MyST handles comments.
    """
    if dialect is not Dialect.EXL:
        return
    md.core.ruler.before("block", "ajo_comments", _hide_rule)
    md.core.ruler.after("block", "ajo_comments_lines", _restore_rule)


def _hide_rule(state: StateCore) -> None:
    scan = _Scan(state.src.split("\n")) if OPENING in state.src else None
    # a stack, because a block rule may parse another text with the same sandbox
    state.env.setdefault(_STACK, []).append((state.src, scan))
    if scan is not None:
        scan.run()
        state.src = "\n".join(scan.kept)


def _restore_rule(state: StateCore) -> None:
    state.src, scan = state.env[_STACK].pop()
    if scan is None:
        return
    for token in state.tokens:
        if token.map:
            _restore_lines(token, scan.numbers)
    if scan.unclosed is not None:
        token = problem_token((scan.unclosed, scan.unclosed + 1))
        message = "this comment has no end; what follows is shown to readers"
        add_problem(token, AjoWarnings.COMMENT_UNCLOSED, message)
        state.tokens.append(token)


def _restore_lines(token: Token, numbers: list[int]) -> None:
    start, end = token.map or (0, 0)
    # an empty range is at its line
    token.map = [numbers[start], numbers[end - 1] + 1 if end > start else numbers[start]]
    if problems := token.meta.get(PROBLEMS):
        token.meta[PROBLEMS] = [
            replace(
                problem,
                offset=numbers[min(start + problem.offset, len(numbers) - 1)] - numbers[start],
            )
            for problem in problems
        ]


class _Scan:
    """Find the comments of a text in one pass from top to bottom.

    The construct that begins first wins: a comment in a code fence or code span is code, and a
    fence in a comment is part of the comment.
    """

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self.kept: list[str] = []
        """The lines without comments."""
        self.numbers: list[int] = []
        """For each of these lines, and for the end, the number of the original line."""
        self.unclosed: int | None = None
        """The line of the first comment without an end."""
        self._fences = FenceScanner(_PREFIX)
        self._in_list = False
        self._after_blank = True
        self._after_code = False

    def run(self) -> None:
        """Scan the whole text."""
        index = self._front_matter()
        while index < len(self._lines):
            index = self._line(index)
        self.numbers.append(len(self._lines))

    def _keep(self, text: str, number: int) -> None:
        self.kept.append(text)
        self.numbers.append(number)

    def _front_matter(self) -> int:
        """Keep the front matter unchanged; return the number of the line below it."""
        head = find_head("\n".join(self._lines))
        if head is None:
            # otherwise, a `---` below a comment would become the first line, and begin front matter
            self._keep("", 0)
            return 0
        for number in range(head.start, head.end):
            self._keep(self._lines[number], number)
        return head.end

    def _line(self, index: int) -> int:
        """Keep the parts of a line outside comments; return the next line to process."""
        text = self._lines[index]
        if self._fences.is_inside(text) or self._is_code(text):
            self._keep(text, index)
            return index + 1
        is_code = self._fences.begins(text)
        at = self._opening(text, 0) if OPENING in text and not is_code else -1
        if at < 0:
            self._note(text)
            self._keep(text, index)
            return index + 1
        parts, number, start = [], index, 0
        while at >= 0:
            parts.append(text[start:at])
            end = self._end(text, at, number)
            if end is None:
                parts.append("&lt;!--")
                start = at + len(OPENING)
                if self.unclosed is None:
                    self.unclosed = number
            else:
                number, text, start = end
                before = parts[-1][-1:]
                if _JOINS.match(before + text[start : start + 1]):
                    parts.append(_NOTHING)
            at = self._opening(text, start)
        text = "".join([*parts, text[start:]]).rstrip()
        if text.strip(_PREFIX):
            self._note(text)
            self._keep(text, index)
        return number + 1

    def _is_code(self, text: str) -> bool:
        """Tell whether a line is indented code; lines of a list are only indented."""
        if self._in_list or not text.expandtabs(4).startswith("    "):
            self._after_code = False
        elif text.strip():
            self._after_code = self._after_blank or self._after_code
        return self._after_code and bool(text.strip())

    def _note(self, text: str) -> None:
        if _LIST_ITEM.match(text):
            self._in_list = True
        elif text[:1] not in {"", " ", "\t"} and (self._after_blank or text[0] == "#"):
            self._in_list = False
        self._after_blank = not text.strip()

    def _opening(self, text: str, start: int) -> int:
        """Return where the next comment of a line begins; -1 if there is none."""
        endless: set[int] = set()
        while match := _MARK.search(text, start):
            if match[0] == OPENING:
                return match.start()
            start = match.end()
            length = len(match[0])
            if match[0][0] == "`" and length not in endless:
                close = re.compile(rf"(?<!`)`{{{length}}}(?!`)").search(text, start)
                if close is None:
                    endless.add(length)
                else:
                    start = close.end()
        return -1

    def _end(self, text: str, at: int, number: int) -> tuple[int, str, int] | None:
        """Return the line a comment ends in, its text, and where in it the comment ends."""
        if empty := _EMPTY.match(text, at):
            return number, text, empty.end()
        if self.unclosed is not None:
            return None
        start = at + len(OPENING)
        for index in range(number, len(self._lines)):
            if end := _END.search(text, start):
                return index, text, end.end()
            if index + 1 < len(self._lines):
                text, start = self._lines[index + 1], 0
        return None


CONSTRUCT = Construct(name="comments", plugin=comments_plugin)
"""The construct, for the parser and the extension."""
