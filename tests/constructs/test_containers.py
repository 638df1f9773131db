"""Containers outside of landing cards."""

from __future__ import annotations

import lxml.html
import pytest
from docutils import nodes

from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.testing import markdown


def html(text, dialect=Dialect.EXL):
    return markdown(dialect).render(text).replace("\n", "")


def test_colon_lines_are_text_in_mixed_dialect():
    assert html(":::\na\n:::\n", Dialect.MIXED) == "<p>:::a:::</p>"


def test_headings_in_a_bare_container_are_sections(build_page):
    document = build_page("# Page\n\n:::\n## H\n\na\n:::\n\nb\n\n## I\n").doctrees["index"]
    titles = [section[0].astext() for section in document[0].findall(nodes.section)]
    assert titles == ["Page", "H", "I"]
    assert document.astext().split() == ["Page", "H", "a", "b", "I"]


def test_warning_is_an_admonition(build_page):
    page = lxml.html.fromstring(
        build_page("# Page\n\n:::warning\nCareful.\n:::\n").text("index.html")
    )
    (warning,) = page.find_class("admonition")
    assert "warning" in warning.get("class").split()
    assert [p.text_content() for p in warning.iter("p")] == ["Warning", "Careful."]


@pytest.mark.parametrize(
    ("text", "shown", "warnings"),
    [
        (":::\na\n\nb\n", "a b", ["index.md:3: WARNING: this container has no closing line"]),
        ("a\n:::\n", "a", ["index.md:4: WARNING: this container has no closing line"]),
        (
            ":::warning\na\n\n## H\n",
            "Warning a H",
            ["index.md:3: WARNING: this container has no closing line; it ends 2 lines below"],
        ),
    ],
)
def test_problems(build_page, text, shown, warnings):
    page = lxml.html.fromstring(
        build_page("# Page\n\n" + text, warnings=warnings).text("index.html")
    )
    body = page.find_class("body")[0].text_content().replace("¶", " ")
    assert body.split() == ["Page", *shown.split()]


def test_landing_cards_keep_their_colons(build_page):
    text = "# Page\n\n:::: landing-cards-container\n:::\nA\n\na\n:::\n:::\nB\n\nb\n:::\n::::\n"
    page = lxml.html.fromstring(build_page(text).text("index.html"))
    assert len(page.find_class("ajo-card")) == 2
