"""What tab groups, accordions, shade boxes and containers share."""

from __future__ import annotations

import random

import lxml.html
import pytest
from effort import tries
from markdown_it.tree import SyntaxTreeNode

from sphinx_ajo.base.problems import PROBLEMS
from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.testing import markdown

BOX = ">[!BEGINSHADEBOX]\n"
END_BOX = ">[!ENDSHADEBOX]\n"


def html(text, dialect=Dialect.EXL):
    return markdown(dialect).render(text).replace("\n", "")


def problems(text, dialect=Dialect.EXL):
    """List the problems of a text as (line, subtype)."""
    return [
        (token.map[0] + 1 + problem.offset, problem.warning.value)
        for token in markdown(dialect).parse(text)
        for problem in token.meta.get(PROBLEMS, ())
    ]


@pytest.mark.parametrize(
    "marker",
    [
        ">[!BEGINSHADEBOX]",
        "> [!BEGINSHADEBOX]",
        ">[!beginshadebox] ",
        ">[! BeginShadeBox ]",
        '>[!BEGINSHADEBOX]{class="x"}',
        "   >[!BEGINSHADEBOX]",
        ">[!BEGINSHADEBOX]\n>\n>",
    ],
)
def test_spelling_of_markers(marker):
    assert html(f"text\n{marker}\ninside\n{END_BOX}") == (
        '<p>text</p><div class="ajo-shadebox"><p>inside</p></div>'
    )
    assert problems(f"text\n{marker}\ninside\n{END_BOX}") == []


@pytest.mark.parametrize(
    "line",
    [">[!BEGINSHADEBOXES]", ">[!NOTE]", "    >[!BEGINSHADEBOX]", "[!BEGINSHADEBOX]", ">[!TABLE]"],
)
def test_no_markers(line):
    assert "ajo-shadebox" not in html(line)
    assert "ajo-tabs" not in html(line)


def test_marker_with_text_after_it_is_none():
    """Nothing of the line gets lost."""
    assert "[!BEGINSHADEBOX] more" in html(">[!BEGINSHADEBOX] more")


def test_quote_ends_at_a_marker():
    text = f">quote\n{BOX}>in the box\n>more\n{END_BOX}>after\n"
    assert html(text) == (
        "<blockquote><p>quote</p></blockquote>"
        '<div class="ajo-shadebox"><blockquote><p>in the box<br />more</p></blockquote></div>'
        "<blockquote><p>after</p></blockquote>"
    )


def test_quote_does_not_end_at_a_marker_in_its_code():
    text = f"> ```\n{BOX}> ```\n> end\n"
    assert html(text) == (
        "<blockquote><pre><code>[!BEGINSHADEBOX]</code></pre><p>end</p></blockquote>"
    )


def test_markers_in_code_and_comments_do_not_count():
    text = f"{BOX}```\n{END_BOX}```\n<!--\n{END_BOX}-->\n\nlast\n{END_BOX}after\n"
    result = html(text)
    assert result.endswith("<p>last</p></div><p>after</p>")
    assert problems(text) == []


def test_white_space_is_a_blank_line():
    text = f"{BOX}   \n>quote\n  \t\n{END_BOX}"
    assert html(text) == ('<div class="ajo-shadebox"><blockquote><p>quote</p></blockquote></div>')


def test_groups_of_all_kinds_in_one_another():
    tabs = ">[!BEGINTABS]\n>[!TAB A]\n+++T\n:::\nx\n:::\n+++\n>[!TAB B]\ny\n>[!ENDTABS]\n"
    text = f"{BOX}{tabs}{END_BOX}"
    assert html(text) == (
        '<div class="ajo-shadebox"><div class="ajo-tabs">'
        '<div class="ajo-tab"><p class="ajo-tab-label">A</p>'
        '<details><summary class="ajo-accordion-title">T</summary><p>x</p></details></div>'
        '<div class="ajo-tab"><p class="ajo-tab-label">B</p><p>y</p></div>'
        "</div></div>"
    )
    assert problems(text) == []


@pytest.mark.parametrize(
    ("text", "inside", "found"),
    [
        # at the next one of its kind
        (f"{BOX}a\n\n{BOX}b\n{END_BOX}", "a", [(1, "group_unclosed")]),
        # at a heading ...
        (f"{BOX}a\n\n### H\nb\n", "a", [(1, "group_unclosed")]),
        # ... but not at the one that it begins with, and those below that one
        (f"{BOX}\n## H\na\n\n### I\nb\n\n## J\nc\n", "HaIb", [(1, "group_unclosed")]),
        # not at one in a group that is closed
        (f"{BOX}a\n+++T\n## H\n+++\nb\n\n## I\n", "aTHb", [(1, "group_unclosed")]),
        # with its parent
        (f"- {BOX}  a\n\nb\n", "a", [(1, "group_unclosed")]),
        (f"+++T\n{BOX}a\n+++\nb\n", "a", [(2, "group_unclosed")]),
        # at the end of the page
        (f"{BOX}a\n\nb\n", "ab", [(1, "group_unclosed")]),
    ],
)
def test_end_of_a_group_that_is_not_closed(text, inside, found):
    page = lxml.html.fromstring(f"<div>{markdown().render(text)}</div>")
    box = page.find_class("ajo-shadebox")[0]
    assert "".join(box.text_content().split()) == inside
    assert problems(text) == found


