"""The branch of each page, and the file that has all of them."""

from __future__ import annotations

import json

import lxml.html
import pytest
from site_tree import write_tree

from sphinx_ajo.navigation.events import Trees


def navigation_data(build):
    """Return what the navigation file holds."""
    return json.loads(build.text("_static/ajo-navigation-data.js").partition("=")[2])


def sidebar(build, page):
    """Return the sidebar of a page as nested lists of link targets."""
    root = lxml.html.fromstring(build.text(page))
    for name in ("sidebar-tree", "wy-menu", "bd-toc-item", "sphinxsidebarwrapper"):
        if found := root.find_class(name):
            return [_list(ul) for ul in found[0].iter("ul") if _is_top(ul)]
    raise AssertionError


def _is_top(ul):
    return "toctree-l1" in (ul.find("li").get("class") or "")


def _list(ul):
    found = []
    for item in ul.findall("li"):
        lists = [*item.findall("ul"), *item.findall("details/ul")]
        found.append(item.find(".//a").get("href"))
        found.extend(_list(nested) for nested in lists)
    return found


@pytest.mark.parametrize("theme", ["furo", "sphinx_rtd_theme"])
def test_ancestors_siblings_children(project, theme):
    """A page shows what is above it, beside it and below it, and nothing else."""
    pytest.importorskip(theme)
    write_tree(project, (2, 2, 2), theme=theme)
    options = {"html_theme_options": {"collapse_navigation": False}} if "rtd" in theme else {}
    build = project.build(**options)
    assert sidebar(build, "p0/p1.html") == [
        ["../p0.html", ["p0.html", "p1.html", ["p1/p0.html", "p1/p1.html"]], "../p1.html"]
    ]
    assert sidebar(build, "index.html") == [["p0.html", "p1.html"]]
    assert sidebar(build, "search.html") == [["p0.html", "p1.html"]]


def test_current_and_closed_entries(project):
    """Current entries are marked as ever; closed ones say that there is more."""
    write_tree(project, (2, 2, 2))
    root = lxml.html.fromstring(project.build().text("p0/p1.html"))
    tree = root.find_class("sidebar-tree")[0]
    assert [item.find("a").get("href") for item in tree.find_class("current") if item.tag == "li"]
    closed = [item.find("a").get("href") for item in tree.xpath(".//li[@data-ajo-nav]")]
    assert closed == ["p0.html", "../p1.html"]
    assert {item.get("data-ajo-nav") for item in tree.xpath(".//li[@data-ajo-nav]")} == {"0"}
    assert "checked" in tree.find_class("toctree-checkbox")[0].attrib


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_navigation_file(project, builder):
    """Browsers find the entries below each address, from the root of the site."""
    write_tree(project, (2, 1))
    build = project.build(builder)
    data = navigation_data(build)
    end = "/" if builder == "dirhtml" else ".html"
    assert data == {
        "/": [[f"p{number}{end}", f"Title of p{number}"] for number in range(2)],
        **{
            f"p{number}{end}": [[f"p{number}/p0{end}", f"Title of p{number}/p0"]]
            for number in range(2)
        },
    }
    page = build.text("p1/index.html" if builder == "dirhtml" else "p1.html")
    assert "ajo-navigation.js" in page
    assert "ajo-navigation.css" in page


@pytest.mark.parametrize(("builder", "address"), [("html", "p0.html"), ("dirhtml", "./")])
def test_a_page_links_to_itself(project, builder, address):
    """A page that is alone in its group has a link in a sidebar, too: its own."""
    write_tree(project, (1, 1))
    build = project.build(builder)
    page = "p0/p0/index.html" if builder == "dirhtml" else "p0/p0.html"
    assert sidebar(build, page)[0][-1][-1] == address


def test_depth_is_kept(project):
    """What a theme cuts off cannot be opened either."""
    write_tree(project, (2, 2, 2), theme="sphinx_rtd_theme")
    options = {"collapse_navigation": False, "navigation_depth": 2}
    root = lxml.html.fromstring(project.build(html_theme_options=options).text("p0.html"))
    found = {
        item.find("a").get("href"): item.get("data-ajo-nav")
        for item in root.find_class("wy-menu")[0].iter("li")
    }
    assert found == {"p0.html": None, "p0/p0.html": None, "p0/p1.html": None, "p1.html": "1"}


def test_collapsed_themes_stay_so(project):
    """A theme that shows no closed branches gets no buttons."""
    write_tree(project, (2, 2), theme="alabaster")
    branch = project.build().text("p0.html")
    assert "data-ajo-nav" not in branch


