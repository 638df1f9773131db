"""Sites of a documentation set know each other: links, languages, guides, in any order."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import lxml.html
import pytest

from sphinx_ajo import testing
from sphinx_ajo.base.limits import LIMITS_KEY
from sphinx_ajo.site.manifests import SCHEMA

LAMP, SHADE, ONLY = (f"5d6c6a6e-6c3c-4a43-8a67-0d4f2f7a7c1{number}" for number in range(3))
OFFICIAL = "https://experienceleague.adobe.com"

GUIDE = "# Guide {#user}\n\n+ [Home](home.md)\n+ [Lamp](lamp.md)\n"
SITES = {
    "en": {
        "metadata.md": "---\nlanding-page-name: lamp\ntitle: Lamp\n---\n",
        "redirects.csv": f"Source,Dest\n/docs/lamp/user/was,{OFFICIAL}/docs/shade/user/shade\n",
        "help/user/TOC.md": f"{GUIDE}+ [More](more.md)\n",
        "help/user/home.md": (
            "# Home\n\n"
            f"[official]({OFFICIAL}/en/docs/shade/user/shade#colours)\n"
            f"[moved]({OFFICIAL}/docs/shade/user/old.html#colours)\n"
            f"[slug]({OFFICIAL}/docs/shade/user/shade#all-colours)\n"
            f"[swedish]({OFFICIAL}/sv/docs/lamp/user/lampa)\n"
            f"[german]({OFFICIAL}/de/docs/shade/user/shade)\n"
            f"<{OFFICIAL}/en/docs/shade/user/shade>\n"
        ),
        "help/user/lamp.md": f"---\nexl-id: {LAMP}\n---\n# Lamp\n\n## Bulbs {{#bulbs}}\n",
        "help/user/more.md": f"---\nexl-id: {ONLY}\n---\n# More\n\n## Parts\n",
    },
    "sv": {
        "metadata.md": "---\nlanding-page-name: lamp\ntitle: Lampa\n---\n",
        "help/user/TOC.md": GUIDE.replace("lamp.md", "lampa.md"),
        "help/user/home.md": (
            "# Hem\n\n"
            "[path](more.md#parts) [](more.md)\n"
            f"[article](exl:{ONLY}#parts) [](exl:{SHADE})\n"
            f"[official]({OFFICIAL}/sv/docs/shade/user/shade)\n"
            f"[english]({OFFICIAL}/en/docs/lamp/user/lamp#bulbs)\n"
        ),
        "help/user/lampa.md": f"---\nexl-id: {LAMP}\n---\n# Lampa\n",
        "help/user/own.md": "---\nhidefromtoc: true\n---\n# Bara här\n",
    },
    "shade": {
        "metadata.md": "---\nlanding-page-name: shade\ntitle: Shade\n---\n",
        "redirects.csv": f"Source,Dest\n/docs/shade/user/old,{OFFICIAL}/docs/shade/user/shade\n",
        "help/user/TOC.md": "# Guide {#user}\n\n+ [Shade](shade.md)\n",
        "help/user/shade.md": (
            f"---\nexl-id: {SHADE}\n---\n# Shade\n\n## All colours {{#colours}}\n"
        ),
    },
}
HOME = "help/user/home.html"


class Set:
    """Three sites and a portal in one folder."""

    def __init__(self, folder):
        self.folder = folder
        for name, files in SITES.items():
            testing.write_files(folder / "src" / name, files)
        portal = "# All\n\n```{exl-guides}\n```\n"
        testing.write_files(folder / "src" / "portal", {"index.md": portal})

    def build(self, name, warnings=None, **options):
        sites = {
            other: {"url": f"../../{other}/html/", "pages": str(self.out(other) / "ajo-pages.json")}
            for other in SITES
        }
        options = {
            "language": "sv" if name == "sv" else "en",
            "project": name,
            "html_theme": "basic",
            "ajo_sites": sites,
            "ajo_original": "",
            **options,
        }
        source = self.folder / "src" / name
        return testing.build(source, outdir=self.out(name).parent, warnings=warnings, **options)

    def out(self, name):
        return self.folder / name / "html"

    def bytes(self):
        """Return a digest of each page and list."""
        return {
            path.relative_to(self.folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in self.folder.rglob("*")
            if path.suffix in (".html", ".json", ".inv", ".js") and "doctrees" not in path.parts
        }

    def links(self, name, page=HOME):
        root = lxml.html.parse(str(self.out(name) / page)).getroot()
        body = root.find_class("body")[0]
        return {a.text_content(): a.get("href") for a in body.xpath(".//a[@href]")}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """All sites, side by side: each has been built, and then once more."""
    found = Set(tmp_path_factory.mktemp("set"))
    for _ in range(2):
        for name in ("en", "sv", "shade", "portal"):
            found.build(name)
    return found


@pytest.fixture
def copied(built, tmp_path):
    """A copy of all sites that a test may change."""
    folder = tmp_path / "set"
    shutil.copytree(built.folder, folder)
    found = Set.__new__(Set)
    found.folder = folder
    return found


UP = "../../../../"


def test_official_links(built):
    """Links to other repositories lead to their sites, with anchors; others stay."""
    shade = f"{UP}shade/html/help/user/shade.html"
    address = f"{OFFICIAL}/en/docs/shade/user/shade"
    found = built.links("en")
    found.pop("English", None)
    assert {text: found[text] for text in ("official", "moved", "slug", "swedish", "german")} == {
        "official": f"{shade}#colours",
        "moved": f"{shade}#colours",
        "slug": f"{shade}#colours",
        "swedish": f"{UP}sv/html/help/user/lampa.html",
        "german": f"{OFFICIAL}/de/docs/shade/user/shade",
    }
    assert found[address] == address


def test_redirect_pages(built):
    """A page that has become one of another repository leads to its site."""
    text = (built.out("en") / "user" / "was.html").read_text("utf-8")
    assert 'href="../../../shade/html/help/user/shade.html"' in text
    assert OFFICIAL not in text


def test_pages_of_the_original(built):
    """What a translation lacks is in the English site: by path, by id and by address."""
    more = f"{UP}en/html/help/user/more.html"
    found = built.links("sv")
    assert {text: href for text, href in found.items() if text not in ("English", "¶")} == {
        "path": f"{more}#parts",
        "More": more,
        "article": f"{more}#parts",
        "Shade": f"{UP}shade/html/help/user/shade.html",
        "official": f"{UP}shade/html/help/user/shade.html",
        "english": f"{UP}en/html/help/user/lamp.html#bulbs",
    }


def test_menu(built):
    """It leads to the same page; else to the start of the guide. Only twins are alternates."""
    root = lxml.html.parse(str(built.out("sv") / "help/user/lampa.html")).getroot()
    [menu] = root.find_class("ajo-languages")
    assert (menu.tag, [child.tag for child in menu]) == ("nav", ["details"])
    [link] = menu.xpath(".//ul/li/a")
    assert dict(link.attrib) == {
        "href": f"{UP}en/html/help/user/lamp.html",
        "hreflang": "en",
        "lang": "en",
        "rel": "alternate",
    }
    assert menu.xpath("string(.//summary)") == "Svenska"
    assert root.xpath("//link[contains(@href, 'ajo-set.css')]")
    own = lxml.html.parse(str(built.out("sv") / "help/user/own.html")).getroot()
    [link] = own.xpath("//nav[contains(@class, 'ajo-languages')]//a")
    assert (link.get("href"), link.get("rel")) == (f"{UP}en/html/index.html", None)
    assert not own.xpath("//link[@hreflang]")


def test_no_menu_where_there_is_nothing(built):
    """A site in one language has no menu, and not its styles."""
    assert "ajo-languages" not in (built.out("shade") / "index.html").read_text("utf-8")
    assert "ajo-set.css" not in (built.out("shade") / "index.html").read_text("utf-8")
    assert "ajo-languages" not in (built.out("portal") / "index.html").read_text("utf-8")


def test_print_has_no_menu():
    text = (Path(testing.__file__).parent / "static/ajo-set.css").read_text("utf-8")
    assert ".ajo-languages {\n    display: none;" in text.partition("@media print")[2]


def test_portal(built):
    """A card for each guide, in the best language, with links to the others."""
    root = lxml.html.parse(str(built.out("portal") / "index.html")).getroot()
    cards = [
        [(a.text_content(), a.get("href")) for a in card.xpath(".//a")]
        for card in root.find_class("ajo-card")
    ]
    assert cards == [
        [
            ("en", "../../en/html/index.html"),
            ("Svenska", "../../sv/html/index.html"),
        ],
        [("shade", "../../shade/html/index.html")],
    ]


def test_any_order(built, tmp_path):
    """In another order, and then once more, all bytes are the same; no list is of any other."""
    other = Set(tmp_path)
    for name in ("portal", "shade", "sv", "en", "portal", "shade", "sv", "en"):
        other.build(name)
    before, after = built.bytes(), other.bytes()
    assert before.keys() == after.keys()
    assert [name for name in before if before[name] != after[name]] == []


def test_exact(copied):
    """A site that changes has those pages of the others written again that it concerns."""
    for name in ("en", "sv"):
        copied.build(name)  # where it lies now
    testing.write_files(
        copied.folder / "src" / "shade",
        {"help/user/shade.md": f"---\nexl-id: {SHADE}\n---\n# Shade 2\n\n## Other\n"},
    )
    copied.build("shade")
    before = {path: path.stat().st_mtime_ns for path in copied.folder.rglob("*.html")}
    copied.build("en")
    copied.build("sv")
    written = {
        path.relative_to(copied.folder).as_posix()
        for path, time in before.items()
        if path.stat().st_mtime_ns != time and path.name not in ("genindex.html", "search.html")
    }
    # and a page that leads on to it
    assert written == {f"en/html/{HOME}", f"sv/html/{HOME}", "en/html/user/was.html"}
    found = copied.links("en")
    assert found["official"] == f"{UP}shade/html/help/user/shade.html"
    assert "Shade 2" in copied.links("sv")


def test_a_site_that_is_gone(copied):
    """One warning, and links lead to the official site again."""
    (copied.out("shade") / "ajo-pages.json").unlink()
    copied.build("en", warnings=["entry 'shade': the list of pages"])
    assert copied.links("en")["official"] == f"{OFFICIAL}/en/docs/shade/user/shade#colours"


def test_dead_anchor(copied):
    path = copied.out("shade") / "ajo-pages.json"
    path.write_text(path.read_text("utf-8").replace('"colours"', '"colors"'), "utf-8")
    warnings = [
        f"no heading or id {name!r} on page 'help/user/shade (shade)'"
        for name in ("colours", "colours")
    ]
    copied.build("en", warnings=warnings)
    assert copied.links("en")["official"] == f"{UP}shade/html/help/user/shade.html"


def test_switched_off(copied):
    copied.build("en", ajo_localize_urls=False)
    assert copied.links("en")["official"].startswith(OFFICIAL)


@pytest.mark.parametrize("builder", ["singlehtml", "epub", "latex", "text"])
def test_books(copied, builder):
    """No book links to a site that lies beside another one."""
    source = copied.folder / "src" / "en"
    sites = {"shade": {"url": "../x/", "pages": str(copied.out("shade") / "ajo-pages.json")}}
    build = testing.build(
        source, builder, warnings=None, ajo_sites=sites, html_theme="basic", project="en"
    )
    texts = [
        path.read_text("utf-8", errors="replace")
        for path in build.outdir.rglob("*")
        if path.suffix in (".html", ".xhtml", ".tex", ".txt")
    ]
    assert not any("../x/" in text for text in texts)


@pytest.mark.parametrize("builder", ["latex", "text", "singlehtml"])
def test_portal_as_book(copied, builder):
    """The names of guides are there; addresses only if they are whole."""
    pages = str(copied.out("shade") / "ajo-pages.json")
    for url, link in (("../x/", False), ("https://example.com/x", True)):
        build = testing.build(
            copied.folder / "src" / "portal",
            builder,
            ajo_sites={"shade": {"url": url, "pages": pages}},
            html_theme="basic",
            fresh=True,
        )
        text = "".join(
            path.read_text("utf-8")
            for path in build.outdir.rglob("*")
            if path.suffix in (".tex", ".txt") or path.name == "index.html"
        )
        assert "shade" in text
        assert "../x/" not in text
        assert ("https://example.com/x/index.html" in text) == (link and builder != "text")


@pytest.mark.parametrize("name", ["site_list_bytes", "site_pages"])
def test_limits(copied, name):
    """A list of too many bytes is not read; of too many pages, the first are."""
    warning = {
        "site_list_bytes": "has more bytes than the limit site_list_bytes",
        "site_pages": "exceed the limit site_pages",
    }[name]
    sites = {"shade": {"url": "..", "pages": str(copied.out("shade") / "ajo-pages.json")}}
    copied.build("portal", warnings=[warning], ajo_sites=sites, **{LIMITS_KEY: {name: 1}})


def test_same_work_for_any_number_of_sites(copied):
    """A page does not grow with the number of sites of other products."""
    data = {"$schema": SCHEMA, "language": "sv", "product": "other", "root": "index.html"}
    data["pages"] = [{"name": "index", "path": "index.html", "title": "x"}]
    sites = {}
    for number in range(50):
        path = copied.folder / f"{number}.json"
        path.write_text(json.dumps(data | {"product": f"other{number}"}), "utf-8")
        sites[f"x{number}"] = {"url": f"../x{number}", "pages": str(path)}
    few = copied.build("en", ajo_sites={"x0": sites["x0"]}).text(HOME)
    assert copied.build("en", ajo_sites=sites).text(HOME) == few
