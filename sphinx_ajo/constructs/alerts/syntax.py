"""Read ``>[!NOTE]`` quotes (exl-markdown.md, 4.1)."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from markdown_it.rules_block import blockquote, paragraph
from markdown_it.token import Token

from sphinx_ajo.base.problems import PROBLEMS, AjoWarnings, add_problem
from sphinx_ajo.language.alert_kinds import FALLBACK, RELATED, kind_of
from sphinx_ajo.language.bracket_markers import INLINE_MARKERS, QUOTE_MARKERS
from sphinx_ajo.language.code_fences import FenceScanner
from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.markup.blocks import line_text, quote_keyword
from sphinx_ajo.markup.groups import push_title

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore

MYST_KINDS: Final = frozenset({"caution", "important", "note", "tip", "warning"})
"""The alerts that MyST's extension ``alert`` reads."""

_NO_ALERTS: Final = QUOTE_MARKERS | INLINE_MARKERS

_PENDING: Final = "ajo_alert_line"
"""The key of the parser's ``env`` with the start of an alert for :func:`_body_rule`."""

_BLANK = r"[ \t\xa0\u200b]*"
# a word in braces is text; attributes have a dot, a number sign or an equals sign
_ATTRIBUTES = r"(?:\{(?=[^{}\n=.#]*[=.#])[^{}\n]*\})?"
_MARKER = re.compile(
    rf"{_BLANK}\[!{_BLANK}([A-Za-z]+(?:[ _-]+[A-Za-z]+)*){_BLANK}\]{_ATTRIBUTES}{_BLANK}"
)
_TITLED = re.compile(
    # paired brackets are other markers
    rf"{_BLANK}\[!{_BLANK}(?P<word>[^\W\d_]++)"
    rf"(?P<title>(?:[^\[\]\n]++|\[(?:[^\[\]\n]++|\[[^\[\]\n]*+\])*+\])*+)\](?!\()"
    rf"(?:\{{[^{{}}\n]*\}})?{_BLANK}"
)
_QUOTE = re.compile(r"&(?:quot|ldquo|rdquo|bdquo|#34|#x22);", re.IGNORECASE)
_BLANKS: Final = " \t\xa0\u200b"
_QUOTES: Final = _BLANKS + "\"'“”„«»"
_SIGNS: Final = _QUOTES + "-:,;!\u2013\u2014"
"""Characters that separate a title from the keyword."""

_OLDER: Final = "related"
_CELL = re.compile(r"(?:>|&gt;)[ \t]*(?=\[!)")
_CELL_BREAK = re.compile(r"[ \t]*<br[ \t]*/?>", re.IGNORECASE)
_DEFINITION = re.compile(r">[ \t]*\[[^\[\]]*\]:")
_HIDES = re.compile(r"[ \t]*(?:`{3}|~{3}|\[[^\[\]]*\]:)")
"""The beginning of a block that hides the rest of its line: a code fence or a link definition."""


class _Marker(NamedTuple):
    """The marker of an alert."""

    kind: str
    end: int
    """The start of the text after it."""
    title: str = ""
    """The text beside the keyword, or in place of it."""
    problem: str = ""
    """The warning about it; ``%s`` stands for the title."""
    is_known: bool = True
    """Whether its keyword names an alert."""


def alerts_plugin(md: MarkdownIt, *, dialect: Dialect) -> None:
    """Add alerts: quotes that begin with ``[!KIND]``.

    Tokens: ``ajo_alert_open/close``, which may begin with ``ajo_alert_title_open/close``. They
    replace the quote, and contain its content without the marker. A marker line also ends the quote
    above it. On ExL pages, ``[!KIND title]`` gives the alert a title, and ``[!WORD]`` is a note
    with the word as its title. If a project in MyST's own dialect enables the extension ``alert``,
    MyST reads the alerts that it supports, by its rules.
    """
    exl = dialect is Dialect.EXL
    left_to_myst: Container[str] = ()
    if dialect is Dialect.MIXED and md.options.get("alerts"):
        left_to_myst = MYST_KINDS
    # no ``alt`` rules: "blockquote" interrupts paragraphs for each line that begins with ``>``
    md.block.ruler.before(
        "blockquote", "ajo_alert", partial(_quote_rule, left_to_myst=left_to_myst, exl=exl)
    )
    # before any rule that could parse the marker as something else, such as a definition
    first = md.block.ruler.get_all_rules()[0]
    md.block.ruler.before(first, "ajo_alert_body", partial(_body_rule, exl=exl))
    if exl:
        md.core.ruler.after("block", "ajo_alert_cells", _cells_rule)


