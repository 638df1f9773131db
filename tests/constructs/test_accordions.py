"""Accordions."""

from __future__ import annotations

import lxml.html
import pytest

from sphinx_ajo.constructs.accordions import ajo_accordion
from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.testing import markdown


def html(text, dialect=Dialect.EXL):
    return markdown(dialect).render(text).replace("\n", "")


def accordion(title, content="", attributes=""):
    title = f'<summary class="ajo-accordion-title">{title}</summary>'
    return f"<details{attributes}>{title}{content}</details>"


@pytest.mark.parametrize(
    "text",
    [
        "+++Title\n\nbody\n\n+++\n",
        "+++ Title  \nbody\n+++  \n",
        "  +++Title\nbody\n   +++\n",
        "++++Title\nbody\n+++++\n",
        "+++Title\n \nbody\n\t\n+++",
    ],
)
def test_forms(text):
    assert html(text) == accordion("Title", "<p>body</p>")


@pytest.mark.parametrize("indent", [2, 3, 4, 5, 6])
def test_in_lists(indent):
    space = " " * indent
    marker = "- " if indent < 3 else "1." + " " * (indent - 2)
    text = f"{marker}x\n\n{space}+++T\n\n{space}y\n\n{space}+++\n\n{space}z\n"
    assert f"<p>x</p>{accordion('T', '<p>y</p>')}<p>z</p>" in html(text)


def test_line_maps():
    tokens = markdown().parse("x\n\n+++T\n\ny\n\n+++\n")
    maps = [(t.type, t.map) for t in tokens if t.nesting == 1 and t.type.startswith("ajo")]
    assert maps == [("ajo_accordion_open", [2, 7]), ("ajo_accordion_title_open", [2, 3])]


def test_block_break_in_mixed_dialect(build_page):
    """``+++`` is MyST's there."""
    assert "<details" not in html("+++Title\n\nbody\n\n+++\n", Dialect.MIXED)
    page = build_page("# Page\n\n+++\n\nbody\n", ajo_dialect="mixed").text("index.html")
    assert "+++" not in page
    assert "details" not in page


GOOD = """\
# Page

[to it](#Some-id), [](#Some-id), [below](#heading)

+++Title with **bold**, `code` and [link](other.md) {#Some-id}

content here

### Heading

+++
"""
OTHER = "---\norphan: true\n---\n\n# Other\n\n[back](index.md#Some-id)\n"


def build_two(project, builder="html", **options):
    project.write(index=GOOD, other=OTHER)
    return project.build(builder, ajo_dialect="exl", myst_heading_anchors=4, **options)


def test_html(project):
    result = build_two(project)
    page = lxml.html.fromstring(result.text("index.html"))
    (details,) = page.iter("details")
    assert "open" not in details.attrib
    assert details.get("id") == "Some-id"
    (summary,) = details.iter("summary")
    assert summary.text_content().strip() == "Title with bold, code and link"
    assert summary.find(".//strong") is not None
    assert summary.find(".//a").get("href") == "other.html"
    assert details.text_content().split()[-2:] == ["here", "Heading"]
    links = [(a.text_content(), a.get("href")) for a in page.find_class("body")[0].iter("a")]
    assert links[1:4] == [
        ("to it", "#Some-id"),
        ("Title with bold, code and link", "#Some-id"),
        ("below", "#heading"),
    ]
    other = lxml.html.fromstring(result.text("other.html"))
    assert "index.html#Some-id" in [a.get("href") for a in other.find_class("body")[0].iter("a")]


@pytest.mark.parametrize("builder", ["text", "latex", "man", "epub"])
def test_other_builders_show_everything(project, builder):
    result = build_two(project, builder, version="1", copyright="us")
    names = {"text": "index.txt", "latex": "projectnamenotset.tex", "epub": "index.xhtml"}
    name = names.get(builder) or next(path.name for path in result.outdir.glob("*.1"))
    text = result.text(name)
    assert text.index("Title with") < text.index("content here") < text.rindex("Heading")
    assert "<details" not in text
    if builder == "latex":
        assert r"\label{\detokenize{index:Some-id}}" in text


