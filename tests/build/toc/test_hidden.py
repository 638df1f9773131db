"""Pages that their own front matter hides."""

from __future__ import annotations

import json
import os

import lxml.html
import pytest

from sphinx_ajo.base.contents import FileContents
from sphinx_ajo.language.front_matter import is_hidden, read_front_matter
from sphinx_ajo.site.toc.heads import HiddenPages, read_head

FILES = {
    "help/TOC.md": (
        "# Lamps {#lamps}\n\n+ [Home](home.md)\n+ [Secret](secret.md)\n   + [Below](below.md)\n"
    ),
    "help/home.md": "# Home\n\n[Secret](secret.md)\n",
    "help/secret.md": "---\nhide: true\n---\n# Secret\n\nUnderstairs.\n",
    "help/below.md": "# Below\n\nUpstairs.\n",
}


@pytest.fixture
def repository(project):
    project.write_files(FILES)
    return project


def sidebar(build, page="help/home"):
    root = lxml.html.fromstring(build.text(f"{page}.html"))
    return [link.text_content() for link in root.find_class("sidebar-tree")[0].iter("a")]


def searchable(build):
    index = build.text("searchindex.js").removeprefix("Search.setIndex(").removesuffix(")")
    return json.loads(index)["terms"].keys()


@pytest.mark.parametrize(
    "front", ["hide: yes", "hidefromtoc: Yes", "hidefromtoc: true", "hide-from-toc: on", "hide: Y"]
)
def test_hidden_from_the_navigation(repository, front):
    """Published and linked, not shown; no warning."""
    repository.write_files({"help/secret.md": f"---\n{front}\n---\n# Secret\n"})
    build = repository.build(html_theme="furo")
    assert sidebar(build) == ["Home", "Below"]
    assert 'href="secret.html"' in build.text("help/home.html")
    assert "orphan" in build.metadata["help/secret"]


@pytest.mark.parametrize("front", ["hide: false", "hidefromtoc: no", "hide: maybe", "hide:"])
def test_not_hidden(repository, front):
    """Only a clear yes hides a page."""
    repository.write_files({"help/secret.md": f"---\n{front}\n---\n# Secret\n"})
    assert sidebar(repository.build(html_theme="furo")) == ["Home", "Secret", "Below"]


def test_hidden_from_search(repository):
    """`hide` keeps a page out of search, `hidefromtoc` does not."""
    assert searchable(repository.build()) & {"understair", "upstair"} == {"upstair"}
    repository.write_files({"help/secret.md": "---\nhidefromtoc: y\n---\n# S\n\nUnderstairs.\n"})
    assert "understair" in searchable(repository.build())


def test_unlisted_hidden_page(repository):
    """A hidden page in no TOC gives no warning."""
    repository.write_files({"help/lost.md": "---\nhide: true\n---\n# Lost\n"})
    assert (repository.build().outdir / "help/lost.html").is_file()


def test_change(repository):
    """The navigation follows the front matter; other pages are not read for it."""
    repository.build(html_theme="furo")
    assert repository.build(html_theme="furo").updated == frozenset()
    repository.write_files({"help/secret.md": "---\nhide: false\n---\n# Secret\n"})
    build = repository.build(html_theme="furo")
    assert build.updated == {"index", "help/secret"}
    assert sidebar(build) == ["Home", "Secret", "Below"]


def test_heads_are_read_once(tmp_path, monkeypatch):
    """A file is opened again only when it has changed."""
    path = tmp_path / "a.md"
    path.write_text("---\nhide: true\n---\n", encoding="utf-8")
    known = {"gone": ("", True, False)}

    def heads():
        """Look as the next build does."""
        return HiddenPages(lambda name: tmp_path / f"{name}.md", known, FileContents())

    hidden = heads()
    assert hidden("a")
    assert not hidden("missing")
    hidden.forget({"a"})
    assert list(known) == ["a"]
    monkeypatch.setattr("sphinx_ajo.site.toc.heads.read_head", lambda _: pytest.fail("read again"))
    os.utime(path, ns=(1, 1))
    assert heads()("a")
    monkeypatch.undo()
    path.write_text("---\nhide: nope\n---\n", encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert not heads()("a")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\nhide: true\n---\nText\n", "hide: true\n"),
        ("\ufeff---\r\nhide: true\r\n---\r\n", "hide: true\n"),
        ("# Title\n---\nhide: true\n---\n", ""),
        ("---\nnever closed\n", ""),
        ("", ""),
        (
            "---\n" + "filler: " + "x" * 9000 + "\nhide: true\n---\n",
            "filler: " + "x" * 9000 + "\nhide: true\n",
        ),
    ],
)
def test_read_head(tmp_path, text, expected):
    """Front matter is read to its end, however long it is."""
    path = tmp_path / "a.md"
    path.write_bytes(text.encode())
    assert read_head(path) == expected


def test_read_head_of_a_huge_file(tmp_path):
    """A file that only looks like front matter is not read to its end."""
    path = tmp_path / "a.md"
    path.write_text("---\n" + "text\n" * 1_000_000, encoding="utf-8")
    assert read_head(path) == ""


def test_is_hidden():
    """Either key will do."""
    assert is_hidden(read_front_matter("hide: no\nhidefromtoc: yes"))
    assert not is_hidden(read_front_matter("title: hide"))
