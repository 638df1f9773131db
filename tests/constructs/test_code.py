"""Fenced code, from Markdown to each output."""

from __future__ import annotations

import pytest
from docutils import nodes
from lxml import html

from sphinx_ajo.constructs.code import LANGUAGES, language, read_info

LINES = "".join(f"line {number}\n" for number in range(1, 10))


def block(build_page, info, text=LINES, **options):
    built = build_page(f"# T\n\n```{info}\n{text}```\n", **options)
    return built, built.doctrees["index"].next_node(nodes.literal_block)


@pytest.mark.parametrize(
    ("info", "name"),
    [
        ("JSON", "json"),
        (" html", "html"),
        ("php?start_inline=1", "php"),
        ("REST API", "http"),
        ("GraphQL", "graphql"),
        ("terminal", "console"),
        ("conf", "ini"),
        ("mysql", "mysql"),
        ("vcl", "vcl"),
        ("shell-session", "shell-session"),
        ("js{highlight=1}", "js"),
        ("nosuchthing", "text"),
        ("", "text"),
        ('{line-numbers="true"}', "text"),
        ("{.python}", "python"),
        ("{#sample .JSON .wide}", "json"),
        ("{php}", "php"),
        ("{.nosuchthing}", "text"),
    ],
)
def test_language(build_page, info, name):
    """No language gives a warning."""
    assert block(build_page, info)[1]["language"] == name


def test_languages_are_known():
    """Every name that we give is one of Pygments."""
    unknown = {name for word, name in LANGUAGES.items() if language(word) != name}
    assert unknown <= {"json5"}  # Pygments knows this one since 2.18


def test_code_that_is_none(build_page):
    """Shortened samples are highlighted without a warning, in HTML and on paper."""
    text = '{\n  "a": 1,\n  ...\n}\n'
    built, _node = block(build_page, "json", text)
    assert html.fromstring(built.text("index.html")).xpath("//*[contains(@class, 'ajo-code')]//pre")
    built, _node = block(build_page, "json", text, builder="latex")
    (tex,) = (path.read_text("utf-8") for path in built.outdir.glob("*.tex"))
    assert "PYG{err}" not in tex


def test_default_language(build_page):
    """The project's own default is kept."""
    assert block(build_page, "", highlight_language="xml")[1]["language"] == "xml"


def test_line_numbers(build_page):
    built, node = block(build_page, 'json {line-numbers="true" start-line="3" highlight="2-4,7"}')
    assert node["highlight_args"]["linenostart"] == 3
    assert node["highlight_args"]["hl_lines"] == [2, 3, 4, 7]
    tree = html.fromstring(built.text("index.html"))
    assert tree.xpath("string(//*[@class='linenos'])").strip() == "3"


@pytest.mark.parametrize(
    ("attributes", "numbered", "lines"),
    [
        ('highlight="3"', False, [3]),
        ('highlight="1, 3-4; 6 8 - 9"', False, [1, 3, 4, 6, 8, 9]),
        ('start-line="11" highlight="12-13"', True, [2, 3]),
        ('start-line="11" line-numbers="false"', False, None),
        ("line-numbers", True, None),
        ('highlight="8-99"', False, [8, 9]),
    ],
)
def test_marked_lines(build_page, attributes, numbered, lines):
    node = block(build_page, f"text {{{attributes}}}")[1]
    assert bool(node.get("linenos")) == numbered
    assert node.get("highlight_args", {}).get("hl_lines") == lines


@pytest.mark.parametrize(
    ("attributes", "name"),
    [
        ('highlight="x"', "highlight 'x'"),
        ('highlight="77"', "highlight '77'"),
        ('start-line="-1"', "start-line '-1'"),
        ('line-numbers="perhaps"', "line-numbers 'perhaps'"),
    ],
)
def test_wrong_value(build_page, attributes, name):
    """A value that means nothing is left out; the code stays."""
    node = block(
        build_page, f"text {{{attributes}}}", warnings=[f"index.md:3: WARNING: the {name}"]
    )[1]
    assert node.astext() == LINES


@pytest.mark.parametrize("dialect", ["exl", "mixed"])
def test_directives_work(project, dialect):
    """A fence whose language is in braces is a directive."""
    project.write(index="# T\n\n```{note}\nText\n```\n")
    assert project.build(ajo_dialect=dialect).doctrees["index"].next_node(nodes.note)


def test_mixed_code_is_mysts(project):
    """In the mixed dialect, only code with our attributes is ours."""
    project.write(index="# T\n\n```JSON\n{}\n```\n\n```json {highlight=1}\n{}\n```\n")
    first, second = (
        project.build(ajo_dialect="mixed").doctrees["index"].findall(nodes.literal_block)
    )
    assert (first["language"], second["classes"]) == ("JSON", ["ajo-code"])


def test_code_in_list(build_page):
    """Indented fences lose their indentation; three backticks on a line are inline code."""
    built = build_page("# T\n\n1. a\n\n   ```bash\n   ls\n     -l\n   ```\n\n1. ```one line```\n")
    assert built.doctrees["index"].next_node(nodes.literal_block).astext() == "ls\n  -l\n"
    assert built.doctrees["index"].next_node(nodes.literal).astext() == "one line"


def test_info():
    assert read_info("js {start-line=3}") == ("js", {"start-line": "3"})
    assert read_info("{") == ("", {})


def test_unknown_directive(build_page):
    """What might be a directive, and is none, is reported; all of it is shown."""
    warning = ":3: WARNING: Unknown directive type: 'admonitoin'"
    _built, node = block(build_page, "{admonitoin} T", warnings=[warning])
    assert node.astext() == f"```{{admonitoin}} T\n{LINES}```"


def test_known_directives(build_page):
    """Directives are what they are, MyST's own one included where it is allowed."""
    text = "# T\n\n```{eval-rst}\n.. note:: a\n```\n\n```{note}\nb\n```\n"
    built = build_page(text, ajo_directives=["note", "eval-rst"])
    notes = built.doctrees["index"].findall(nodes.note)
    assert [node.astext() for node in notes] == ["a", "b"]