def test_translation(project):
    source = "Title with **bold**, `code` and [link](other.md)"
    assert f'msgid "{source}"' in build_two(project, "gettext").text("index.pot")
    catalog = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    catalog += f'msgid "{source}"\nmsgstr "Titel mit **fett** und [Link](other.md)"\n'
    project.write_files({"locale/de/LC_MESSAGES/index.po": catalog})
    result = build_two(project, language="de", locale_dirs=["locale"], fresh=True)
    (summary,) = lxml.html.fromstring(result.text("index.html")).iter("summary")
    assert summary.text_content().strip() == "Titel mit fett und Link"
    assert summary.getparent().get("id") == "Some-id"


def test_nodes(project):
    (node,) = build_two(project).doctrees["index"].findall(ajo_accordion)
    assert node.line == 5
    assert node[0].rawsource == "Title with **bold**, `code` and [link](other.md)"


UNCLOSED = "this accordion has no closing line; it ends"


@pytest.mark.parametrize(
    ("text", "bodies", "warnings"),
    [
        (
            "+++A\na\n\n+++B\nb\n+++\nc\n",
            ["a", "b"],
            [f"index.md:3: WARNING: {UNCLOSED} 2 lines below"],
        ),
        ("+++A\na\n\n## H\nb\n", ["a"], [f"index.md:3: WARNING: {UNCLOSED} 2 lines below"]),
        ("+++A\na\n\nb\n", ["ab"], [f"index.md:3: WARNING: {UNCLOSED} 3 lines below"]),
        ("1. x\n\n   +++A\n   a\n\ny\n", ["a"], [f"index.md:5: WARNING: {UNCLOSED}"]),
        # a heading does not end one that is closed
        ("+++A\na\n\n## H\nb\n+++\nc\n", ["aHb"], []),
        (
            "a\n+++\nb\n",
            [],
            ["index.md:4: WARNING: this line closes an accordion, but none is open"],
        ),
        (
            "+++A\na\n+++\n+++\n+++B\nb\n+++\n",
            ["a", "b"],
            ["index.md:6: WARNING: this line closes"],
        ),
        ("+++A\n\n+++\n", [""], ["index.md:3: WARNING: this accordion has no content"]),
        (
            "+++A\na\n+++B\nb\n+++\nc\n+++\nd\n",
            ["aBbc", "b"],
            ["index.md:5: WARNING: accordion in another accordion"],
        ),
        (
            "++++A\na\n+++B\nb\n++++\nc\n",
            ["aBb", "b"],
            [f"index.md:5: WARNING: {UNCLOSED} 1 lines below"],
        ),
    ],
)
def test_problems(build_page, text, bodies, warnings):
    result = build_page("# Page\n\n" + text, warnings=warnings)
    page = lxml.html.fromstring(result.text("index.html"))
    found = [
        "".join(details.find_class("sd-summary-content")[0].text_content().split())
        for details in page.iter("details")
    ]
    assert found == bodies
    assert "+++" not in page.find_class("body")[0].text_content()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("A{#x}\n\n+++B {#x}\nc\n+++\n", 5),
        ("+++B {#x}\nA{#x}\n+++\n", 4),
        ("+++B {#x}\na\n+++\n+++C {#x}\na\n+++\n", 6),
        ("<p id='x'>A</p>\n\n+++B {#x}\nc\n+++\n", 5),
        ("+++B {#x}\na\n+++\n\n## C {#x}\n", 7),
    ],
)
def test_id_twice(build_page, text, line):
    """The first of two equal ids counts, whatever has the other one."""
    result = build_page(
        "# Page\n\n" + text, warnings=[f"index.md:{line}: WARNING: the id 'x' is already"]
    )
    page = lxml.html.fromstring(result.text("index.html"))
    (first,) = page.xpath("//*[@id='x']")
    assert first.text_content().split()[0] in {"A", "B"}
