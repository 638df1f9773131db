"""Where attributes in braces are taken off the text, and where they are left."""

from __future__ import annotations

import pytest
from lxml import html

from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.testing import markdown

TABLE = "| a |\n| --- |\n| b |\n"


def render(text, dialect=Dialect.EXL, **config):
    return markdown(dialect, **config).render(text).strip()


@pytest.mark.parametrize(
    "text",
    [
        '[t](u){target="_blank"}',
        "[t](u){target=_blank}",
        "[t](u){_blank}",
        "[t](u) {target=_blank}",
        "[t](u)\n{target=_blank}",
        "[t](u)&#x200B;{target=&quot;_blank&quot;}",
        "[t](u){target=“_blank”, onclick='x()'}",
    ],
)
def test_link_target(text):
    """All forms mean a new window, which gets no access to this one."""
    assert render(text) == '<p><a href="u" target="_blank" rel="noopener noreferrer">t</a></p>'


@pytest.mark.parametrize(
    "text",
    [
        '![a](b){width="30" height="20"}',
        "![a](b){width=&quot;30&quot;, height=&quot;20&quot;}",
        '![a](b) {width="30", height="20"}',
        '![a](b){width="30" height="20" onload="x()" style="color:red" don\'t}',
    ],
)
def test_image(text):
    """Names that are not allowed are dropped."""
    assert render(text) == '<p><img src="b" alt="a" width="30" height="20" /></p>'


def test_code_is_left_alone():
    """Nothing in code is an attribute."""
    assert "{target=_blank}" in render("`[t](u){target=_blank}` and `a`{b=c}")
    assert "{style=" in render('```\n{style="table-layout:auto"}\n```')


@pytest.mark.parametrize("gap", ["", "\n", "\n<!-- note -->\n\n", "\n\n\n"])
@pytest.mark.parametrize("layout", ["auto", "fixed"])
def test_table_layout(gap, layout):
    """The layout belongs to the table above it."""
    text = f'{TABLE}{gap}{{style="table-layout:{layout}"}}\n\nnext\n'
    tree = html.fromstring(f"<div>{render(text)}</div>")
    assert tree.xpath(f"//table[@class='ajo-table-{layout}']")
    assert [cell.text for cell in tree.iter("td")] == ["b"]
    assert "{" not in tree.text_content()


def test_several_tables():
    """Each table gets its own."""
    auto, fixed = (f'{{style="table-layout:{layout}"}}\n' for layout in ("auto", "fixed"))
    text = f"{TABLE}\n{auto}\n{TABLE}\n{TABLE}{fixed}"
    tree = html.fromstring(f"<div>{render(text)}</div>")
    assert [table.get("class") for table in tree.iter("table")] == [
        "ajo-table-auto",
        None,
        "ajo-table-fixed",
    ]


@pytest.mark.parametrize("indent", ["  ", ""])
def test_table_in_list(indent):
    """The line may stand in the list or left of it."""
    table = TABLE.replace("\n", "\n  ").rstrip(" ")
    text = f'- {table}\n{indent}{{style="table-layout:auto"}}\n'
    assert html.fromstring(render(text)).xpath("//li/table[@class='ajo-table-auto']")


def test_block_class():
    """A block takes a class from the line below it."""
    assert render("text\n{.a onclick=x}") == "<p>text<br />\n{.a onclick=x}</p>"
    assert render("text\n{.a}") == '<p class="a">text</p>'
    assert render("> text\n\n{class=a}").startswith('<blockquote class="a">')


def test_mixed_reads_what_myst_does_not():
    """In the mixed dialect only what is nothing else is read."""
    assert 'width="3"' in render("![a](b){width=3}", Dialect.MIXED)
    assert "ajo-table-auto" in render(f'{TABLE}{{style="table-layout:auto"}}', Dialect.MIXED)
    for text in (
        "![a](b){foo=3}",
        "![a](b) {width=3}",
        "text\n{.a}",
        '{style="table-layout:auto"}',
        "[t](u){x}",
    ):
        assert "{" in render(text, Dialect.MIXED)


@pytest.mark.parametrize("extension", ["attrs_inline", "attrs_image", "attrs_block"])
def test_mixed_leaves_myst_attributes(extension):
    """Where MyST reads attributes, it reads them alone."""
    text = "![a](b){.c foo=3}\n\n{.d}\nnext"
    mixed = render(text, Dialect.MIXED, enable_extensions=[extension])
    assert ("foo" in mixed.split(">")[1]) == (extension != "attrs_block")
    assert ('class="d"' in mixed) == (extension == "attrs_block")


def test_stray_style(project):
    """A style without a table is left out, with one warning."""
    project.write(index='# T\n\ntext\n\n{style="table-layout:auto"}\n\nnext\n')
    built = project.build(
        ajo_dialect="exl", warnings=["index.md:5: WARNING: there is no table above"]
    )
    assert "table-layout" not in html.fromstring(built.text("index.html")).text_content()


def test_unknown_style(project):
    """A style that is no layout is left out, with one warning."""
    project.write(index=f'# T\n\n{TABLE}\n{{style="color:red"}}\n')
    project.build(ajo_dialect="exl", warnings=["index.md:7: WARNING: 'color:red' is not a style"])