DEEP = {
    "p0": """
        p0.html
            p0/p0.html
            p0/p1.html
        p1.html""",
    "p0/p1": """
        ../p0.html
            p0.html
            p1.html
                p1/p0.html
                p1/p1.html
        ../p1.html""",
    # the top-level pages are two levels up
    "p0/p1/p0": """
        ../../p0.html
            ../p0.html
            ../p1.html
                p0.html
                    p0/p0.html
                p1.html""",
    "p0/p1/p0/p0": """
        ../../../p0.html
            ../../p1.html
                ../p0.html
                    p0.html
                        p0/p0.html
                ../p1.html""",
    "p0/p1/p0/p0/p0": """
        ../../../../p0.html
            ../../../p1.html
                ../../p0.html
                    ../p0.html
                        p0.html""",
}
"""What pages show of a tree in which pages of the first three levels have two pages below them."""


def outline(entries, indent=8):
    """Write nested lists as a text."""
    return "".join(
        outline(entry, indent + 4) if isinstance(entry, list) else f"\n{' ' * indent}{entry}"
        for entry in entries
    )


@pytest.mark.parametrize("theme", ["furo", "sphinx_rtd_theme"])
def test_pages_far_down(project, theme):
    """Of the lists beyond that of the page above it, a page shows what leads to it."""
    pytest.importorskip(theme)
    write_tree(project, (2, 2, 2, 1, 1), theme=theme)
    options = (
        {"html_theme_options": {"collapse_navigation": False, "navigation_depth": -1}}
        if "rtd" in theme
        else {}
    )
    build = project.build(**options)
    for number, (page, text) in enumerate(DEEP.items()):
        assert outline(sidebar(build, f"{page}.html")[0]) == text
        root = lxml.html.fromstring(build.text(f"{page}.html"))
        short = [ul.find("li/a").get("href") for ul in root.xpath("//ul[@data-ajo-more]")]
        ancestors = [f"{'../' * (number - up)}p{up % 2}.html" for up in range(number)]
        # a list of one page lacks nothing
        assert short == ancestors[: min(number - 1, 3)]
    assert "data-ajo-more" not in build.text("search.html")


def test_several_lists_at_the_top_stay_whole(project):
    """One button could not complete them, nor say which of their captions is whose."""
    write_tree(project, (2, 2, 2, 2))
    text = (project.folder / "index.md").read_text(encoding="utf-8")
    lists = text.replace("\n/p1\n", "\n") + "\n```{toctree}\n:caption: Others\n\n/p1\n```\n"
    project.write(index=lists)
    build = project.build()
    assert sidebar(build, "p0/p1/p0/p1.html") == [
        [
            "../../../p0.html",
            ["../../p1.html", ["../p0.html", ["p0.html", "p1.html"], "../p1.html"]],
        ],
        ["../../../p1.html"],
    ]
    assert "Others" in build.text("p0/p1/p0/p1.html")


def test_size_does_not_grow_with_guides(project, tmp_path):
    """Ten more pages at the top change nothing on pages two levels below it."""
    texts = []
    for count in (2, 12):
        write_tree(project, (count, 2, 2))
        build = project.build(outdir=tmp_path / str(count), fresh=True)
        texts.append(build.text("p0/p1/p0.html"))
    assert texts[0] == texts[1]


def test_long_list(project, monkeypatch):
    """A page shows the part of a very long list that it is in; browsers put in the rest."""
    monkeypatch.setattr("sphinx_ajo.navigation.sidebar._LONG", 4)
    write_tree(project, (9, 1))
    build = project.build()
    assert sidebar(build, "p0.html") == [
        ["p0.html", ["p0/p0.html"], "p1.html", "p2.html", "p3.html"]
    ]
    middle = ["p3.html", "p4.html", "p5.html", ["p5/p0.html"], "p6.html"]
    assert sidebar(build, "p5.html") == [middle]
    assert sidebar(build, "p8.html")[0][-2] == "p8.html"
    assert sidebar(build, "index.html") == [[f"p{number}.html" for number in range(4)]]
    assert build.text("p5.html").count("data-ajo-more") == 1
    data = navigation_data(build)
    assert len(data["/"]) == 9
    # an entry of such a part may be opened: that is a part of what the page shows
    (project.folder / "p4/p0.md").unlink()
    page = project.folder / "p4.md"
    page.write_text("# Title of p4\n", encoding="utf-8")
    build = project.build()
    clean = project.build(outdir=project.folder.parent / "clean", fresh=True)
    for name in ("p5", "p8"):
        assert build.text(f"{name}.html") == clean.text(f"{name}.html")


