"""`[!DNL x]` and `[!UICONTROL x]`."""

from __future__ import annotations

import time

import lxml.html
import pytest

from sphinx_ajo.language.front_matter import plain_text
from sphinx_ajo.testing import markdown

GUI = '<span class="guilabel">{}</span>'.format

CASES = {
    "DNL": ("a [!DNL Tool] b", "a Tool b"),
    "UICONTROL": ("a [!UICONTROL Save as] b", f"a {GUI('Save as')} b"),
    "any case": ("[!dnl Tool] [!UiControl Save]", f"Tool {GUI('Save')}"),
    "in bold": ("**[!UICONTROL Save]**", f"<strong>{GUI('Save')}</strong>"),
    "in emphasis": ("_[!DNL Tool]_", "<em>Tool</em>"),
    "in the text of a link": ("[[!DNL Tool] Guide](a.md)", '<a href="a.md">Tool Guide</a>'),
    "twice in the text of a link": (
        "[[!DNL A] and [!UICONTROL B]](a.md)",
        f'<a href="a.md">A and {GUI("B")}</a>',
    ),
    "as the text of a link": ("[!DNL Tool](a.md)", '<a href="a.md">Tool</a>'),
    "UICONTROL as the text of a link": (
        "[!UICONTROL Tool](a.md)",
        f'<a href="a.md">{GUI("Tool")}</a>',
    ),
    "before brackets": ("[!DNL Tool](see below) [!DNL A][B]", "Tool(see below) A[B]"),
    "where a definition of a link would stand": ("[!DNL Tool]: a", "Tool: a"),
    "UICONTROL where a definition would stand": (
        "[!UICONTROL Save]: a",
        f"{GUI('Save')}: a",
    ),
    "inner markup": ("[!DNL a_b_ *c* `d`]", "a_b_ <em>c</em> <code>d</code>"),
    "inner markup of a control": (
        "[!UICONTROL *Deck* > **Hold**]",
        GUI("<em>Deck</em> &gt; <strong>Hold</strong>"),
    ),
    "emphasis around and inside": (
        "**[!UICONTROL **Row**]**",
        f"<strong>{GUI('<strong>Row</strong>')}</strong>",
    ),
    "crossing emphasis": (
        "**[!UICONTROL A** > **B]**",
        f"<strong>{GUI('A')}</strong>{GUI(' &gt; ')}<strong>{GUI('B')}</strong>",
    ),
    "emphasis that begins inside": ("[!DNL a *b] c*", "a <em>b c</em>"),
    "crossing deleted text": ("~~[!UICONTROL a~~ b]", f"<s>{GUI('a')}</s>{GUI(' b')}"),
    "a link inside": ("[!UICONTROL a [b](u) c]", GUI('a <a href="u">b</a> c')),
    "an image inside": ("[!DNL ![b](u.png)]", '<img src="u.png" alt="b">'),
    "HTML inside": ("[!UICONTROL <b>Save</b>]", GUI("<strong>Save</strong>")),
    "HTML code inside": (
        "[!UICONTROL Page <code>&lt;head&gt;</code>]",
        GUI("Page <code>&lt;head&gt;</code>"),
    ),
    "HTML that crosses": ("[!UICONTROL <b>Save] as</b>", f"{GUI('<strong>Save</strong>')} as"),
    "a badge inside": (
        "[!DNL [!BADGE New]]",
        '<span class="badge ajo-badge-informative">New</span>',
    ),
    "in the label of a badge": (
        "[!BADGE [!DNL **New**]]",
        '<span class="badge ajo-badge-informative">New</span>',
    ),
    "markup in the text of a link": (
        "[[!UICONTROL **x**]](u)",
        f'<a href="u">{GUI("<strong>x</strong>")}</a>',
    ),
    "markup as the text of a link": (
        "[!UICONTROL **x**](u)",
        f'<a href="u">{GUI("<strong>x</strong>")}</a>',
    ),
    "a bracket in code": ("[!DNL `a]b` c]", "<code>a]b</code> c"),
    "an escaped bracket": (r"[!UICONTROL x\]y]", GUI("x]y")),
    "code that ends behind it": ("[!DNL a `b] c` d", "a <code>b] c</code> d"),
    "blanks": ("[! DNL a] [!DNL\tb] [!DNL\u3000c] [!DNL&nbsp;d]", "a b c d"),
    "a blank at the end": ("**[!UICONTROL Save ]** x", f"<strong>{GUI('Save ')}</strong> x"),
    "without a text": ("a [!UICONTROL] [!DNL ]b", "a  b"),
    "brackets": ("[!DNL a [b] c]", "a [b] c"),
    "one bracket too many": ("[!DNL a [b] c", "a [b] c"),
    "one bracket too few": ("[!DNL a [b c] d", "a [b c] d"),
    "brackets in brackets": ("[!DNL http://host[:port[a]]/]", "http://host[:port[a]]/"),
    "in each other": (
        "[!UICONTROL The [!DNL Tool] pane] [!DNL [!UICONTROL Deep]]",
        f"{GUI('The Tool pane')} {GUI('Deep')}",
    ),
    "a control in a control": ("[!UICONTROL A [!UICONTROL *B*]]", GUI("A <em>B</em>")),
    "not closed before another": ("[!DNL a [!UICONTROL b]", f"a {GUI('b')}"),
    "over two lines": ("[!UICONTROL Save\nas] b", f"{GUI('Save as')} b"),
    "entities and escapes": (
        r"[!UICONTROL A &amp; B] [!DNL a\_b]",
        f"{GUI('A &amp; B')} a_b",
    ),
    "menu path": (
        "**[!UICONTROL A]** > **[!UICONTROL B]**",
        f"<strong>{GUI('A')}</strong> &gt; <strong>{GUI('B')}</strong>",
    ),
    "in alternative text": (
        "![Use [!DNL Tool] now](a.png)",
        '<img src="a.png" alt="Use Tool now">',
    ),
    "markup in alternative text": (
        "![Use [!UICONTROL **x** `y`]](a.png)",
        '<img src="a.png" alt="Use x y">',
    ),
    "as alternative text": ("![!DNL Tool *x*](a.png)", '<img src="a.png" alt="Tool x">'),
    "in titles": (
        '[a](u "Use [!DNL *x*]") ![b](c "[!DNL `d`]")',
        '<a href="u" title="Use x">a</a> <img src="c" alt="b" title="d">',
    ),
    "in attributes of HTML": (
        '<a href="u" title="[!DNL x]">y</a>',
        '<a href="u" title="x">y</a>',
    ),
    "in code": ("`[!DNL Tool]`", "<code>[!DNL Tool]</code>"),
    "escaped": (r"\[!DNL Tool\]", "[!DNL Tool]"),
    "not closed": ("[!DNL Tool [guide](u)", 'Tool <a href="u">guide</a>'),
    "other words": ("[!OTHER Tool]", "[!OTHER Tool]"),
    "at the end": ("[!", "[!"),
}


@pytest.mark.parametrize(("text", "html"), CASES.values(), ids=CASES)
def test_inline(text, html):
    """What readers get is the text; a control keeps its style."""
    assert markdown().renderInline(text).replace(" />", ">") == html


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
    "text",
    [
        "[!DNL " * 5000,
        "[!DNL " * 5000 + "]" * 5000,
        "[!UICONTROL **" * 4000,
        "[!DNL `" * 5000,
        "**[!UICONTROL A** " * 5000,
        "![!DNL a" * 4000,
        "[!UICONTROL a<p>" * 600,
    ],
)
def test_linear(text):
    """No number of markers takes more than its share of time."""
    start = time.process_time()
    markdown().render(text)
    assert time.process_time() - start < 30


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
