"""Documents made by chance become HTML and text: nothing raises, no word is lost, HTML nests.

The short version of ``python tests/support/fuzz.py``. ``AJO_FUZZ_SEED`` and ``AJO_FUZZ_DOCUMENTS``
make others, or more; each document is the same for the same seed and number.
"""

from __future__ import annotations

import os
import random

import fuzz
import grammar
import pytest
import visible
from effort import tries
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it.tree import SyntaxTreeNode
from pipeline import Pipeline

from sphinx_ajo.constructs import CONSTRUCTS
from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.testing import markdown

SEED = int(os.environ.get("AJO_FUZZ_SEED", "1"))
DOCUMENTS = int(os.environ.get("AJO_FUZZ_DOCUMENTS", "420"))

FOUND = [
    ">]\n>[!TAB one]:w1q",
    ">[!CONTEXTUALHELP]w1q",
    "{#id}\n+++w1q{#id}",
    "[w1q <http://a.b>](other.md)",
    "# w1q [!VIDEO](http://video.tv.adobe.com/)",
    "<table><caption>w1q<br>w2q<td>w3q",
    "[^1]\n\n[^1]: w1q\n\n[^1]: w2q",
    "[^1]\n[^1]:[^1]:w1q",
    ">[!E]~~~w1q",
    "[^1]:>[!S][^1]:w1q",
    ">[!TAB]\n{. #5}",
    "!<tr>[w1q](g)",
    ">[!ENDTABS]\nq||\n-|-\n|||w1q",
    "<dl><<!-->w1q/>",
    "1. >[!VIDEO](http://a)\n2. w1q",
    "<a href='other.md' t=''>w1q[^1]\n\n[^1]: w2q",
    "<td ><svg t==></svg>w1q",
    ")<h2>[w1q](x.png)",
    "<table><d<!>w1q>",
    "<details><svg ><d =</svg><script>alert(1)</script>w1q",
    "```{list-table}\nw1q",
    "```{admonition} [!VIDEO](http://1)\nw1q",
    "[!DNL w1q|\n]::::",
]
"""What was wrong once: the smallest documents that showed it."""


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory):
    with Pipeline(tmp_path_factory.mktemp("fuzz") / "src", ajo_dialect="exl") as pipeline:
        yield pipeline


def test_documents(pipeline):
    """Nothing is wrong with any of them."""
    failures = []

    def report(*failure):
        if len(failures) < 5:
            failures.append(fuzz.show(*failure))

    fuzz.run(pipeline, SEED, range(DOCUMENTS), report)
    assert not failures, "\n".join(failures)


@pytest.mark.parametrize("text", FOUND)
@pytest.mark.parametrize(
    "place", ["{}", "- a\n\n  {}", ">[!BEGINSHADEBOX]\n\n{}\n\n>[!ENDSHADEBOX]"]
)
def test_found_before(pipeline, text, place):
    """What was wrong once is right now, wherever it stands."""
    indent = "  " if place.startswith("-") else ""
    document = grammar.Document("found", place.format(text.replace("\n", f"\n{indent}")))
    assert fuzz.problems(pipeline, document)[0] == []


@settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(grammar.MARKERS), max_size=12), st.booleans())
def test_pieces(pipeline, pieces, included):
    """Pieces of syntax in any order; Hypothesis finds the shortest ones that fail."""
    document = grammar.Document("pieces", grammar.number("".join(pieces)), included=included)
    assert fuzz.problems(pipeline, document)[0] == []


@pytest.mark.parametrize("dialect", Dialect)
def test_tokens(dialect):
    """Whatever is joined, tokens nest and their lines are in the text; in both dialects."""
    generator = random.Random(SEED)
    md = markdown(dialect)
    for _ in range(tries(DOCUMENTS * 3)):
        source = grammar.soup(generator)
        try:
            # front matter of one page and the counts of another are none of the next one
            _check(md.parse(source, {}), source.count("\n") + 1)
            md.render(source, {})
        except Exception as error:
            error.add_note(f"source: {source!r}")
            raise


def _check(tokens, lines):
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


def test_rules_of_all_constructs_are_there():
    """The documents meet every rule: what the constructs add is in the parser."""
    plain = markdown(commonmark_only=True).get_active_rules().values()
    rules = {rule for rules in markdown().get_active_rules().values() for rule in rules}
    ours = {rule for rule in rules.difference(*plain) if rule.startswith("ajo_")}
    assert len(ours) >= sum(construct.plugin is not None for construct in CONSTRUCTS) - 2


