"""Style sheets of pages."""

from __future__ import annotations

import pytest
from lxml import html
from page_styles import style_of

IMAGE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200"><path d="M0 0h9v9z"/></svg>'
)
PAGE = """# A

<div style="padding: 1rem">

![x](a.svg){width="50%"} ![x](a.svg){width="30"} ![x](a.svg){width="2em" zoomable="yes"}

<span style="color: teal">teal</span>

</div>

<table style="width: 80%"><tr><td style="width: 30%; height: 3em">a</td><td>b</td></tr></table>
"""


@pytest.fixture
def styled(project):
    project.write_files({"index.md": PAGE, "a.svg": IMAGE})
    return project


@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml"])
def test_no_style_is_left(styled, builder):
    build = styled.build(builder, ajo_dialect="exl")
    tree = html.fromstring(build.text("index.html"))
    (main,) = tree.find_class("body")
    assert not main.xpath(".//@style")
    assert [style_of(build, image) for image in main.iter("img")] == [
        "aspect-ratio: 400 / 200; width: 50%",
        "width: 30px",
        "width: 2em",
    ]
    assert [style_of(build, column) for column in main.iter("col")] == [
        "width: 30.0%",
        "width: 70.0%",
    ]
    (table,) = main.iter("table")
    assert style_of(build, table) == "width: 80%"
    assert style_of(build, table.xpath(".//td")[0]) == "height: 3em"
    assert style_of(build, main.xpath(".//span[.='teal']")[0]) == (
        "color: light-dark(#007373, #59acac)"
    )
    assert style_of(build, main.xpath(".//div[@class][.//span[.='teal']]")[-1]) == "padding: 1rem"
    (sheet,) = (link for link in tree.xpath("//link/@href") if "ajo-styles" in link)
    assert sheet.partition("?")[0] == "_static/ajo-styles/index.css"


def test_books_keep_styles(styled):
    build = styled.build("epub", ajo_dialect="exl", version="1", copyright="us")
    tree = html.fromstring(build.text("index.xhtml").encode())
    assert "padding: 1rem" in tree.xpath("//div/@style")
    assert not list(build.outdir.rglob("ajo-styles"))


def test_a_page_without_styles_has_none(styled):
    sheet = styled.build(ajo_dialect="exl").outdir / "_static" / "ajo-styles" / "index.css"
    assert sheet.exists()
    styled.write(index="# A\n")
    build = styled.build(ajo_dialect="exl")
    assert not sheet.exists()
    assert "ajo-styles" not in build.text("index.html")


def test_same_style_same_class(build_page):
    text = '# A\n\n<div style="gap: 1px">\n\na\n\n</div>\n\n<div style="gap: 1px">\n\nb\n\n</div>\n'
    build = build_page(text)
    first, second = (
        html.fromstring(build.text("index.html")).xpath(f"//div[p='{word}']")[0] for word in "ab"
    )
    assert first.get("class") == second.get("class")
    assert style_of(build, first) == "gap: 1px"


@pytest.mark.parametrize(
    ("markup", "style"),
    [
        ('<span style="color: black">x</span>', "light-dark(#000000, "),
        ('<span style="color: white">x</span>', ", #ffffff)"),
        # on an author's background one colour is enough
        ('<span style="background-color: #eee; color: navy">x</span>', "color: #000080"),
        ('<div style="background: #222"><span style="color: navy">x</span></div>', "color: #"),
        ('<span style="background-color: #777; color: #777">x</span>', "color: #"),
    ],
)
def test_colours_of_text(project, markup, style):
    """The text colour of an author is made lighter or darker until it can be read."""
    project.write(index=f"# A\n\n{markup}\n")
    build = project.build(ajo_dialect="exl")
    (span,) = html.fromstring(build.text("index.html")).xpath("//span[.='x']")
    assert style in style_of(build, span)
    # only a colour whose background is the page's depends on the page
    assert ("light-dark(" in style_of(build, span)) is ("background" not in markup)
