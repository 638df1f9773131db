"""Pages as Markdown, by sphinx-markdown-builder."""

from __future__ import annotations

import re
from pathlib import Path

import lxml.html
import pytest
from all_constructs import FILES, WARNINGS
from markdown_it import MarkdownIt

from sphinx_ajo import testing
from sphinx_ajo.build.markdown import escape

COMMONMARK = MarkdownIt("commonmark").enable("table")

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\4\0\0\0\xb5\x1c\x0c\2"


@pytest.fixture
def build(tmp_path):
    """Build pages as Markdown; return a function that reads a file of the output."""
    pytest.importorskip("sphinx_markdown_builder")
    folder = tmp_path / "src"
    folder.mkdir()

    def build(files, warnings=(), **options):
        testing.write_files(folder, files)
        conf = 'extensions = ["sphinx_ajo", "sphinx_markdown_builder"]\n'
        (folder / "conf.py").write_text(conf, encoding="utf-8")
        (folder / "a b.png").write_bytes(PNG)
        result = testing.build(folder, "markdown", warnings=warnings, **options)
        return lambda name: Path(result.outdir, name).read_text(encoding="utf-8")

    return build


@pytest.fixture
def page(build):
    """Build one page; return its Markdown below the title."""

    def page(text, **options):
        read = build({"index.md": f"# Title\n\n{text}\n"}, ajo_dialect="exl", **options)
        return read("index.md").removeprefix("# Title\n\n")

    return page


def html(markdown):
    """Return what a reader of CommonMark with tables sees."""
    return lxml.html.fromstring(f"<div>{COMMONMARK.render(markdown)}</div>")


def words(text):
    return re.findall(r"\w+", text)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (">[!NOTE]\n>\n>A\n>\n>B", "> **Note**\n>\n> A\n>\n> B\n"),
        (">[!AVAILABILITY]\n>\n>A", "> **Availability**\n>\n> A\n"),
        (
            ">[!NOTE]\n>\n>```\n>a\n>\n>b\n>```",
            "> **Note**\n>\n> ```text\n> a\n>\n> b\n> ```\n",
        ),
        ("> A\n>\n> B", "> A\n>\n> B\n"),
        ("* A\n\n  >[!TIP]\n  >\n  >B", "* A\n\n  > **Tip**\n  >\n  > B\n"),
        (">[!BEGINTABS]\n\n>[!TAB A]\n\nB\n\n>[!ENDTABS]", "**A**\n\nB\n"),
        ("+++A\n\nB\n\n+++", "**A**\n\nB\n"),
        ('>[!BEGINSHADEBOX "A"]\n\nB\n\n>[!ENDSHADEBOX]', "**A**\n\nB\n"),
        (
            ":::: landing-cards-container\n:::\nA\n\nB\n\n[C](https://c.example)\n:::\n::::",
            "**A**\n\nB\n\n[C](https://c.example)\n",
        ),
        ("[!BADGE Beta]{type=Positive} a", "[Beta] a\n"),
        (
            ">[!VIDEO](https://video.tv.adobe.com/v/1)",
            "Video: [https://video.tv.adobe.com/v/1](https://video.tv.adobe.com/v/1)\n",
        ),
        ("a\nb", "a  \nb\n"),
        ("- [x] a\n- [ ] b", "- [x] a\n- [ ] b\n"),
        ("5. a\n6. b", "5. a\n6. b\n"),
        ("`` a`b ``", "``a`b``\n"),
        ("````\n```\n````", "````text\n```\n````\n"),
        ("![a](a%20b.png)", "![a](_markdown_images/a%20b.png)\n"),
        ("![](https://a.example/b.png)", "![](https://a.example/b.png)\n"),
        ("[a](<https://a.example/b c(d>)", "[a](https://a.example/b%20c%28d)\n"),
        ("> ## A", "> ## A\n"),
        ("{x}", "{x}\n"),
        ("*[HTML]: Language\n\nHTML", "HTML\n"),
        ("a\n\n<!-- b -->\n\nc", "a\n\nc\n"),
        (
            "```{figure} https://a.example/b.png\nA\n\nB\n```",
            "![](https://a.example/b.png)\n\nA\n\nB\n",
        ),
        (
            "```{card} A\n:link: https://a.example\n\nB\n```",
            "A\n\nB\n\n[https://a.example](https://a.example)\n",
        ),
    ],
)
def test_constructs(page, source, expected):
    """Each construct is readable as it is."""
    warnings = None if "png" in source else ()
    assert page(source, warnings=warnings) == expected


