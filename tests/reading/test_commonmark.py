"""Plain Markdown means what it means everywhere.

The examples of the CommonMark specification are not ours to copy: name a file with them
(``spec.txt``, or the JSON made from it) in ``AJO_COMMONMARK_SPEC`` to run them all.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.testing import markdown

EXAMPLE = re.compile(r"(?ms)^`{32} example\n(.*?)^\.\n.*?^`{32}$")

OURS = [
    "Setext\n===\n\nSub\n---\n\n# ATX ##\n\n###### deep\n\n#no heading\n",
    "* a\n* b\n\n  c\n\n      code\n\n1) one\n2) two\n   > quote\n   lazy\n",
    "- a\n  - b\n\n    c\n- d\n\n---\n\n***\n",
    "`` a ` b `` *em **strong*** __x__ snake_case_word _a_ * no *\n",
    "[a](<b c> 'title') [ref] [ref][] [x][ref] ![alt *em*](i.png \"t\")\n\n[ref]: /url 'T'\n",
    "<https://example.com/?a=b> <me@example.com> &amp; &copy; &#35; \\* \\# a\\\nb  \nc\n",
    "    code\n\n```js\nlet a = 1\n```\n\n~~~\n<b>\n~~~\n",
    "> a\n> > b\n> c\n\nend\n",
    "***a** b* **c*d*** a*b*c [*x*](y)\n",
    "[a [b](c) d](e) [link [brackets] x](y) ![[a](b)](c)\n",
]
"""Examples of our own, for when there is no file."""

EXL = re.compile(
    r"\[!|:::|\+\+\+|\{|(?<!~)~~(?!~)|\|"  # markers, strikethrough, tables
    r"|^\s*: |^[*+-]\s+\[[ xX]\]|\[\^|\*\["  # definitions, tasks, footnotes, abbreviations
    r"|\A---",  # front matter
    re.MULTILINE,
)
"""What plain Markdown does not have."""


def examples():
    name = os.environ.get("AJO_COMMONMARK_SPEC")
    if not name:
        return OURS
    text = Path(name).read_text(encoding="utf-8")
    if name.endswith(".json"):
        return [item["markdown"] for item in json.loads(text)]
    return [match[1].replace("→", "\t") for match in EXAMPLE.finditer(text)]


def one_line_headings(html):
    """A title is one line with us."""
    return re.sub(r"(?s)<(h\d).*?</\1>", lambda match: match[0].replace("\n", " "), html)


def has_html(tokens):
    return any(t.type.startswith("html_") or has_html(t.children or []) for t in tokens)


@pytest.mark.parametrize("dialect", Dialect)
def test_plain_markdown_is_unchanged(dialect):
    """Without ExL syntax, the output is that of CommonMark but for what the dialect adds."""
    plain = MarkdownIt("commonmark")
    differing = []
    compared = 0
    for source in examples():
        if EXL.search(source) or has_html(plain.parse(source)):
            continue
        md = markdown(dialect)
        # both are tested elsewhere
        md.options["breaks"] = md.options["typographer"] = False
        found = re.sub(r'(<h\d) id="[^"]*"', r"\1", md.render(source))
        compared += 1
        expected = plain.render(source)
        if one_line_headings(found) != one_line_headings(expected):
            differing.append((source, found, expected))
    assert not differing
    assert compared >= len(OURS)
