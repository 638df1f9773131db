"""Measure whether parsing stays linear, whatever authors write.

For each pathological page: how much longer ten times the input takes. Linear is about 10,
quadratic about 100. Run ``python -m benchmarks.linear`` (``--check`` fails above the limit).
"""

from __future__ import annotations

import argparse
import statistics
import sys
from functools import partial
from typing import TYPE_CHECKING

from benchmarks.figures import cpu_seconds
from sphinx_ajo.attributes import parse_attributes
from sphinx_ajo.slugs import Slugger
from sphinx_ajo.testing import markdown
from sphinx_ajo.toc.parse import parse_toc
from sphinx_ajo.toc.project import read_inline

if TYPE_CHECKING:
    from sphinx_ajo.toc.model import Guide

LIMIT = 40
"""Well above linear (machines are noisy), far below quadratic."""

SMALL, LARGE = 1_000, 10_000

UNITS = {
    "landing cards": [
        ":::: landing-cards-container\n:::\nA\n",
        ":::: landing-cards-container\n",
        ":::: landing-cards-container\n:::\n```js\n",
        ":::: landing-cards-container\n:::\n<!--\n",
    ],
    "alerts": [
        ">[!NOTE]\n",
        ">[!NOTE]\nx\n",
        ">[!NOTE]\n>```\n",
        ">[!NOTE]\n><!--\n",
        ">[!NOTE]\n>>[!TIP]\n",
        ">[!FOO]\n",
        ">x\n>\ny\n",
    ],
    "groups": [
        ">[!BEGINTABS]\n",
        ">[!TAB x]\n",
        ">[!BEGINSHADEBOX]\n",
        ">[!ENDSHADEBOX]\n",
        "+++T\n",
        "+++\n",
        ":::\n",
        ":::warning\n",
        ">[!BEGINTABS]\n>[!TAB x]\n>[!BEGINSHADEBOX]\n+++T\n# H\n",
        "> a\n>[!BEGINSHADEBOX]\n",
        "- x\n\n  +++T\n\n  y\n\n",
    ],
    "media": [
        ">[!VIDEO](",
        ">[!VIDEO](a(b",
        ">[!VIDEO](https://video.example.com/v/1)\n",
        ">text\n>[!VIDEO](x)\n",
        '>[!CONTEXTUALHELP]\n>id="',
    ],
    "badges and markers": [
        "[!BADGE ",
        "[!BADGE x]{",
        '[!BADGE x]{a="',
        "[!BADGE [!DNL x]",
        "[!DNL ",
        "[[!DNL x] y](",
    ],
    "attributes": ["![a](b){", '![a](b){"', "[t](u) {a=", "{", '{style="a:b"}\n', "- {.a}\n"],
    "text": [
        "x<br><br/></br>\n",
        "a<!-- b -->",
        "*[a]: x ",
        "## same\n",
        "## a {#a ",
        "[&#x200B; a &#x200B;](b) ",
        "&#x200B;",
    ],
    "nesting": ["> ", "*a **b ", "- "],
}


TOC_SHAPES = [
    ("", "- [a](b.md)\n", ""),
    ("", "- a\n", ""),
    ("", "<!--", ""),
    ("", "<!-- -->\n", ""),
    ("", "---\n", ""),
    ("- ", " ", ""),
    ("- a", " ", "x"),
    ("- a", " ", "{#a}"),
    ("# a", " ", "x"),
    ("- ", "{", ""),
    ("- ", "{#a ", ""),
    ("- ", "{hide-from-toc ", ""),
    ("- ", "[!DNL ", ""),
    ("- ", "[", ""),
    ("", " ", "- a"),
]
"""What a `TOC.md` may hold: a begin, what is repeated, an end."""


def seconds(unit: str, count: int) -> float:
    """Return the time it takes to parse and render a page."""
    md = markdown()
    return cpu_seconds(lambda: md.render(unit * count))


def ratio(unit: str) -> tuple[float, float]:
    """Return how much longer ten times the input takes, and the seconds of that."""
    seconds(unit, 10)
    small = statistics.median(seconds(unit, SMALL) for _ in range(3))
    large = seconds(unit, LARGE)
    return large / max(small, 1e-4), large


def read_toc(shape: tuple[str, str, str], count: int) -> Guide:
    """Read a `TOC.md` of some shape."""
    head, unit, tail = shape
    return parse_toc(head + unit * count + tail, read_inline)


def pure() -> dict[str, tuple[float, float]]:
    """Measure the functions that do not need a parser."""
    found = {}
    for name, run in {
        'attributes a="': lambda count: parse_attributes('a="' * count),
        "attributes &quot;": lambda count: parse_attributes("&quot;" * count),
        **{f"TOC.md: {shape!r}": partial(read_toc, shape) for shape in TOC_SHAPES},
        "equal slugs": lambda count: [s.slug("same") for s in [Slugger()] for _ in range(count)],
    }.items():
        times = [cpu_seconds(partial(run, count)) for count in (SMALL, LARGE)]
        found[name] = times[1] / max(times[0], 1e-4), times[1]
    return found


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help=f"fail above a ratio of {LIMIT}")
    options = parser.parse_args()
    worst = 0.0
    rows = [(f"{name}: {unit!r}", *ratio(unit)) for name, units in UNITS.items() for unit in units]
    rows += [(name, *value) for name, value in pure().items()]
    for name, value, took in rows:
        worst = max(worst, value)
        sys.stdout.write(f"{value:7.1f} x {took:7.2f} s  {name}\n")
    sys.stdout.write(f"{worst:7.1f} x             the worst of {len(rows)}\n")
    return 1 if options.check and worst > LIMIT else 0


if __name__ == "__main__":
    sys.exit(main())
