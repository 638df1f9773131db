"""Little text that would make much: what readers get instead, and which warning writers get."""

from __future__ import annotations

import pytest
from docutils import nodes
from sphinx.testing.util import SphinxTestApp

from sphinx_ajo.base.limits import make_limits
from sphinx_ajo.constructs.code import _lines as code_lines
from sphinx_ajo.language.entities import unescape
from sphinx_ajo.language.front_matter import read_front_matter
from sphinx_ajo.language.safe_yaml import Budget, LimitError, load_yaml
from sphinx_ajo.testing import CONF, write_files

DOUBLED = "\n".join(
    ["a0: &a0 [lol, lol]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40))]
)
"""Each entry holds the one above it twice: the last one holds 2 ** 40 values."""

HUGE = "9" * 5000
"""A number with more digits than Python reads."""


def budget(values=100, characters=1000):
    return Budget(values, characters)


def test_aliases_cost_what_they_repeat():
    """Not the source counts, but what it stands for."""
    spent = budget()
    assert load_yaml("a: &x [1, 22]\nb: [*x, *x]\n", spent) == {
        "a": ["1", "22"],
        "b": [["1", "22"], ["1", "22"]],
    }
    # two maps' worth of keys, three lists of two, one list of lists, the map
    assert (100 - spent.values, 1000 - spent.characters) == (13, 11)


@pytest.mark.parametrize(
    "text",
    [
        DOUBLED,
        "a: &a [*a]",
        "a: &a {b: *a}",
        "a: &a x\nb: [" + "*a, " * 200 + "]",
        f"a: &a {'x' * 200}\nb: [*a, *a, *a, *a, *a]",
        "\n".join(f"k{n}: v" for n in range(200)),
    ],
    ids=["doubled", "endless list", "endless map", "many", "long", "keys"],
)
def test_yaml_over_its_budget_is_refused(text):
    """Before it is made."""
    with pytest.raises(LimitError):
        load_yaml(text, budget())


def test_an_alias_is_counted_before_it_is_made():
    """The budget is never overspent by more than one value."""
    spent = budget(values=1000)
    with pytest.raises(LimitError):
        load_yaml(DOUBLED, spent)
    assert spent.values > -1000


@pytest.mark.parametrize("opening", ["[", "- ", "{a: ", "? "])
def test_deep_yaml_is_no_yaml(opening):
    """Its text is kept, and the other entries are read."""
    value = opening * 10_000
    found = read_front_matter(f"title: T\ndeep: {value}\nother: O\n")
    assert found.text("title") == "T"
    assert found.text("other") == "O"
    assert found.entries["deep"] == value.strip()


def test_front_matter_over_its_budget_is_read_entry_by_entry():
    """What fits is read; the text of the others is taken as it stands."""
    found = read_front_matter(f"{DOUBLED}\ntitle: T\nrole: [User, Admin]\n")
    assert found.text("title") == "T"
    assert found.text("role") == "User, Admin"
    assert found.entries["a39"] == "&a39 [*a38, *a38]"
    (problem,) = found.problems
    assert problem.limit
    assert "front_matter_values" in problem.reason


def test_entries_share_the_budget():
    """Many entries that each just fit are no way around it."""
    entry = "a{}: [&x [1, 2, 3, 4, 5], *x, *x, *x]\n"
    text = "".join(entry.format(number) for number in range(10))
    limits = make_limits({"front_matter_values": 100})
    found = read_front_matter(text, limits=limits)
    read = [value for value in found.entries.values() if isinstance(value, list)]
    assert len(read) == 3
    assert found.entries["a9"].startswith("[&x [1, 2")


def test_python_objects_are_text():
    """Tags mean nothing."""
    found = read_front_matter(
        "a: !!python/object/apply:os.system [x]\nb: !!python/name:os.system\n"
    )
    assert found.entries == {"a": ["x"], "b": ""}


@pytest.mark.parametrize("dialect", ["exl", "mixed"])
def test_front_matter_bomb(project, dialect):
    """One warning; the page is built, and is no longer than its source asks for."""
    project.write(index=f"---\ntitle: T\nexl-id: 1\n{DOUBLED}\n---\n# Heading\n")
    warning = "index.md:1" if dialect == "mixed" else "index.md:2"
    build = project.build(ajo_dialect=dialect, warnings=[f"{warning}: WARNING: the front matter"])
    html = build.text("index.html")
    assert "Heading" in html
    assert len(html) < 100_000
    assert build.metadata["index"]["exl-id"] == "1"


def test_front_matter_bomb_for_myst(project):
    """MyST, which expands aliases, does not get it: not for the settings of a page either."""
    text = f"---\nmyst:\n  substitutions:\n    x: 1\n{DOUBLED}\n---\n# Heading\n"
    project.write(index=text)
    build = project.build(ajo_dialect="mixed", warnings=["the front matter exceeds a limit"])
    assert "Heading" in build.text("index.html")


def test_budget_of_front_matter_is_configurable(build_page):
    """`ajo_limits` names it."""
    text = "---\ntitle: T\nrole: [a, b, c]\nlevel: [d, e]\n---\n# H\n"
    assert build_page(text).metadata["index"]["role"] == "a, b, c"
    limits = {"front_matter_values": 5}
    build = build_page(text, ajo_limits=limits, warnings=["more than 5 values", "ajo.limit"][:1])
    assert build.metadata["index"]["title"] == "T"
    assert build.metadata["index"]["role"] == "[a, b, c]"


def test_bomb_in_metadata_of_a_repository(project):
    """Pages inherit what is left of it."""
    project.write_files(
        {
            "metadata.md": f"---\n{DOUBLED}\nsolution: Lamps\n---\n",
            "help/TOC.md": f"---\n{DOUBLED}\n---\n# Guide {{#guide}}\n\n- [One](one.md)\n",
            "help/one.md": "---\ntitle: One\n---\n# One\n",
        }
    )
    build = project.build(
        warnings=["metadata.md:2: WARNING: the front", "TOC.md:2: WARNING: the front"]
    )
    assert build.metadata["help/one"]["solution"] == "Lamps"
    assert len(build.text("help/one.html")) < 100_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"a&#{HUGE};b", "a\ufffdb"),
        (f"a&#{HUGE}", "a\ufffd"),
        ("&#000000000065;", "A"),
        (f"&#{'0' * 5000};", "\ufffd"),
        (f"&#x{HUGE};", "\ufffd"),
        ("&amp;&#65;&copy", "&A\u00a9"),
    ],
    ids=["huge", "no end", "zeros", "zero", "hexadecimal", "ordinary"],
)
def test_numbers_of_characters(text, expected):
    """What Python refuses to read is what browsers show for it."""
    assert unescape(text) == expected