def test_table(page):
    """Cells may hold anything; spans leave empty cells, and there always is a header."""
    text = page(
        "| A | B |\n| --- | --- |\n| 1.10 | `a\\|b` |\n\n"
        "<table><tr><td colspan='2'>x<br>y</td></tr>"
        "<tr><td><pre>p\nq</pre></td><td><ul><li>l</li></ul><p>|</p></td></tr></table>"
    )
    assert text == (
        "| A | B |\n| --- | --- |\n| 1.10 | `a\\|b` |\n\n"
        "|  |  |\n| --- | --- |\n| x<br>y |  |\n| `p`<br>`q` | * l<br>\\| |\n"
    )
    assert len(html(text).xpath("//table")) == 2
    assert [td.text_content() for td in html(text).xpath("//table[1]//td")] == ["1.10", "a|b"]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "a*b*c",
            "_a_",
            "`a",
            "<b>x</b>",
            "<YOUR_ID>",
            "&lt;",
            "a & b",
            "a\\b",
            "~~a~~",
            "![a](b)",
        ),
        *(
            "[a](b)",
            "[a]: b",
            "# a",
            "- a",
            "+ a",
            "1. a",
            "12) a",
            "> a",
            "a\n===",
            "a\n---",
            "~~~",
        ),
        *(
            "| a |",
            "| a |\n|---|\n| b |",
            "a [b] c",
            "a\n1. b",
            "***",
            "1.5",
            "#a",
            "-a",
            "C:\\*",
            "[a][b]",
        ),
    ],
)
def test_escape(text):
    """What is shown as text stays text."""
    root = html(escape(text))
    assert root.text_content().split() == text.split()
    assert {element.tag for element in root.iter()} <= {"div", "p"}


def test_nothing_is_lost(build, tmp_path):
    """All words of a page with every construct are there for readers of CommonMark."""
    files = {**FILES, "help/group/five.md": "# Five\n"}
    read = build(files, warnings=None)
    plain = testing.build(tmp_path / "src", "text", warnings=None)
    text = plain.text("help/everything.txt").replace("[image: ", "")
    seen = html(read("help/everything.md"))
    for image in seen.iter("img"):
        image.tail = f" {image.get('alt')} {image.tail or ''}"
    missing = set(words(text)) - set(words(seen.text_content()))
    assert missing <= {"image"}
    assert WARNINGS


def test_links_lead_to_pages(build):
    """Links between pages, and images, lead to files of the output."""
    read = build(
        {
            "metadata.md": "---\nsolution: A\n---\n",
            "help/a/TOC.md": "# Guide A {#a}\n\n- [B](b.md)\n- Group\n   - [C](c.md)\n",
            "help/a/b.md": (
                "---\ndescription: About B\n---\n\n# B <x>\n\n[C](c.md#d) ![i](/a%20b.png)\n"
            ),
            "help/a/c.md": "# C\n\n## D\n",
            "help/a/d.md": "---\nhide: true\n---\n\n# D\n",
        },
        warnings=None,
    )
    assert (
        read("help/a/b.md") == "# B \\<x>\n\n[C](c.md#d) ![i](../../_markdown_images/a%20b.png)\n"
    )
    assert read("help/a/c.md") == "# C\n\n## D\n"
    assert read("llms.txt") == (
        "# A\n\n## A\n\n- [B \\<x>](help/a/b.md): About B\n- [C](help/a/c.md)\n\n"
        "## Optional\n\n- [D](help/a/d.md)\n"
    )


def test_base_address(build):
    """Addresses are whole where the builder has been told that of the site."""
    files = {"metadata.md": "---\nsolution: A\n---\n", "help/TOC.md": "# G\n\n- [B](b.md)\n"}
    read = build(
        {**files, "help/b.md": "# B\n"}, warnings=None, markdown_http_base="https://a.example/"
    )
    assert "- [B](https://a.example/help/b.md)" in read("llms.txt")


def test_other_pages_stay(build):
    """What is no ExL page is written as that builder does it."""
    read = build({"index.md": "# A\n\n```{note}\nB | <c>\n```\n"}, warnings=None)
    assert "#### NOTE" in read("index.md")
