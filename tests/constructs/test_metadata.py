"""Front matter as page metadata."""

from __future__ import annotations

import lxml.html
import pytest
from docutils import nodes

PAGE = """\
---
title: Use [!DNL Lamp] &amp; <b>shade</b>
description: "All about \\"lamps\\" & <script>alert(1)</script>"
keywords: lamp; bulb;shade
feature: Lamps, Bulbs
product_v2:
  - id: 1
    internal-label: Lamp
  - id: 2
    internal-label: Lamp Pro
index: n
exl-id: 5d6c6a6e-6c3c-4a43-8a67-0d4f2f7a7c10
badge: label="Beta" type="Informative"
last-substantial-update: 2026-11-23
author: Someone
abstract: Not for readers
---
# The heading

Text.
"""


def metas(build, page="index"):
    root = lxml.html.fromstring(build.text(f"{page}.html"))
    return [(meta.get("name"), meta.get("content")) for meta in root.xpath("//head/meta[@name]")]


def test_env_metadata(build_page):
    """Every entry is one line of text, the identity first."""
    metadata = build_page(PAGE).metadata["index"]
    expected = {
        "exl-id": "5d6c6a6e-6c3c-4a43-8a67-0d4f2f7a7c10",
        "title": "Use Lamp & <b>shade</b>",
        "keywords": "lamp, bulb, shade",
        "feature": "Lamps, Bulbs",
        "product_v2": "Lamp, Lamp Pro",
        "index": "n",
        "badge": 'label="Beta" type="Informative"',
        "last-substantial-update": "2026-11-23",
        "author": "Someone",
        "abstract": "Not for readers",
        "robots": "noindex",
    }
    assert {key: metadata[key] for key in expected} == expected


def test_meta_tags(build_page):
    """The identity is the first of our tags; everything is escaped."""
    build = build_page(PAGE, html_theme="alabaster")
    ours = [item for item in metas(build) if item[0] != "viewport"]
    assert ours[0] == ("exl-id", "5d6c6a6e-6c3c-4a43-8a67-0d4f2f7a7c10")
    assert ("description", 'All about "lamps" & <script>alert(1)</script>') in ours
    assert ("robots", "noindex") in ours
    assert "<script>alert" not in build.text("index.html")


def test_title_of_the_page(build_page):
    """The browser shows the title of the front matter, the page its heading."""
    root = lxml.html.fromstring(build_page(PAGE).text("index.html"))
    assert root.findtext(".//title").startswith("Use Lamp & <b>shade</b>")
    assert "The heading" in root.xpath("//h1")[0].text_content()


@pytest.mark.parametrize("builder", ["html", "text", "latex"])
def test_values_are_not_visible(build_page, builder):
    """No value becomes text of the page, not even what docutils knows as bibliography."""
    name = {"html": "index.html", "text": "index.txt", "latex": "projectnamenotset.tex"}[builder]
    text = build_page(PAGE, builder).text(name)
    if builder == "html":
        text = lxml.html.fromstring(text).find_class("body")[0].text_content()
    assert "Not for readers" not in text
    assert "Someone" not in text
    assert "Text." in text


def test_page_without_heading(build_page):
    """A body without a first level heading gets the title of the front matter."""
    page = "---\nexl-id: 1\ntitle: 'The *[!DNL Lamp]*'\n---\n\n## Part\n\nText.\n"
    build = build_page(page)
    sections = list(build.doctrees["index"].findall(lambda n: n.tagname == "section"))
    assert [section[0].astext() for section in sections] == ["The Lamp", "Part"]
    assert sections[1].parent is sections[0]
    assert sections[0][0].line == 3


def test_page_without_heading_and_title(build_page):
    """Without either there is nothing to invent."""
    build = build_page("---\nexl-id: 1\n---\n\nText.\n")
    assert build.doctrees["index"].astext().strip() == "Text."


def test_robots():
    """`index`, `hide` and what was written are one entry, without doubles."""
    from sphinx_ajo.constructs.metadata import page_metadata
    from sphinx_ajo.language.front_matter import read_front_matter

    def robots(text):
        return page_metadata(read_front_matter(text)).get("robots")

    assert robots("index: true") is None
    assert robots("index: No") == "noindex"
    assert robots("hide: true\nindex: no") == "noindex"
    assert robots("hide: false") is None
    assert robots("robots: NoFollow\nROBOTS: nofollow, noarchive") == "nofollow, noarchive"
    assert robots("robots: nofollow\nindex: n") == "nofollow, noindex"


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (False, set()),
        (["exl-id", "description"], {"exl-id", "description"}),
        (["no-such"], set()),
    ],
)
def test_html_meta(build_page, wanted, names):
    """`ajo_html_meta` chooses the tags."""
    build = build_page(PAGE, ajo_html_meta=wanted, html_theme="alabaster")
    assert {name for name, _ in metas(build)} - {"viewport"} == names


def test_broken_front_matter(build_page):
    """One warning for each broken entry: file, line, key. No other key is lost."""
    build = build_page(
        "---\nexl-id: 1\ntitle: A: B\ndescription: [!DNL C] d\n---\n# T\n",
        warnings=[
            "index.md:3: WARNING: front matter entry 'title' is not valid YAML",
            "index.md:4: WARNING: front matter entry 'description' is not valid YAML",
        ],
    )
    assert build.metadata["index"]["title"] == "A: B"
    assert build.metadata["index"]["description"] == "C d"
    assert build.metadata["index"]["exl-id"] == "1"


