"""Includes and snippets, in pages."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from docutils import nodes
from effort import check_linear
from hypothesis import given
from hypothesis import strategies as st

from sphinx_ajo.constructs.includes.syntax import find_placeholders
from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.testing import markdown

SNIPPETS = "help/_includes/snippets.md"
INCLUDE = "help/_includes/part.md"


# ------------------------------------------------------------------ recognising


def names(text, dialect=Dialect.EXL, **config):
    found = find_placeholders(markdown(dialect, **config), text)
    return [(item.line, item.name, item.is_snippet) for item in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{a-b_2}}", [(0, "a-b_2", True)]),
        ("{{ a }}  ", [(0, "a", True)]),
        ("{{$include /help/_includes/x.md}}", [(0, "/help/_includes/x.md", False)]),
        ("{{ $INCLUDE\t../x y.md }}", [(0, "../x y.md", False)]),
        ("text\n{{a}}\ntext", [(1, "a", True)]),
        ("# h\n{{a}}\n{{b}}", [(1, "a", True), (2, "b", True)]),
        ("1. one\n\n   {{a}}\n\n2. two", [(2, "a", True)]),
        ("* {{a}}\n* > {{b}}", [(0, "a", True), (1, "b", True)]),
        ("> {{a}}\n{{b}}", [(0, "a", True), (1, "b", True)]),
        ("<div>\n{{a}}\n</div>", [(1, "a", True)]),
        ("<div>\n\n{{a}}\n\n</div>", [(2, "a", True)]),
        (":::: landing-cards-container\n:::\n{{a}}\n:::\n::::", [(2, "a", True)]),
        ("{{a}}\n| x |\n|---|\n| y |", [(0, "a", True)]),
        # what stands below the last one does not matter
        ("* > {{a}}\n  > b\n* c\n\n# d\n\n```\ne", [(0, "a", True)]),
        ("<div>\n{{a}}\n{{b}} c\n</div>\n\n* d", [(1, "a", True)]),
        (">[!BEGINTABS]\n>[!TAB A]\n{{a}}\n>[!TAB B]\nb\n>[!ENDTABS]\n\nc", [(2, "a", True)]),
        ("{{a}}\n```\n{{b}}\n```\n", [(0, "a", True)]),
    ],
)
def test_placeholders(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "```\n{{a}}\n```",
        "~~~\n{{a}}",
        "* x\n\n  ```\n  {{a}}\n  ```",
        "    {{a}}",
        "text\n\n\t{{$include x.md}}",
        "`{{a}}`",
        "\\{\\{a}}",
        "\\{{a}}",
        "text {{a}}",
        "{{a}} text",
        "{{a}}{{b}}",
        "| {{a}} |\n|---|\n| {{b}} |",
        "{{a.b}}",
        "{{#each x}}",
        "{{/each}}",
        "{{a",
        "{{a}\n}",
        "{{}}",
        "{{$include}}",
        "{{$include }}",
        "{{$includes x.md}}",
        "{a}",
        "{{{a}}}",
        "<!--\n{{a}}\n-->",
        "<!-- x\n\n{{a}}\n\n-->",
        "<pre>\n{{a}}\n</pre>",
        "<script>\n{{a}}\n</script>",
        "<div><!--\n{{a}}\n--></div>",
        "# {{a}}",
        "---\nx: |\n {{a}}\n---\n",
    ],
)
def test_other_text(text):
    assert names(text) == []


def test_mixed_dialect():
    """MyST's substitutions own the braces; without them only includes are ours."""
    text = "{{a}}\n\n{{$include x.md}}\n\n<div>\n{{a}}\n</div>"
    assert names(text, Dialect.MIXED) == [(2, "x.md", False)]
    assert names(text, Dialect.MIXED, enable_extensions={"substitution"}) == []


def test_commonmark_only():
    assert names("{{a}}", commonmark_only=True) == []


