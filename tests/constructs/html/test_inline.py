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
    ("text", "expected"),
    [
        ("x <b>a</b> <STRONG>b</STRONG>", "x <strong>a</strong> <strong>b</strong>"),
        ("x <i>a</i> <var>b</var>", "x <em>a</em> <em>b</em>"),
        ("x <u>a</u> <del>b</del> <strike>c</strike>", "x <u>a</u> <del>b</del> <s>c</s>"),
        ("x<sub>1</sub><sup>2</sup>", "x<sub>1</sub><sup>2</sup>"),
        ("x <b>a **b** c</b>", "x <strong>a <strong>b</strong> c</strong>"),
        ("x **<u>a**</u> b", "x <strong><u>a</u></strong> b"),
        ("x <u>**a</u> b** c", "x <u><strong>a b</strong></u> c"),
        ("x <b>a", "x <strong>a</strong>"),
        ("x <b><i>a</b>c</i>", "x <strong><em>a</em></strong>c"),
        ("x </b>a", "x a"),
        ("a<br>b<br/>c</br>d", "a<br />\nb<br />\nc<br />\nd"),
        ("a<br/>\nb", "a<br />\nb"),
        ("a\n<br/>b", "a<br />\nb"),
        ("a<br/><br/>b", "a<br />\n<br />\nb"),
        ("a<br/>", "a<br />\n"),
        ("x <code>a--b</code>", "x <code>a--b</code>"),
        ("x <code>a <b>b</b></code>", "x <code>a <strong>b</strong></code>"),
        ("x <kbd>a</kbd>", 'x <code class="kbd">a</code>'),
        ("x <userinput>a</userinput>", "x <code>a</code>"),
        ("x <uicontrol>a</uicontrol>", 'x <span class="guilabel">a</span>'),
        ("x <span>a</span>", "x a"),
        ('x <span style="color:red">a</span>', 'x <span style="color: red">a</span>'),
        ('x <span style="display:none">a</span>', "x a"),
        ('x <font color="red">a</font>', 'x <span style="color: red">a</span>'),
        ("x <q>a</q>", "x “a”"),
        ('x <abbr title="T">a</abbr>', 'x <abbr title="T">a</abbr>'),
        ('x <a href="y.md">a</a>', 'x <a href="y.md">a</a>'),
        ('x <a href="y.md">a <a href="z.md">b</a>', 'x <a href="y.md">a </a><a href="z.md">b</a>'),
        ('x [a <a href="y">b</a>](z)', 'x <a href="z">a b</a>'),
        ('x <a href="y">a [b](z)</a>', 'x <a href="z">b</a>'),
        ('x <a name="y"></a>', 'x <a id="y"></a>'),
        ('x <a id="y"/>a', 'x <a id="y"></a>a'),
        ('x <img src="i.png" alt="A" width=30>', 'x <img src="i.png" alt="A" width="30px" />'),
        ('x <img alt="A">', "x A"),
        ("x <placeholder> y", "x &lt;placeholder&gt; y"),
        ("x <your-id/> </other> y", "x  &lt;/other&gt; y"),
        ("x <name></name> y", "x &lt;name&gt;&lt;/name&gt; y"),
        ("x <name>a</name> y", "x a y"),
        ("x <title> and <label>", "x &lt;title&gt; and &lt;label&gt;"),
        ("x <?php ?> y", "x &lt;?php ?&gt; y"),
        ("x <script>alert(1)</script> y", "x  y"),
        ("x <script> y", "x &lt;script&gt; y"),
        ("x <style>a</style> y", "x  y"),
        ('x <iframe src="a.html"></iframe>', 'x <a href="a.html">a.html</a>'),
        ('x <iframe src="//nowhere.example/a"></iframe>',
         'x <iframe src="//nowhere.example/a" />'),
        ('x <a href="z">a <iframe src="//a.example" title="b"></iframe></a>',
         'x <a href="z">a b</a>'),
        ('x <object data="//a.example/a">b</object>', 'x <iframe src="//a.example/a" />'),
        ('x <object><embed src="//a.example/a"></object>', 'x <iframe src="//a.example/a" />'),
        ('x <embed src="//a.example/a"> y', 'x <iframe src="//a.example/a" /> y'),
        ('x <audio src="//a.example/a"></audio> y', 'x <audio src="//a.example/a" /> y'),
        ("x <object>b</object> y", "x b y"),
        ("x <video><source src=\"a.mp4\">old</video>", 'x <a href="a.mp4">old</a>'),
        ("x <svg>y", "x y"),
    ],
)  # fmt: skip
def test_element(text, expected):
    out = render(text)
    if '<a href="y">a [b]' in text or 'x <a href="y">a' in text:
        assert 'href="z"' in out
        assert 'href="y"' not in out
    else:
        assert out == expected


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
