"""The demo, docs/demo: what the README builds."""

from __future__ import annotations

import shutil
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

from sphinx_ajo import testing

DEMO = Path(__file__).parents[1] / "docs" / "demo"


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """Build it without a warning."""
    folder = tmp_path_factory.mktemp("demo") / "src"
    shutil.copytree(DEMO, folder)
    return testing.build(folder)


def pages(build):
    return {
        path.relative_to(build.outdir).as_posix(): html.parse(str(path)).getroot()
        for path in build.outdir.rglob("*.html")
    }


def test_is_detected(demo):
    """Nothing but the files of the repository says that it is ExL Markdown."""
    assert "ajo_" not in (DEMO / "conf.py").read_text(encoding="utf-8")
    assert "exl-id" in demo.metadata["help/guide/overview"]
    assert "metadata" not in demo.doctrees


@pytest.mark.parametrize("page", ["index", "help/sv/overview"])
def test_cards(demo, page):
    """The landing pages have six cards, five of them with an icon, drawn without the network."""
    root = html.fromstring(demo.text(f"{page}.html"))
    cards = root.find_class("ajo-card")
    assert len(cards) == 6
    assert [len(card.xpath(".//*[local-name()='svg']")) for card in cards] == [1, 1, 1, 1, 1, 0]
    assert all(card.find_class("ajo-card-title") and card.xpath(".//a") for card in cards)
    assert ":::" not in root.text_content()


def test_every_page_has_its_identity(demo):
    """Each page of the guide has an identity of its own."""
    found = [entry["exl-id"] for entry in demo.metadata.values() if "exl-id" in entry]
    assert len(found) == len(set(found)) == len([DEMO / "index.md", *DEMO.glob("help/*/[!T]*.md")])


def test_every_link_leads_somewhere(demo):
    """No link of any page is dead."""
    found = pages(demo)
    for name, root in found.items():
        folder = (demo.outdir / name).parent
        for href in root.xpath("//a/@href"):
            parts = urlsplit(href)
            if parts.scheme or not parts.path:
                continue
            target = (folder / unquote(parts.path)).resolve()
            assert target.is_file(), (name, href)
            if parts.fragment and target.suffix == ".html":
                ids = found[target.relative_to(demo.outdir).as_posix()].xpath("//@id")
                assert unquote(parts.fragment) in ids, (name, href)


def test_start_page_keeps_the_guides(demo):
    """The start page is a file of the demo; the sidebar shows the guides of its TOC.md files."""
    root = html.fromstring(demo.text("index.html"))
    assert root.xpath("//h1")[0].text_content().startswith("Lantern")
    titles = [link.text_content() for link in root.xpath("//li[contains(@class,'toctree-l1')]/a")]
    assert titles[:2] == ["Lantern Guide", "Lantern på svenska"]
