"""Pages that a link to a missing file may mean."""

from __future__ import annotations

import pytest

from sphinx_ajo.site.urls.official import Official
from sphinx_ajo.site.urls.pages import Pages


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
    # metadata.md may not tell the name of the product
    assert Official("", paths=paths, redirects=REDIRECTS).moved(path) == found
