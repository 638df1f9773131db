"""Measure whether all that reads a page stays linear, whatever authors write.

Each shape is a few characters over and over: up to 80,000 times, or for about half a second.
It is measured at three sizes, each twice the one before. Linear is a growth of 2 per doubling,
quadratic 4. Run ``python -m benchmarks.linear`` (``--check`` fails above the limit, ``--only TEXT``
measures only the shapes with that text in their name, ``--most 1000`` repeats them no more often).
"""

from __future__ import annotations

import argparse
import gc
import math
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from sphinx.testing.util import SphinxTestApp

from benchmarks.figures import cpu_seconds
from sphinx_ajo.base.limits import make_limits
from sphinx_ajo.build.toc.project import read_inline
from sphinx_ajo.constructs.contextual_help.domain import html_text
from sphinx_ajo.constructs.html.tokens.sanitize import Media, sanitize
from sphinx_ajo.constructs.includes.fragments import included_lines, snippet_lines
from sphinx_ajo.language.attributes import parse_attributes
from sphinx_ajo.language.entities import unescape
from sphinx_ajo.language.front_matter import (
    front_matter_text,
    plain_text,
    read_front_matter,
)
from sphinx_ajo.language.html.policy import safe_style, safe_url
from sphinx_ajo.language.slugs import Slugger, slugify
from sphinx_ajo.site.toc.parse import parse_toc
from sphinx_ajo.site.urls.redirects import parse_redirects
from sphinx_ajo.testing import CONF, markdown, write_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx_ajo.site.toc.model import Guide

LIMIT: Final = 3.0
"""The growth per doubling that is an error: between linear (2) and quadratic (4)."""

MOST: Final = 80_000
"""How often a shape is repeated at most."""

SECONDS: Final = 0.6
"""About how long the largest size takes at most; ``--seconds`` changes it."""

LEAST: Final = 0.05
"""Seconds below which a time says nothing."""

NUMBER: Final = "§"
"""What stands for the number of the repetition in a shape."""

