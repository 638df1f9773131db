"""Match the marker lines of tab groups, accordions, shade boxes and containers.

All of them are pairs of marker lines with blocks between them. They are matched in one pass
over the lines of their common parent, because a forgotten closing line of one concerns the
others: where it is missing, the group ends before the next one of its kind, at a heading that
cannot belong to it, or with its parent, whichever comes first.

Nothing here knows of Markdown tokens: lines go in, line ranges come out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING

from sphinx_ajo.language.code_fences import hidden_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEADING = re.compile(r"(#{1,6})(?:[ \t]|$)")


class Kind(Enum):
    """The kinds of groups; the value is what writers call them."""

    TABS = "tab group"
    SHADE_BOX = "shade box"
    ACCORDION = "accordion"
    CONTAINER = "container"


class Role(Enum):
    """What a marker line does."""

    OPEN = auto()
    PART = auto()
    """Begins a part of a group, and the group itself if there is none."""
    CLOSE = auto()
    EITHER = auto()
    """Closes a group that it can close; opens one if there is none."""


@dataclass(frozen=True, slots=True)
class Marker:
    """One marker line."""

    line: int
    kind: Kind
    role: Role
    weight: int = 0
    """The number of pluses or colons: a closing line needs as many as the opening one."""


@dataclass(slots=True)
class Group:
    """One group, and all that had to be guessed about it."""

    kind: Kind
    start: int
    """Its opening line."""
    end: int
    """The line after its content."""
    weight: int = 0
    closed: bool = False
    """Whether ``end`` is its closing line."""
    implicit: bool = False
    """Whether its opening line is that of its first part."""
    parts: list[int] = field(default_factory=list)
    """The lines that begin its parts."""
    nested: int | None = None
    """The line of the first group of the same kind and weight in it."""

    @property
    def after(self) -> int:
        """The line that follows the group."""
        return self.end + 1 if self.closed else self.end


@dataclass(frozen=True, slots=True)
class Line:
    """A line that may matter."""

    number: int
    text: str
    """Its text without indentation; empty if it is indented code."""
    marker: Marker | None = None


def match_groups(lines: Sequence[Line], end: int) -> dict[int, Group]:
    """Match the marker lines of a parent.

    :param lines: Its lines; the first one is an opening marker.
    :param end: The number of the line after the last of them.
    """
    # the first line opens a group, whatever else it holds
    hidden, _comments = hidden_lines([line.text for line in lines[1:]])
    shown = [line for index, line in enumerate(lines, -1) if index not in hidden]
    headings = [
        (line.number, len(match[1])) for line in shown if (match := _HEADING.match(line.text))
    ]
    markers = [line.marker for line in shown if line.marker]
    # containers are as good as invisible: they must not end what is visible
    groups = _match([m for m in markers if m.kind is not Kind.CONTAINER], end)
    groups += _match([m for m in markers if m.kind is Kind.CONTAINER], end)
    _cut(groups, headings, lines)
    return {group.start: group for group in groups}


def _match(markers: Sequence[Marker], end: int) -> list[Group]:
    groups: list[Group] = []
    stack: list[Group] = []
    open_: dict[Kind, list[Group]] = defaultdict(list)
    weights: dict[tuple[Kind, int], int] = defaultdict(int)

    def push(marker: Marker, *, implicit: bool = False) -> None:
        group = Group(marker.kind, marker.line, end, marker.weight, implicit=implicit)
        groups.append(group)
        stack.append(group)
        open_[marker.kind].append(group)
        weights[marker.kind, marker.weight] += 1

    def pop(bound: int) -> Group:
        group = stack.pop()
        open_[group.kind].pop()
        weights[group.kind, group.weight] -= 1
        group.end = bound
        return group

    for marker in markers:
        own = open_[marker.kind]
        if marker.role is Role.OPEN or (
            # the nearest one decides: a shorter line cannot close what lies around it either
            marker.role is Role.EITHER and not (own and own[-1].weight <= marker.weight)
        ):
            push(marker)
        elif marker.role is Role.PART:
            if not own:
                push(marker, implicit=True)
            while stack[-1].kind is not marker.kind:
                pop(marker.line)
            stack[-1].parts.append(marker.line)
        elif weights[marker.kind, marker.weight] or (own and own[-1].weight <= marker.weight):
            exact = bool(weights[marker.kind, marker.weight])
            while (group := pop(marker.line)).kind is not marker.kind or (
                exact and group.weight != marker.weight
            ):
                pass
            group.closed = True
            if own and own[-1].nested is None and own[-1].weight <= group.weight:
                own[-1].nested = group.start
    return groups


def _cut(
    groups: Sequence[Group], headings: Sequence[tuple[int, int]], lines: Sequence[Line]
) -> None:
    """Decide where the groups end that are not closed."""
    openings: dict[Kind, list[int]] = defaultdict(list)
    for group in groups:
        openings[group.kind].append(group.start)
    around = _innermost(groups, headings)
    numbers = [number for number, _level in headings]
    first = lines[0].number if lines else 0
    for group in groups:
        if group.closed:
            continue
        origin = group.parts[-1] if group.parts else group.start
        following = bisect_right(openings[group.kind], origin)
        if following < len(openings[group.kind]):
            group.end = min(group.end, openings[group.kind][following])
        at = bisect_right(numbers, origin)
        # headings of its earlier parts show which ones its last part may have
        earlier = headings[bisect_right(numbers, group.start) : at]
        limit = min((level for _number, level in earlier), default=7) - 1
        if limit == 6 and at < len(headings):
            limit = 6
            index = origin + 1 - first
            while index < len(lines) and not lines[index].text.strip():
                index += 1
            if headings[at][0] == first + index:
                # it begins with a heading: that one belongs to it, with all below it
                limit = headings[at][1]
                at += 1
        while at < len(headings) and headings[at][0] < group.end:
            number, level = headings[at]
            if level <= limit and around[at] <= group.start:
                group.end = number
                break
            at += 1


def _innermost(groups: Sequence[Group], headings: Sequence[tuple[int, int]]) -> list[int]:
    """Return the start of the innermost closed group around each heading, or -1."""
    closed = sorted((g for g in groups if g.closed), key=lambda group: group.start)
    result: list[int] = []
    stack: list[Group] = []
    at = 0
    for number, _level in headings:
        while at < len(closed) and closed[at].start < number:
            while stack and stack[-1].end < closed[at].start:
                stack.pop()
            stack.append(closed[at])
            at += 1
        while stack and stack[-1].end < number:
            stack.pop()
        result.append(stack[-1].start if stack else -1)
    return result
