"""Which entries pages inherit: without Sphinx."""

from __future__ import annotations

import pytest

from sphinx_ajo.language.front_matter import read_front_matter
from sphinx_ajo.site.inheritance.model import (
    Inheritance,
    changed_pages,
    inherit,
    is_inherited,
    passed_on,
    read_inheritance,
)


def read(repository="", guides=None, listed=None):
    fronts = [(path, read_front_matter(text)) for path, text in (guides or {}).items()]
    return read_inheritance(read_front_matter(repository), fronts, listed or {})


@pytest.mark.parametrize(
    "key", ["solution", "type", "index", "feature", "role", "mini-toc-levels", "badge", "foo"]
)
def test_inherited(key):
    """What may hold for many pages is inherited, also what nobody knows."""
    assert is_inherited(key)


@pytest.mark.parametrize(
    "key",
    [
        *("title", "description", "exl-id", "TQID", "user-guide-title", "landing-page-name"),
        *("last-update", "hide", "hidefromtoc", "source-git-commit", "breadcrumb-title", "orphan"),
    ],
)
def test_not_inherited(key):
    """What holds for one file is not, whatever case its key has."""
    assert not is_inherited(key)
    assert not is_inherited(key.upper())


def test_nearest_wins_as_a_whole():
    """Repository, guide, page; a list is replaced, not added to."""
    found = read(
        "a: repo\nb: repo\nc: repo\nproduct_v2:\n  - id: 1\n  - id: 2\n",
        {"g/TOC.md": "b: guide\nc: guide\nproduct_v2:\n  - id: 3\n"},
    )
    page = inherit(read_front_matter("c: page\nd: page\n"), found.entries("g/x"))
    assert page.entries == {
        "c": "page",
        "d": "page",
        "a": "repo",
        "b": "guide",
        "product_v2": [{"id": "3"}],
    }
    assert page.inherited == {"a", "b", "product_v2"}
    assert page.lines == {"c": 2, "d": 3}


def test_empty_entry_wins():
    """A page can switch off what it would inherit."""
    found = inherit(read_front_matter("badge:\n"), {"badge": 'label="Beta"'})
    assert found.text("badge") == ""


def test_guide_of_a_page():
    """The TOC that lists it; else the nearest one at its folder or above."""
    found = read(
        guides={"help/TOC.md": "", "help/a/TOC.md": "", "help/b/TOC.md": ""},
        listed={"help/a/x": "help/b/TOC.md"},
    )
    assert found.guide("help/a/x") == "help/b/TOC.md"
    assert found.guide("help/a/deep/er/y") == "help/a/TOC.md"
    assert found.guide("help/y") == "help/TOC.md"
    assert found.guide("other/y") is None
    assert read(guides={"TOC.md": ""}).guide("x") == "TOC.md"


def test_page_of_no_guide():
    """It inherits from the repository."""
    found = read("a: b", {"help/TOC.md": "a: c"})
    assert found.entries("other/y") == {"a": "b"}
    assert Inheritance().entries("x") == {}


@pytest.mark.parametrize(
    ("front", "index"),
    [
        ("hide: yes", "false"),
        ("hide: true\nindex: true", "false"),
        ("hide: false", None),
        ("hide: no\nindex: y", "y"),
    ],
)
def test_hidden_guide(front, index):
    """It passes on that its pages are not for search engines, and no more."""
    entries = passed_on(read_front_matter(front))
    assert entries.get("index") == index
    assert "hide" not in entries


def test_changed_pages():
    """Just those that do not hide the change by an entry of their own."""
    old = read("a: 1\nb: 1\n", {"g/TOC.md": "b: 2"}, {"g/moved": "g/TOC.md"})
    pages = {"x": (), "y": ("a",), "g/z": (), "g/own": ("a", "b"), "g/moved": ("a",)}
    guide = {"g/TOC.md": "b: 2"}
    listed = {"g/moved": "g/TOC.md"}
    assert changed_pages(old, read("a: 1\nb: 1\n", guide, listed), pages) == set()
    assert changed_pages(old, read("a: 2\nb: 1\n", guide, listed), pages) == {"x", "g/z"}
    # the guide hides the change
    assert changed_pages(old, read("a: 1\nb: 9\n", guide, listed), pages) == {"x", "y"}
    new = read("a: 1\nb: 1\n", {"g/TOC.md": "b: 3"}, listed)
    assert changed_pages(old, new, pages) == {"g/z", "g/moved"}
    # another guide lists the page
    new = read("a: 1\nb: 1\n", {**guide, "h/TOC.md": "c: 1"}, {"g/moved": "h/TOC.md"})
    assert changed_pages(old, new, pages) == {"g/moved"}
