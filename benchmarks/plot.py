"""A plot as SVG, for light and dark pages alike: no background, colours of middle brightness."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

WIDTH: Final = 760
HEIGHT: Final = 380
LEFT, RIGHT, TOP, BOTTOM = 64, 210, 34, 46
COLOURS: Final = ("#d9822b", "#c4433f", "#3f8fd9", "#8a63c7", "#2f9e60")
GREY: Final = "#888"


def plot(lines: Mapping[str, Sequence[tuple[int, float]]]) -> str:
    """Return a plot with logarithmic axes.

    :param lines: The points of each line: the number of pages, and the milliseconds of each.
    :returns: The SVG.
    """
    points = [point for line in lines.values() for point in line] or [(1, 1.0)]
    across = _axis([x for x, _ in points], LEFT, WIDTH - RIGHT)
    up = _axis([y for _, y in points], HEIGHT - BOTTOM, TOP)
    middle = (LEFT + WIDTH - RIGHT) / 2
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"',
        f'  font-family="system-ui, sans-serif" font-size="13" fill="{GREY}">',
        "<title>CPU time of each page, by the number of pages</title>",
        '<text x="8" y="18">CPU milliseconds for each page</text>',
        f'<text x="{middle}" y="{HEIGHT - 8}" text-anchor="middle">pages</text>',
        *_grid(points, across, up),
    ]
    for colour, (name, line) in zip(_cycle(COLOURS), lines.items(), strict=False):
        parts += _line(name, line, colour, across, up)
    parts += _labels(lines, up)
    return "\n".join([*parts, "</svg>"]) + "\n"


class _Axis:
    """Where values lie: powers of ten are equally far from each other."""

    def __init__(self, low: float, high: float, start: float, end: float) -> None:
        self.low, self.high, self.start, self.end = low, high, start, end

    def __call__(self, value: float) -> float:
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)

    def ticks(self) -> Iterator[float]:
        """Yield what is named on the axis."""
        for power in range(math.floor(self.low), math.ceil(self.high) + 1):
            for step in (1, 2, 5):
                value = step * 10.0**power
                if self.low - 1e-9 <= math.log10(value) <= self.high + 1e-9:
                    yield value


def _axis(values: Sequence[float], start: float, end: float) -> _Axis:
    low, high = math.log10(min(values)), math.log10(max(values))
    # some room, also if there is one value only
    return _Axis(low - 0.12, high + 0.12, start, end)


def _grid(points: Sequence[tuple[int, float]], across: _Axis, up: _Axis) -> Iterator[str]:
    for value in up.ticks():
        y = up(value)
        yield f'<path d="M{LEFT} {y}H{WIDTH - RIGHT}" stroke="{GREY}" stroke-opacity=".25"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{value:,.0f}</text>'
    for value in sorted({x for x, _ in points}):
        y = HEIGHT - BOTTOM + 18
        yield f'<text x="{across(value)}" y="{y}" text-anchor="middle">{value:,}</text>'


def _line(
    name: str, points: Sequence[tuple[int, float]], colour: str, across: _Axis, up: _Axis
) -> Iterator[str]:
    places = [(across(x), up(y)) for x, y in sorted(points)]
    path = "L".join(f"{x} {y}" for x, y in places)
    yield f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2.5"/>'
    for (x, y), (pages, value) in zip(places, sorted(points), strict=True):
        title = f"{escape(name)}: {value:.0f} ms for each of {pages:,} pages"
        yield f'<circle cx="{x}" cy="{y}" r="4" fill="{colour}"><title>{title}</title></circle>'


def _labels(lines: Mapping[str, Sequence[tuple[int, float]]], up: _Axis) -> Iterator[str]:
    """Yield the names of lines beside their ends, moved apart where they would overlap."""
    ends = sorted(
        (up(max(points)[1]), name, colour)
        for colour, (name, points) in zip(_cycle(COLOURS), lines.items(), strict=False)
    )
    last = -math.inf
    for y, name, colour in ends:
        last = max(y + 4, last + 18)
        yield f'<text x="{WIDTH - RIGHT + 12}" y="{last}" fill="{colour}">{escape(name)}</text>'


def _cycle(colours: Sequence[str]) -> Iterator[str]:
    while True:
        yield from colours
