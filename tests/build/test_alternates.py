"""Pages name their equals in other languages."""

from __future__ import annotations

import json

import lxml.html
import pytest

from sphinx_ajo.project.sites import SCHEMA

LAMP = "5d6c6a6e-6c3c-4a43-8a67-0d4f2f7a7c10"
FILES = {
    "metadata.md": "---\nlanding-page-name: lamp\n---\n",
    "help/user/TOC.md": "# Guide {#user}\n\n+ [Home](home.md)\n+ [Lamp](lamp.md)\n",
    "help/user/home.md": "# Home\n",
    "help/user/lamp.md": f"---\nexl-id: {LAMP}\n---\n# Lamp\n",
}
PAGE = "help/user/lamp.html"


BAD_PATHS = (
    '//evil.example/"><script>',
    "/etc/passwd",
    "javascript:alert(1)",
    "../x.html",
    "a/%2e%2E/x.html",
    "%2Fx.html",
    "a\\b.html",
    "a b.html",
    "a.html?x",
    "a.html#x",
    "x" * 3000,
    1,
    None,
)


class Set:
    """The English site, and a Swedish one, where the lamp has moved."""

    def __init__(self, kind, folder):
        self.sites = {}
        for language in ("en", "sv"):
            path = folder / language
            path.mkdir()
            self.sites[language] = kind(path)
            self.sites[language].write_files(FILES)
        swedish = self.sites["sv"].folder / "help/user"
        (swedish / "lamp.md").rename(swedish / "lampa.md")
        self.sites["sv"].write_files(
            {"help/user/TOC.md": FILES["help/user/TOC.md"].replace("lamp.md", "lampa.md")}
        )

    def build(self, language, builder="html", *, base="../{}/", warnings=(), **options):
        other = "sv" if language == "en" else "en"
        pages = self.sites[other].folder.parent / f"{other}-build" / builder / "ajo-pages.json"
        options.setdefault("ajo_sites", {"other": {"url": base.format(other), "pages": str(pages)}})
        return self.sites[language].build(builder, language=language, warnings=warnings, **options)


@pytest.fixture
def sites(project, tmp_path):
    return Set(type(project), tmp_path)


def alternates(build, name=PAGE):
    root = lxml.html.fromstring(build.text(name))
    links = root.xpath("//link[@rel='alternate'][@hreflang]")
    return [(link.get("hreflang"), link.get("href")) for link in links]


def test_twins(sites):
    """By id, also where a page has moved, and else by path; in any order, once more is enough."""
    first = sites.build("en", warnings=["entry 'other': "])
    assert alternates(first) == []
    swedish = sites.build("sv")
    english = sites.build("en")
    lamp, home = "help/user/lamp.html", "help/user/home.html"
    lampa = "help/user/lampa.html"
    up = "../../"
    found = [("en", f"{up}{lamp}"), ("sv", f"{up}../sv/{lampa}"), ("x-default", f"{up}{lamp}")]
    assert alternates(english) == found
    assert alternates(swedish, lampa) == [
        ("en", f"{up}../en/{lamp}"),
        ("sv", f"{up}{lampa}"),
        ("x-default", f"{up}../en/{lamp}"),
    ]
    assert [language for language, _ in alternates(english, home)] == ["en", "sv", "x-default"]
    assert alternates(english, "search.html") == []
    before = english.text(PAGE)
    assert sites.build("en", fresh=True).text(PAGE) == before


def test_whole_addresses(sites):
    options = {"builder": "dirhtml", "base": "https://example.com/{}"}
    sites.build("sv", warnings=["entry 'other'"], **options)
    build = sites.build("en", html_baseurl="https://example.com/en/", **options)
    assert alternates(build, "help/user/lamp/index.html") == [
        ("en", "https://example.com/en/help/user/lamp/"),
        ("sv", "https://example.com/sv/help/user/lampa/"),
        ("x-default", "https://example.com/en/help/user/lamp/"),
    ]


