"""The sitemap names each page in all of its languages, and there is but one."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest

from sphinx_ajo.site.manifests import SCHEMA

SPACES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}
BASE = "https://example.com/en/"
FILES = {
    "metadata.md": "---\nlanding-page-name: lamp\n---\n",
    "help/user/TOC.md": "# Guide {#user}\n\n+ [Home](home.md)\n+ [Lamp](lamp.md)\n",
    "help/user/home.md": "---\nindex: false\n---\n# Home\n",
    "help/user/lamp.md": "---\nlast-update: 2025-01-02\n---\n# Lamp\n",
}
LAMP = f"{BASE}help/user/lamp.html"


@pytest.fixture
def site(project, tmp_path):
    """A project that knows a Swedish site."""
    project.write_files(FILES)
    page = {"name": "help/user/lamp", "path": "help/user/lampa.html", "title": "Lampa"}
    data = {"$schema": SCHEMA, "language": "sv", "product": "lamp", "pages": [page]}
    path = tmp_path / "sv.json"
    path.write_text(json.dumps(data), encoding="utf-8")

    def build(**options):
        sites = {"sv": {"url": "../sv/", "pages": str(path)}}
        return project.build(ajo_sites=sites, **options)

    return build


def entries(build):
    root = ET.fromstring(build.text("sitemap.xml"))
    return {url.findtext("s:loc", None, SPACES): url for url in root.findall("s:url", SPACES)}


def languages(url):
    return {link.get("hreflang"): link.get("href") for link in url.findall("x:link", SPACES)}


ALL = {"en": LAMP, "sv": "https://example.com/sv/help/user/lampa.html", "x-default": LAMP}


@pytest.mark.parametrize("base", [BASE, BASE[:-1]])
def test_alternates(site, base):
    build = site(html_baseurl=base)
    found = entries(build)
    assert found.keys() == {LAMP, f"{BASE}index.html"}
    assert languages(found[LAMP]) == ALL
    assert found[LAMP].findtext("s:lastmod", None, SPACES) == "2025-01-02"
    assert ' hreflang="sv" href="https://example.com/sv/' in build.text("help/user/lamp.html")


def test_social_networks(site):
    """They are told the other languages, if they are told anything."""
    tag = '<meta property="og:locale:alternate" content="sv_SE" />'
    texts = [
        site(html_baseurl=BASE, ajo_machine_metadata=wanted).text("help/user/lamp.html")
        for wanted in (True, False)
    ]
    assert [text.count(tag) for text in texts] == [1, 0]
    assert '<meta property="og:locale" content="en_US" />' in texts[0]


def test_off(site):
    """It is gone when it is not wanted."""
    build = site(html_baseurl=BASE)
    assert (build.outdir / "sitemap.xml").exists()
    for options in ({"html_baseurl": BASE, "ajo_sitemap": "off"}, {"html_baseurl": ""}):
        site(html_baseurl=BASE)
        assert not (site(**options).outdir / "sitemap.xml").exists()


def test_official_pages_are_not_listed(site):
    """A page whose canonical address is another one is listed there."""
    assert LAMP not in entries(site(html_baseurl=BASE, ajo_canonical=True))


def test_file_of_the_project(site, project):
    """A file that the project brings itself stays."""
    project.write_files({"extra/sitemap.xml": "<urlset/>"})
    build = site(html_baseurl=BASE, html_extra_path=["extra"])
    assert build.text("sitemap.xml") == "<urlset/>"


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")
def test_with_the_extension(site):
    """The extension writes the file; its pages get the languages, once."""
    pytest.importorskip("sphinx_sitemap")
    extensions = ["sphinx_ajo", "sphinx_sitemap"]
    for _ in range(2):
        build = site(
            html_baseurl=BASE, extensions=extensions, sitemap_url_scheme="{link}", fresh=True
        )
        found = entries(build)
        assert len(found) > 3
        assert languages(found[LAMP]) == ALL
        assert languages(found[f"{BASE}help/user/home.html"]) == {}
