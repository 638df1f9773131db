"""Any soup of markers is read: no exception, tokens nest, and lines are true.

The parser has the rules of every construct, so a new construct is tested by adding its markers.
"""

from __future__ import annotations

import os
import random

import pytest
from markdown_it.tree import SyntaxTreeNode
from sphinx.testing.util import SphinxTestApp

from sphinx_ajo.constructs import CONSTRUCTS
from sphinx_ajo.dialect import Dialect
from sphinx_ajo.testing import CONF, markdown, write_files

SAMPLES = int(os.environ.get("AJO_FUZZ_SAMPLES", "4000"))
SEED = int(os.environ.get("AJO_FUZZ_SEED", "2"))
PAGES = 40

PIECES = [
    *("\n", "\n", "\n\n", " ", "  ", "    ", "\t", "a", "word", "&#x200B;", "\u200b", "é", "日"),
    *("# ", "## ", " {#id}", "{#a .b c}", "===\n", "---\n", "> ", ">", "- ", "* ", "1. ", "[ ] "),
    *("`", "``", "```", "~~~", "~~", "*", "**", "_", "__", "\\", "|", "|---|\n", "a | b\n", "$"),
    *("[", "]", "(", ")", "](x.md)", "![", "](i.png)", "<br/>", "</br>", "<!--", "-->", "<div>"),
    *("</div>", "<u>", "</u>", "<a href='x.md'>", "<table><tr><td>", "<", "&quot;", "&", '"', "'"),
    *(":::: landing-cards-container\n", "::::\n", ":::\n", ":::", "![icon](https://x/icons/a.svg)"),
    *("[!DNL ", "[!UICONTROL ", "[!BADGE x]", '{type=Positive url="x"}', "[!", "!"),
    *(">[!NOTE]\n", "> [!TIP] x\n", ">[!VIDEO](https://video.tv.adobe.com/v/1){transcript=true}\n"),
    *(">[!SLIDE](x)\n", ">[!BEGINTABS]\n", ">[!TAB one]\n", ">[!ENDTABS]\n", ">[!BEGINSHADEBOX]\n"),
    *(">[!ENDSHADEBOX]\n", ">[!MORELIKETHIS]\n", ">[!CONTEXTUALHELP]\n", '>id="x"\n', "+++Title\n"),
    *("+++\n", "+++ x {#id}\n", "{{$include x.md}}", "{{x}}", '{style="table-layout:auto"}\n'),
    *("[!BADGE w] ![a](x.png)", '![a](x.png){zoomable="yes"}', "<img src='x.png'>", "<![>x", "<!x"),
    *("```{note} ", "```{card} ", "```{figure} x.png\n", "```{tab-set}\n", "```{step}\n"),
    *("````{admonition} ", "````\n", "```{button-ref} b\n", "```{raw} html\n", "```{toctree}\n"),
    *("```{list-table} ", "- - ", ":name: n\n", ":class: c\n", '>title="', '"\n>abstract="a"\n'),
    *("{target=_blank}", '{width="10" zoomable=yes}', "{", "}", "{a=b}", "%", "(x)=", "[^1]"),
    *(
        "[^1]: ",
        "*[A]: x\n",
        "A",
        "Term\n: ",
        "[r]: /u\n",
        "https://example.com",
        "(c)",
        "--",
        "...",
    ),
]


def soup(generator):
    return "".join(generator.choices(PIECES, k=generator.randint(1, 40)))


def check(tokens, lines):
    """Check what every consumer of tokens relies on."""
    SyntaxTreeNode(tokens)
    depth = 0
    for token in tokens:
        assert token.nesting in {-1, 0, 1}
        depth += token.nesting
        assert depth >= 0
        if token.map is not None:
            start, end = token.map
            assert 0 <= start <= end <= lines
        elif token.nesting >= 0 and token.block:
            assert token.type in {"inline"} or token.type.startswith(("td", "th", "footnote"))
        if token.children:
            SyntaxTreeNode(token.children)
    assert depth == 0


@pytest.mark.parametrize("dialect", Dialect)
def test_soup(dialect):
    """Whatever is joined, tokens come out whole, and HTML too."""
    generator = random.Random(SEED)
    md = markdown(dialect)
    for _ in range(SAMPLES):
        source = soup(generator)
        try:
            # front matter of one page and the counts of another are none of the next one
            check(md.parse(source, {}), source.count("\n") + 1)
            md.render(source, {})
        except Exception as error:
            error.add_note(f"source: {source!r}")
            raise


def test_rules_of_all_constructs_are_there():
    """The soup meets every rule: what the constructs add is in the parser."""
    without = {rule for rules in _plain().values() for rule in rules}
    rules = {rule for rules in markdown().get_active_rules().values() for rule in rules}
    ours = {rule for rule in rules - without if rule.startswith("ajo_")}
    assert len(ours) >= sum(construct.plugin is not None for construct in CONSTRUCTS) - 2


def _plain():
    return markdown(commonmark_only=True).get_active_rules()


def test_soup_in_sphinx(tmp_path):
    """Pages of soup build: whatever they are warned about, nothing raises."""
    generator = random.Random(SEED)
    # half of them have soup in the title, too
    pages = {
        f"p{i}.md": f"# P{i}{' ' if i % 2 else chr(10) * 2}" + soup(generator) + "\n"
        for i in range(PAGES)
    }
    entries = "\n".join(f"p{i}" for i in range(PAGES))
    index = f"# T\n\n```{{toctree}}\n{entries}\n```\n"
    write_files(tmp_path, {"conf.py": CONF, "index.md": index, "metadata.md": "", **pages})
    for builder in ("html", "text"):
        app = SphinxTestApp(
            buildername=builder,
            srcdir=tmp_path,
            builddir=tmp_path / f"_{builder}",
            confoverrides={"ajo_dialect": "exl"},
        )
        try:
            app.build()
            assert len(app.env.found_docs) > PAGES
            # the nets hide nothing here
            assert "ajo.internal" not in app.warning.getvalue()
        finally:
            app.cleanup()
