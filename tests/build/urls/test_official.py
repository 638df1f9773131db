"""Addresses on the official site."""

from __future__ import annotations

import pytest

from sphinx_ajo.build.toc.inline import read
from sphinx_ajo.language.languages import SITE, language_segment
from sphinx_ajo.site.toc.parse import parse_toc
from sphinx_ajo.site.toc.site import Source
from sphinx_ajo.site.urls.official import (
    Official,
    absolute,
    official_paths,
    parse_address,
    product_name,
)

TOC = """\
# Guide {#user}

+ [Home](home.md)
+ Start {#get-started}
    + [Setup](./Admin/Setup.md#top)
    + Deep {#deep}
       + {hide-from-toc} [Page](/help/other/page.md)
+ [Parent](parent.md) {#family}
   + [Child](child.md)
   + [Again](home.md)
+ No id
   + [Below](below.md)
+ [Elsewhere](https://example.com/x.md)
+ [Gone](gone.md)
"""

OFFICIAL = Official(
    "lamp",
    "sv",
    frozenset({"sv"}),
    {"help/home": "user/home", "help/å b": "user/start/å b"},
    {
        "lamp/old": f"{SITE}/docs/lamp/user/home.html#here",
        "other/x": f"{SITE}/en/docs/lamp/user/home",
    },
)


def test_paths():
    """Guide, groups and file name count; folders do not."""
    names = {"home", "Admin/Setup", "page", "parent", "child", "below"}
    pages = {f"help/{name}" for name in names}

    def page_of(_path, target):
        return "help/" + target.partition("#")[0].removeprefix("./").removeprefix(
            "/help/other/"
        ).removesuffix(".md")

    assert official_paths([Source("help/TOC.md", parse_toc(TOC, read))], pages, page_of) == {
        "help/home": "user/home",
        "help/Admin/Setup": "user/get-started/setup",
        "help/page": "user/get-started/deep/page",
        "help/parent": "user/parent",
        "help/child": "user/family/child",
        "help/below": "user/below",
    }


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (f"{SITE}/en/docs/lamp/user/home", ("en", "lamp/user/home", "")),
        (f"{SITE}/docs/lamp/user/home.html", ("", "lamp/user/home", "")),
        (f"{SITE}/docs/lamp/user/Home.html?lang=sv-SE#Part", ("sv", "lamp/user/home", "Part")),
        (f"{SITE}/docs/lamp/user/home.html?lang=zh-Hans", ("zh-hans", "lamp/user/home", "")),
        (f"{SITE}/pt-br/docs/lamp//user/home/", ("pt-br", "lamp/user/home", "")),
        ("http://ExperienceLeague.adobe.com/docs/lamp/a%20b.html", ("", "lamp/a b", "")),
        (f" {SITE}/docs/lamp/x#%C3%A5 ", ("", "lamp/x", "å")),
    ],
)
def test_address(url, expected):
    assert parse_address(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        *["", "https://example.com/docs/lamp/x", f"{SITE}/home", f"{SITE}/docs/", f"{SITE}/docs"],
        *[f"{SITE}/docs/lamp/../x", f"{SITE}/docs/lamp/%2e%2e/x", f"{SITE}/docs/lamp/a%5Cb"],
        *[f"{SITE}.example.com/docs/x", f"{SITE}/docs/x%00", f"{SITE}/en/browse/docs/x"],
    ],
)
def test_no_address(url):
    assert parse_address(url) is None


def test_absolute():
    """Paths from the root of the site."""
    assert absolute("/docs/lamp/x.html#y") == f"{SITE}/docs/lamp/x.html#y"
    assert absolute("/sv/docs/lamp/x") == f"{SITE}/sv/docs/lamp/x"
    assert absolute(f"{SITE}/docs/x") == f"{SITE}/docs/x"
    assert absolute("/help/docs/x.md") == absolute("docs/x") == absolute("https://a.b/docs/") == ""


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        *[("en", "en"), ("sv-SE", "sv"), ("sv", "sv"), ("de_AT", "de"), ("pt_BR", "pt-br")],
        *[("pt", "pt-br"), ("zh_CN", "zh-hans"), ("zh-Hant", "zh-hant"), ("zh_TW", "zh-hant")],
    ],
)
def test_language(language, expected):
    assert language_segment(language) == expected


def test_product():
    assert product_name(["", "A lamp", "Lamp-2"]) == "lamp-2"
    assert product_name(["", "a/b"]) == ""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/docs/lamp/user/home.html", ("help/home", "")),
        ("/sv/docs/lamp/user/home#x", ("help/home", "x")),
        ("/docs/lamp/user/home.html?lang=sv#x", ("help/home", "x")),
        ("/docs/lamp/user/start/%C3%A5%20b", ("help/å b", "")),
        ("/docs/lamp/old.html", ("help/home", "here")),
        ("/docs/lamp/old.html#x", ("help/home", "here")),
        ("/docs/other/x#y", ("help/home", "y")),
        ("/en/docs/lamp/user/home", None),
        ("/de/docs/lamp/old", None),
        ("/docs/lamp/user/home.html?lang=en", None),
        ("/docs/lamp", None),
        ("/docs/lamp/home", None),
        ("/docs/lampshade/user/home", None),
    ],
)
def test_find(path, expected):
    """Addresses in other languages are those of other repositories."""
    assert OFFICIAL.find(f"{SITE}{path}") == expected


def test_url():
    assert OFFICIAL.url("help/home") == f"{SITE}/sv/docs/lamp/user/home"
    assert OFFICIAL.url("help/å b") == f"{SITE}/sv/docs/lamp/user/start/%C3%A5%20b"
    assert OFFICIAL.url("help/none") == ""
    assert Official(paths={"a": "b"}).url("a") == ""


def test_concerns():
    assert OFFICIAL.concerns(f"{SITE}/docs/lamp/gone")
    assert OFFICIAL.concerns(f"{SITE}/docs/other/x")
    assert not OFFICIAL.concerns(f"{SITE}/docs/other/y")
    assert not OFFICIAL.concerns(f"{SITE}/en/docs/lamp/user/home")
    assert not Official().concerns(f"{SITE}/docs/lamp/gone")
