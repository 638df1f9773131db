"""Tables, from Markdown to each output."""

from __future__ import annotations

import pytest
from docutils import nodes
from lxml import html

from sphinx_ajo.constructs.tables import PAPER_CHARACTERS, column_widths

TABLE = "| Left | Right |\n| :-- | --: |\n| one&#x200B; | two |\n"


def test_html(build_page):
    """A table scrolls, keeps its alignment and has its layout."""
    built = build_page(f'# T\n\n{TABLE}\n{{style="table-layout:fixed"}}\n')
    tree = html.fromstring(built.text("index.html"))
    (table,) = tree.xpath("//div[contains(@class, 'ajo-table-box')]/table")
    assert {"ajo-table", "ajo-table-fixed"} <= set(table.get("class").split())
    assert "text-right" in table.xpath(".//td")[1].get("class")
    assert table.xpath(".//td")[0].text_content() == "one"
    assert "table-layout" not in tree.text_content()


def test_auto_layout(build_page):
    tree = html.fromstring(
        build_page(f'# T\n\n{TABLE}{{style="table-layout:auto"}}\n').text("index.html")
    )
    assert tree.xpath("//table[contains(@class, 'ajo-table-auto')]")
    assert not tree.xpath("//colgroup")


def test_lines(build_page):
    """Every cell knows its line."""
    table = build_page(f"# T\n\n{TABLE}").doctrees["index"].next_node(nodes.table)
    assert [node.line for node in table.findall(nodes.paragraph)] == [3, 3, 5, 5]


def test_mixed_tables_are_mysts(project):
    project.write(index=f"# T\n\n{TABLE}")
    table = project.build(ajo_dialect="mixed").doctrees["index"].next_node(nodes.table)
    assert table["classes"] == ["colwidths-auto"]


def latex(build_page, text):
    built = build_page(text, "latex")
    (tex,) = (path.read_text("utf-8") for path in built.outdir.glob("*.tex"))
    return tex


def test_latex_long_table(build_page):
    """A table that breaks between pages has widths, so that its text is broken into lines."""
    rows = "".join(f"| {i} | {'some words ' * 20}|\n" for i in range(40))
    assert "longtable" in (tex := latex(build_page, f"# T\n\n| a | b |\n| --- | --- |\n{rows}"))
    assert r"\X{" in tex


def test_latex_long_words(build_page):
    """Addresses and names in cells may be broken."""
    tex = latex(
        build_page, f"# T\n\n{TABLE}| https://example.com/long/path/to/it | `a_long_name_of_it` |\n"
    )
    assert r"com/\allowbreak{}long" in tex
    assert r"\allowbreak{}" in tex.split("sphinxcode")[1]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("extendedWorkDetails", r"extended\allowbreak{}Work\allowbreak{}Details"),
        (
            "c8d9a2f5c1e03789bd22e8efdd1bdc1b",
            r"c8d9a2f5c1e0\allowbreak{}3789bd22e8ef\allowbreak{}dd",
        ),
        ("shortname", "shortname"),
    ],
)
def test_latex_code_in_cells(build_page, code, expected):
    """Names in code are broken between their words, others anywhere; nothing is lost."""
    tex = latex(build_page, f"# T\n\n{TABLE}| `{code}` | x |\n")
    assert expected in tex
    assert code in tex.replace(r"\allowbreak{}", "")


def test_latex_short_words_beside_long_lines(build_page):
    """A short word is not hyphenated because its neighbour is long."""
    line = "some words and more " * 12
    tex = latex(build_page, f"# T\n\n{TABLE}| Enhancement | {line}|\n")
    assert r"\X{14}{" in tex
    assert "tabulary" in latex(build_page, f"# T\n\n{TABLE}| Enhancement | short |\n")


def test_latex_fixed(build_page):
    assert r"\X{50}{100}" in latex(build_page, f'# T\n\n{TABLE}{{style="table-layout:fixed"}}\n')


@pytest.mark.parametrize("texts", [["a", "b"], ["a", "x " * 500], ["w" * 80] * 9, ["", "", ""]])
def test_column_widths(texts):
    """Widths are positive and fill one line at most, unless the words need more."""
    row = nodes.row("", *(nodes.entry("", nodes.paragraph(text, text)) for text in texts))
    widths = column_widths([row], len(texts))
    assert len(widths) == len(texts)
    assert all(width > 0 for width in widths)
    assert sum(widths) <= max(PAPER_CHARACTERS + len(texts), 23 * len(texts))


def test_table_in_a_cell(build_page):
    """A cell may hold a table of its own; the lines of the outer rows stay true."""
    build = build_page(
        "# T\n\n| A |\n|---|\n| <table><tr><td>in</td></tr><tr><td>ner</td></tr></table> |\n| z |\n"
    )
    outer, inner = build.doctrees["index"].findall(nodes.table)
    assert [
        row.line for row in outer.findall(nodes.row) if row not in inner.findall(nodes.row)
    ] == [
        3,
        5,
        6,
    ]
    assert inner.astext().split() == ["in", "ner"]


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("| c | d | e |", ["c", "d | e"]),
        ("c | d | e | f", ["c", "d | e | f"]),
        ("| c | d | | c | d |", ["c", "d |  | c | d"]),
        ("| `c|d` | e |", ["`c", "d` | e"]),
        ("|c|d|e", ["c", "d | e"]),
        ("|||e", ["", "| e"]),
        ("c|d|e|", ["c", "d | e"]),
    ],
)
def test_too_many_cells(build_page, row, cells):
    """No text is lost, and the row is reported."""
    page = f"# T\n\n| a | b |\n| - | - |\n{row}\n"
    built = build_page(page, warnings=["index.md:5: WARNING: this row has more cells"])
    entries = list(built.doctrees["index"].findall(nodes.entry))
    assert [entry.astext() for entry in entries] == ["a", "b", *cells]


@pytest.mark.parametrize("row", ["| c | d | |", "c | d", "| c |", r"| c | d \| e |", "| c | d ||"])
def test_enough_cells(build_page, row):
    """Empty cells, and pipes that are text, are nothing to report."""
    assert build_page(f"# T\n\n| a | b |\n| - | - |\n{row}\n")