def test_only_pages_that_show_a_title_are_written_again(project):
    """A page at the top is shown on pages at the top, and on those directly below them."""
    write_tree(project, (3, 2, 2, 2))
    project.build()
    before = pages(project)
    project.write_files({"p2.md": (project.folder / "p2.md").read_text().replace("Title", "Name")})
    project.build()
    changed = {name for name, time in pages(project).items() if before[name] != time}
    shown = {"index.html", "p0.html", "p1.html", "p2.html"}
    shown |= {f"p{top}/p{number}.html" for top in range(3) for number in range(2)}
    below = {name for name in before if name.startswith("p2/")}
    # the link to the next page leads there; Sphinx writes the page above a page as well
    beside = {"p1/p1/p1/p1.html", "p1/p1/p1.html"}
    assert changed - {"genindex.html", "search.html"} == shown | below | beside


def test_text_is_no_reason_to_look_at_all_sidebars(project, monkeypatch):
    """Only what pages contribute to sidebars is."""
    write_tree(project, (3, 2))
    project.build()
    asked = []
    digests = Trees.digests
    monkeypatch.setattr(Trees, "digests", lambda *args: asked.append(1) or digests(*args))
    text = (project.folder / "p1.md").read_text(encoding="utf-8")
    for change, expected in (
        (text + "\nMore.\n", 0),
        (text.replace("Title", "Name"), 1),
        (text.replace("/p1/p0\n", ""), 2),
        ("---\ntocdepth: 1\n---\n" + text.replace("/p1/p0\n", ""), 3),
    ):
        project.write(p1=change)
        project.build(warnings=["isn't included in any toctree"] if expected >= 2 else [])
        assert len(asked) == expected


def pages(project):
    """Return when each page was written."""
    out = project.folder.parent / "src-build" / "html"
    return {
        path.relative_to(out).as_posix(): path.stat().st_mtime_ns for path in out.rglob("*.html")
    }


def test_size_does_not_grow(project, tmp_path):
    """Four times the pages elsewhere change nothing on a page."""
    sizes = []
    for count in (2, 8):
        write_tree(project, (3, count))
        build = project.build(outdir=tmp_path / str(count), fresh=True)
        sizes.append(len(build.text("index.html")))
    assert sizes[0] == sizes[1]


def test_pydata(project):
    """The sidebar of this theme starts at the top-level page."""
    pytest.importorskip("pydata_sphinx_theme")
    write_tree(project, (2, 2, 2), theme="pydata_sphinx_theme")
    build = project.build(html_theme_options={"collapse_navigation": False})
    assert sidebar(build, "p0/p1/p0.html") == [["../p0.html", "../p1.html", ["p0.html", "p1.html"]]]
    assert "data-ajo-nav" in build.text("p0/p1/p0.html")
    assert navigation_data(build).keys() >= {"p0.html", "p1.html"}


def test_auto(project, monkeypatch):
    """Small sites have everything on each page."""
    monkeypatch.setattr("sphinx_ajo.navigation.mode.FULL_PAGES", 7)
    write_tree(project, (2, 2), mode="auto")
    assert "data-ajo-nav" not in project.build().text("p0.html")
    write_tree(project, (2, 2, 1), mode="auto")
    build = project.build()
    # pages that were not read again, too
    assert "data-ajo-nav" in build.text("p0/p0.html")
    assert "data-ajo-nav" in build.text("index.html")


def test_many_entries(project, monkeypatch):
    """A page may be listed many times: a few pages with many entries get branches, too."""
    monkeypatch.setattr("sphinx_ajo.navigation.mode.FULL_ENTRIES", 5)
    files = {"metadata.md": "---\nsolution: L\n---\n", "help/a.md": "# A\n", "help/b.md": "# B\n"}
    group = "- G\n  - [A](a.md)\n  - [B](b.md)\n"
    for count, expected in ((1, False), (2, True)):
        project.write_files(files | {"help/TOC.md": group * count})
        build = project.build(html_theme="furo")
        assert ("data-ajo-" in build.text("help/a.html")) is expected


def test_with_the_whole_extension(project):
    """Either order of the extensions will do."""
    write_tree(project, (2, 1))
    for order in ('"sphinx_ajo", "sphinx_ajo.navigation"', '"sphinx_ajo.navigation", "sphinx_ajo"'):
        (project.folder / "conf.py").write_text(
            f'extensions = [{order}]\nhtml_theme = "furo"\najo_navigation = "branch"\n',
            encoding="utf-8",
        )
        assert "data-ajo-nav" in project.build(fresh=True).text("p0.html")


def test_bad_value(project):
    """A value that is not valid is reported, also without the rest of the extension."""
    write_tree(project, (1,), mode="brunch")
    project.build(warnings=["ajo_navigation = 'brunch': must be one of"])
