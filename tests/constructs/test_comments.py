"""HTML comments."""

from __future__ import annotations

import lxml.html
import pytest

from sphinx_ajo.base.problems import PROBLEMS
from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.testing import markdown


def test_front_matter_is_left_alone():
    tokens = markdown().parse("---\ntitle: a <!-- b -->\n---\ntext <!-- gone -->\n")
    assert tokens[0].type == "front_matter"
    assert "<!-- b -->" in tokens[0].content
    assert tokens[1].map == [3, 4]


def test_lines_are_true():
    """Tokens have the lines that they were written in."""
    tokens = markdown().parse("a\n\n<!-- x\n\ny -->\nb\n\n- c <!--\n\n-->\n- d\n\ne\n")
    maps = {token.content: token.map for token in tokens if token.type == "inline"}
    assert maps == {"a": [0, 1], "b": [5, 6], "c": [7, 8], "d": [10, 11], "e": [12, 13]}


def test_lines_of_problems_are_true():
    text = ":::: landing-cards-container\n<!-- x\n\n-->\n:::\ncard\n:::\n\nstray\n"
    opening = markdown().parse(text)[0]
    (problem,) = opening.meta[PROBLEMS]
    assert opening.map[0] == 0
    assert opening.map[0] + problem.offset <= 8


def test_unclosed_comment_shows_its_text(project):
    """Nothing is swallowed; one warning names the line."""
    project.write(index="# T\n\n<!-- one\n\ntwo <!-- three\n")
    build = project.build(
        ajo_dialect="exl",
        warnings=["index.md:3: WARNING: this comment has no end"],
    )
    html = build.text("index.html")
    assert "&lt;!-- one" in html
    assert "two &lt;!-- three" in html


def test_mixed_dialect_is_left_alone():
    html = markdown(Dialect.MIXED).render("| a |\n|---|\n| 1 |\n\n<!-- x -->\n")
    assert "<!-- x -->" in html


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("!{}[a](b)", "!a"),
        ("[a]{}(b)", "[a](b)"),
        ("[a]{}: b", "[a]: b"),
        ("1 <{}a> b", "1 <a> b"),
        ("<div>1 <{}a</div>", "1 <a"),
        ("&{}amp;", "&amp;"),
        ("[!DNL a]{}b", "ab"),
        ("**a**{}b", "ab"),
    ],
)
@pytest.mark.parametrize("comment", ["<!-- x -->", "<!-->", "<!-- x\n\ny -->"])
def test_text_beside_a_comment(text, comment, expected):
    """What stands on both sides of a comment does not become a tag, an image or a link."""
    tree = lxml.html.fromstring(f"<div>{markdown().render(text.format(comment))}</div>")
    assert " ".join(tree.text_content().replace("\u200b", "").split()) == expected
    assert not tree.xpath("//img")