@given(st.text("ab{}$ \n>*`-<!#\t:[]", max_size=80))
def test_any_text(text):
    """A placeholder stands alone on its line, but for what makes lists and quotes."""
    lines = text.split("\n")
    for line, _, _ in names(text):
        assert re.fullmatch(r"[\s>*:-]*\{\{[^{}]+\}\}\s*", lines[line])


@pytest.mark.parametrize("part", ["{{", "{{$include ", "{{$include a", "{{ ", "{{a}} ", "{{a}}\n"])
def test_repeated_parts(part):
    """No number of them takes more than its share of work."""
    check_linear(names, lambda size: part * size)


def test_many_blanks():
    """They are no more work than a few."""
    check_linear(
        names, lambda size: "{{$include" + " " * 50 * size + "\n" + "{{a" + " " * 50 * size
    )


# ------------------------------------------------------------------ pages


@pytest.fixture
def build(project):
    """Build ``help/guide/page.md`` beside included files."""

    def build(page, builder="xml", *, warnings=(), files=None, parts=None, **options):
        project.write_files(
            {
                "index.md": "# Home\n\n```{toctree}\nhelp/guide/page\n```\n",
                "metadata.md": "---\norphan: true\n---\n",
                "conf.py": 'extensions = ["sphinx_ajo"]\nexclude_patterns = ["metadata.md"]\n'
                'suppress_warnings = ["toc.not_included"]\n',
                "help/guide/page.md": page,
                **{f"help/_includes/{name}": text for name, text in (parts or {}).items()},
                **(files or {}),
            }
        )
        return project.build(builder, warnings=warnings, **options)

    return build


PAGE = "help/guide/page"


def page_of(result):
    return result.doctrees[PAGE]


def test_an_include_is_part_of_the_page(build):
    """It stands in a list of the page; its heading and front matter are not there."""
    result = build(
        "# Page\n\n1. one\n\n{{$include /help/_includes/part.md}}\n\n1. four\n",
        parts={
            "part.md": "---\ntitle: Part\n---\n# Part {#part}\n\n1. two\n\n   more\n\n1. three\n"
        },
    )
    (numbered,) = page_of(result).findall(nodes.enumerated_list)
    assert [item.astext() for item in numbered] == ["one", "two\n\nmore", "three", "four"]
    assert "Part" not in page_of(result).astext()


def test_an_indented_snippet_stays_in_its_list_item(build):
    result = build(
        "# Page\n\n1. one\n\n   {{note}}\n\n1. two\n",
        parts={"snippets.md": "# All\n\n## Note {#note}\n\n> a\n>\n> b\n\n* c\n  * d\n"},
    )
    (numbered,) = page_of(result).findall(nodes.enumerated_list)
    first, second = numbered
    assert [type(node).__name__ for node in first] == ["paragraph", "block_quote", "bullet_list"]
    assert second.astext() == "two"
    assert next(first.findall(nodes.bullet_list))[0][1].astext() == "d"


def test_nested(build):
    result = build(
        "# Page\n\n{{$include /help/_includes/part.md}}\n",
        parts={
            "part.md": "{{first}}\n\n{{$include sub/deep.md}}\n",
            "sub/deep.md": "deep\n\n{{$include ../other.md}}\n\n{{second}}\n",
            "other.md": "other",
            "snippets.md": "## A {#first}\n\none\n\n## B {#second}\n\ntwo\n",
        },
    )
    assert page_of(result).astext().split("\n\n") == ["Page", "one", "deep", "other", "two"]


def test_code_and_other_braces_stay(build):
    text = "# Page\n\n```\n{{note}}\n```\n\n`{{note}}` \\{\\{note}} {{a.b}} {{unknown}} {{#if x}}\n"
    result = build(text, parts={"snippets.md": "## A {#note}\n\nlost\n"})
    assert page_of(result).astext() == (
        "Page\n\n{{note}}\n\n\n{{note}} {{note}} {{a.b}} {{unknown}} {{#if x}}"
    )


