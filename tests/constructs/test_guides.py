"""The directive ``exl-guides`` lists the guides of all sites as cards."""

from __future__ import annotations

import json

import lxml.html
import pytest

from sphinx_ajo.site.manifests import SCHEMA


def guide(title, path, description=""):
    return {"title": title, "path": path, "description": description}


SITES = {
    "lamp.en": (
        "lamp",
        "en",
        "Lamp",
        [guide("User", "user/", "For <all>"), guide("Admin", "admin/")],
    ),
    "lamp.de": ("lamp", "de", "Lampe", [guide("Nutzer", "user/index.html")]),
    "lamp.pt": ("lamp", "pt-BR", "Lâmpada", [guide("Usuário", "user/"), guide("Só", "own/")]),
    "timer.en": ("timer", "en", "Timer", [guide("<b>Timer", "index.html")]),
    "timer2.en": ("timer", "en", "Timer 2", [guide("Other timer", "index.html")]),
}


@pytest.fixture
def portal(project, tmp_path):
    """A project with the lists of several sites."""
    sites = {}
    for name, (product, language, title, guides) in SITES.items():
        pages = [{"name": item["path"], "path": item["path"], "title": "x"} for item in guides]
        data = {"$schema": SCHEMA, "product": product, "language": language, "project": title}
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps({**data, "guides": guides, "pages": pages}), encoding="utf-8")
        sites[name] = {"url": f"sites/{name}/", "pages": str(path)}

    def build(text, builder="html", **options):
        project.write_files({"index.rst" if text.startswith("..") else "index.md": text})
        return project.build(builder, ajo_sites=sites, **options)

    return build


def cards(build):
    root = lxml.html.fromstring(build.text("index.html"))
    return [
        {a.text_content(): a.get("href") for a in card.xpath(".//a")}
        for card in root.find_class("ajo-card")
    ]


def rubrics(build):
    root = lxml.html.fromstring(build.text("index.html"))
    return [node.text_content() for node in root.find_class("rubric")]


def test_all(portal):
    """By product; a guide in several languages is one card, in the best of them."""
    build = portal("# All\n\n```{exl-guides}\n```\n")
    assert rubrics(build) == ["Lamp", "Timer"]
    assert cards(build) == [
        {
            "User": "sites/lamp.en/user/",
            "Deutsch": "sites/lamp.de/user/index.html",
            "Português (Brasil)": "sites/lamp.pt/user/",
        },
        {"Admin": "sites/lamp.en/admin/"},
        {"Só": "sites/lamp.pt/own/"},
        {"<b>Timer": "sites/timer.en/index.html"},
        {"Other timer": "sites/timer2.en/index.html"},
    ]
    assert "For &lt;all&gt;" in build.text("index.html")


def test_language_of_the_project(portal):
    found = cards(portal("# All\n\n```{exl-guides}\n```\n", language="de"))
    assert list(found[0]) == ["Nutzer", "English", "Português (Brasil)"]


@pytest.mark.parametrize(
    ("options", "titles"),
    [
        (":product: timer", ["<b>Timer", "Other timer"]),
        (":product: lamp, other\n:language: pt-BR", ["Usuário", "Só"]),
        (":language: de sv", ["Nutzer"]),
        (":product: none", []),
    ],
)
def test_options(portal, options, titles):
    build = portal(f"# All\n\n```{{exl-guides}}\n{options}\n```\n")
    assert [next(iter(card)) for card in cards(build)] == titles
    assert rubrics(build) == []


def test_restructuredtext(portal):
    options = "   :language: de\n   :columns: 2\n   :class: mine\n"
    build = portal(f"..\n\n===\nAll\n===\n\n.. exl-guides::\n{options}")
    assert cards(build) == [{"Nutzer": "sites/lamp.de/user/index.html"}]
    assert "mine" in build.text("index.html")


def test_own_guides(project):
    """Those of the project itself are there, too; each link leads to the page."""
    project.write_files(
        {
            "metadata.md": "---\nlanding-page-name: lamp\n---\n",
            "help/a/TOC.md": (
                "---\nuser-guide-description: All of A\n---\n# A {#a}\n\n+ [One](one.md)\n"
            ),
            "help/a/one.md": "# One\n\n```{exl-guides}\n```\n",
            "help/b/TOC.md": "# B {#b}\n\n+ [Two](two.md)\n",
            "help/b/two.md": "# Two\n",
        }
    )
    build = project.build(ajo_directives=["default", "exl-guides"])
    root = lxml.html.fromstring(build.text("help/a/one.html"))
    assert [
        (card.xpath("string(.//a)"), *card.xpath(".//a/@href"), *card.xpath(".//p/text()"))
        for card in root.find_class("ajo-card")
    ] == [("A", "index.html", "All of A"), ("B", "../b/index.html")]


def test_no_directive_of_exl_pages(build_page):
    """An ExL page runs it only if it is allowed."""
    build_page("# A\n\n```{exl-guides}\n```\n", warnings=["exl-guides"])