PARSER: Final = {
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
        ">[!NOTE] ",
        ">[!",
        ">x\n>\ny\n",
        ">[!MORELIKETHIS]\n>* [a](b.md)\n\n",
    ],
    "groups": [
        ">[!BEGINTABS]\n",
        ">[!TAB x]\n",
        ">[!BEGINSHADEBOX]\n",
        ">[!ENDSHADEBOX]\n",
        "+++T\n",
        "+++\n",
        "+++",
        ":::\n",
        ":::warning\n",
        ":::",
        ">[!BEGINTABS]\n>[!TAB x]\n>[!BEGINSHADEBOX]\n+++T\n# H\n",
        "> a\n>[!BEGINSHADEBOX]\n",
        "- x\n\n  +++T\n\n  y\n\n",
    ],
    "media": [
        ">[!VIDEO](",
        ">[!VIDEO](a(b",
        ">[!VIDEO](https://video.example.com/v/1)\n",
        ">text\n>[!VIDEO](x)\n",
        ">[!SLIDE](",
        '>[!CONTEXTUALHELP]\n>id="',
        '>[!CONTEXTUALHELP]\n>id="§"\n>title="y"\n\n',
    ],
    "badges and markers": [
        "[!BADGE ",
        "[!BADGE a",
        "[!BADGE x]{",
        '[!BADGE x]{a="',
        '[!BADGE x]{type="',
        "[!BADGE [!DNL x]",
        "[!DNL ",
        "[!UICONTROL [!DNL ",
        "[[!DNL x] y](",
        "[!",
        "[!a ",
    ],
    "attributes": [
        "![a](b){",
        '![a](b){"',
        "[t](u) {a=",
        '[t](u){a="',
        "{",
        '{a="',
        "{#a}",
        '{style="a:b"}\n',
        "- {.a}\n",
        '|a|\n|-|\n|b|\n{style="table-layout:auto"}\n\n',
    ],
    "includes": ["{{", "{{x}}", "{{$include ", "{{snippet-"],
    "text": [
        "a\n",
        "a\n\n",
        "a  \n",
        "x<br><br/></br>\n",
        "*[a]: x ",
        "*[a§]: x\n",
        "[&#x200B; a &#x200B;](b) ",
        "&#x200B;",
        " \u200b a",
        "\u0301",
        "\u200f",
        "\t",
        "'a' ",
        "\"a\" 'b' ",
        '"a',
        "...",
        "www.a.b ",
        "http://",
        "\\",
        "$",
    ],
    "headings": ["## same\n", "## a {#a ", "## a {#a}\n", "## a {#a§}\n\n", "a\n===\n"],
    "lists and quotes": ["> ", "- ", "- a\n", "1. a\n", " - a\n", "- [ ] a\n", "> > >\n", ": a\n"],
    "tables": ["| ", "|\n", "||||\n", "|a|b|\n|-|-|\n", "|-"],
    "code": ["`", "` ``", "`a ", "```\n", "~~~\n\n", "    a\n", "```js\nx\n```\n"],
    "emphasis": ["*a **b ", "*a ", "_a ", "~~a ", "**a** ", "*"],
    "links": [
        "[",
        "![",
        "[a](",
        "[a][",
        "[a§]: b\n",
        '[a]: <b> "c',
        "[^1]",
        "[^§]: x\n",
        "[^1]: [^1] ",
        "<http://a",
        "<a@b",
        "](",
    ],
    "comments": ["a<!-- b -->", "<!--", "<!--\n", "<!-->", "<!--`", "<!-- a\n-->\n"],
    "html": [
        "<",
        "<a ",
        '<a x="',
        "<a x='",
        '<a x="y" z=\'',
        '<a href="x">',
        "</a>",
        "<b>",
        "<b>\n\n",
        "<div>",
        "<div>\n\n",
        "</div>\n\n",
        '<div id="§">x</div>\n\n',
        "<table><tr><td>",
        "<table><tr><td colspan=999 rowspan=999>\n",
        "<tr><td>x</td></tr>\n",
        "<script>\n\n",
        "<pre>\n\n",
        "<textarea>",
        "<![CDATA[",
        "<?",
        "<!A",
        "<YOUR_ID>",
        "<svg><g>",
        "<img src=x>\n",
        "<details><summary>",
        "<ul><li>",
        "<select><option>",
        "<iframe>",
        "<tr>\n\n    <td>a</td>\n</tr>\n\n",
        "<div>\n\n    <b>a</b>\n\n",
        "<div>\n>[!NOTE]\n>a\n",
        "<tr><td><pre>\n\na\n\n",
        "a <x-y> ",
        "&",
        "&amp;",
        "&#x",
    ],
}
"""What the parser gets, with all rules and without Sphinx."""

