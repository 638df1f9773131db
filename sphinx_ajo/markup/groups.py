"""What the rules of tab groups, accordions, shade boxes and containers share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sphinx_ajo.base.problems import AjoWarnings, add_problem
from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.markup.blocks import leaves_parent, line_text, match_line, quote_marker
from sphinx_ajo.markup.group_match import Group, Kind, Line, Marker, Role, match_groups
from sphinx_ajo.markup.problem_tokens import push_problem
from sphinx_ajo.markup.quotes import push_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token


QUOTE_WORDS: Final = {
    "BEGINTABS": (Kind.TABS, Role.OPEN),
    "TAB": (Kind.TABS, Role.PART),
    "ENDTABS": (Kind.TABS, Role.CLOSE),
    "BEGINSHADEBOX": (Kind.SHADE_BOX, Role.OPEN),
    "ENDSHADEBOX": (Kind.SHADE_BOX, Role.CLOSE),
}
"""The marker lines that look like quotes."""

MAX_LEVEL: Final = 14
"""The deepest level of tokens that groups open at: markdown-it drops what lies below 20."""

BESIDE: Final = "ajo_beside"
"""The type of the tokens around text that stands beside a marker, without ``_open``."""

_CACHE: Final = "ajo_groups"
_STARTS: Final = (">", "+++", ":::")
"""The beginnings of marker lines."""

_PLUS = re.compile(r"(\+{3,})(.*)$")
_COLONS = re.compile(r"(:{3,})[ \t]*(?:(warning)(?:[ \t]+(.*))?)?$")


def plus_line(state: StateBlock, line: int) -> tuple[int, str] | None:
    """Read a line that opens or closes an accordion.

    :returns: The number of pluses, and the title: empty for a closing line.
    """
    match = match_line(state, line, "+++", _PLUS)
    if match is None:
        return None
    title = match[2].strip()
    return None if title.endswith(match[1]) else (len(match[1]), title)


def colon_line(state: StateBlock, line: int) -> tuple[int, str, str] | None:
    """Read a line that opens or closes a container.

    :returns: The number of colons, the name (empty for a bare line), and what follows the name.
    """
    match = match_line(state, line, ":::", _COLONS)
    return None if match is None else (len(match[1]), match[2] or "", match[3] or "")


def _read_marker(state: StateBlock, line: int) -> Marker | None:
    if quote := quote_marker(state, line):
        kind_and_role = QUOTE_WORDS.get(quote.word)
        return Marker(line, *kind_and_role) if kind_and_role else None
    if state.md.options.get("ajo_dialect") is not Dialect.EXL:
        return None  # what follows is MyST's
    if plus := plus_line(state, line):
        return Marker(line, Kind.ACCORDION, Role.OPEN if plus[1] else Role.CLOSE, plus[0])
    if colons := colon_line(state, line):
        return Marker(line, Kind.CONTAINER, Role.OPEN if colons[1] else Role.EITHER, colons[0])
    return None


class _Region:
    """The groups of one parent, from the line where the first of them was met."""

    def __init__(self, state: StateBlock, start_line: int, end_line: int) -> None:
        lines: list[Line] = []
        for number in range(start_line, end_line):
            if number > start_line and leaves_parent(state, number):
                break
            text = "" if state.is_code_block(number) else line_text(state, number)
            marker = _read_marker(state, number) if text.startswith(_STARTS) else None
            lines.append(Line(number, text, marker))
        self.start = start_line
        self.end = start_line + len(lines)
        self.groups = match_groups(lines, self.end)


class _Cache:
    """The regions that a block parser has met; what keeps looking them up linear."""

    def __init__(self, state: StateBlock) -> None:
        # these tell states apart; the state itself refers to this cache
        self.line_starts = state.bMarks
        self.regions: dict[tuple[int, int, int], _Region] = {}


def find_group(state: StateBlock, start_line: int, end_line: int) -> Group:
    """Return the group that a line begins.

    :param start_line: The line of an opening marker, or of a part that is in no group.
    :param end_line: The line after the last one of its parent.
    """
    cache = state.env.get(_CACHE)
    if cache is None or cache.line_starts is not state.bMarks:
        cache = state.env[_CACHE] = _Cache(state)
    key = (end_line, state.blkIndent, state.level)
    region = cache.regions.get(key)
    if region is None or start_line not in region.groups:
        region = cache.regions[key] = _Region(state, start_line, end_line)
    group: Group = region.groups[start_line]
    return group


def read_group(
    state: StateBlock,
    start_line: int,
    end_line: int,
    silent: bool,
    kind: Kind,
    push: Callable[[StateBlock, Group, str], None],
) -> bool:
    """Read a group whose markers look like quotes: the block rule of one kind.

    :param start_line: The line where the rule is tried.
    :param end_line: The line after the last one of its parent.
    :param silent: Whether to tell only if the rule would match.
    :param push: Pushes the tokens of a group; also gets the text of its first marker.
    :returns: Whether a marker of the kind stands there.
    """
    marker = quote_marker(state, start_line)
    marker_kind, role = QUOTE_WORDS.get(marker.word, (None, None)) if marker else (None, None)
    if marker is None or marker_kind is not kind or state.level > MAX_LEVEL:
        return False
    if silent:
        return True
    if role is Role.CLOSE:
        message = f"{marker.word}, but no {kind.value} is open"
        push_problem(state, start_line, AjoWarnings.GROUP_STRAY, message)
        push_beside(state, start_line, marker.text)
        state.line = after_marker(state, start_line, end_line)
        return True
    group = find_group(state, start_line, end_line)
    old_parent = state.parentType
    state.parentType = kind.value
    push(state, group, marker.text)
    state.parentType = old_parent
    if group.closed and (closing := quote_marker(state, group.end)):
        push_beside(state, group.end, closing.text)
    state.line = after_marker(state, group.end, end_line) if group.closed else group.end
    return True


def push_beside(state: StateBlock, line: int, text: str) -> None:
    """Show text that stands in a marker line which has no text.

    :param text: The text; nothing is shown if it is empty.
    """
    if text:
        opening = push_text(state, BESIDE, line, text)
        message = "%r stands in a line that is only a marker; it is shown beside the group"
        add_problem(opening, AjoWarnings.GROUP_STRAY, message, text)


def after_marker(state: StateBlock, line: int, end_line: int) -> int:
    """Return where the content below a quote marker begins: below empty ``>`` lines, too.

    :param end_line: The line after the last one that may be passed over.
    """
    line += 1
    while (
        line < end_line and not leaves_parent(state, line) and line_text(state, line).strip() == ">"
    ):
        line += 1
    return line


def push_title(state: StateBlock, name: str, tag: str, title: str, line: int) -> None:
    """Push the title of a group, to be parsed as inline Markdown.

    :param name: The type of the tokens, without ``_open`` and ``_close``.
    """
    opening = state.push(f"{name}_open", tag, 1)
    opening.map = [line, line + 1]
    opening.attrs = {"class": name.replace("_", "-")}
    inline = state.push("inline", "", 0)
    inline.content = title
    inline.map = [line, line + 1]
    inline.children = []
    state.push(f"{name}_close", tag, -1)


def note_problems(token: Token, group: Group) -> None:
    """Note what is wrong with the marker lines of a group."""
    name = group.kind.value
    lines = group.end - group.start - 1
    if group.implicit and group.closed:
        message = "this tab is in no tab group; one is opened here"
        add_problem(token, AjoWarnings.GROUP_STRAY, message)
    elif group.implicit:
        message = "this tab is in no tab group; it is shown as one that ends %d lines below"
        add_problem(token, AjoWarnings.GROUP_STRAY, message, lines)
    elif not group.closed:
        message = "this %s has no closing line; it ends %d lines below"
        add_problem(token, AjoWarnings.GROUP_UNCLOSED, message, name, lines)
    if group.closed and group.nested is not None:
        message = "%s in another %s: it is shown there, but not on the official site"
        add_problem(token, AjoWarnings.GROUP_NESTED, message, name, name, line=group.nested)
