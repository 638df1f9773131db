"""Paths of links → pages."""

from __future__ import annotations

import pytest

from sphinx_ajo.site.urls.pages import Pages

PAGES = Pages(
    frozenset(
        {
            "index",
            "help/user/home",
            "help/user/Setup",
            "help/user/list",
            "help/user/LIST",
            "help/user/index",
            "help/prime/index-2",
            "help/tail /page",
        }
    ),
    guides={"help/user/TOC.md": "help/user/index", "help/prime/TOC.md": "help/prime/index-2"},
)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("help/user/home.md", "help/user/home"),
        ("help/user/home", "help/user/home"),
        ("help/user/home.html", "help/user/home"),
        ("help/user/TOC.md", "help/user/index"),
        ("help/user/toc.md", "help/user/index"),
        ("help/prime/TOC.md", "help/prime/index-2"),
        ("help/prime", "help/prime/index-2"),
        ("help/user", "help/user/index"),
        ("help/user/index.html", "help/user/index"),
        ("help/tail /page.md", "help/tail /page"),
        ("help", "index"),
        (".", "index"),
        ("help/user/list.md", "help/user/list"),
        ("help/user/LIST.md", "help/user/LIST"),
    ],
)
def test_exact(path, expected):
    assert PAGES.find(path) == (expected, True)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("help/user/setup.md", "help/user/Setup"),
        ("Help/User/Home.MD", "help/user/home"),
        ("Help/User", "help/user/index"),
        ("help/tail/page.md", "help/tail /page"),
        ("help/user/home.md ", "help/user/home"),
    ],
)
def test_other_spelling(path, expected):
    assert PAGES.find(path) == (expected, False)


@pytest.mark.parametrize(
    "path",
    [
        *["help/user/gone.md", "help/user/List.md", "help/user/home.txt", "help/other"],
        *["../home.md", "..", "README.md", "help/user/home/x.md", "help/user/home.md.md"],
    ],
)
def test_no_page(path):
    """Nor one of several pages that differ in case only."""
    assert PAGES.find(path) is None


def test_other_suffixes():
    pages = Pages(frozenset({"a", "b"}), (".rst", ".md"), root="a")
    assert pages.find("a.rst") == ("a", True)
    assert pages.find("b.md") == ("b", True)
    assert pages.find("help") == ("a", True)
