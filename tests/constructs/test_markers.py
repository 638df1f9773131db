"""`[!DNL x]` and `[!UICONTROL x]`."""

from __future__ import annotations

import pytest

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
    "inner markup is plain": ("[!DNL a_b_ *c*]", "a_b_ *c*"),
    "brackets": ("[!DNL a [b] c]", "a [b] c"),
    "one bracket too many": ("[!DNL a [b] c", "a [b c"),
    "one bracket too few": ("[!DNL a [b c] d", "a [b c d"),
    "in each other": (
        "[!UICONTROL The [!DNL Tool] pane] [!DNL [!UICONTROL Deep]]",
        f"{GUI('The Tool pane')} Deep",
    ),
    "not closed before another": ("[!DNL a [!UICONTROL b]", f"[!DNL a {GUI('b')}"),
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
    "in code": ("`[!DNL Tool]`", "<code>[!DNL Tool]</code>"),
    "escaped": (r"\[!DNL Tool\]", "[!DNL Tool]"),
    "not closed": ("[!DNL Tool", "[!DNL Tool"),
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
