"""Icons of the CDN on a page."""

from __future__ import annotations

import lxml.html
import pytest

URL = "https://cdn.experienceleague.adobe.com/icons/{}.svg"
PAGE = (
    f"# T\n\nA ![Gear icon]({URL.format('gear')}?lang=sv-SE) and ![x]({URL.format('nope')}) icon.\n"
)


def paragraph(build):
    return lxml.html.fromstring(build.text("index.html")).xpath("//p[contains(., 'icon.')]")[0]


def test_bundled(build_page):
    """A known icon is drawn inline and named for assistive technology, others come from afar."""
    build = build_page(PAGE)
    assert 'viewBox="0 0 ' in build.text("index.html")  # the capital matters
    found = paragraph(build)
    svg = found.find("svg")
    assert (svg.get("role"), svg.get("aria-label")) == ("img", "Gear icon")
    assert svg.get("fill") == "currentColor"
    assert found.xpath("img/@src") == [URL.format("nope")]
    assert found.xpath("img/@alt") == ["x"]


def test_remote(build_page):
    """`remote` takes all icons from their address."""
    found = paragraph(build_page(PAGE, ajo_icons="remote"))
    assert found.xpath("img/@src") == [URL.format("gear") + "?lang=sv-SE", URL.format("nope")]
    assert found.find("svg") is None


def test_none(build_page):
    """`none` leaves what the icons mean."""
    found = paragraph(build_page(PAGE, ajo_icons="none"))
    assert found.text_content() == "A Gear icon and x icon."
    assert found.xpath("img | svg") == []


@pytest.mark.parametrize(
    ("builder", "name"),
    [
        ("text", "index.txt"),
        ("man", "projectnamenotset.1"),
        ("latex", "projectnamenotset.tex"),
        ("texinfo", "projectnamenotset.texi"),
    ],
)
def test_other_formats(build_page, builder, name):
    """Other formats show what an icon means."""
    text = build_page(PAGE, builder).text(name)
    assert "A Gear icon and x icon." in " ".join(text.split())
    assert "cdn." not in text


def test_hover_words(build_page):
    """An icon that is drawn has them as the title of the drawing."""
    page = f'# T\n\n![a]({URL.format("gear")} "B & C") ![x]({URL.format("nope")} "B & C") icon.\n'
    found = paragraph(build_page(page))
    assert found.xpath("svg/title/text()") == ["B & C"]
    assert found.xpath("img/@title") == ["B & C"]
