"""Tables of raw HTML, and HTML in tables of Markdown."""

from __future__ import annotations

import lxml.html
import pytest

from sphinx_ajo.testing import markdown


def tokens(text):
    return markdown().parse(text)


def grid(text):
    """Return the rows of a table: text, and spans if there are any."""
    tree = lxml.html.fragment_fromstring(markdown().render(text), create_parent="div")
    rows = []
    for row in tree.find(".//table").iter("tr"):
        cells = []
        for cell in row:
            span = (int(cell.get("colspan", 1)), int(cell.get("rowspan", 1)))
            words = " ".join(cell.text_content().split())
            cells.append(words if span == (1, 1) else (words, *span))
        rows.append(cells)
    return rows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<table><tr><td>a<td>b<tr><td>c<td>d</table>", [["a", "b"], ["c", "d"]]),
        ("<table><tr><td colspan=2>a<tr><td>b<td>c</table>", [[("a", 2, 1)], ["b", "c"]]),
        # a span of columns that are not there means all of them
        ("<table><tr><td colspan=9>a<tr><td>b<td>c</table>", [[("a", 2, 1)], ["b", "c"]]),
        ("<table><tr><td rowspan=2>a<td>b<tr><td>c</table>", [[("a", 1, 2), "b"], ["c"]]),
        ("<table><tr><td rowspan=9>a<td>b<tr><td>c</table>", [[("a", 1, 2), "b"], ["c"]]),
        ("<table><tr><td rowspan=0>a<td>b<tr><td>c</table>", [[("a", 1, 2), "b"], ["c"]]),
        ("<table><tr><td>a<td>b<tr><td>c</table>", [["a", "b"], ["c", ""]]),
        # spans that would overlap are cut
        (
            "<table><tr><td>a<td rowspan=2>b<tr><td colspan=2>c</table>",
            [["a", ("b", 1, 2)], ["c"]],
        ),
        ("<table><tr></tr><tr><td>a</table>", [["a"]]),
        # the foot is below all else
        (
            "<table><tfoot><tr><td>f</tfoot><tr><td>a<thead><tr><td>h</table>",
            [["h"], ["a"], ["f"]],
        ),
        (
            "<table>\n<tr>\n<td>a</td>\n\n<td>b</td>\n\n</tr>\n<tr>\n\n<td>c",
            [["a", "b"], ["c", ""]],
        ),
    ],
)
def test_grid(text, expected):
    assert grid(text) == expected


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("<tr><th>a<tr><td>b", 1),
        ("<thead><tr><td>a</thead><tr><td>b", 1),
        ("<tr><th>a<th>b<tr><th>c<td>d", 1),
        ("<tr><th>a", 0),
        ("<tr><td>a<tr><td>b", 0),
        # a header cell that reaches down makes the rows below headers, too, or none
        ("<tr><th rowspan=2>a<th>b<tr><th>c<tr><td>d<td>e", 2),
        ("<tr><th rowspan=2>a<th>b<tr><td>c", 0),
    ],
)
def test_head(text, head):
    html = markdown().render(f"<table>{text}</table>")
    thead = html.partition("<thead>")[2].partition("</thead>")[0]
    assert thead.count("<tr>") == head


def test_markdown_between_parts():
    text = "<table>\n<tr>\n<td>\n\n* a\n* **b**\n\n</td>\n<td>c</td>\n</tr>\n</table>\n\nafter\n"
    assert grid(text) == [["a b", "c"]]
    assert tokens(text)[-2].content == "after"


def test_text_out_of_place_is_kept():
    """A browser puts it above the table."""
    html = markdown().render("<table>one<tr>two<td>three</table>")
    assert html.index("one") < html.index("<table")
    assert html.index("two") < html.index("<table")


def test_widths():
    (table,) = (
        token
        for token in tokens('<table><tr><td style="width: 30%">a<td width="70%">b</table>')
        if token.type == "ajo_html_table_open"
    )
    assert table.meta["widths"] == [30, 70]


def test_width_of_some_columns():
    (table,) = (
        token
        for token in tokens('<table><col width="20%"><tr><td>a<td>b</table>')
        if token.type == "ajo_html_table_open"
    )
    assert table.meta["widths"] == [20, 80]


@pytest.mark.parametrize(
    ("attributes", "classes"),
    [
        ("", "ajo-table"),
        ('style="table-layout:fixed"', "ajo-table ajo-table-fixed"),
        ('border="0"', "ajo-table ajo-borderless borderless"),
        ('style="border: none"', "ajo-table ajo-borderless borderless"),
        ('class="x hidden"', "ajo-table x"),
    ],
)
def test_look_of_table(attributes, classes):
    (table, *_rest) = tokens(f"<table {attributes}><tr><td>a</table>")
    assert table.attrs["class"] == classes


