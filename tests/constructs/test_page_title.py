"""The title that the front matter gives to a page."""

from __future__ import annotations

from lxml import html


def test_content_of_a_directive_gets_no_title(build_page, project):
    """Directives parse their content with the sandbox of the page."""
    build_page("---\ntitle: Sample\n---\n# Sample\n\n```{note}\nInside.\n```\n")
    page = html.fromstring((project.folder.parent / "src-build/html/index.html").read_text())
    (note,) = page.find_class("note")
    assert "Sample" not in note.text_content()
