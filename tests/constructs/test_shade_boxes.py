"""Shade boxes."""

from __future__ import annotations

import re

import lxml.html
import pytest

from sphinx_ajo.testing import markdown


def html(text):
    return markdown().render(text).replace("\n", "")


def box(content, title=""):
    title = f'<p class="ajo-shadebox-title">{title}</p>' if title else ""
    return f'<div class="ajo-shadebox">{title}{content}</div>'


@pytest.mark.parametrize(
    "title",
    [
        '"A title"',
        "&quot;A title&quot;",
        "“A title”",
        "”A title”",
        "„A title“",
        "« A title »",
        "A title",
        r"\"A title\"",
    ],
)
def test_title(title):
    text = f">[!BEGINSHADEBOX {title}]\nx\n>[!ENDSHADEBOX]\n"
    assert html(text) == box("<p>x</p>", "A title")


@pytest.mark.parametrize("title", ["", '""', "&quot;&quot;", " "])
def test_no_title(title):
    assert html(f">[!BEGINSHADEBOX {title}]\nx\n>[!ENDSHADEBOX]\n") == box("<p>x</p>")


GOOD = """\
# Page

1. item

   >[!BEGINSHADEBOX "A **bold** title"]

   text

   >[!ENDSHADEBOX]

   after
"""


def test_html(build_page):
    page = lxml.html.fromstring(build_page(GOOD).text("index.html"))
    named = [
        e for e in page.iter() if re.search(r"(^|\s)(\S*-)?shade-?box(\s|$)", e.get("class", ""))
    ]
    (found,) = named
    assert next(found.iterancestors("li")) is not None
    assert [p.text_content() for p in found.iter("p")] == ["A bold title", "text"]
    (strong,) = found[0].iter("strong")
    assert strong.text_content() == "A bold title"


def test_latex(build_page):
    tex = build_page(GOOD, "latex").text("projectnamenotset.tex")
    frame = tex[tex.index(r"\begin{sphinxShadowBox}") : tex.index(r"\end{sphinxShadowBox}")]
    assert r"\sphinxstylestrong{A bold title}" in frame
    assert "text" in frame
    assert "after" not in frame


def test_text(build_page):
    assert build_page(GOOD, "text").text("index.txt").split("\n")[5:] == [
        "   **A bold title**",
        "",
        "   text",
        "",
        "   after",
        "",
    ]


def test_translation(project):
    project.write(index=GOOD)
    pot = project.build("gettext", ajo_dialect="exl").text("index.pot")
    assert 'msgid "A **bold** title"' in pot
    assert "index.md:5" in pot
    catalog = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    catalog += 'msgid "A **bold** title"\nmsgstr "Ein *Titel*"\n'
    project.write_files({"locale/de/LC_MESSAGES/index.po": catalog})
    result = project.build(ajo_dialect="exl", language="de", locale_dirs=["locale"], fresh=True)
    (found,) = lxml.html.fromstring(result.text("index.html")).find_class("ajo-shadebox")
    assert found[0].text_content() == "Ein Titel"


@pytest.mark.parametrize(
    ("text", "shown", "warnings"),
    [
        (
            ">[!ENDSHADEBOX]\na\n",
            "",
            ["index.md:3: WARNING: ENDSHADEBOX, but no shade box is open"],
        ),
        (
            ">[!BEGINSHADEBOX]\n## H\na\n## I\nb\n",
            "Ha",
            ["index.md:3: WARNING: this shade box has no closing line; it ends 2 lines below"],
        ),
    ],
)
def test_problems(build_page, text, shown, warnings):
    page = lxml.html.fromstring(
        build_page("# Page\n\n" + text, warnings=warnings).text("index.html")
    )
    found = "".join(e.text_content() for e in page.find_class("ajo-shadebox"))
    assert "".join(found.split()) == shown
    assert "SHADEBOX" not in page.find_class("body")[0].text_content()
