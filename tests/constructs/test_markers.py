"""`[!DNL x]` and `[!UICONTROL x]`."""

from __future__ import annotations

import lxml.html
import pytest
from effort import check_linear

from sphinx_ajo.language.front_matter import plain_text
from sphinx_ajo.testing import markdown

GUI = '<span class="guilabel">{}</span>'.format


def test_table_cell():
    """Markers work in table cells."""
    html = markdown().render("| [!DNL A] |\n| --- |\n| [!UICONTROL B] |\n")
    assert "<th>A</th>" in html
    assert f"<td>{GUI('B')}</td>" in html


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("[!UICONTROL Do not show<P>(Sales only)]", ["Do not show", "(Sales only)"]),
        ("[!UICONTROL **a** <div>b</div> c]", ["<strong>a</strong>", "b", "c"]),
        ("[!UICONTROL a [!DNL b<p>c]]", ["a b", "c"]),
    ],
)
def test_blocks_in_a_control(text, paragraphs):
    """A block of HTML parts the text of a control, and each part is one."""
    html = markdown().render(f"| a |\n| --- |\n| {text} |\n")
    assert [part.partition("</p>")[0] for part in html.split("<p>")[1:]] == [
        GUI(paragraph) for paragraph in paragraphs
    ]


def test_blocks_in_a_name():
    """A block of HTML parts a name, too."""
    html = markdown().render("x [!DNL a<p>b] c\n")
    assert html.split() == ["<p>x", "a</p>", "<p>b", "c</p>"]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("[!UICONTROL Show<br>all]", "Show all"),
        ("[!DNL HTTP://host[:port]]", "HTTP://host[:port]"),
        ("[!UICONTROL a<p>b]", "a b"),
        ("[!UICONTROL **a** `b`]", "a b"),
        ("[!UICONTROL <i>a</i> b]", "a b"),
        ("[!UICONTROL &lt;b&gt; *c*] *d*", "<b> c *d*"),
        ("[!UICONTROL a [!DNL b] c]", "a b c"),
        (r"[!UICONTROL C:\*]", r"C:\*"),
        ("[!DNL a", "a"),
    ],
)
def test_cells_of_html_tables(cell, shown):
    """Markers work in HTML, whatever tags stand in them."""
    html = markdown().render(f"<table><tr><td>{cell}</td></tr></table>\n")
    text = lxml.html.fromstring(html.replace("<br", " <br").replace("<p", " <p")).text_content()
    assert " ".join(text.split()) == shown
    assert ("guilabel" in html) == ("UICONTROL" in cell)


@pytest.mark.parametrize(
    ("source", "slug"),
    [
        ("[!UICONTROL **Sail** `x`]", "sail-x"),
        ("Use [!DNL _Sail_] <b>now</b>", "use-sail-now"),
        ("[!UICONTROL a [b](u)]", "a-b"),
        ("[!UICONTROL Sail & row]", "sail--row"),
    ],
)
def test_ids_of_headings(source, slug):
    """The id of a heading is made from what readers see."""
    assert f'id="{slug}"' in markdown().render(f"## {source}\n")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Use [!UICONTROL **Save**] now", "Use Save now"),
        ("**[!UICONTROL A** > **B]**", "A > B"),
        ("[!DNL `a_b`] and c_d_e", "a_b and c_d_e"),
        ("[!UICONTROL <b>Save</b>] the <id>", "Save the <id>"),
        ("[!UICONTROL [a](u)] ![[!DNL b]](c)", "a b"),
        ("`[!DNL x]` [!DNL y", "[!DNL x] y"),
        ("No marker, *no* [change](u)", "No marker, *no* [change](u)"),
    ],
)
def test_plain_text(text, plain):
    """Where no markup can be shown, there is none."""
    assert plain_text(text) == plain


PLACES = """
# Use [!UICONTROL **Save**]

+++ Fold [!UICONTROL **in**]

Text.

+++

>[!BEGINTABS]

>[!TAB Tab [!DNL `x`]]

Text.

>[!ENDTABS]

- [!UICONTROL **Item**]
"""


@pytest.mark.parametrize(
    ("builder", "name"),
    [
        ("html", "index.html"),
        ("dirhtml", "index.html"),
        ("singlehtml", "index.html"),
        ("epub", "index.xhtml"),
        ("latex", "projectnamenotset.tex"),
        ("text", "index.txt"),
        ("man", "projectnamenotset.1"),
    ],
)
def test_builders(build_page, builder, name):
    """No builder shows the marks of a marker, nor of the markup in it."""
    epub = {"epub_copyright": "x", "version": "1"} if builder == "epub" else {}
    text = build_page(PLACES, builder, **epub).text(name)
    assert "[!" not in text
    if builder == "text":
        assert "Use Save" in text.replace("*", "")
    else:
        assert "**" not in text.partition("<body")[2] or builder == "latex"
    if builder in {"html", "dirhtml", "singlehtml", "epub"}:
        assert GUI("<strong>Item</strong>") in text
        assert (
            '<code class="docutils literal notranslate"><span class="pre">x</span></code>' in text
        )


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("a\n[!DNL b", "index.md:4: WARNING: the marker [!DNL has no closing bracket"),
        ("[!uicontrol] b", "index.md:3: WARNING: the marker [!UICONTROL] has no text"),
        ("[!DNL a [!DNL b [!DNL c", "index.md:3: WARNING: the marker [!DNL has no closing"),
        ("![a [!DNL]](https://example.com/a.png)", "the marker [!DNL] has no text"),
        ("> [!UICONTROL b", "the marker [!UICONTROL has no closing bracket"),
    ],
)
def test_warnings(build_page, text, warning):
    """What is wrong with the markers of a text is said once, and its text stays."""
    build = build_page(f"# T\n\n{text}\n", warnings=[warning])
    assert "[!" not in build.text("index.html").partition("<body")[2]


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("[!DNL ", ""),
        ("[!DNL ", "]"),
        ("[!UICONTROL **", ""),
        ("[!DNL `", ""),
        ("**[!UICONTROL A** ", ""),
        ("![!DNL a", ""),
        ("[!UICONTROL a<p>", ""),
    ],
)
def test_linear(begin, end):
    """No number of markers takes more than its share of work."""
    # markdown-it reads brackets within each other by calls within each other, to a limit
    limits = {"depth": 450, "size": 50} if begin.startswith("![") else {}
    check_linear(markdown().render, lambda size: begin * size + end * size, **limits)


def test_nodes(build_page):
    """A control is an inline node in the guilabel style; heading and title are plain."""
    build = build_page("# Use [!DNL Tool]\n\nSelect **[!UICONTROL Save]**.\n")
    document = build.doctrees["index"]
    assert document.next_node(lambda n: n.tagname == "title").astext() == "Use Tool"
    inline = document.next_node(lambda n: n.tagname == "inline")
    assert inline["classes"] == ["guilabel"]
    assert inline.astext() == "Save"
    assert "Select Save." in build_page("# T\n\nSelect [!UICONTROL Save].\n", "text").text(
        "index.txt"
    )