def test_headings(build):
    """Headings of an include, other than its first, go on in those of the page."""
    result = build(
        "# Page\n\n## One\n\n{{$include /help/_includes/part.md}}\n\n## Two\n",
        parts={"part.md": "# Part\n\n### Deep\n\ntext\n"},
    )
    one = next(node for node in page_of(result).findall(nodes.section) if "one" in node["ids"])
    assert [node.astext() for node in one.findall(nodes.title)] == ["One", "Deep"]


def test_links_and_images_are_relative_to_the_include(build):
    svg = '<svg xmlns="http://www.w3.org/2000/svg"/>'
    result = build(
        "# Page\n\n![p](own.svg)\n\n{{$include /help/_includes/part.md}}\n\n[o](other.md)\n",
        "html",
        files={
            "help/guide/own.svg": svg,
            "help/assets/a.svg": svg,
            "help/guide/other.md": "# Other\n\n## Sec\n",
        },
        parts={
            "part.md": "# P\n\n[![i](../assets/a.svg)](../guide/other.md#sec) [e](https://e.org/x) "
            "[h](#page)\n\n* [p](../guide/page.md)\n"
        },
        myst_heading_anchors=2,
    )
    html = result.text(f"{PAGE}.html")
    assert re.findall(
        r'<a class="(?:xref )?reference[^"]*" href="([^"]+)"[^>]*><(?:img|span)', html
    )[:1] == ["other.html#sec"]
    assert 'href="https://e.org/x"' in html
    assert 'href="#page"' in html
    images = (result.outdir / "_images").iterdir()
    assert {path.name for path in images} == {"a.svg", "own.svg"}


def test_srcdir_is_help(project):
    project.folder = project.folder / "help"
    project.write_files(
        {
            "index.md": "# Page\n\n{{$include /help/_includes/part.md}}\n\n{{note}}\n",
            "TOC.md": "---\norphan: true\n---\n",
            "_includes/part.md": "included ![i](a.svg)\n",
            "_includes/a.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
            "_includes/snippets.md": "## A {#note}\n\ncut\n",
        }
    )
    result = project.build("html", exclude_patterns=["TOC.md"])
    assert "included" in result.text("index.html")
    assert "cut" in result.text("index.html")
    assert set(result.doctrees) == {"index"}


def test_includes_are_no_pages(build):
    result = build("# Page\n", parts={"part.md": "a\n"}, files={"_includes/x.md": "b\n"})
    assert set(result.doctrees) == {"index", PAGE}


def test_includes_are_pages_in_other_projects(project):
    project.write_files({"index.md": "# H\n", "_includes/x.md": "---\norphan: true\n---\n# X\n"})
    assert set(project.build().doctrees) == {"index", "_includes/x"}


def test_mixed_page(project):
    project.write_files(
        {"index.md": "# H\n\n{{$include /part.txt}}\n\n{{x}}\n", "part.txt": "# Gone\n\ntext\n"}
    )
    assert project.build("text").text("index.txt").split() == ["H", "*", "text", "{{x}}"]


def test_mixed_page_with_substitutions(project):
    project.write(index="---\nmyst:\n  substitutions: {x: value}\n---\n# H\n\n{{x}}\n")
    result = project.build("text", myst_enable_extensions=["substitution"])
    assert result.text("index.txt").split() == ["H", "*", "value"]


# ------------------------------------------------------------------ mistakes