def _quote_rule(
    state: StateBlock,
    start_line: int,
    end_line: int,
    silent: bool,
    *,
    left_to_myst: Container[str],
    exl: bool,
) -> bool:
    if (
        silent
        or state.is_code_block(start_line)
        or not line_text(state, start_line).startswith(">")
    ):
        return False
    marker = quote_keyword(state, start_line)
    alert = _marker_at(state, start_line, exl=exl)
    kind = alert.kind if alert else None
    if kind is not None and kind in left_to_myst:
        return False
    unknown = kind is None and marker is not None and marker[1].upper() not in _NO_ALERTS
    splits = partial(_splits, state, left_to_myst=left_to_myst, exl=exl)
    stop, indent = _extent(state, start_line, end_line, kind is not None, splits)
    if kind is None and not unknown and stop == end_line:
        return False
    if not any(line_text(state, line)[1:].strip() for line in range(start_line, stop)):
        # blank quote lines above a marker
        state.line = stop
        return True
    at = len(state.tokens)
    state.env[_PENDING] = start_line if kind is not None else -1
    _quote(state, start_line, stop, end_line, indent)
    opening, closing = state.tokens[at], state.tokens[-1]
    if opening.type == "ajo_alert_open":
        closing.type, closing.tag = "ajo_alert_close", "div"
    elif unknown and marker is not None:
        add_problem(
            opening,
            AjoWarnings.ALERT_UNKNOWN,
            'this quote begins with "[!%s", which is not an alert; it stays a block quote',
            marker[1],
        )
    return True


def _marker_at(state: StateBlock, line: int, *, exl: bool) -> _Marker | None:
    """Parse the marker of an alert at the beginning of a quote line."""
    keyword = quote_keyword(state, line)
    if keyword is None or keyword[1].upper() in _NO_ALERTS:
        return None
    return _read_marker(line_text(state, line), 1, exl=exl)


def _read_marker(text: str, start: int, *, exl: bool) -> _Marker | None:
    """Parse the marker at the beginning of a text."""
    match = _MARKER.match(text, start)
    kind = kind_of(match[1]) if match else None
    if match and kind:
        older = kind == RELATED and _OLDER in match[1].lower()
        problem = "RELATEDINFORMATION is shown as MORELIKETHIS; write that%s" if older else ""
        return _Marker(kind, match.end(), problem=problem)
    titled = _TITLED.match(text, start) if exl else None
    if titled is None:
        return None
    kind, title = kind_of(titled["word"]), _title(titled["title"])
    if kind:
        problem = 'the text "%s" beside the keyword of this alert is shown as its title'
        if not title:
            title, problem = "", "what stands beside the keyword of this alert is left out%s"
        return _Marker(kind, titled.end(), title, problem)
    title = _title(f"{titled['word']}{titled['title']}")
    problem = 'there is no alert called "%s"; it is shown as a note with this title'
    return _Marker(FALLBACK, titled.end(), title, problem, is_known=False)


def _title(text: str) -> str:
    """Return a title without separators before it, and without its quotes."""
    text = _QUOTE.sub('"', text).strip(_BLANKS)
    shown = text.lstrip(_SIGNS)
    return text if shown == text else shown.rstrip(_QUOTES)


def _splits(state: StateBlock, line: int, *, left_to_myst: Container[str], exl: bool) -> bool:
    """Tell whether a line of a quote begins a new alert."""
    marker = quote_keyword(state, line)
    if marker is None:
        return False
    if marker[1].upper() in QUOTE_MARKERS:
        # at the beginning of a quote it would be parsed as a definition, which shows nothing
        return _DEFINITION.match(line_text(state, line)) is None
    alert = _marker_at(state, line, exl=exl)
    # inside a quote, words in brackets that name no alert are probably text
    return alert is not None and alert.is_known and alert.kind not in left_to_myst


def _extent(
    state: StateBlock,
    start_line: int,
    end_line: int,
    joins: bool,
    splits: Callable[[int], bool],
) -> tuple[int, int]:
    """Find the end and the indentation of a quote, before the rule "blockquote" runs.

    :param joins: Whether lines left of the parent belong to the quote if they begin with ``>``:
        authors indent the marker of an alert below a list item, but not the other lines.
    :param splits: Tells whether a line of the quote begins a new alert.
    :returns: The line where another marker begins, or `end_line`; and the indentation of the
        parent, or a smaller one if a line is left of it.
    """
    terminators = state.md.block.ruler.getRules("blockquote")
    code = _Code()
    code.hides(line_text(state, start_line)[1:])
    indent = state.blkIndent
    empty = False
    parent, state.parentType = state.parentType, "blockquote"
    stop = end_line
    for line in range(start_line + 1, end_line):
        text = line_text(state, line)
        if not text:
            break
        if text[0] == ">" and (state.sCount[line] >= state.blkIndent or joins):
            if not code.hides(text[1:]) and splits(line):
                stop = line
                break
            indent = min(indent, state.sCount[line])
            empty = not text[1:].strip()
        elif empty or any(rule(state, line, end_line, True) for rule in terminators):
            break
    state.parentType = parent
    return stop, indent


class _Code:
    """Tells which lines of a quote are code or comments, where a marker is only text."""

    def __init__(self) -> None:
        self._fences = FenceScanner()
        self._comment = False

    def hides(self, text: str) -> bool:
        """Process the next line; tell whether it is inside."""
        if self._fences.is_inside(text):
            return True
        if self._comment:
            self._comment = "-->" not in text
            return True
        if not self._fences.begins(text) and "<!--" in text:
            self._comment = "-->" not in text.rpartition("<!--")[2]
        return False


