"""Footnotes, and what only looks like one."""

from __future__ import annotations

from lxml import html

from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.testing import markdown


def test_no_footnote(build_page):
    """A reference to nothing is text, and no reason for a warning."""
    built = build_page("# T\n\nUse [^a-z]+ or `[^/]` or [^x][1].\n")
    text = html.fromstring(built.text("index.html")).xpath("//section//p")[0].text_content()
    assert text == "Use [^a-z]+ or [^/] or [^x][1]."


def test_footnote(build_page):
    """A text for it, wherever it stands, makes it a footnote."""
    built = build_page("# T\n\nA[^1] and [^2].\n\n[^1]: The note.\n")
    tree = html.fromstring(built.text("index.html"))
    assert len(tree.xpath("//a[contains(@class, 'footnote-reference')]")) == 1
    assert "and [^2]." in tree.xpath("//section//p")[0].text_content()
    assert "The note." in tree.xpath("//aside//p")[0].text_content()


def test_mixed():
    """MyST's own dialect stays as it is."""
    assert "footnote" in markdown(Dialect.MIXED).parse("[^1]")[1].children[0].type
    assert markdown(Dialect.EXL).parse("[^1]")[1].children[0].type == "text"


def test_twice(build_page):
    """Of two footnotes with one label, the first is it; the text of the second stays."""
    built = build_page(
        "# T\n\nA[^1].\n\n[^1]: First.\n\n[^1]: Second.\n\n    - Third.\n",
        warnings=[":7: WARNING: Duplicate footnote definition found for label: '1'"],
    )
    tree = html.fromstring(built.text("index.html"))
    assert [note.xpath("string(./p)") for note in tree.xpath("//aside[@role='doc-footnote']")] == [
        "First."
    ]
    text = tree.xpath("//section")[0].text_content()
    assert text.count("Second.") == text.count("Third.") == 1


def test_label_of_something_else(build_page):
    """An accordion may have the id that is the label of a footnote."""
    built = build_page(
        "# T\n\n+++A {#1}\nb\n+++\n\nA[^1].\n\n[^1]: Note.\n",
        warnings=[":9: WARNING: Duplicate footnote definition found for label: '1'"],
    )
    assert "Note." in html.fromstring(built.text("index.html")).text_content()