@pytest.mark.parametrize(
    ("text", "parts", "warning"),
    [
        ("{{$include /help/_includes/no.md}}", {}, ("page.md", 3, "missing")),
        ("{{$include /help/_includes}}", {"a.md": ""}, ("page.md", 3, "missing")),
        ("{{$include /" + "x" * 5000 + "}}", {}, ("page.md", 3, "missing")),
        ("{{no}}", {}, ("page.md", 3, "missing")),
        ("{{no}}", {"snippets.md": "## A {#a}\n"}, ("page.md", 3, "missing")),
        ("{{$include part.md}}", {"part.md": "a"}, ("page.md", 3, "missing")),
        ("{{$include ../../../x.md}}", {}, ("page.md", 3, "outside")),
        ("{{$include /help/../../x.md}}", {}, ("page.md", 3, "outside")),
        ("{{$include page.md}}", {}, ("page.md", 3, "cycle")),
        (
            "{{$include /help/_includes/a.md}}",
            {"a.md": "# A\n\n{{$include a.md}}\n"},
            ("a.md", 3, "cycle"),
        ),
        (
            "{{$include /help/_includes/a.md}}",
            {"a.md": "# A\n\nx\n\n* {{$include no.md}}\n"},
            ("a.md", 5, "missing"),
        ),
        (
            "{{s}}",
            {"snippets.md": "## S {#s}\n\nx\n\n{{t}}\n\n## T {#t}\n\n{{s}}\n"},
            ("snippets.md", 9, "cycle"),
        ),
    ],
)
def test_mistakes(build, text, parts, warning):
    """One warning at the placeholder; nothing is inserted; the page goes on."""
    file, line, subtype = warning
    result = build(f"# Page\n\n{text}\n\nend\n", parts=parts, warnings=[f"{file}:{line}: WARNING"])
    assert f"[ajo.include_{subtype}]" in result.warnings[0]
    shown = page_of(result).astext()
    assert shown.startswith("Page")
    assert shown.endswith("end")
    assert "{{" not in shown


def test_symbolic_links(build, project):
    (project.folder.parent / "secret.md").write_text("secret", encoding="utf-8")
    folder = project.folder / "help" / "_includes"
    folder.mkdir(parents=True)
    (folder / "link.md").symlink_to(project.folder.parent / "secret.md")
    (folder / "folder").symlink_to(project.folder.parent)
    (folder / "inner.md").symlink_to(project.folder / "help" / "shared.md")
    result = build(
        "# Page\n\n{{$include /help/_includes/link.md}}\n\n"
        "{{$include /help/_includes/folder/secret.md}}\n\n{{$include /help/_includes/inner.md}}\n",
        files={"help/shared.md": "# S\n\nshared\n"},
        warnings=["page.md:3: WARNING", "page.md:5: WARNING"],
    )
    assert all("[ajo.include_outside]" in warning for warning in result.warnings)
    assert page_of(result).astext() == "Page\n\nshared"


@pytest.fixture
def forbid(monkeypatch):
    """Make a file one that nobody may read."""

    def forbid(path):
        read = Path.read_bytes

        def read_others(self):
            if self == path:
                raise PermissionError(13, "Permission denied")
            return read(self)

        monkeypatch.setattr(Path, "read_bytes", read_others)

    return forbid


def test_unreadable_file(build, project, forbid):
    forbid(project.folder / INCLUDE)
    build(
        "# Page\n\n{{$include /help/_includes/part.md}}\n",
        parts={"part.md": "text"},
        warnings=["page.md:3: WARNING: help/_includes/part.md cannot be read"],
    )


def test_byte_order_mark_and_line_ends(build, project):
    path = project.folder / INCLUDE
    path.parent.mkdir(parents=True)
    path.write_bytes(b"\xef\xbb\xbf# Part\r\n\r\ntext\r\n")
    result = build("# Page\n\n{{$include /help/_includes/part.md}}\n")
    assert page_of(result).astext() == "Page\n\ntext"


def test_within_other_text(build):
    result = build(
        "# Page\n\nSee {{note}} and\n{{$include /help/_includes/part.md}}, {{other}}\n",
        parts={"snippets.md": "## A {#note}\n\na\n", "part.md": "b"},
        warnings=["page.md:3: WARNING: {{note}} does not", "page.md:3: WARNING: {{$include /help"],
    )
    assert "See {{note}} and" in page_of(result).astext()


def test_unreadable_snippets_within_other_text(build, project, forbid):
    """Whether there is such a snippet cannot be known: it is text like any other."""
    forbid(project.folder / SNIPPETS)
    result = build("# Page\n\nSee {{note}}\n", parts={"snippets.md": "## A {#note}\n\na\n"})
    assert page_of(result).astext() == "Page\n\nSee {{note}}"


