"""The documentation says what is true of the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

from sphinx_ajo.base.problems import AjoWarnings
from sphinx_ajo.constructs import CONSTRUCTS
from sphinx_ajo.language.dialect import EXL_KEYS
from sphinx_ajo.reading.markdown import COLLIDING_EXTENSIONS, COLLIDING_RULES

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"

PAGES = sorted(
    path.relative_to(DOCS).as_posix()
    for path in DOCS.rglob("*.md")
    if "demo" not in path.parts and "_build" not in path.parts
)


def read(page):
    return (DOCS / page).read_text(encoding="utf-8")


def test_dialects_page_is_complete():
    """Every rule and extension that is off in the ExL dialect is in the table."""
    page = read("reference/dialects.md")
    missing = [
        name for name in (*COLLIDING_RULES, *COLLIDING_EXTENSIONS) if f"`{name}`" not in page
    ]
    assert not missing
    assert all(f"`{key}`" in page for key in EXL_KEYS)


SHARED = {"groups"}
"""Constructs that only serve others."""

PAGE_OF = {
    **dict.fromkeys(
        [
            "abbreviations",
            "emphasis",
            "footnotes",
            "line breaks",
            "budgets",
            "nesting",
            "typography",
            "zero-width spaces",
        ],
        "text",
    ),
    "element ids": "attributes",
    "file links": "links",
    "mini toc": "front-matter",
}
"""Constructs that share a page with others."""


@pytest.mark.parametrize(
    "construct",
    [construct for construct in CONSTRUCTS if construct.name not in SHARED],
    ids=lambda construct: construct.name,
)
def test_construct_has_page(construct):
    """Each construct has a page, named like it."""
    name = PAGE_OF.get(construct.name, construct.name.replace(" ", "-"))
    assert f"constructs/{name}.md" in PAGES


def test_named_warnings_exist():
    """No page names a warning that does not exist."""
    known = {f"ajo.{warning.value}" for warning in AjoWarnings} | {"ajo.css", "ajo.js"}
    named = {
        (page, name) for page in PAGES for name in re.findall(r"\bajo\.[a-z0-9_]+", read(page))
    }
    assert {(page, name) for page, name in named if name not in known} == set()


def test_named_tests_exist():
    """No page names a test that does not exist."""
    named = {(page, name) for page in PAGES for name in re.findall(r"`(tests/[^`*]+)`", read(page))}
    assert {(page, name) for page, name in named if not (ROOT / name).exists()} == set()


def test_tutorial_works(project):
    """The files of the tutorial, written as it says, give the site that it promises."""
    blocks = re.findall(
        r"(?ms)^(`{3,})(?:python|markdown)\n(.*?)^\1$", read("tutorial/new-project.md")
    )
    conf, index, page = (text for _, text in blocks)
    project.write_files({"conf.py": conf, "index.md": index, "first-steps.md": page})
    root = html.fromstring(project.build(html_theme="alabaster").text("index.html"))
    cards = root.find_class("ajo-card-clickable")
    assert [card.xpath(".//a/@href") for card in cards] == [
        ["first-steps.html"],
        ["first-steps.html#roles"],
    ]


def test_gallery_shows_every_construct():
    """The gallery links to the page of each construct, beside what it shows of it."""
    linked = set(re.findall(r"\]\((constructs/[\w-]+\.md)\)", read("gallery.md")))
    assert linked == {page for page in PAGES if page.startswith("constructs/")}
