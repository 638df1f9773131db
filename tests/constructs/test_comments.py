"""HTML comments."""

from __future__ import annotations

import lxml.html
import pytest

from sphinx_ajo.base.problems import PROBLEMS
from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.testing import markdown


def render(text):
    md = markdown()
    md.options["breaks"] = False
    return md.render(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one\n\n<!-- gone -->\n\ntwo", "<p>one</p>\n<p>two</p>\n"),
        ("a <!-- gone --> b", "<p>a  b</p>\n"),
        ("a <!-- gone -->\n\nb", "<p>a</p>\n<p>b</p>\n"),
        ("<!-- gone -->text", "<p>text</p>\n"),
        ("<!-- gone\n\nmore -->[t](u)", '<p><a href="u">t</a></p>\n'),
        ("a <!-- gone\n\n# gone\n\n--> b", "<p>a  b</p>\n"),
        ("<!--> a", "<p>a</p>\n"),
        ("<!---> a", "<p>a</p>\n"),
        ("a <!-- gone --!> b", "<p>a  b</p>\n"),
        ("## Title <!-- gone -->", '<h2 id="title">Title</h2>\n'),
        ("a  <!-- no break -->\nb", "<p>a\nb</p>\n"),
        ("`<!-- code -->`", "<p><code>&lt;!-- code --&gt;</code></p>\n"),
        ("``a ` <!-- code -->``", "<p><code>a ` &lt;!-- code --&gt;</code></p>\n"),
        ("` <!-- gone -->", "<p>`</p>\n"),
        ("\\` <!-- gone --> `", "<p>`  `</p>\n"),
        ("\\<!-- text -->", "<p>&lt;!-- text --&gt;</p>\n"),
        ("> a\n> <!-- gone -->\n> b", "<blockquote>\n<p>a\nb</p>\n</blockquote>\n"),
        ("> a <!-- gone\n>\n> gone --> b", "<blockquote>\n<p>a  b</p>\n</blockquote>\n"),
    ],
)
def test_comment_vanishes(text, expected):
    """A comment vanishes, and its line with it if nothing else is there."""
    assert render(text) == expected


@pytest.mark.parametrize("fence", ["```", "~~~", "````"])
def test_comment_in_fence_is_code(fence):
    """A fence is code, comments in it included; its end is its own kind of fence only."""
    html = render(f"{fence}\n<!-- code -->\n{fence}\n\n<!-- gone -->")
    assert html == "<pre><code>&lt;!-- code --&gt;\n</code></pre>\n"


def test_fence_in_comment_is_comment():
    """What begins first counts."""
    assert render("<!--\n```\n-->\n\ntext\n\n<!-- x -->") == "<p>text</p>\n"


def test_fence_in_list_item_hides_comment():
    assert "&lt;!-- code --&gt;" in render("- ```\n  <!-- code -->\n  ```\n")


def test_comment_in_indented_code_is_code():
    html = render("text\n\n    <!-- code -->\n\n    more\n")
    assert "&lt;!-- code --&gt;" in html


def test_indented_comment_in_list_is_comment():
    """In a list such an indentation is sloppiness, not code."""
    html = render("1. a\n\n    <!-- gone\n\n    gone -->\n\n1. b\n")
    assert html.count("<li>") == 2
    assert "gone" not in html


def test_comment_ends_no_list():
    html = render("1. a\n<!-- gone\n\n1. gone\n-->\n1. b\n")
    assert html.count("<ol>") == 1
    assert html.count("<li>") == 2
    assert "<p>" not in html  # no blank line came in: the list stays tight


def test_comment_ends_no_table():
    html = render("| a | b |\n|---|---|\n| 1 | 2 |\n<!-- | 3 | 4 |\n| 5 | 6 | -->\n| 7 | 8 |\n")
    assert html.count("<table>") == 1
    assert html.count("<tr>") == 3
    assert "<td>8</td>" in html


def test_comment_in_cell_may_hold_pipes():
    html = render("| a | b |\n|---|---|\n| 1 <!-- | x | --> | 2 |\n")
    assert "<td>1</td>" in html
    assert "<td>2</td>" in html


def test_comment_in_html_block_may_hold_blank_lines():
    html = render("<table><tr><td>a</td>\n<!--\n\n<td>gone</td>\n\n-->\n<td>b</td></tr></table>")
    assert html.count("<td>") == 2
    assert "gone" not in html


def test_markers_in_comment_are_hidden():
    html = render("<!--\n:::: landing-cards-container\n:::\n-->\n\ntext\n")
    assert html == "<p>text</p>\n"


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


def test_nothing_but_a_comment():
    assert render("<!-- x -->") == ""
    assert markdown().parse("") == []


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
