"""Names that are near to one that does not exist."""

from __future__ import annotations

import pytest

from sphinx_ajo.language.suggestions import LONGEST, MOST, nearest_name
from sphinx_ajo.site.urls.official import Official
from sphinx_ajo.site.urls.pages import Pages

NAMES = ["open-a-board", "close-a-board", "boards", "matching-rule", "overview"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("board", "boards"),
        ("open-board", "open-a-board"),
        ("open_a_board", "open-a-board"),
        ("build-a-matching-rule", "matching-rule"),
        ("rename-a-board", ""),
        ("section_ABC1", ""),
        ("", ""),
    ],
)
def test_nearest(wanted, found):
    """A slip, or nearly the same words; other words are something else."""
    assert nearest_name(wanted, NAMES) == found


def test_too_many_or_too_long():
    """Comparing takes time, so it has bounds."""
    assert nearest_name("boards", ["boards"] * MOST) == "boards"
    assert nearest_name("boards", ["boards"] * (MOST + 1)) == ""
    assert nearest_name("b" * (LONGEST + 1), ["b" * (LONGEST + 1)]) == ""
    assert nearest_name("boards", []) == ""


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("help/one/alpha.md", "help/two/alpha"),
        ("help/one/Alpha.md", "help/two/alpha"),
        ("help/one/beta.md", "help/one/sub/beta"),
        ("help/three/beta.md", ""),
        ("help/one/gamma.md", ""),
        ("help/one/", ""),
    ],
)
def test_namesake(path, found):
    """A page of that name in another folder; the nearest one if there are several."""
    pages = Pages(frozenset({"help/two/alpha", "help/one/sub/beta", "help/two/beta"}))
    assert pages.namesake(path) == found


REDIRECTS = {
    "product/guide/old/alpha": "https://experienceleague.adobe.com/en/docs/product/guide/alpha",
    "product/guide/one/beta": "https://experienceleague.adobe.com/en/docs/product/guide/alpha",
    "product/guide/two/beta": "https://experienceleague.adobe.com/en/docs/product/guide/new#x",
    "product/guide/away": "https://experienceleague.adobe.com/en/docs/other/away",
}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("help/old/alpha.md", ("help/alpha", "")),
        ("help/gone/alpha.md", ("help/alpha", "")),
        ("help/two/beta.md", ("help/new", "x")),
        ("help/three/beta.md", None),
        ("help/away.md", None),
        ("help/gamma.md", None),
    ],
)
def test_moved(path, found):
    """The redirect with the name of a file, and most of its folders, leads to the page."""
    paths = {"help/alpha": "guide/alpha", "help/new": "guide/new"}
    assert Official("product", paths=paths, redirects=REDIRECTS).moved(path) == found
