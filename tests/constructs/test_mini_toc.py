"""`mini-toc-levels`: the depth of a page's contents list."""

from __future__ import annotations

import lxml.html
import pytest

BODY = "# One\n\n## Two\n\n### Three\n\n#### Four\n\n## More\n"


def headings(build, class_):
    root = lxml.html.fromstring(build.text("index.html"))
    found = {link.get("href") for box in root.find_class(class_) for link in box.iter("a")}
    return [name for name in ("two", "three", "four") if f"#{name}" in found]


@pytest.mark.parametrize(
    ("theme", "class_"),
    [
        ("furo", "toc-tree"),
        ("pydata_sphinx_theme", "bd-toc"),
        ("alabaster", "sphinxsidebarwrapper"),
        ("sphinx_rtd_theme", "local-toc"),
    ],
)
@pytest.mark.parametrize(
    ("levels", "expected"),
    [("1", ["two"]), ("'2'", ["two", "three"]), ("3", ["two", "three", "four"])],
)
def test_levels(build_page, theme, class_, levels, expected):
    """N shows the headings from the second level down to level N + 1."""
    pytest.importorskip(theme)
    options = {"html_sidebars": {"**": ["localtoc.html"]}} if theme == "alabaster" else {}
    text = f"---\nmini-toc-levels: {levels}\n---\n{BODY}"
    assert headings(build_page(text, html_theme=theme, **options), class_) == expected


def test_depth(build_page):
    """Sphinx gets a number, and only if the page says so."""
    assert "tocdepth" not in build_page(BODY).metadata["index"]
    metadata = build_page(f"---\nmini-toc-levels: 2\n---\n{BODY}").metadata["index"]
    assert metadata["tocdepth"] == 3


def test_inherited(project):
    """The depth may stand in `metadata.md`."""
    project.write_files(
        {
            "metadata.md": "---\nmini-toc-levels: 1\n---\n",
            "help/TOC.md": "# Guide {#g}\n\n+ [A](a.md)\n+ [B](b.md)\n",
            "help/a.md": BODY,
            "help/b.md": f"---\nmini-toc-levels: 4\n---\n{BODY}",
        }
    )
    metadata = project.build().metadata
    assert metadata["help/a"]["tocdepth"] == 2
    assert metadata["help/b"]["tocdepth"] == 5


@pytest.mark.parametrize("value", ["many", "-1", "7", "2.5", "²"])
def test_wrong_value(build_page, value):
    """What is no such number is reported where it stands, and changes nothing."""
    build = build_page(
        f"---\nexl-id: 1\nmini-toc-levels: {value}\n---\n{BODY}",
        warnings=[f"index.md:3: WARNING: mini-toc-levels: '{value}' is not a number from 0 to 6"],
    )
    assert "tocdepth" not in build.metadata["index"]


def test_depth_of_sphinx(build_page):
    """Sphinx's own entry is a number in the ExL dialect, too."""
    assert build_page(f"---\ntocdepth: 2\n---\n{BODY}").metadata["index"]["tocdepth"] == 2
    build_page(f"---\ntocdepth: deep\n---\n{BODY}")


LISTS = {
    "metadata.md": "---\nmini-toc-levels: 2\n---\n",
    "help/TOC.md": "# Guide {#g}\n\n+ Group {#group}\n  + [A](a.md)\n  + [B](b.md)\n+ [C](c.md)\n",
    "help/a.md": BODY,
    "help/b.md": BODY,
    "help/c.md": BODY,
}
"""A guide whose pages, those for groups too, show two levels."""


@pytest.mark.parametrize("theme", ["sphinx_rtd_theme", "alabaster", "furo"])
@pytest.mark.parametrize("navigation", ["off", "full", "branch"])
def test_sidebar(project, theme, navigation):
    """It shows what is around a page, also in themes that collapse it."""
    pytest.importorskip(theme)
    project.write_files(LISTS)
    page = project.build(html_theme=theme, ajo_navigation=navigation).text("help/a.html")
    links = [
        link.get("href")
        for item in lxml.html.fromstring(page).xpath("//li[contains(@class, 'toctree-l')]")
        for link in item.xpath("./a")
    ]
    assert {"group/index.html", "b.html", "c.html"} <= set(links)


@pytest.mark.parametrize(("levels", "expected"), [(0, []), (1, ["two"]), (2, ["two", "three"])])
def test_pages_below(project, levels, expected):
    """A page with pages below it shows its own levels, and loses none of these pages."""
    project.write(
        index=f"---\nexl-id: 1\nmini-toc-levels: {levels}\n---\n{BODY}\n#### Last\n\n"
        "```{toctree}\nbelow\n```\n",
        below="---\nexl-id: 2\n---\n# Below\n",
    )
    build = project.build(html_theme="furo")
    assert headings(build, "toc-tree") == expected
    assert "tocdepth" not in build.metadata["index"]
    sidebar = lxml.html.fromstring(build.text("below.html")).find_class("sidebar-tree")[0]
    assert [link.text for link in sidebar.iter("a")] == ["Below"]