TOC_SHAPES: Final = [
    ("", "- [a](b.md)\n", ""),
    ("", "- [a](a§.md)\n", ""),
    ("", "- a\n", ""),
    ("", "+ a {#a}\n", ""),
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

PAGES: Final = {
    "blocks": ["a\n\n", "- a\n", "> a\n\n", "# h\n\n", "## h§ {#id§}\n\n", "```js\nx\n```\n\n"],
    "inline": ["a ", "'a' ", "*a* ", "`a` ", "[a](#b) ", "[a](b.md) ", "[a](https://a.b) "],
    "media": ["![a](b.png) ", "[!BADGE x]{type=positive} ", "[!DNL x] ", "[!UICONTROL x] "],
    "notes": ["[^§]: x\n\n[^§]\n\n", "*[a§]: x\n\na§ ", "[a§]: b\n\n[a§] "],
    "groups": [">[!NOTE]\n>x\n\n", "+++ a\nx\n+++\n\n", ">[!BEGINTABS]\n\n>[!TAB a]\n\nx\n\n"],
    "cards": [":::: landing-cards-container\n:::\n![a](b.svg)\n\nA [b](c.md)\n:::\n::::\n\n"],
    "tables": ["|a|b|\n|-|-|\n|c|d|\n\n", "<table><tr><td>a</td></tr></table>\n\n"],
    "html": ['<div id="a">x</div>\n\n', "<br>", "<b>x</b> ", '<a id="§"></a>x\n\n'],
    "help": ['>[!CONTEXTUALHELP]\n>id="x§"\n>title="y"\n\n'],
}
"""What is read, resolved and written as a page, with Sphinx."""

_NO_BUDGET: Final = make_limits(
    dict.fromkeys(("page_lines", "page_characters", "paragraph_characters", "table_cells"), 10**9)
)


class Result(NamedTuple):
    """What was measured of a shape."""

    name: str
    most: int
    """How often it was repeated at most."""
    seconds: float
    """How long that took."""
    growth: float
    """By how much each doubling made it longer."""


def repeat(unit: str, count: int) -> str:
    """Return a shape so many times."""
    if NUMBER not in unit:
        return unit * count
    return "".join(unit.replace(NUMBER, str(number)) for number in range(count))


def measure(
    name: str, run: Callable[[str], object], unit: str, most: int, seconds: float
) -> Result:
    """Measure a shape at three sizes; a growth that looks bad is measured again."""
    count = min(most, 500)
    sample = min(_seconds(run, unit, count) for _ in range(2))
    while most > 8 * count and sample * most / count > seconds:
        most //= 2
    sizes = [max(most // 4, 1), max(most // 2, 1), most]
    times = [_seconds(run, unit, size) for size in sizes]
    if _growth(times) > LIMIT:
        times = [
            min(time, _seconds(run, unit, size)) for time, size in zip(times, sizes, strict=True)
        ]
    return Result(name, most, times[-1], _growth(times))


def _growth(times: list[float]) -> float:
    if times[-1] < LEAST:
        return 0.0
    return math.sqrt(times[-1] / max(times[0], times[-1] / 100))


def _seconds(run: Callable[[str], object], unit: str, count: int) -> float:
    text = repeat(unit, count)
    gc.collect()
    return cpu_seconds(lambda: run(text))


def pure() -> dict[str, tuple[Callable[[str], object], str]]:
    """Return the functions that need no parser, and what each of them gets."""
    yaml = "front matter"
    shapes: dict[str, tuple[Callable[[str], object], str]] = {}
    for unit in (
        "a§: x\n",
        "a: x\n",
        "- ",
        "[",
        "{a: ",
        "a ",
        "?\n",
        "&a ",
        "%TAG ! a\n",
        "a§: &a§ [*a§]\n",
        "x\n",
        "#\n",
    ):
        shapes[f"{yaml}: {unit!r}"] = (read_front_matter, unit)
    shapes[f"{yaml}: one long line"] = (lambda text: read_front_matter(f"a: x{text}y\n"), " ")
    shapes[f"{yaml}: one long key"] = (lambda text: read_front_matter(f"{text}: y\n"), "a ")
    shapes[f"{yaml}: aliases"] = (
        lambda text: read_front_matter(f"a: &a [x, x, x]\nb: [{text}]\n"),
        "*a,",
    )
    shapes["end of front matter"] = (lambda text: front_matter_text(f"---\n{text}"), "a: b\n")
    for unit in ('a="', "&quot;", "a=b,", ",", ".a ", "a='", "«", "&nbsp;", "a"):
        shapes[f"attributes: {unit!r}"] = (parse_attributes, unit)
    for unit in ("[!DNL ", "[!DNL x]", "[!DNL [", "&#9", "&", "\u200b"):
        shapes[f"plain text: {unit!r}"] = (plain_text, unit)
    shapes["markers: one with blanks"] = (lambda text: plain_text(f"[!DNL{text}"), " ")
    shapes["entities"] = (lambda text: unescape(f"&#{text};"), "9")
    shapes["slug"] = (slugify, "a b-")
    shapes["equal slugs"] = (_slugs, "same\n")
    for unit in ("<a x='", "<b>", "<!--", "<script>", "<", "&", "<![CDATA[", "<svg>", "<a onx=y>"):
        shapes[f"sanitize: {unit!r}"] = (lambda text: sanitize(text, Media()), unit)
        shapes[f"text of HTML: {unit!r}"] = (html_text, unit)
    for unit in ("a:b;", "width:calc(", "width:1px ", ";", "color:red", "\\"):
        shapes[f"style: {unit!r}"] = (safe_style, unit)
    for unit in ("a:", "\t", "data:", "a/", "&#9;"):
        shapes[f"address: {unit!r}"] = (safe_url, unit)
    for unit in ("a,b\n", ",", '"', "https://", "a b,"):
        shapes[f"redirects: {unit!r}"] = (lambda text: list(parse_redirects(text)), unit)
    for head, unit, tail in TOC_SHAPES:
        shapes[f"TOC.md: {(head, unit, tail)!r}"] = (partial(_read_toc, head, tail), unit)
    shapes["included lines"] = (included_lines, "a\n")
    shapes["snippets"] = (snippet_lines, "## a {#a§}\n\nx\n")
    return shapes


def _read_toc(head: str, tail: str, text: str) -> Guide:
    return parse_toc(f"{head}{text}{tail}", read_inline)


def _slugs(text: str) -> None:
    slugger = Slugger()
    for word in text.split():
        slugger.slug(word)


class Page:
    """A project with one page, which is built again for each text."""

    def __init__(self, folder: Path) -> None:
        """Build it once."""
        write_files(folder, {"conf.py": CONF, "index.md": "# T\n"})
        self._file = folder / "index.md"
        limits = {"page_lines": 10**9, "page_characters": 10**9, "paragraph_characters": 10**9}
        self._app = SphinxTestApp(
            srcdir=folder,
            confoverrides={
                "ajo_dialect": "exl",
                "ajo_limits": limits,
                "html_theme": "alabaster",
                "suppress_warnings": ["ajo", "myst", "image", "docutils", "toc"],
            },
        )
        self._app.build()

    def __call__(self, text: str) -> None:
        """Read, resolve and write the page."""
        self._file.write_text(text, encoding="utf-8")
        app = self._app
        app.env.clear_doc("index")
        app.builder.read_doc("index")
        doctree = app.env.get_and_resolve_doctree("index", app.builder)
        app.builder.write_doc_serialized("index", doctree)
        app.builder.write_doc("index", doctree)
        app.warning.truncate(0)

    def close(self) -> None:
        """Leave nothing behind."""
        self._app.cleanup()


def results(only: str, most: int, seconds: float) -> Iterator[Result]:
    """Measure everything whose name has a text in it."""
    md = markdown()
    md.options["ajo_limits"] = _NO_BUDGET
    # the garbage is collected before each shape: all modules need no look each time
    gc.freeze()
    cases = [
        (f"parser, {group}: {unit!r}", md.render, unit, most)
        for group, units in PARSER.items()
        for unit in units
    ]
    cases += [(name, run, unit, most) for name, (run, unit) in pure().items()]
    for name, run, unit, size in cases:
        if only in name:
            yield measure(name, run, unit, size, seconds)
    with tempfile.TemporaryDirectory() as folder:
        page = Page(Path(folder, "source"))
        gc.freeze()
        for group, units in PAGES.items():
            for unit in units:
                name = f"page, {group}: {unit!r}"
                if only in name:
                    yield measure(name, page, unit, most, seconds)
        page.close()


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help=f"fail above a growth of {LIMIT}")
    parser.add_argument("--only", default="", help="measure only these shapes")
    parser.add_argument("--most", type=int, default=MOST, help="repeat them so often at most")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="for the largest size")
    options = parser.parse_args()
    found = []
    for result in results(options.only, options.most, options.seconds):
        found.append(result)
        name = f"{result.growth:5.1f}  {result.seconds:6.2f} s  {result.most:6}  {result.name}\n"
        sys.stdout.write(name)
        sys.stdout.flush()
    worst = max((result.growth for result in found), default=0.0)
    sys.stdout.write(f"{worst:5.1f}                    the worst of {len(found)}\n")
    return 1 if options.check and worst > LIMIT else 0


if __name__ == "__main__":
    sys.exit(main())