def test_everything_nests_in_everything():
    """The documents of a long run have every block in every place, and each twice."""
    found = grammar.nests()
    assert {(outer, inner) for outer in grammar.PLACES for inner in grammar.BLOCKS} <= {
        (_name(outer), _name(inner)) for outer, inner in found
    }
    assert len(found) * 6 * 2 < 100_000 * 1.1


def _name(template):
    names = [name for name, text in grammar.BLOCKS.items() if text == template]
    return names[0] if names else ""


def test_same_for_the_same_seed():
    for index in range(12):
        assert grammar.document(5, index) == grammar.document(5, index)
    assert grammar.document(5, 1) != grammar.document(6, 1)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("w1q *w2q* `w3q` [w4q](w5q) ![w6q](w7q)", "w1q w2q w3q w4q"),
        ("w1q <!-- w2q --> <b title='w3q'>w4q</b> w5<b>6q</b>", "w1q w4q"),
        (">[!NOTE]\n>w1q\n\n| w2q |\n|---|\n| w3q |", "w1q w2q w3q"),
        ("[w1q]: w2q\n\n```w3q\nw4q\n```", "w4q"),
        ("<script>w1q</script>\n\n<style>w2q</style><template>w3q</template>", ""),
        ("[a](b){title=w1q} {w2q} {{w3q}}", "w2q w3q"),
        ('>[!CONTEXTUALHELP]\n>id="w1q"\n>title="w2q"\n\nw3q', "w3q"),
        ("a[^1] [^2]\n\n[^1]: w1q", "w1q"),
        ("```{note}\nw1q <!-- w2q -->\n```\n\n```{toctree}\nw3q\n```", "w1q"),
    ],
)
def test_visible_words(text, words):
    """Visible is what a browser shows of the equivalent HTML."""
    assert visible.visible_words(text) == set(words.split())


@pytest.mark.parametrize(
    "html",
    [
        "<p>a",
        "</p>",
        "<b><i></b></i>",
        "<p><div></div></p>",
        "<p><span><ul></ul></span></p>",
        '<a href="x"><span><a href="y"></a></span></a>',
        "<li>a</li>",
        "<ul>a</ul>",
        "<ul><p></p></ul>",
        "<table><td></td></table>",
        "<table><tr>a</tr></table>",
        "<h2><h3></h3></h2>",
        '<p id="a"></p><p id="a"></p>',
        '<p class="a" class="b"></p>',
        "<p/>",
        "<script></script>",
        '<p onclick="a"></p>',
        '<a href="javascript:a"></a>',
        '<img src="data:text/html,a">',
        "<p =<></p>",
    ],
)
def test_what_is_wrong_with_html(html):
    """The check of HTML forgives nothing."""
    assert visible.HtmlCheck(html).problems


def test_what_is_right_with_html():
    html = (
        '<div id="a"><p>w1<b>q</b> &lt;w2q<br /></p><ul><li><p>a</p></li></ul>'
        '<svg viewBox="0 0 1 1"><path d="M0"/></svg><table><tbody><tr><td>a</td></tr></tbody>'
        '</table><dl><dt>a</dt><dd><p>b</p></dd></dl><a href="x.html#y">a</a></div>'
    )
    check = visible.HtmlCheck(html)
    assert check.problems == []
    assert check.words == {"w1q", "w2q"}


def test_lost_words_are_found(pipeline, monkeypatch):
    """A word that is lost, an exception and a broken page are problems."""
    document = grammar.Document("test", "# T\n\nw1q\n")
    assert fuzz.problems(pipeline, document)[0] == []
    run = pipeline.run
    for change, kind in [
        ({"html": "<p></p>"}, "word"),
        ({"text": ""}, "text word"),
        ({"toc": "<p>"}, "html"),
        ({"seconds": 9.0}, "slow"),
        ({"warnings": "x.md: WARNING: a [ajo.internal]"}, "internal"),
    ]:
        monkeypatch.setattr(pipeline, "run", lambda doc, new=change: run(doc)._replace(**new))
        assert [found for found, _ in fuzz.problems(pipeline, document)[0]] == [kind]
    monkeypatch.setattr(pipeline, "run", lambda doc: 1 / 0)
    assert fuzz.problems(pipeline, document)[0][0][0] == "exception"


def test_reduce():
    """The smallest part of a text that fails is found."""
    assert fuzz.reduce("one\ntwo\nthree x four\nfive\n", lambda text: "x" in text) == "x"
    assert fuzz.reduce("axbyc", lambda text: "x" in text and "y" in text) == "xy"
