"""What a repository sets where its user has set nothing."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from types import SimpleNamespace

import pytest
from lxml import etree
from sphinx.cmd.build import build_main

from sphinx_ajo.build import defaults

FILES = {
    "metadata.md": "---\nsolution: Lamp\ngit-repo: https://github.com/Lights/lamp.en\n---\n",
    "help/TOC.md": "# Lamps {#lamps}\n\n+ [Home](home.md)\n",
    "help/home.md": "# Home\n\nText.\n",
}


@pytest.fixture
def repository(project):
    project.write_files(FILES)
    return project


def test_names(repository):
    """No words of Sphinx about what it does not know."""
    html = repository.build().text("help/home.html")
    assert "<title>Home &#8212; Lamp</title>" in html or "<title>Home - Lamp</title>" in html
    assert "Copyright" not in html
    tex = repository.build("latex").text("lamp.tex")
    assert "Author name not set" not in tex
    assert r"\author{Lights}" in tex


def test_user_settings_win(repository):
    """What is set stays."""
    options = {
        "project": "Mine",
        "author": "Me",
        "copyright": "2026, Me",
        "latex_engine": "lualatex",
    }
    html = repository.build(**options).text("help/home.html")
    assert "Mine" in html
    assert "2026, Me" in html
    tex = repository.build("latex", **options).text("mine.tex")
    assert r"\author{Me}" in tex
    assert "lualatex" in repository.build("latex", **options).text("latexmkrc")


def test_other_projects(project):
    """They keep Sphinx's words."""
    project.write(index="# Page\n")
    tex = project.build("latex").text("projectnamenotset.tex")
    assert "Author name not set" in tex
    assert "pdflatex" in project.build("latex").text("latexmkrc")


def test_book(repository):
    """A book has all that its format asks for, and is no reason to read pages again."""
    repository.build("html")
    build = repository.build("epub")
    assert build.updated == frozenset()
    with zipfile.ZipFile(build.outdir / "Lamp.epub") as book:
        root = etree.fromstring(book.read("content.opf"))
        contents = etree.fromstring(book.read("nav.xhtml"))
    # the pages of the guide, which are in a hidden toctree
    links = contents.xpath("//*[local-name()='nav'][1]//@href")
    assert len(links) == len(set(build.doctrees))
    names = {etree.QName(item).localname: item.text for item in root[0]}
    assert names["title"] == "Lamp"
    assert names["creator"] == names["rights"] == "Lights"
    assert names["identifier"] == "https://github.com/Lights/lamp.en"
    assert root.xpath("//*[@property='ibooks:version']/text()") == ["1.0"]
    assert repository.build("html").updated == frozenset()


def test_doctrees_are_no_part_of_books(repository, capsys):
    """Sphinx keeps them in the folder of the book, and warns of each that it knows none of them."""
    out = repository.folder.parent / "book"
    call = ["-q", "-W", "-C", "-D", "extensions=sphinx_ajo", "-b", "epub"]
    for _ in range(2):
        assert build_main([*call, str(repository.folder), str(out)]) == 0
        assert capsys.readouterr().err == ""
    assert (out / ".doctrees/environment.pickle").is_file()
    with zipfile.ZipFile(out / "Lamp.epub") as book:
        assert not [name for name in book.namelist() if ".doctrees" in name]


def test_inline_images_in_books(repository):
    """The list of files says which pages have some, and only of these."""
    icon = "https://cdn.experienceleague.adobe.com/icons/gear.svg"
    page = f"# Icons\n\n:::: landing-cards-container\n\n:::\n![icon]({icon})\n\nT\n:::\n\n::::\n"
    repository.write_files(
        {
            "help/TOC.md": FILES["help/TOC.md"] + "+ [Icons](a%20b.md)\n",
            "help/a b.md": page,
        }
    )
    build = repository.build("epub")
    with zipfile.ZipFile(build.outdir / "Lamp.epub") as book:
        root = etree.fromstring(book.read("content.opf"))
        assert book.namelist()[0] == "mimetype"
        assert b"<svg" in book.read("help/a b.xhtml")
    assert root.xpath("//*[@properties='svg']/@href") == ["help/a%20b.xhtml"]
    repository.build("epub")


@pytest.mark.parametrize(
    ("language", "program", "code", "expected"),
    [
        ("en", "/bin/xelatex", 0, True),
        ("sv", "/bin/xelatex", 0, True),
        ("ja", "/bin/xelatex", 0, False),
        ("zh_CN", "/bin/xelatex", 0, False),
        ("en", None, 0, False),
        ("en", "/bin/xelatex", 1, False),
    ],
)
def test_engine(monkeypatch, language, program, code, expected):
    """XeLaTeX, where it and its fonts are."""
    monkeypatch.setattr(shutil, "which", lambda _: program)
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: SimpleNamespace(returncode=code))
    assert defaults.xelatex_suits(language) is expected


def test_engine_without_kpsewhich(monkeypatch):
    """A program that is not there is no error."""

    def run(*_args, **_options):
        raise FileNotFoundError

    monkeypatch.setattr(shutil, "which", lambda _: "/bin/xelatex")
    monkeypatch.setattr(subprocess, "run", run)
    assert not defaults.xelatex_suits("en")


def test_images_in_capitals_in_books(repository):
    """No image is left out of a book for the name of its file."""
    repository.write_files(
        {
            "help/TOC.md": FILES["help/TOC.md"] + "+ [Screen](screen.md)\n",
            "help/screen.md": "# Screen\n\n![x](SCREEN.SVG)\n",
            "help/SCREEN.SVG": '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
        }
    )
    build = repository.build("epub")
    with zipfile.ZipFile(build.outdir / "Lamp.epub") as book:
        assert "_images/SCREEN.SVG" in book.namelist()
        assert b'media-type="image/svg+xml"' in book.read("content.opf")