HUGE_NUMBERS = {
    "text": "&#{};",
    "badge": "[!BADGE &#{};]{{type=Positive}}",
    "badge tooltip": '[!BADGE x]{{tooltip="&#{};"}}',
    "marker": "[!DNL &#{};]",
    "title": '[a](https://a.b "&#{};")',
    "html": '<p title="&#{0};">&#{0};</p>',
    "help": '>[!CONTEXTUALHELP]\n>id="a"\n>title="&#{0};"\n>abstract="&#{0};"\n',
    "video": ">[!VIDEO](https://www.youtube.com/watch?v=x&t={})",
    "list": '<ol start="{0}"><li value="{0}">x</li></ol>',
    "width": '<table><tr><td width="{0}%">x</td><td style="width:{0}px">y</td></tr></table>',
    "colour": '<table><tr><td style="background-color:rgb({0}, 1, 2)">x</td></tr></table>',
    "table": '<table><tr><td colspan="{0}" rowspan="{0}">x</td></tr></table>',
    "code": '```js {{start-line="{0}" highlight="1-{0}"}}\nx\n```',
    "image": "![](https://a.b/c.png){{width={0} height={0}}}",
    "svg": '<svg width="{0}" viewBox="0 0 {0} 1"><path d="M{0}"/></svg>',
    "contents": "---\nmini-toc-levels: {0}\ntocdepth: {0}\n---\n# H",
    "front matter": '---\ntitle: a &#{0};\nbadge: label="&#{0};"\n---\n# H',
}