def test_suppressed_warnings(build_page):
    """The subtype works in `suppress_warnings`."""
    build_page("---\ntitle: A: B\n---\n# T\n", suppress_warnings=["ajo.front_matter"])


def test_line_that_is_no_entry(build_page):
    """A line that is no entry is reported with its number."""
    build_page(
        "---\nexl-id: 1\nnonsense\n---\n# T\n",
        warnings=["index.md:3: WARNING: this line of the front matter is not an entry"],
    )


def test_second_entry_of_a_key(build_page):
    """The first one counts, and the second one is reported."""
    message = "index.md:3: WARNING: the entry 'title' stands in the front matter a second time"
    built = build_page("---\ntitle: A\ntitle: B\n---\n\nText.\n", warnings=[message])
    assert built.metadata["index"]["title"] == "A"


def test_singlehtml_has_one_head(project):
    """A page that is put into another one does not add to its head."""
    project.write(
        index="---\nexl-id: a\ndescription: A\n---\n# A\n\n```{toctree}\nb\n```\n",
        b="---\nexl-id: b\ndescription: B\n---\n# B\n",
    )
    build = project.build("singlehtml", html_theme="alabaster")
    assert [item for item in metas(build) if item[0] != "viewport"] == [
        ("exl-id", "a"),
        ("description", "A"),
    ]


def test_mixed_page_with_identity(project):
    """In the mixed dialect MyST reads the front matter; an ExL page still has its tags."""
    project.write(
        index="---\nexl-id: a\nauthor: Someone\norphan: true\n"
        "myst:\n  html_meta:\n    description: MyST's\n---\n# T\n"
    )
    build = project.build(ajo_dialect="mixed", html_theme="alabaster")
    assert ("exl-id", "a") in metas(build)
    assert ("description", "MyST's") in metas(build)
    assert build.metadata["index"]["author"] == "Someone"


def test_file_level_myst_settings(build_page):
    """The `myst` entry of a page means nothing in the ExL dialect."""
    build = build_page(
        "---\nexl-id: 1\nmyst:\n  html_meta:\n    a: b\n---\n# T\n",
        warnings=["index.md:3: WARNING: the entry 'myst' cannot set up MyST"],
    )
    assert not {"a", "myst"} & {name for name, _content in metas(build)}


def test_line_across(build_page):
    """A page that begins with a line across loses nothing."""
    built = build_page("---\n\n# Title\n\ntext\n\n---\n\nmore\n")
    assert built.doctrees["index"].astext().split() == ["Title", "text", "more"]
    assert built.text("index.html").count("<hr ") == 2


PLACES = {
    "blank": "\n\n---\ntitle: T\nexl-id: X\n---\n\n## Two\n\nEnd.\n",
    "comment": "<!-- c -->\n---\ntitle: T\nexl-id: X\n---\n\n## Two\n\nEnd.\n",
    "long comment": "<!--\nc\n\n-->\n\n---\ntitle: T\nexl-id: X\n---\n\n## Two\n\nEnd.\n",
    "indented": " ---\ntitle: T\nexl-id: X\n ---\n\n## Two\n\nEnd.\n",
    "unclosed": "---\ntitle: T\nexl-id: X\n\n## Two\n\nEnd.\n",
    "tab": "\t---\ntitle: T\nexl-id: X\n\n---\n\n## Two\n\nEnd.\n",
    "unseen": "\u200b\n---\ntitle: T\nexl-id: X\n---\n\n## Two\n\nEnd.\n",
    "behind a comment": "<!-- c --> ---\ntitle: T\nexl-id: X\n---\n\n## Two\n\nEnd.\n",
    "unopened": "title: T\nexl-id: X\n---\n\n## Two\n\nEnd.\n",
    "unclosed, line across": "---\ntitle: T\nexl-id: X\n\n## Two\n\n---\n\nEnd.\n",
}


@pytest.mark.parametrize("place", PLACES)
def test_misplaced(build_page, place):
    """Metadata at the top is read wherever it begins; no heading is made of its keys."""
    built = build_page(PLACES[place], warnings=["[ajo.front_matter]"])
    assert built.metadata["index"]["exl-id"] == "X"
    document = built.doctrees["index"]
    titles = [title.astext() for title in document.findall(nodes.title)]
    assert titles == ["T", "Two"]
    assert document.astext().split() == ["T", "Two", "End."]


@pytest.mark.parametrize("above", ["# A\n", "# A\n\n> b\n", "# A\n\nb\n"])
def test_in_the_midst(build_page, above):
    """Front matter below text is shown and reported, but it makes no heading."""
    built = build_page(
        f"{above}\n---\ntitle: T\nexl-id: X\n---\n\nEnd.\n",
        warnings=[f"index.md:{above.count(chr(10)) + 3}: WARNING: front matter in the midst"],
    )
    document = built.doctrees["index"]
    assert [title.astext() for title in document.findall(nodes.title)] == ["A"]
    assert "title: T" in document.astext()


def test_headings_that_look_like_entries(build_page):
    """One line alone, or one with a key that front matter does not have, is a heading."""
    built = build_page("# A\n\ntitle: T\n---\n\nNote: x\nb\n---\n\nEnd.\n")
    titles = [title.astext() for title in built.doctrees["index"].findall(nodes.title)]
    assert [" ".join(title.split()) for title in titles] == ["A", "title: T", "Note: x b"]


def test_line_across_below_a_comment(build_page):
    """It begins no front matter: the text below it is the page."""
    built = build_page("<!-- c -->\n---\n\nNote: x\n\n---\n\nEnd.\n")
    assert built.doctrees["index"].astext().split() == ["Note:", "x", "End."]
