"""Find the cards of a landing cards container in its raw lines.

The official rules (exl-markdown.md, 3.1) only look at colon lines, one after another: the first
line with enough colons closes. If this loses or breaks up cards, the interpretation with the fewest
defects is used instead, and every deviation from the rules is reported.

Nothing here knows of Markdown tokens: lines go in, line ranges come out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx_ajo.base.problems import AjoWarnings
from sphinx_ajo.language.code_fences import hidden_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HEADING = re.compile(r"#{1,6}(?:\s|$)")
_ICON = re.compile(r"!\[")
_LINK_END = re.compile(r"\)(?:\{[^{}]*\})?\s*(?:<br\s*/?>)?$")

_CARD_LIKE_STRAY = 3
"""The weight of loose content that looks like a card, relative to other loose content."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the container, without the indentation and quote marks of its parents."""

    number: int
    text: str
    colons: int = 0
    """The number of colons of a bare colon line; 0 for any other line."""


@dataclass(frozen=True, slots=True)
class Marker:
    """A bare colon line."""

    number: int
    colons: int


@dataclass(frozen=True, slots=True)
class Card:
    """The lines of one card."""

    line: int
    """Its opening line."""
    end: int
    """The line after its content."""
    after: int
    """The line after its closing line."""
    closed: bool = True
    """Whether it has its own closing line."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A mistake in the colon lines that is reported to the author."""

    line: int
    warning: AjoWarnings
    message: str


@dataclass(slots=True)
class Plan:
    """The cards and other lines of a container."""

    cards: list[Card]
    end: int
    """The line after the content of the container."""
    after: int
    """The line after its closing line."""
    extra: list[int] = field(default_factory=list)
    """Colon lines that are left out."""
    findings: list[Finding] = field(default_factory=list)


def plan_container(start: int, colons: int, lines: Sequence[Line], end: int) -> Plan:
    """Divide a container into cards.

    :param lines: The lines below its opening line, up to the end of its parent or the next opening
        line.
    :param end: The number of the line after the last of them.
    :returns: The cards, and what had to be guessed.
    """
    region = _Region(lines, end)
    closing = next((m for m in region.markers if m.colons >= colons), None)
    if closing is not None:
        inner = [m for m in region.markers if m.number < closing.number]
        later = [m for m in region.markers if m.number > closing.number]
        if not inner and any(m.colons == closing.colons for m in later):
            return _plan_equal(start, colons, closing.colons, region)
        plan = _plan_cards(region, inner, closing.number)
        plan.after = closing.number + 1
    else:
        plan = _plan_cards(region, region.markers, end)
        if plan.cards and not plan.cards[-1].closed:
            plan.cards[-1] = region.cut_at_heading(plan.cards[-1])
        plan.end = plan.after = plan.cards[-1].after if plan.cards else start + 1
        plan.findings.insert(
            0,
            Finding(
                start,
                AjoWarnings.CARDS_UNCLOSED,
                "landing-cards-container has no closing line; it ends after its last card",
            ),
        )
    plan.findings.extend(_hidden_findings(region, plan, colons))
    return plan


class _Region:
    """The lines of a container, and which of them comments and code hide."""

    def __init__(self, lines: Sequence[Line], end: int) -> None:
        self.lines = lines
        self.end = end
        self.first = lines[0].number if lines else end
        hidden, comments = hidden_lines([line.text for line in lines])
        self.markers = [
            Marker(line.number, line.colons)
            for index, line in enumerate(lines)
            if line.colons and index not in hidden
        ]
        self.hidden = [
            Marker(line.number, line.colons)
            for index, line in enumerate(lines)
            if line.colons and index in hidden
        ]
        self._content = [
            bool(line.text.strip()) and index not in comments for index, line in enumerate(lines)
        ]

    def content(self, start: int, end: int) -> list[Line]:
        """Return the visible lines from `start` to before `end`."""
        low, high = start - self.first, end - self.first
        return [
            self.lines[index]
            for index in range(max(low, 0), min(high, len(self.lines)))
            if self._content[index]
        ]

    def is_blank(self, start: int, end: int) -> bool:
        low, high = start - self.first, end - self.first
        return not any(self._content[max(low, 0) : max(high, 0)])

    def cut_at_heading(self, card: Card) -> Card:
        """End an unclosed card before the first heading that is not its title."""
        for line in self.content(card.line + 1, card.end)[1:]:
            if _HEADING.match(line.text):
                return Card(card.line, line.number, line.number, closed=False)
        return card