def test_not_expanded_outside_of_pages():
    """The parser alone has no files: the braces are text."""
    assert markdown().render("{{note}} and {{$include x.md}}\n") == (
        "<p>{{note}} and {{$include x.md}}</p>\n"
    )


# ------------------------------------------------------------------ where things come from


def test_places_of_nodes(build, project):
    """Text, raw HTML, code and images know their file and line; the page goes on with its own."""
    part = (
        "# P\n\ntext *em*\n\n```\ncode\n```\n\n<p>html</p>\n\n    indented\n\n* item\n\n![i](x)\n"
    )
    result = build(
        "# Page\n\nbefore\n\n{{$include /help/_includes/part.md}}\n\nafter\n",
        parts={"part.md": part},
        warnings=["help/_includes/part.md:15: WARNING: image file not readable"],
    )
    found = {}
    for node in page_of(result).findall(lambda node: isinstance(node, nodes.Element)):
        assert node.line is None or type(node.line) is int
        if node.source and node.line:
            place = (os.path.relpath(node.source, project.folder), node.line)
            found.setdefault(type(node).__name__, []).append(place)
    page, own = "help/guide/page.md", INCLUDE
    assert found["paragraph"] == [*((page, 3), (own, 3), (own, 9), (own, 13), (own, 15), (page, 7))]
    assert found["literal_block"] == [(own, 5), (own, 11)]
    assert found["emphasis"] == [(own, 3)]


def test_warnings_point_into_the_file(build):
    """MyST's, Sphinx's and our own, in includes, in snippets and below them."""
    build(
        "# Page\n\n[a](no-1.md)\n\n{{$include /help/_includes/part.md}}\n\n* x\n\n  {{s}}\n\n"
        "[b](no-4.md)\n\n:::: landing-cards-container\n:::\n:::\n::::\n",
        parts={
            "part.md": "# P\n\n[c](no-2.md)\n\n[x]: a.b\n[x]: c.d\n"
            ":::: landing-cards-container\n:::\n:::\n::::\n",
            "snippets.md": "## S {#s}\n\nx\n\n[d](no-3.md)\n",
        },
        warnings=[
            "help/guide/page.md:3: WARNING",
            "help/_includes/part.md:3: WARNING",
            "help/_includes/part.md:6: WARNING: Duplicate reference definition: X",
            "help/_includes/part.md:8: WARNING: this landing card is empty",
            "help/_includes/snippets.md:5: WARNING",
            "help/guide/page.md:11: WARNING",
            "help/guide/page.md:14: WARNING: this landing card is empty",
        ],
    )


def test_duplicate_reference_definitions(build):
    build(
        "# Page\n\n[x]: https://e.org/1\n\n{{$include /help/_includes/part.md}}\n",
        parts={"part.md": "# P\n\ntext\n\n[x]: https://e.org/2\n"},
        warnings=["help/_includes/part.md:5: WARNING: Duplicate reference definition"],
    )


def test_messages_and_their_translation(build, project):
    """Translators see the file of a message; its links work in the translated page, too."""
    files = {
        "help/guide/other.md": "# Other\n",
        "help/_includes/sub/a.md": "[see](../../guide/other.md)",
    }
    page = "# Page\n\nown\n\n{{$include /help/_includes/sub/a.md}}\n"
    result = build(page, "gettext", files=files, gettext_compact=False)
    catalog = result.text(f"{PAGE}.pot")
    assert re.search(r'#: \S*help/_includes/sub/a\.md:1\nmsgid "\[see\]', catalog)
    assert re.search(r'#: \S*help/guide/page\.md:3\nmsgid "own"', catalog)
    message = 'msgid "[see](../../guide/other.md)"\nmsgstr "[voir](../../guide/other.md)"\n'
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    result = build(
        page,
        "html",
        files={f"locale/fr/LC_MESSAGES/{PAGE}.po": header + message},
        language="fr",
        locale_dirs=["locale"],
        gettext_compact=False,
        fresh=True,
    )
    html = result.text(f"{PAGE}.html")
    assert re.search(r'href="other\.html"[^>]*><span[^>]*>voir', html)


