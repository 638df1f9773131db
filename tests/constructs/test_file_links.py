"""Links to files."""

from __future__ import annotations

import pytest
from lxml import html

FILES = {
    "assets/plan.pdf": "plan",
    "assets/old.html": "<p id='part'>",
    "a b.csv": "1",
    "_includes/part.md": '[a](../assets/plan.pdf#page=2){target="_blank"}\n',
}

CARD = """:::: landing-cards-container
:::
Card

[a](assets/plan.pdf#page=2){target="_blank"}
:::
::::
"""


@pytest.fixture
def files(project):
    project.write_files(FILES)
    return project


def link(files, text, builder="html", **options):
    files.write(index=f"# T\n\n{text}\n")
    options.setdefault("ajo_dialect", "exl")
    tree = html.fromstring(files.build(builder, **options).text("index.html"))
    (found,) = tree.xpath("//section//a[contains(@href, '_downloads')]")
    return found


NEW = {"target": "_blank", "rel": "noopener noreferrer", "download": None}


@pytest.mark.parametrize(
    ("text", "end", "attributes"),
    [
        ("[a](assets/plan.pdf)", "/plan.pdf", {"download": "", "target": None, "title": None}),
        ('[a](assets/plan.pdf "T & U")', "/plan.pdf", {"download": "", "title": "T & U"}),
        ('[a](assets/plan.pdf){target="_blank"}', "/plan.pdf", NEW),
        ('[a](assets/plan.pdf#page=2){target="_blank"}', "/plan.pdf#page=2", NEW),
        ("[a](assets/plan.pdf){target=_self}", "/plan.pdf", {"target": "_self", "download": None}),
        ("[a](assets/plan.pdf#page=2)", "/plan.pdf#page=2", {"download": None}),
        ("[a](assets/old.html#part)", "/old.html#part", {"download": None}),
        ("[a](assets/plan.pdf?x=1&y=%20#z)", "/plan.pdf?x=1&y=%20#z", {"download": None}),
        ("[a](assets/plan.pdf?x=1)", "/plan.pdf?x=1", {"download": ""}),
        ("[a](<a b.csv>)", "/a%20b.csv", {"download": ""}),
        ('<a href="assets/plan.pdf#page=2" target="_blank">a</a>', "/plan.pdf#page=2", NEW),
        ('<a href="assets/plan.pdf" title="T">a</a>', "/plan.pdf", {"title": "T"}),
        ('<a href="assets/plan.pdf" download>a</a>', "/plan.pdf", {"download": ""}),
        (
            '<a href="assets/plan.pdf#x" target="_blank" download="p.pdf">a</a>',
            "/plan.pdf#x",
            {"download": "p.pdf", "target": "_blank"},
        ),
        ('<p>\n<a href="/assets/plan.pdf#x" target="_blank">a</a></p>', "/plan.pdf#x", NEW),
        ('| a |\n|---|\n| [a](assets/plan.pdf#x){target="_blank"} |', "/plan.pdf#x", NEW),
        (
            '<table><tr><td><a href="assets/plan.pdf#x" target="_blank">a</a></td></tr></table>',
            "/plan.pdf#x",
            NEW,
        ),
        ('>[!NOTE]\n>\n>[a](assets/plan.pdf#x){target="_blank"}', "/plan.pdf#x", NEW),
        (
            '[!BADGE a]{url="assets/plan.pdf#x newtab=true" tooltip="B"}',
            "/plan.pdf#x",
            NEW,
        ),
        ("{{$include _includes/part.md}}", "/plan.pdf#page=2", NEW),
        (
            CARD,
            "/plan.pdf#page=2",
            NEW,
        ),
    ],
)
@pytest.mark.parametrize("builder", ["html", "singlehtml"])
def test_link(files, text, end, attributes, builder):
    """Window, place in the file, query and hover words are kept."""
    found = link(files, text, builder)
    assert found.get("href").startswith("_downloads/")
    assert found.get("href").endswith(end)
    assert {name: found.get(name) for name in attributes} == attributes
    assert found.text_content().strip() == "a"
    path = found.get("href").partition("#")[0].partition("?")[0]
    assert (files.folder.parent / f"src-build/{builder}" / path.replace("%20", " ")).is_file()


def test_spelling(files):
    """So they are where the file is spelled otherwise."""
    warning = ["'Assets/PLAN.pdf' differs in case or blanks"]
    text = '[a](Assets/PLAN.pdf#page=2 "T"){target="_blank"}'
    found = link(files, text, warnings=warning)
    assert found.get("href").endswith("/plan.pdf#page=2")
    attributes = NEW | {"title": "T"}
    assert {name: found.get(name) for name in attributes} == attributes


@pytest.mark.parametrize("builder", ["epub", "latex", "text", "man", "texinfo", "gettext", "xml"])
def test_other_builders(files, builder):
    """No other format has a file to link to; the text stays."""
    options = {"version": "1", "copyright": "us"} if builder == "epub" else {}
    files.write(index='# T\n\n[alpha](assets/plan.pdf#page=2 "T"){target="_blank"}\n')
    built = files.build(builder, ajo_dialect="exl", **options)
    name = {"epub": "index.xhtml", "gettext": "index.pot", "xml": "index.xml"}.get(builder)
    paths = [built.outdir / name] if name else built.outdir.glob("*.t*x*")
    if builder == "man":
        paths = built.outdir.glob("*.1")
    assert all("alpha" in path.read_text(encoding="utf-8") for path in paths)


@pytest.mark.parametrize(
    "text",
    [
        '[x](other.md "T & U")',
        '[x](other.md#part "T & [!DNL U]")',
        '<a href="other.md" title="T &amp; U">x</a>',
        '[x](https://example.com/ "T & U")',
        '<a href="https://example.com/" title="T &amp; U">x</a>',
        '[x](#t "T & U")',
        '[x][r]\n\n[r]: other.md "T & U"',
    ],
)
def test_hover_words_of_other_links(project, text):
    toctree = "\n```{toctree}\n:hidden:\n\nother\n```\n"
    project.write(index=f"# T\n\n{text}\n{toctree}", other="# O\n\n## Part\n")
    tree = html.fromstring(project.build(ajo_dialect="exl").text("index.html"))
    (found,) = tree.xpath("//section//a[contains(@class, 'reference')]")
    assert found.get("title") == "T & U"


def test_mixed(files):
    """In the mixed dialect, a link to a file is MyST's."""
    missing = ["part.md: WARNING: document isn't included"]
    found = link(files, "[a](assets/plan.pdf)", ajo_dialect="mixed", warnings=missing)
    assert found.get("download") == ""