def _plan_cards(region: _Region, markers: list[Marker], end: int) -> Plan:
    official = list(_official(markers, end))
    defects = _defects(region, official, end)
    plan = Plan(official, end, end)
    if defects:
        meant, extra = _meant(region, markers, end)
        if _defects(region, meant, end) + len(extra) < defects:
            plan.cards, plan.extra = meant, extra
            plan.findings = [
                Finding(
                    number,
                    AjoWarnings.CARDS_MARKERS,
                    "this colon line neither opens nor closes a card; it is left out",
                )
                for number in extra
            ]
    plan.findings.extend(
        Finding(
            card.line,
            AjoWarnings.CARDS_UNCLOSED,
            "this landing card has no closing line; it ends before the next card",
        )
        for card in plan.cards
        if not card.closed
    )
    return plan


def _official(markers: list[Marker], end: int) -> Iterator[Card]:
    """Pair the colon lines as markdown-it-container does."""
    index = 0
    while index < len(markers):
        opening = markers[index]
        index += 1
        while index < len(markers) and markers[index].colons < opening.colons:
            index += 1
        if index < len(markers):
            number = markers[index].number
            yield Card(opening.number, number, number + 1)
            index += 1
        else:
            yield Card(opening.number, end, end, closed=False)


def _meant(region: _Region, markers: list[Marker], end: int) -> tuple[list[Card], list[int]]:
    """Pair the colon lines by the content between them; also return unpaired lines.

    A colon line in a card with content right after it was meant to open the next card.
    """
    cards: list[Card] = []
    extra: list[int] = []
    bounds = [*(m.number for m in markers), end]
    opened: int | None = None
    for index, number in enumerate(bounds[:-1]):
        followed = not region.is_blank(number + 1, bounds[index + 1])
        if opened is not None:
            cards.append(Card(opened, number, number if followed else number + 1, not followed))
            opened = number if followed else None
        elif followed or _is_empty_card(region, bounds, index):
            opened = number
        else:
            extra.append(number)
    if opened is not None:
        cards.append(Card(opened, end, end, closed=False))
    return cards, extra


def _is_empty_card(region: _Region, bounds: list[int], index: int) -> bool:
    """Tell an empty card from a surplus closing line: two lines, and nothing after them."""
    if index + 2 >= len(bounds):
        return False
    return region.is_blank(bounds[index + 1] + 1, bounds[index + 2])


def _defects(region: _Region, cards: list[Card], end: int) -> int:
    count = 0
    at = region.first
    for card in cards:
        count += _stray_defects(region, at, card.line)
        count += not card.closed
        count += region.is_blank(card.line + 1, card.end)
        at = card.after
    return count + _stray_defects(region, at, end)


def _stray_defects(region: _Region, start: int, end: int) -> int:
    lines = region.content(start, end)
    if not lines:
        return 0
    looks_like_card = _ICON.match(lines[0].text) or (
        len(lines) > 1
        and lines[-1].number - lines[0].number >= len(lines)
        and _is_link(lines[-1].text)
    )
    return _CARD_LIKE_STRAY if looks_like_card else 1


def _is_link(text: str) -> bool:
    """Tell whether a line looks like a link."""
    return text.startswith("[") and "](" in text and _LINK_END.search(text) is not None


def _plan_equal(start: int, colons: int, card_colons: int, region: _Region) -> Plan:
    """Plan a container whose first card would close it: its cards have as many colons.

    The container ends at the first line with other colons that may close it; with the same
    count everywhere, at the last line if that has no card to close.
    """
    markers: list[Marker] = []
    closing: int | None = None
    for marker in region.markers:
        if marker.colons == card_colons:
            markers.append(marker)
        elif marker.colons >= colons and len(markers) % 2 == 0:
            closing = marker.number
            break
    if closing is None and card_colons == colons:
        cards, extra = _meant(region, markers[:-1], markers[-1].number)
        if (not cards or cards[-1].closed) and not extra:
            closing = markers.pop().number
    end = region.end if closing is None else closing
    plan = _plan_cards(region, markers, end)
    plan.findings.insert(
        0,
        Finding(
            start,
            AjoWarnings.CARDS_MARKERS,
            "the first card of landing-cards-container would close it: "
            "give the container more colons than its cards",
        ),
    )
    if closing is None:
        if plan.cards and not plan.cards[-1].closed:
            plan.cards[-1] = region.cut_at_heading(plan.cards[-1])
        end = plan.cards[-1].after
        plan.end = plan.after = end
    else:
        plan.after = closing + 1
    return plan


def _hidden_findings(region: _Region, plan: Plan, colons: int) -> Iterator[Finding]:
    """Report colon lines in code and comments that the official rules would act upon."""
    for marker in region.hidden:
        if marker.number >= plan.end:
            break
        in_card = any(card.line < marker.number < card.end for card in plan.cards)
        if in_card or marker.colons >= colons:
            yield Finding(
                marker.number,
                AjoWarnings.CARDS_MARKERS,
                "a colon line in a comment or code block ends the card on the official site",
            )
