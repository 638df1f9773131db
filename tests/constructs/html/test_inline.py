"""Inline raw HTML, on the level of tokens."""

from __future__ import annotations

import lxml.html
import pytest

from sphinx_ajo.testing import markdown


def render(text):
    html = markdown().render(text)
    assert html.startswith("<p>"), html
    return html.removeprefix("<p>").removesuffix("</p>\n")


@pytest.mark.parametrize(
    ("braces", "target"),
    [("{target=_blank}", "_blank"), ('{target="_blank"}', "_blank"), ("{other}", None)],
)
def test_attributes_in_braces_after_html(braces, target):
    html = render(f'x <a href="y">a</a>{braces}.')
    assert (f'target="{target}"' in html) is (target is not None)
    assert (braces in html) is (target is None)


def test_attributes_in_braces_after_image():
    assert render('x <img src="i.png">{width="30"}') == ('x <img src="i.png" alt="" width="30" />')


def test_heading_with_tags():
    assert (
        markdown().render("## A <u>b</u> <x-y>") == '<h2 id="a-b-x-y">A <u>b</u> &lt;x-y&gt;</h2>\n'
    )


def test_block_tags_in_link_keep_words_apart():
    assert render("[<p>a</p><p>b</p>](u)").replace(" ", "") == '<ahref="u">ab</a>'
    assert "a  b" in render("[<p>a</p><p>b</p>](u)") or "a b" in render("[<p>a</p><p>b</p>](u)")


def test_svg():
    html = render('x <svg viewBox="0 0 1 1"><title>T</title><path d="M0 0"/></svg>')
    assert html == (
        'x <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><title>T</title>'
        '<path d="M0 0"></path></svg>'
    )


def test_embed():
    (token,) = (
        child
        for child in markdown()
        .parse('x <iframe src="https://video.tv.adobe.com/v/1" title="T" width="500"></iframe>')[1]
        .children
        if child.type == "ajo_html_embed"
    )
    assert token.meta["url"] == "https://video.tv.adobe.com/v/1"
    assert token.meta["title"] == "T"
    assert token.meta["kind"] == "iframe"


def test_markers_and_html():
    html = render("x <b>[!UICONTROL Save]</b>")
    assert html == 'x <strong><span class="guilabel">Save</span></strong>'


@pytest.mark.parametrize("inside", ["b[^1]", "b <https://host.example/>", "[b](c.md)"])
def test_links_in_links(build_page, inside):
    """Of links in links, the inner one stays: HTML has no links in links."""
    build = build_page(f'# T\n\n<a href="a.md">a {inside}</a>\n\n[^1]: Note.\n', warnings=None)
    tree = lxml.html.fromstring(build.text("index.html"))
    assert tree.xpath("string(//section/p)").startswith("a b") or "[b]" not in inside
    assert not tree.xpath("//a//a")