@pytest.mark.parametrize("text", HUGE_NUMBERS.values(), ids=HUGE_NUMBERS)
def test_huge_numbers(tmp_path, text):
    """No number ends a build, whatever it is warned about."""
    write_files(tmp_path, {"conf.py": CONF, "index.md": f"{text.format(HUGE)}\n\nEnd.\n"})
    app = SphinxTestApp(srcdir=tmp_path, confoverrides={"ajo_dialect": "exl"})
    try:
        app.build()
        assert "End." in (app.outdir / "index.html").read_text(encoding="utf-8")
    finally:
        app.cleanup()


def rest_of(build):
    """Return what is shown as it was typed."""
    blocks = build.doctrees["index"].findall(nodes.literal_block)
    return [node.astext() for node in blocks]


@pytest.mark.parametrize("dialect", ["exl", "mixed"])
@pytest.mark.parametrize(
    ("limits", "kept"),
    [({"page_lines": 4}, 4), ({"page_characters": 18}, 2), ({"page_characters": 3}, 0)],
)
def test_page_over_its_budget(project, dialect, limits, kept):
    """Its first lines are read, the others are shown as they were typed."""
    lines = ["# Heading", "", "**one**", "", "**two**", "", "*three*"]
    project.write(index="\n".join(lines) + "\n")
    build = project.build(
        ajo_dialect=dialect,
        ajo_limits=limits,
        warnings=[f"index.md:{kept + 1}: WARNING: the page has more than"],
    )
    assert rest_of(build) == ["\n".join(lines[kept:])]
    assert len(list(build.doctrees["index"].findall(nodes.strong))) == (kept > 2)


def test_page_within_its_budget(build_page):
    """Nothing is cut off a page that just fits."""
    text = "# Heading\n\n**one**\n"
    assert rest_of(build_page(text, ajo_limits={"page_lines": 3, "page_characters": 19})) == []


FILES = {
    "metadata.md": "",
    "help/_includes/x.md": "included\n\n**more**\n" + "\nlast\n" * 20,
    "help/TOC.md": "---\nuser-guide-title: Guide\n---\n# Guide {#guide}\n\n- [One](one.md)\n",
    "help/one.md": "# One\n\n{{$include /help/_includes/x.md}}\n" + "\nEnd.\n" * 20,
}
"""A repository; the pages that are made for it have fewer lines than these."""


def test_page_over_its_budget_includes_nothing(project):
    """Nor does it cost the time to look for includes."""
    project.write_files(FILES)
    assert "included" in project.build().text("help/one.html")
    warning = ["help/one.md:31: WARNING: the page has more than 30 lines"]
    html = project.build(ajo_limits={"page_lines": 30}, warnings=warning).text("help/one.html")
    assert "included" not in html
    assert html.count("End.") == 20


def test_what_is_included_counts(project):
    """A page that includes too much is cut in what it includes, and says which file that is."""
    project.write_files(FILES)
    warning = ["help/_includes/x.md:43: WARNING: the page has more than 44 lines"]
    build = project.build(ajo_limits={"page_lines": 44}, warnings=warning)
    (block,) = build.doctrees["help/one"].findall(nodes.literal_block)
    assert block.astext().count("last") == 1
    assert block.astext().count("End.") == 20


LONG = "**word** " * 20

PLACES = {
    "paragraph": LONG,
    "heading": f"## {LONG}",
    "list": f"- {LONG}",
    "quote": f"> {LONG}",
    "alert": f">[!NOTE]\n>\n>{LONG}",
    "table": f"| a |\n|---|\n| {LONG} |",
    "tab": f">[!BEGINTABS]\n\n>[!TAB x]\n\n{LONG}\n\n>[!ENDTABS]",
    "accordion": f"+++ Title\n\n{LONG}\n\n+++",
    "html": f"<div>\n\n{LONG}\n\n</div>",
    "html cell": f"<table><tr><td>\n\n{LONG}\n\n</td></tr></table>",
}


@pytest.mark.parametrize("text", PLACES.values(), ids=PLACES)
def test_paragraph_over_its_budget(build_page, text):
    """It is plain text, wherever it stands; its neighbours are not."""
    page = f"# T\n\n{text}\n\n*short*\n"
    assert list(build_page(page).doctrees["index"].findall(nodes.strong))
    build = build_page(
        page,
        ajo_limits={"paragraph_characters": 100},
        warnings=["this paragraph has more than 100 characters"],
    )
    doctree = build.doctrees["index"]
    assert not list(doctree.findall(nodes.strong))
    assert list(doctree.findall(nodes.emphasis))
    assert doctree.astext().count("word") == 20
    assert build.text("index.html").count("**word**") >= 20


