"""The page for addresses without a page."""

from __future__ import annotations

from urllib.parse import urljoin

import lxml.html
import pytest

BASE = "https://docs.example.com/lamp/"
FILES = {
    "metadata.md": "---\nproduct: p\n---\n",
    "help/TOC.md": "# Guide\n\n- [First](first.md)\n",
    "help/first.md": "# First\n",
}


@pytest.fixture
def repository(project):
    project.write_files(FILES)
    return project


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
@pytest.mark.parametrize("theme", ["furo", "alabaster", "pydata_sphinx_theme", "sphinx_rtd_theme"])
def test_links_lead_to_the_site(repository, builder, theme):
    """Wherever the page is shown: all addresses begin at that of the site."""
    pytest.importorskip(theme)
    build = repository.build(builder, html_theme=theme, html_baseurl=BASE)
    root = lxml.html.fromstring(build.text("404.html"))
    (base,) = root.xpath("//base/@href")
    before = root.xpath("//base/preceding::*[@href or @src]")
    assert not before
    hrefs = {urljoin(base, href).partition("#")[0] for href in root.xpath("//@href | //@src")}
    local = {href.removeprefix(BASE) for href in hrefs if href.startswith("https://docs.example")}
    local = {path.partition("?")[0] or "index.html" for path in local}
    files = {f"{path}index.html" if path.endswith("/") else path for path in local}
    files -= {"404.html", "404/index.html"}
    assert "index.html" in files
    assert not [name for name in files if not (build.outdir / name).is_file()]
    (start,) = root.xpath("//section/p/a")
    assert start.text == "Src"
    assert root.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert "Page not found" in root.findtext(".//h1")


def exists(build):
    return (build.outdir / "404.html").is_file()


def test_when_there_is_none(repository):
    assert not exists(repository.build())
    assert not exists(repository.build(html_baseurl=BASE, ajo_not_found=False))
    assert not exists(repository.build("singlehtml", html_baseurl=BASE))


def test_page_of_the_author(project):
    """One that a project has is left alone."""
    project.write(index="# Home\n")
    project.write_files({"404.md": "---\norphan: yes\n---\n# Mine\n"})
    build = project.build(html_baseurl=BASE, ajo_not_found=True)
    assert "Mine" in build.text("404.html")
    assert "Page not found" not in build.text("404.html")


def test_other_projects(project):
    project.write(index="# Home\n")
    assert not exists(project.build(html_baseurl=BASE))
    assert exists(project.build(html_baseurl=BASE, ajo_not_found=True))


def test_language(repository):
    build = repository.build(html_baseurl=BASE, language="sv")
    assert "Sidan hittades inte" in build.text("404.html")