def test_rows_without_borders_make_a_table_without():
    (table, *_rest) = tokens('<table><tr style="border: 0;"><td>a</table>')
    assert "ajo-borderless" in table.attrs["class"]


def test_style_in_braces_right_below():
    (table, *rest) = tokens('<table><tr><td>a</td></tr></table>\n{style="table-layout:fixed"}\n')
    assert table.attrs["class"] == "ajo-table ajo-table-fixed"
    assert all("style" not in token.content for token in rest)


def test_look_of_cell():
    text = '<table><tr valign=top><td align=right bgcolor="#eee" style="width:30px;x:y">a</table>'
    (cell,) = (token for token in tokens(text) if token.type == "ajo_html_cell_open")
    assert cell.attrs["class"] == "text-right ajo-top ajo-on-light"
    assert cell.attrs["style"] == "background-color: #eee; width: 30px"


def test_nested_table():
    html = markdown().render("<table><tr><td>a<table><tr><td>b</table>c</table>")
    assert html.count("<table") == 2
    assert html.count("<td>") == 2


def test_blocks_in_cell_of_markdown():
    text = "| a | b |\n|---|---|\n| x <ul><li>**y**</li></ul> z | <li>u <li>v |\n"
    assert grid(text)[1] == ["x y z", "u v"]
    html = markdown().render(text)
    assert "<strong>y</strong>" in html
    assert html.count("<li>") == 3


def test_code_in_cell_is_code():
    html = markdown().render("| a |\n|---|\n| `<ul><li>` |\n")
    assert "<code>&lt;ul&gt;&lt;li&gt;</code>" in html


def test_many_cells():
    """No row is wider than a table can be; nothing is lost."""
    text = "<table><tr>" + "".join(f"<td>c{n}" for n in range(500)) + "<tr><td>x</table>"
    rows = grid(text)
    assert len(rows[0]) == 100
    assert rows[0][-1].endswith("c499")
    assert rows[1] == ["x", *[""] * 99]


INDENTED = {
    "rows": "<table>\n  <tr>\n    <td>a</td>\n\n    <td>b</td>\n  </tr>\n\n    <tr><td>c</table>",
    "Markdown": (
        "<table>\n<tr>\n    <td>\n\n    a\n\n    </td>\n    <td>b</td>\n\n  <tr>\n    <td>c</table>"
    ),
    "without end": "<table>\n<tr><td>a\n\n    <td>b\n\n<tr>\n    <td>c</table>",
    "deep": (
        "<table>\n<tr>\n\n        <td>a</td>\n\n      <td>b</td>\n\n    </tr>\n\n<tr><td>c</table>"
    ),
    "in a list": (
        "- x\n\n  <table>\n  <tr>\n\n      <td>a</td>\n      <td>b</td>\n  <tr><td>c\n  </table>"
    ),
}


@pytest.mark.parametrize("text", INDENTED.values(), ids=INDENTED)
def test_indented_parts(text):
    """Cells that are indented behind a free line are no code."""
    assert grid(text) == [["a", "b"], ["c", ""]]
    assert "code" not in {token.type.partition("_")[0] for token in tokens(text)}


def test_indented_boxes():
    text = "<div>\n\n    <h3>a</h3>\n\n    <p>b</p>\n\n</div>\n\n<div>c</div>\n\n    <p>d</p>"
    types = [token.type for token in tokens(text) if not token.type.endswith("_close")]
    assert types.count("code_block") == 1
    assert {"heading_open", "paragraph_open"} <= set(types)


def test_markdown_in_an_indented_cell():
    text = "<table>\n<tr>\n\n    <td>\n\n        *a*\n\n        - b\n\n    </td>\n</table>"
    html = markdown().render(text)
    assert "<em>a</em>" in html
    assert "<li>b</li>" in html


@pytest.mark.parametrize(
    "text",
    [
        "    <td>a</td>",
        "<table><tr><td>x</table>\n\n    <td>a</td>",
        "<p>x\n\n    <div>a</div>",
        '<a name="x">\n\n    <div>a</div>',
        "<div>\n\n    <b>a</b>\n\n</div>",
        "<div>\n\n    a </div>\n\n</div>",
    ],
)
def test_code_beside_html(text):
    """A sample of HTML, indented, is code."""
    assert "code_block" in {token.type for token in tokens(text)}