def test_the_same_in_one_another():
    text = f"{BOX}a\n{BOX}b\n{END_BOX}c\n{END_BOX}d\n"
    assert html(text) == (
        '<div class="ajo-shadebox"><p>a</p><div class="ajo-shadebox"><p>b</p></div>'
        "<p>c</p></div><p>d</p>"
    )
    assert problems(text) == [(3, "group_nested")]


def test_nothing_is_lost_deep_down():
    text = f"{BOX}" * 40 + "deep\n" + f"{END_BOX}" * 40
    assert "deep" in html(text)


def test_token_soup():
    """Whatever comes: no exception, tokens nest, line maps are in range."""
    parts = [
        *(">", "[!", ">[!BEGINTABS]\n", ">[!TAB x]\n", ">[!ENDTABS]\n", BOX, END_BOX, "+++"),
        *("+++T\n", "+++\n", "++++\n", ":::", ":::\n", "::::\n", ":::warning\n", "\n", "\n\n"),
        *(" ", "   ", "- ", "1. ", "# h\n", "text\n", "```\n", "<!--", "-->", "    ", ">\n", "\t"),
        ":::: landing-cards-container\n",
    ]
    pick = random.Random(7)
    md = markdown()
    for _ in range(tries(3000)):
        text = "".join(pick.choice(parts) for _ in range(pick.randint(1, 16)))
        tokens = md.parse(text)
        SyntaxTreeNode(tokens)
        end = text.count("\n") + 1
        assert all(0 <= token.map[0] <= token.map[1] <= end for token in tokens if token.map), text


PAGE = """\
# Page

>[!BEGINSHADEBOX]
## Before `all`
### Below it
>[!ENDSHADEBOX]

## First

### Sub

>[!BEGINSHADEBOX]
#### Under sub
## Beside first
>[!ENDSHADEBOX]

>[!BEGINTABS]
>[!TAB T]
### In a tab
>[!ENDTABS]

+++A
### In an accordion
+++

[tab](#in-a-tab) [accordion](#in-an-accordion) [box](#under-sub)
"""


def test_headings_in_groups_are_headings(build_page):
    page = lxml.html.fromstring(build_page(PAGE, myst_heading_anchors=4).text("index.html"))
    body = page.find_class("body")[0]
    found = [(h.tag, h.text_content().strip("¶")) for h in body.iter("h1", "h2", "h3", "h4")]
    assert found == [
        ("h1", "Page"),
        ("h2", "Before all"),
        ("h3", "Below it"),
        ("h2", "First"),
        ("h3", "Sub"),
        ("h4", "Under sub"),
        ("h2", "Beside first"),
        ("h3", "In a tab"),
        ("h3", "In an accordion"),
    ]
    ids = {element.get("id"): element.tag for element in body.iter() if element.get("id")}
    links = [
        a.get("href")[1:] for a in body.iter("a") if a.text_content() in ("tab", "accordion", "box")
    ]
    assert [ids[link] for link in links] == ["h3", "h3", "h4"]


def test_headings_in_shade_boxes_are_in_the_table_of_contents(build_page):
    page = lxml.html.fromstring(build_page(PAGE, html_theme="basic").text("index.html"))
    toc = page.find_class("sphinxsidebarwrapper")[0]
    entries = [
        (sum(1 for _ in a.iterancestors("ul")), a.text_content(), a.get("href"))
        for a in toc.iter("a")
        if a.find_class("reference") or "reference" in (a.get("class") or "")
    ]
    assert entries == [
        (1, "Page", "#"),
        (2, "Before all", "#before-all"),
        (3, "Below it", "#below-it"),
        (2, "First", "#first"),
        (3, "Sub", "#sub"),
        (4, "Under sub", "#under-sub"),
        (2, "Beside first", "#beside-first"),
    ]


def test_links_to_headings_in_groups_work_on_paper(build_page):
    tex = build_page(PAGE, "latex", myst_heading_anchors=4).text("projectnamenotset.tex")
    for name in ("in-a-tab", "in-an-accordion", "under-sub"):
        assert rf"\label{{\detokenize{{index:{name}}}}}" in tex
        assert rf"\hyperref[\detokenize{{index:{name}}}]" in tex


@pytest.mark.parametrize(
    "builder", ["dirhtml", "singlehtml", "epub", "text", "man", "texinfo", "xml"]
)
def test_builders(build_page, builder):
    build_page(PAGE, builder, myst_heading_anchors=4, version="1", copyright="us")


def test_parallel_build_is_the_same(project):
    for number in range(6):
        project.write(**{f"page{number}": "---\norphan: true\n---\n\n" + PAGE})
    project.write(index="# Index\n")
    options = {"ajo_dialect": "exl", "myst_heading_anchors": 4}
    serial = project.build(fresh=True, **options).text("page3.html")
    assert project.build(fresh=True, parallel=2, **options).text("page3.html") == serial