# ------------------------------------------------------------------ builds


def test_incremental(build, project):
    """Only the pages that a file, present or missing, matters to are read again."""
    files = {
        "help/guide/a.md": "# A\n\n{{note}}\n",
        "help/guide/b.md": "# B\n\n{{$include /help/_includes/part.md}}\n",
        "help/guide/c.md": "# C\n\n`{{note}}`\n",
        "help/guide/d.md": "# D\n\n{{$include /help/_includes/later.md}}\n",
    }
    parts = {"snippets.md": "## N {#note}\n\nold\n", "part.md": "part\n"}
    missing = ["d.md:3: WARNING: there is no file"]
    build("# Page\n", "text", files=files, parts=parts, warnings=missing)
    assert project.build("text").updated == set()

    project.write_files({SNIPPETS: "## N {#note}\n\nnew\n"})
    result = project.build("text")
    assert result.updated == {"help/guide/a"}
    assert "new" in result.text("help/guide/a.txt")

    project.write_files({INCLUDE: "{{note}}\n"})
    result = project.build("text")
    assert result.updated == {"help/guide/b"}
    assert "new" in result.text("help/guide/b.txt")

    (project.folder / "help/_includes/later.md").write_text("later\n", encoding="utf-8")
    result = project.build("text")
    assert result.updated == {"help/guide/d"}
    assert "later" in result.text("help/guide/d.txt")
    assert project.build("text").updated == set()

    (project.folder / INCLUDE).unlink()
    result = project.build("text", warnings=["b.md:3: WARNING: there is no file"])
    assert result.updated == {"help/guide/b"}
    assert project.build("text").updated == set()


def test_parallel_is_equal_to_serial(build, project):
    files = {f"help/guide/p{n}.md": f"# P{n}\n\n{{{{note}}}}\n\n{{{{no}}}}\n" for n in range(8)}
    parts = {"snippets.md": "## N {#note}\n\n[x](no.md)\n"}
    warnings = [f"p{n}.md:5: WARNING" for n in range(8)]
    warnings += ["snippets.md:3: WARNING"] * 8
    serial = build("# Page\n", "text", files=files, parts=parts, warnings=warnings)
    other = project.folder.parent / "parallel"
    parallel = project.build("text", parallel=4, outdir=other, warnings=warnings)
    assert sorted(serial.warnings) == sorted(parallel.warnings)
    for number in range(8):
        name = f"help/guide/p{number}.txt"
        assert serial.text(name) == parallel.text(name)
    (project.folder / "help/_includes/unused.md").touch()
    assert project.build("text", outdir=other).updated == set()


@pytest.mark.parametrize(
    ("token", "meant"),
    [
        ("{{$include /help/_includes/alpha.md}}", "/help/_includes/sub/alpha.md"),
        ("{{$include alpah.md}}", "/help/_includes/sub/alpha.md"),
        ("{{$include /help/_includes/other.md}}", ""),
        ("{{two-snipets}}", "two-snippets"),
        ("{{other}}", ""),
    ],
)
def test_what_was_meant(project, token, meant):
    """A text that does not exist is compared with those that do."""
    project.write_files(
        {
            "metadata.md": "---\ngit-repo: https://github.com/o/r\n---\n",
            "help/TOC.md": "# T\n\n- [A](a.md)\n",
            "help/a.md": f"# A\n\n{token}\n",
            "help/_includes/sub/alpha.md": "Alpha.\n",
            SNIPPETS: "## A {#two-snippets}\n\nText.\n",
        }
    )
    (warning,) = project.build(warnings=["nothing is inserted"]).warnings
    hint = f"; did you mean '{meant}'?" if meant else ""
    assert warning.endswith(f"; nothing is inserted{hint} [ajo.include_missing]")
