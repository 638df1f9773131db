"""The lines below the title: last update, topics, readers, versions."""

from __future__ import annotations

import lxml.html
import pytest

from sphinx_ajo.constructs.page_info import page_info

PAGE = """\
---
title: Lamps
feature: Bulbs, Shades
role: User, Admin
level: Beginner
version: Lamp 2
last-substantial-update: 2026-11-03T00:00:00Z
badge: label="Beta"
---
# Lamps

Text.

## Part
"""


def lines(build, page="index"):
    root = lxml.html.fromstring(build.text(f"{page}.html"))
    return [
        " ".join(line.text_content().split())
        for box in root.find_class("ajo-page-info")
        for line in box.findall("p")
    ]


def test_lines(build_page):
    """Each line names what it says."""
    assert lines(build_page(PAGE, ajo_page_info=True)) == [
        "Last update: November 3, 2026",
        "Topics: Bulbs, Shades",
        "Created for: Beginner, User, Admin",
        "Applies to: Lamp 2",
    ]


def test_place(build_page):
    """They stand below the title and its badges."""
    root = lxml.html.fromstring(build_page(PAGE, ajo_page_info=True).text("index.html"))
    section = root.xpath("//h1")[0].getparent()
    classes = [element.get("class") or element.tag for element in section][:4]
    assert classes[:2] == ["h1", "ajo-page-badges"]
    assert "ajo-page-info" in classes[2]
    assert classes[3] == "p"


def test_off(build_page):
    """They are off unless wanted."""
    assert lines(build_page(PAGE)) == []


def test_switch_reads_nothing(project):
    """Switching them on is a matter of output."""
    project.write(index=PAGE)
    project.build(ajo_dialect="exl")
    build = project.build(ajo_dialect="exl", ajo_page_info=True)
    assert build.updated == frozenset()
    assert len(lines(build)) == 4
    assert lines(project.build(ajo_dialect="exl")) == []


def test_nothing_to_say(build_page):
    """No empty line, no empty box."""
    assert lines(build_page("---\nexl-id: 1\n---\n# A\n", ajo_page_info=True)) == []
    assert "ajo-page-info" not in build_page("# A\n", ajo_page_info=True).text("index.html")


def test_mixed_dialect(build_page):
    """Pages in MyST show none."""
    build = build_page(PAGE, ajo_page_info=True, ajo_dialect="mixed")
    assert "ajo-page-info" not in build.text("index.html")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("sv", ["Senast uppdaterad: 3 november 2026", "Ämnen: Bulbs, Shades"]),
        ("de", ["Letzte Aktualisierung: 3. November 2026", "Themen: Bulbs, Shades"]),
        ("fr", ["Dernière mise à jour : 3 novembre 2026", "Rubriques : Bulbs, Shades"]),
        ("ja", ["最終更新\uff1a2026年11月3日", "トピック\uff1aBulbs, Shades"]),
        ("pt_BR", ["Última atualização: 3 de novembro de 2026", "Tópicos: Bulbs, Shades"]),
        ("zh_CN", ["上次更新\uff1a2026年11月3日", "主题\uff1aBulbs, Shades"]),
    ],
)
def test_language(build_page, language, expected):
    """Labels and dates are in the language of the document."""
    build = build_page(PAGE, ajo_page_info=True, language=language)
    assert [line.replace("\xa0", " ") for line in lines(build)][:2] == expected


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        ({"last-update": "2026-1-5", "last-substantial-update": "2025-01-01"}, "January 5, 2026"),
        ({"last-update": "soon", "last-substantial-update": "2025-01-01"}, "January 1, 2025"),
        ({"last-update": "2026-02-30"}, None),
        ({"last-update": "2026-02-01 10:00:00"}, "February 1, 2026"),
        ({"last-update": "20260201"}, None),
        ({"last-update": ""}, None),
    ],
)
def test_dates(metadata, expected):
    """The first entry that is a date counts; what is none is not shown."""
    found = {kind: words for kind, _, words in page_info(metadata, "en")}
    assert found.get("update") == (expected and [expected])


def test_unknown_language():
    """A language without date formats gets English ones."""
    assert next(page_info({"last-update": "2026-11-03"}, "xx"))[2] == ["November 3, 2026"]


def test_words():
    """Commas with and without blanks, doubles, sloppy keys."""
    metadata = {"level": "Beginner,Experienced", "role": "User,", "Role": "Admin", "roles": "User"}
    assert [line[2] for line in page_info(metadata, "en")] == [
        ["Beginner", "Experienced", "User", "Admin"]
    ]


@pytest.mark.parametrize(
    ("builder", "name"),
    [("text", "index.txt"), ("latex", "projectnamenotset.tex"), ("man", "projectnamenotset.1")],
)
def test_builders(build_page, builder, name):
    """Every format has them."""
    text = build_page(PAGE, builder, ajo_page_info=True).text(name)
    assert "November 3, 2026" in text
    assert "Bulbs, Shades" in text


def test_gettext(build_page):
    """They are not for translators of the pages."""
    text = build_page(PAGE, "gettext", ajo_page_info=True).text("index.pot")
    assert "Last update" not in text


@pytest.mark.parametrize("builder", ["singlehtml", "latex", "epub"])
def test_pages_in_one_file(project, builder):
    """Each page has its own."""
    project.write(
        index="# Home\n\n```{toctree}\na\nb\n```\n",
        a="---\nexl-id: 1\nfeature: Aaa\n---\n# A\n",
        b="---\nexl-id: 2\nfeature: Bbb\n---\n# B\n",
    )
    build = project.build(builder, ajo_page_info=True, version="1", copyright="2026")
    if builder == "singlehtml":
        assert lines(build) == ["Topics: Aaa", "Topics: Bbb"]
    elif builder == "latex":
        text = build.text("projectnamenotset.tex")
        assert text.index("Aaa") < text.index("Bbb")
    else:
        assert "Aaa" in build.text("a.xhtml")


def test_generated_pages(project):
    """Pages that nobody has written show none."""
    project.write_files(
        {
            "metadata.md": "---\nfeature: Light\n---\n",
            "help/TOC.md": "# Guide {#g}\n\n+ Group {#group}\n   + [A](a.md)\n",
            "help/a.md": "# A\n",
        }
    )
    build = project.build(ajo_page_info=True)
    assert lines(build, "help/a") == ["Topics: Light"]
    assert lines(build, "help/group/index") == lines(build, "index") == []


def test_search(build_page):
    """The search of the site finds topics; labels would find every page."""
    text = build_page(PAGE, ajo_page_info=True).text("searchindex.js")
    assert '"bulb"' in text
    assert '"topic"' not in text
    assert '"updat"' not in text


def test_repositories_show_them(project):
    """They are on where all pages are ExL pages, unless the project says otherwise."""
    project.write_files(
        {
            "metadata.md": "---\nfeature: All\n---\n",
            "help/TOC.md": "# Guide\n\n- [Lamps](lamps.md)\n- Group\n  - [Other](other.md)\n",
            "help/lamps.md": PAGE,
            "help/other.md": "# Other\n",
        }
    )
    build = project.build()
    assert len(lines(build, "help/lamps")) == 4
    assert lines(build, "help/other") == ["Topics: All"]
    assert lines(build, "index") == []
    assert lines(project.build(ajo_page_info=False), "help/lamps") == []
