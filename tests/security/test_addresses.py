"""Addresses are checked when nothing can change them any more."""

from __future__ import annotations

import re

import attacks
import pytest

pytestmark = pytest.mark.xdist_group("attacks")


def test_no_address_runs_anything(site):
    assert [each for each in site.findings if each[1] == "address"] == []


_OUTPUT = {".html", ".xhtml", ".tex", ".txt", ".1"}

LINKS = {
    "link": "[text](@)",
    "angle": "[text](<@>)",
    "reference": "[text][r]\n\n[r]: @",
    "badge": '[!BADGE text]{type=Informative url="@"}',
    "html": '<a href="@">text</a>',
    "heading": "## [text](@)",
    "cell": "| a |\n|---|\n| [text](@) |",
    "image": "![text](@)",
    "zoomable image": '![text](@){zoomable="yes"}',
    "html image": '<img src="@" alt="text">',
}


@pytest.mark.parametrize("builder", ["html", "latex", "text", "man", "singlehtml", "epub"])
def test_a_dead_address_keeps_its_text(build_page, builder):
    texts = [
        text.replace("text", f"word{number}end").replace("@", "java&#x200B;script:alert(1)")
        for number, text in enumerate(LINKS.values())
    ]
    built = build_page("# T\n\n" + "\n\n".join(texts) + "\n", builder, warnings=None)
    files = [path for path in built.outdir.rglob("*") if path.suffix in _OUTPUT]
    output = "".join(path.read_text(encoding="utf-8") for path in files)
    for number in range(len(texts)):
        # headings of man pages are in capitals
        assert f"word{number}end" in output.lower()
    assert not re.search(r"java(?:%E2%80%8B|\u200b)?script:", output)


@pytest.mark.parametrize("construct", ["link", "reference", "badge", "image"])
def test_it_is_warned_of(build_page, construct):
    text = LINKS[construct].replace("@", "java&#x200B;script:alert(1)")
    built = build_page(f"# T\n\nBefore\n\n{text}\n", warnings=None)
    (warning,) = [each for each in built.warnings if "[ajo." in each]
    assert "index.md:" in warning
    assert "ajo.link_unsafe" in warning or "ajo.badge" in warning


@pytest.mark.parametrize(
    "address",
    [
        "https://example.com/a",
        "mailto:a@example.com",
        "tel:+46",
        "//example.com/x",
        "#t",
        "index.md",
    ],
)
def test_other_links_stay(build_page, address):
    html = build_page(f"# T\n\n[text]({address})\n").text("index.html")
    assert re.search(r'<a class="reference [^>]*>(?:<span[^>]*>)?text', html)


def test_images_of_pixels(build_page):
    data = "data:image/png;base64,iVBORw0KGgo="
    html = build_page(f'# T\n\n<img src="{data}" alt="text" class="modal-image">\n').text(
        "index.html"
    )
    assert f'src="{data}"' in html
    assert f'href="{data}"' not in html


def test_entries_of_toctrees(project):
    project.write(
        index="# T\n\n```{toctree}\nBad <javascript://x/%0Aalert(1)>\nGood <https://example.com>\n```\n"
    )
    html = project.build(ajo_dialect="exl", warnings=["link_unsafe"]).text("index.html")
    assert "javascript:" not in html
    assert 'href="https://example.com"' in html


@pytest.mark.parametrize(
    "text",
    [
        '![text](java&#x200B;script:alert(1)){zoomable="yes"}',
        '[!BADGE text]{type=Informative url="java&#x200B;script:alert(1)"}',
        "[!BADGE text]{type=Informative url=javascript:alert(1)}",
        ">[!VIDEO](javascript:alert(1))",
        ">[!SLIDE](javascript:alert(1))",
    ],
)
def test_our_constructs_in_the_mixed_dialect(project, text):
    project.write(index=f"# T\n\n{text}\n")
    html = project.build(ajo_dialect="mixed", warnings=None).text("index.html")
    for attribute in re.findall(r'(?:href|src|data-url)="([^"]*)"', html):
        assert attacks.is_harmless(attribute.replace("%E2%80%8B", "").replace("\u200b", ""))


def test_addresses_of_the_repository(attack_site):
    site = attack_site("furo", "html")
    pages = [path.read_text(encoding="utf-8") for path in site.outdir.rglob("*.html")]
    refreshed = [page for page in pages if 'http-equiv="refresh"' in page]
    for page in refreshed:
        (url,) = re.findall(r'http-equiv="refresh" content="0; url=([^"]*)"', page)
        assert attacks.is_harmless(url)
        assert re.match(r"https?://|[^:]*$", url)
    assert "'javascript://x/%0Awindow.pwned=1' has a scheme that is not allowed" in site.warnings
