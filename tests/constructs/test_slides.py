"""``>[!SLIDE](name)``."""

from __future__ import annotations

import pytest
from lxml import html

from sphinx_ajo.base.problems import PROBLEMS
from sphinx_ajo.language.languages import site_language
from sphinx_ajo.testing import markdown


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (">[!SLIDE](my-slides)", "my-slides"),
        ("> [!slide] ( my-slides ) ", "my-slides"),
        (">[!SLIDES](/a/b.c/)", "a/b.c"),
        (">[!SLIDE](my-slides) <!-- x -->", "my-slides"),
        (">[!SLIDE](my-slides&#x200B;){x=y}", "my-slides"),
    ],
)
def test_spellings(line, name):
    (token,) = markdown().parse(line)
    assert (token.type, token.content, token.map) == ("ajo_slide", name, [0, 1])


@pytest.mark.parametrize("line", ["[!SLIDE]", "[!SLIDE]()", "[!SLIDE](a b)", "[!SLIDE](a) text"])
def test_no_name_is_reported_and_the_text_is_kept(line):
    tokens = markdown().parse(f">{line}")
    assert len(tokens[0].meta[PROBLEMS]) == 1
    assert tokens[1].content == line


def test_a_quote_is_split():
    rendered = markdown().render("> above\n> [!SLIDE](a)\n")
    assert rendered.startswith("<blockquote>\n<p>above</p>\n</blockquote>\n<a")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (None, "en"),
        ("sv", "sv"),
        ("sv_SE", "sv"),
        ("pt_BR", "pt-br"),
        ("zh_CN", "zh-hans"),
        ("zh_TW", "zh-hant"),
        ("zh_Hant", "zh-hant"),
        ("pl", "en"),
    ],
)
def test_language(language, expected):
    assert site_language(language) == expected


def test_html(build_page):
    build = build_page("# A\n\n>[!SLIDE](my-slides)\n", language="de")
    (block,) = html.fromstring(build.text("index.html")).find_class("ajo-slide")
    assert block[0].get("href") == "https://experienceleague.adobe.com/de/slides/my-slides"
    assert block.text_content().strip()


def test_text(build_page):
    text = build_page("# A\n\n>[!SLIDE](my-slides)\n", "text").text("index.txt")
    assert "Slides: https://experienceleague.adobe.com/en/slides/my-slides" in text


def test_epub(build_page):
    build = build_page("# A\n\n>[!SLIDE](my-slides)\n", "epub", version="1", copyright="us")
    assert "/en/slides/my-slides</a></p>" in build.text("index.xhtml")


def test_warning(build_page):
    build_page(
        "# A\n\n>[!SLIDE]()\n",
        warnings=["index.md:3: WARNING: '[!SLIDE]()' names no slides; its text is kept"],
    )