def test_tables_over_the_budget(build_page):
    """Short rows are not filled without end; tables below are text."""
    row = "|" + "a|" * 20 + "\n|" + "-|" * 20 + "\n" + "|b|\n" * 5
    page = f"# T\n\n{row}\nbetween\n\n{row}"
    build = build_page(
        page, ajo_limits={"table_cells": 50}, warnings=["index.md:3: WARNING: with this one"]
    )
    doctree = build.doctrees["index"]
    assert len(list(doctree.findall(nodes.table))) == 1
    assert doctree.astext().count("b|") == 5
    assert len(list(build_page(page).doctrees["index"].findall(nodes.table))) == 2


def entries(doctree):
    return list(doctree.findall(nodes.entry))


def test_cells_of_html_are_no_more_than_ten_times_those_written(build_page):
    """One row of a hundred columns does not make a hundred cells of each row below it."""
    rows = "<tr><td>x</td></tr>" * 200
    table = f"<table><tr>{'<td rowspan=9999>y</td><td>z</td>' * 50}</tr>{rows}</table>"
    doctree = build_page(f"# T\n\n{table}\n").doctrees["index"]
    assert len(entries(doctree)) < 10 * 300
    text = doctree.astext()
    assert [text.count(word) for word in "xyz"] == [200, 50, 50]


def test_ragged_tables_are_filled(build_page):
    """An ordinary table gets the cells that it lacks."""
    table = "<table><tr><td>a<td>b<td>c</tr><tr><td>d</tr></table>"
    assert len(entries(build_page(table).doctrees["index"])) == 6


def test_huge_spans(build_page):
    """A cell spans no more columns and rows than there are."""
    cell = "<td colspan=99999 rowspan=99999>x</td>"
    table = f"<table>{f'<tr>{cell}{cell}</tr>' * 30}</table>"
    doctree = build_page(f"# T\n\n{table}\n").doctrees["index"]
    assert all(group["cols"] <= 100 for group in doctree.findall(nodes.tgroup))
    assert len(entries(doctree)) < 1000
    assert doctree.astext().count("x") == 60


def test_code_over_its_budget(build_page):
    """It has no colours, but its lines and its attributes."""
    page = '# T\n\n```js {line-numbers="true" highlight="1"}\nlet a = 1;\nlet b = 2;\n```\n'
    (block,) = build_page(page).doctrees["index"].findall(nodes.literal_block)
    assert block["language"] == "js"
    build = build_page(
        page, ajo_limits={"code_characters": 10}, warnings=["index.md:3: WARNING: this code"]
    )
    (block,) = build.doctrees["index"].findall(nodes.literal_block)
    assert (block["language"], block["linenos"]) == ("text", True)
    assert block["highlight_args"] == {"hl_lines": [1]}


@pytest.mark.parametrize(
    ("value", "expected"),
    [("1-999999," * 500, [1, 2, 3]), ("2-3,1-2,2", [1, 2, 3]), ("3,1", [1, 3]), ("9-9999", [])],
)
def test_ranges_of_lines(value, expected):
    """Each line is marked once, however many ranges it lies in."""
    parts = [part.split("-") for part in value.strip(",").split(",")]
    assert code_lines([(int(part[0]), int(part[-1])) for part in parts], 3) == expected


def test_include_budget(project):
    """It is configurable, too."""
    project.write_files(
        {
            "metadata.md": "",
            "help/_includes/x.md": "{{$include y.md}}\n" * 10,
            "help/_includes/y.md": "included text\n" * 10,
            "help/TOC.md": "# Guide {#guide}\n\n- [One](one.md)\n",
            "help/one.md": "# One\n\n{{$include /help/_includes/x.md}}\n",
        }
    )
    build = project.build(
        ajo_limits={"include_characters": 500}, warnings=["the page includes more than 500 char"]
    )
    assert 20 <= build.text("help/one.html").count("included text") < 60
