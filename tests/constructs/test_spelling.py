"""Images and files in another spelling."""

from __future__ import annotations

import lxml.html
import pytest

from sphinx_ajo.constructs.spelling import spelled_as_file

SVG = "<svg xmlns='http://www.w3.org/2000/svg'/>"

FILES = {
    "metadata.md": "---\nsolution: Lamp\n---\n",
    "help/TOC.md": "# Lamps {#lamps}\n\n+ [Home](home.md)\n",
    "help/home.md": "# Home\n",
    "help/assets/lamp.svg": SVG,
    "help/assets/list.CSV": "a,b\n",
    "help/with blank /lamp.svg": SVG,
    "help/with blank /page.md": "# Blank\n",
    "help/two/A.csv": "a",
    "help/two/a.csv": "a",
}


@pytest.fixture
def repository(project):
    project.write_files(FILES)
    return project


def build(repository, text, *warnings, toc=""):
    repository.write_files(
        {
            "help/home.md": f"# Home\n\n{text}\n",
            "help/TOC.md": FILES["help/TOC.md"] + f"+ [Blank](with%20blank%20/page.md)\n{toc}",
        }
    )
    expected = [f"help/home.md:3: WARNING: {warning}" for warning in warnings]
    html = repository.build(warnings=expected).text("help/home.html")
    return lxml.html.fromstring(html).find_class("body")[0].find("section")


@pytest.mark.parametrize(
    "text", ["![x](Assets/Lamp.SVG)", "![x](/help/ASSETS/lamp.svg)", '<img src="assets/LAMP.svg">']
)
def test_image(repository, text):
    """It is shown, with one warning."""
    body = build(repository, text, "'help/")
    assert body.xpath(".//img/@src") == ["../_images/lamp.svg"]


def test_image_warning(repository):
    build(
        repository,
        "![x](Assets/Lamp.SVG)",
        "'help/Assets/Lamp.SVG' differs in case or blanks from the file 'help/assets/lamp.svg'",
    )


def test_file(repository):
    """It can be downloaded."""
    body = build(repository, "[the *list*](assets/List.csv)", "'help/assets/List.csv' differs")
    [link] = body.xpath(".//a[text()='the ' or .//em]")
    assert link.get("href").endswith("/list.CSV")
    assert link.text_content() == "the list"


def test_blanks(repository):
    """Blanks at the end of a folder may be written as such, encoded, or left out."""
    body = build(
        repository,
        "![x](with%20blank%20/lamp.svg) [e](with%20blank%20/page.md) [b](<with blank /page.md>)",
    )
    assert body.xpath(".//img/@src") == ["../_images/lamp.svg"]
    links = body.xpath(".//p/a/@href")
    assert links == ["with%20blank%20/page.html"] * 2


def test_blanks_left_out(repository):
    body = build(
        repository,
        "![x](with%20blank/lamp.svg) [e](with%20blank/page.md)",
        "'help/with blank/lamp.svg' differs in case or blanks from the file",
        "'with%20blank/page.md' differs in case or blanks from the page 'help/with blank /page'",
    )
    assert body.xpath(".//img/@src") == ["../_images/lamp.svg"]


def test_ambiguous(repository):
    """Of two files, none is taken."""
    body = build(repository, "[x](two/Á.csv) [y](Two/a.CSV)", "no page or file", "no page or file")
    assert body.xpath(".//p/a") == []


def test_toc(repository):
    """An entry in another spelling leads to its page."""
    repository.write_files(
        {
            "help/TOC.md": (
                "# Lamps {#lamps}\n\n+ [Home](Home.md)\n+ [Blank](with%20blank/page.md)\n"
            ),
        }
    )
    build = repository.build(
        warnings=[
            "help/TOC.md:3: WARNING: 'Home.md' differs in case or blanks from the page",
            "help/TOC.md:4: WARNING: 'with%20blank/page.md' differs in case or blanks",
        ]
    )
    html = build.text("index.html")
    assert 'href="help/home.html"' in html
    assert 'href="help/with%20blank%20/page.html"' in html


def test_spelled_as_file(tmp_path):
    (tmp_path / "Sub ").mkdir()
    (tmp_path / "Sub " / "File.PNG").touch()
    (tmp_path / "folder").mkdir()
    assert spelled_as_file(tmp_path, "sub/file.png") == "Sub /File.PNG"
    assert spelled_as_file(tmp_path / "folder", "../SUB/file.png") == "../Sub /File.PNG"
    assert spelled_as_file(tmp_path, "sub/none.png") == ""
    assert spelled_as_file(tmp_path, "FOLDER") == ""
    assert spelled_as_file(tmp_path, "none/file.png") == ""