def _quote(state: StateBlock, start_line: int, stop: int, end_line: int, indent: int) -> None:
    """Run the rule "blockquote" on a part of its lines."""
    line_max, blk_indent, count = state.lineMax, state.blkIndent, state.sCount[start_line]
    if stop < end_line:
        # paragraphs search for their end up to here
        state.lineMax = stop
    if indent < blk_indent:
        state.blkIndent = state.sCount[start_line] = indent
    blockquote(state, start_line, stop, False)
    state.lineMax, state.blkIndent, state.sCount[start_line] = line_max, blk_indent, count


def _body_rule(
    state: StateBlock, start_line: int, end_line: int, silent: bool, *, exl: bool
) -> bool:
    """Parse the content of an alert inside its quote.

    At this point, the rule "blockquote" has removed the ``>`` from each line, and given a negative
    indentation to lines without it.
    """
    if silent or state.env.get(_PENDING) != start_line:
        return False
    del state.env[_PENDING]
    marker = _read_marker(line_text(state, start_line), 0, exl=exl)
    if marker is None:  # pragma: no cover (_quote_rule has matched it)
        return False
    opening = state.tokens[-1]
    opening.type, opening.tag = "ajo_alert_open", "div"
    opening.attrs = {"class": f"admonition {marker.kind}"}
    opening.meta["kind"] = marker.kind
    if marker.problem:
        add_problem(opening, AjoWarnings.ALERT_UNKNOWN, marker.problem, marker.title)
    if marker.title:
        push_title(state, "ajo_alert_title", "p", marker.title, start_line)
    line = start_line
    begin = state.bMarks[line] + state.tShift[line] + marker.end
    if begin < state.eMarks[line]:
        # the rule "blockquote" restores these
        state.bMarks[line], state.tShift[line], state.sCount[line] = begin, 0, 0
    else:
        line += 1
    lazy = line if line < end_line and state.sCount[line] < 0 else None
    if lazy is not None:
        # a paragraph cannot begin with a lazy continuation line
        state.sCount[line] = 0
    at = len(state.tokens)
    state.line = line
    if begin < state.eMarks[start_line] and _HIDES.match(state.src, begin):
        # beside the marker, a fence or a definition is only text
        paragraph(state, line, end_line, False)
    state.md.block.tokenize(state, state.line, end_line)
    if lazy is None:
        lazy = next((n for n in range(line, state.line) if state.sCount[n] < 0), None)
    if lazy is not None and not _is_reported(state.tokens[at:]):
        add_problem(
            opening,
            AjoWarnings.ALERT_LAZY,
            "this line has no > but is read as part of the alert above; "
            "put a blank line or a > before it",
            line=lazy,
        )
    return True


def _cells_rule(state: StateCore) -> None:
    """Parse alerts that are the whole content of a table cell, where quotes are not possible."""
    tokens: list[Token] = []
    for index, token in enumerate(state.tokens):
        marker = None
        if token.type == "inline" and state.tokens[index - 1].type in {"td_open", "th_open"}:
            sign = _CELL.match(token.content)
            marker = _read_marker(token.content, sign.end(), exl=True) if sign else None
        if marker is None or not marker.is_known:
            tokens.append(token)
            continue
        alert = _Cell(token)
        alert.open("ajo_alert", "div", attrs={"class": f"admonition {marker.kind}"})
        alert.tokens[0].meta["kind"] = marker.kind
        message = "an alert in a cell of a Markdown table is shown, but not on the official site"
        add_problem(alert.tokens[0], AjoWarnings.ALERT_UNKNOWN, message)
        if marker.title:
            alert.block("ajo_alert_title", "p", marker.title)
        if text := _without_break(token.content[marker.end :]):
            alert.block("paragraph", "p", text)
        alert.close("ajo_alert", "div")
        tokens += alert.tokens
    state.tokens = tokens


def _without_break(text: str) -> str:
    match = _CELL_BREAK.match(text)
    return (text[match.end() :] if match else text).strip()


class _Cell:
    """The tokens that replace the text of a cell."""

    def __init__(self, inline: Token) -> None:
        self.tokens: list[Token] = []
        self._map, self._level = inline.map, inline.level

    def open(self, name: str, tag: str, **fields: Any) -> None:
        token = Token(f"{name}_open", tag, 1, level=self._level, block=True, **fields)
        token.map = self._map
        self.tokens.append(token)
        self._level += 1

    def close(self, name: str, tag: str) -> None:
        self._level -= 1
        self.tokens.append(Token(f"{name}_close", tag, -1, level=self._level, block=True))

    def block(self, name: str, tag: str, text: str) -> None:
        self.open(name, tag)
        inline = Token("inline", "", 0, content=text, children=[], level=self._level, block=True)
        inline.map = self._map
        self.tokens.append(inline)
        self.close(name, tag)


def _is_reported(tokens: Sequence[Token]) -> bool:
    """Tell whether an inner alert has already reported its lazy lines."""
    return any(
        problem.warning is AjoWarnings.ALERT_LAZY
        for token in tokens
        for problem in token.meta.get(PROBLEMS, ())
    )
