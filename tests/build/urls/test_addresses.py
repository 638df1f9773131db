"""The addresses that pages give: canonical ones, and those of their sources."""

from __future__ import annotations

import lxml.html
import pytest

from sphinx_ajo.build.urls.edit import Origin, find_origin, html_context, theme_options
from sphinx_ajo.language.languages import SITE

THEMES = ["furo", "pydata_sphinx_theme", "sphinx_rtd_theme", "alabaster", "sphinx_book_theme"]
OLD_API = pytest.mark.filterwarnings("ignore:.*sphinx_book_theme")
SOURCE = "https://github.com/example/lamp.en"


@pytest.fixture
def build(repository):
    """Build, whatever the theme of another build has put into Sphinx's default values."""

    def build(builder="html", **options):
        return repository.build(builder, templates_path=[], **options)

    return build


def canonical(build, page):
    root = lxml.html.fromstring(build.text(page))
    return [link.get("href") for link in root.iter("link") if link.get("rel") == "canonical"]


def edits(build, page, mode="edit"):
    root = lxml.html.fromstring(build.text(page))
    return {
        a.get("href")
        for a in root.iter("a")
        if (a.get("href") or "").startswith("https://github.com/") and f"/{mode}/" in a.get("href")
    }


@OLD_API
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_canonical(build, theme, builder):
    """Once, in each theme; none for a page that the official site does not have."""
    pytest.importorskip(theme)
    built = build(builder, html_theme=theme, ajo_canonical=True)
    home, index = "help/user/home", "help/user/index"
    if builder == "dirhtml":
        home = f"{home}/index"
    assert canonical(built, f"{home}.html") == [f"{SITE}/en/docs/lamp/user/home"]
    assert canonical(built, f"{index}.html") == []


def test_canonical_is_off(build):
    assert canonical(build(), "help/user/home.html") == []


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_canonical_and_base_url(build, builder):
    """A page that has no official address keeps that of ``html_baseurl``."""
    built = build(
        builder,
        ajo_canonical=True,
        html_baseurl="https://example.com/",
        html_theme="pydata_sphinx_theme",
    )
    home = "help/user/home.html" if builder == "html" else "help/user/home/index.html"
    assert canonical(built, home) == [f"{SITE}/en/docs/lamp/user/home"]
    [address] = canonical(built, "help/user/index.html")
    assert address.startswith("https://example.com/help/user/")


def test_canonical_language(build):
    built = build(ajo_canonical=True, language="pt_BR")
    assert canonical(built, "help/user/setup/setup.html") == [
        f"{SITE}/pt-br/docs/lamp/user/start/setup"
    ]


@OLD_API
@pytest.mark.parametrize(
    ("theme", "mode"),
    [
        ("furo", "edit"),
        ("pydata_sphinx_theme", "edit"),
        ("sphinx_rtd_theme", "blob"),
        ("sphinx_book_theme", "edit"),
    ],
)
def test_edit_links(build, theme, mode):
    """To the source of each page; generated pages have none."""
    pytest.importorskip(theme)
    built = build(html_theme=theme)
    page = f"{SOURCE}/{mode}/main/help/user/home.md"
    assert edits(built, "help/user/home.html", mode) == {page}
    assert edits(built, "help/user/index.html", mode) == set()
    assert edits(built, "index.html", mode) == set()


def test_edit_links_of_the_help_folder(repository, build):
    repository.folder /= "help"
    built = build(html_theme="furo", ajo_edit_links="develop")
    assert edits(built, "user/home.html") == {f"{SOURCE}/edit/develop/help/user/home.md"}


@pytest.mark.parametrize(
    "conf",
    [
        {"ajo_edit_links": False},
        {"html_context": {"gitlab_user": "x"}},
        {"html_theme_options": {"source_view_link": "https://example.com/{filename}"}},
    ],
)
def test_no_edit_links(build, conf):
    """Not where they are not wanted, or the user has said something of them."""
    built = build(html_theme="furo", **conf)
    assert edits(built, "help/user/home.html") == set()


def test_context_is_kept(build):
    built = build(html_theme="furo", html_context={"mine": 1})
    assert edits(built, "help/user/home.html") == {f"{SOURCE}/edit/main/help/user/home.md"}


@pytest.mark.parametrize("value", [0, "", None])
def test_bad_value(build, value):
    built = build(
        html_theme="furo", ajo_edit_links=value, warnings=["ajo_edit_links"] * (1 + (value is None))
    )
    assert edits(built, "help/user/home.html")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://github.com/a/b.en", ("a", "b.en")),
        ("http://www.github.com/a/b.git/", ("a", "b")),
        ("git@github.com:a/b.git", ("a", "b")),
        ("https://github.com/a", None),
        ("https://git.example.com/a/b", None),
        ("", None),
    ],
)
def test_origin(address, expected):
    origin = find_origin(address, "main", ".")
    assert (origin and origin[:2]) == expected


def test_theme_settings():
    origin = Origin("a", "b", "main", "")
    assert html_context(origin)["conf_py_path"] == "/"
    assert html_context(origin._replace(folder="help"))["conf_py_path"] == "/help/"
    assert theme_options("alabaster", origin) == {}