@pytest.mark.parametrize("dialect", ["auto", "plain"])
def test_increments(sites, dialect):
    """A page is written again when its equal appears, moves or is gone."""
    if dialect == "plain":
        for site in sites.sites.values():
            for name in ("metadata.md", "help/user/TOC.md"):
                (site.folder / name).unlink()
            lines = "\n".join(f"help/user/{name}" for name in ("home", "*"))
            site.write(index=f"# A\n\n```{{toctree}}\n:glob:\n\n{lines}\n```\n")
    options = {"ajo_dialect": "mixed"} if dialect == "plain" else {}
    sites.build("sv", warnings=["entry 'other'"], **options)
    assert len(alternates(sites.build("en", **options))) == 3
    swedish = sites.sites["sv"].folder / "help/user"
    toc = swedish / "TOC.md"
    (swedish / "lampa.md").rename(swedish / "ljus.md")
    if toc.exists():
        toc.write_text(toc.read_text("utf-8").replace("lampa.md", "ljus.md"), "utf-8")
    sites.build("sv", **options)
    build = sites.build("en", **options)
    assert alternates(build)[1] == ("sv", "../../../sv/help/user/ljus.html")
    assert build.updated == set()


@pytest.mark.parametrize(
    "text",
    [None, "", "{", "[]", "{}", '{"$schema": "other"}', "[" * 100_000, "\ud800"]
    + [
        json.dumps({"$schema": SCHEMA, **data})
        for data in (
            {"language": "sv"},
            {"language": 1, "pages": []},
            {"language": 'x" onload="', "pages": []},
            {"language": "sv", "pages": 1},
            {"language": "sv", "pages": [1]},
            {"language": "sv", "pages": [{"id": LAMP}]},
        )
    ],
)
def test_bad_lists(project, text, tmp_path):
    """One warning, and the site is left out."""
    project.write_files(FILES)
    path = tmp_path / "pages.json"
    if text is not None:
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
    sites = {"x": {"url": "..", "pages": str(path)}}
    build = project.build(ajo_sites=sites, parallel=2, warnings=["ajo_sites: entry 'x'"])
    assert alternates(build) == []


def test_hostile_lists(project, tmp_path):
    """No page leads away from the address of the site; there is one warning for all of them."""
    project.write_files(FILES)
    pages = [{"name": "help/user/lamp", "path": path} for path in BAD_PATHS]
    pages += [1, {"name": 1, "path": "x"}, {"name": "help/user/home", "path": "help/%C3%A5.html"}]
    guides = [{"title": "<b>", "path": path} for path in (*BAD_PATHS, "help/%C3%A5.html")]
    moved = dict.fromkeys(["lamp/x", "lamp/y"], "//evil.example/")
    data = {"$schema": SCHEMA, "language": "sv", "product": "lamp", "pages": pages}
    data |= {"guides": guides, "moved": moved, "root": "//evil.example"}
    path = tmp_path / "pages.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    sites = {"x": {"url": "https://example.com/sv", "pages": str(path)}}
    warning = f"{len(BAD_PATHS) + 2} pages of"
    build = project.build(ajo_sites=sites, warnings=[warning])
    assert alternates(build) == []
    home = alternates(build, "help/user/home.html")
    assert home[1][1] == "https://example.com/sv/help/%C3%A5.html"
    assert "evil" not in build.text("help/user/lamp.html")


def test_same_language_and_other_products(sites, project, tmp_path):
    """A site in the same language has no equals; a path says nothing about another product."""
    sites.sites["sv"].write_files({"metadata.md": "---\nlanding-page-name: shade\n---\n"})
    sites.build("sv", warnings=["entry 'other'"])
    build = sites.build("en")
    assert len(alternates(build)) == 3
    assert alternates(build, "help/user/home.html") == []
    pages = tmp_path / "sv-build" / "html" / "ajo-pages.json"
    same = {"x": {"url": "..", "pages": str(pages), "language": "en"}}
    assert alternates(sites.build("en", ajo_sites=same)) == []


@pytest.mark.parametrize("entry", [1, {}, {"url": "x"}, {"url": 1, "pages": "x"}])
def test_bad_option(project, entry):
    project.write(index="# A\n")
    project.build(ajo_sites={"x": entry}, warnings=["ajo_sites: entry 'x'"])
