"""The way to a page, in themes that do not show it."""

from __future__ import annotations

import lxml.html
import pytest

FILES = {
    "metadata.md": "---\nproduct: p\n---\n",
    "help/TOC.md": "# Guide\n\n- [First](first.md)\n- Group & more {#group}\n"
    "  - [Inner](inner.md)\n",
    "help/first.md": "# First\n",
    "help/inner.md": "# Inner\n",
    "help/lonely.md": "---\nhide-from-toc: yes\n---\n# Lonely\n",
}


@pytest.fixture
def repository(project):
    project.write_files(FILES)
    return project


def way(build, page):
    root = lxml.html.fromstring(build.text(page))
    return [
        (link.text_content(), link.get("href"))
        for bar in root.find_class("ajo-breadcrumbs")
        for link in bar.iter("a")
    ]


def test_way(repository):
    build = repository.build(html_theme="furo")
    inner = way(build, "help/inner.html")
    assert [text for text, _href in inner] == ["Src", "Group & more"]
    assert [href for _text, href in inner] == ["../index.html", "group/index.html"]
    assert [text for text, _href in way(build, "help/first.html")] == ["Src"]
    for page in ("index.html", "help/lonely.html"):
        assert not way(build, page)
        assert "ajo-breadcrumbs.css" not in build.text(page)
    bar = lxml.html.fromstring(build.text("help/inner.html")).find_class("ajo-breadcrumbs")[0]
    assert bar.get("aria-label") == "Breadcrumb"
    assert "ajo-breadcrumbs.css" in build.text("help/inner.html")


def test_titles_are_kept_up_to_date(repository):
    repository.build(html_theme="furo")
    toc = FILES["help/TOC.md"].replace("Group & more", "Other")
    repository.write_files({"help/TOC.md": toc})
    build = repository.build(html_theme="furo")
    assert [text for text, _href in way(build, "help/inner.html")] == ["Src", "Other"]


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        ({"html_theme": "alabaster"}, True),
        ({"html_theme": "pydata_sphinx_theme"}, False),
        ({"html_theme": "furo", "ajo_breadcrumbs": False}, False),
        ({"html_theme": "pydata_sphinx_theme", "ajo_breadcrumbs": True}, True),
    ],
)
def test_option(repository, options, shown):
    pytest.importorskip(options["html_theme"])
    assert bool(way(repository.build(**options), "help/inner.html")) is shown


def test_other_projects(project):
    """They show it if they ask for it."""
    project.write(index="# Home\n\n```{toctree}\npage\n```\n", page="# Page\n")
    assert not way(project.build(html_theme="furo"), "page.html")
    build = project.build(html_theme="furo", ajo_breadcrumbs=True)
    assert way(build, "page.html") == [("Home", "index.html")]
