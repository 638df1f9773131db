"""Zero-width spaces."""

from __future__ import annotations

import pytest

from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.testing import markdown

ZWSP = "\u200b"


@pytest.mark.parametrize("space", ["&#x200B;", "&#8203;", "&ZeroWidthSpace;"])
def test_it_helps_emphasis_and_goes(space):
    """Emphasis beside letters works, and the space is gone."""
    source = f"_**x**_{space}and{space}_y_ **(a)**{space}b"
    expected = "<em><strong>x</strong></em> and <em>y</em> <strong>(a)</strong>b"
    assert markdown().renderInline(source) == expected


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("[x](a.md\u200b 't\u200bt')", '<a href="a.md" title="tt">x</a>'),
        (f"`a{ZWSP}b` `a&#x200B;b`", "<code>ab</code> <code>a&amp;#x200B;b</code>"),
        (f"**a**{ZWSP}b", "<strong>a</strong> b"),
    ],
)
def test_it_goes_everywhere(source, html):
    """From labels with the spaces around it, alternative texts, addresses and code."""
    assert markdown().renderInline(source) == html


def test_mixed_pages_keep_it():
    """There it may be meant."""
    assert ZWSP in markdown(Dialect.MIXED).render("a&#x200B;b")


def test_nothing_is_left_in_pages(build_page):
    """Neither in the page nor in its title, anchors and search data."""
    build = build_page(
        "# Title&#x200B; one\n\n&#x200B;\n\n## Sub&#x200B;\n\n**a**&#x200B;b [&#x200B;x](#sub)\n"
    )
    assert ZWSP not in build.text("index.html")
    assert ZWSP not in build.text("searchindex.js")
    assert 'id="title-one"' in build.text("index.html")


def test_every_builder_takes_what_is_left(build_page):
    """A paragraph of nothing else is empty."""
    page = "# T\n\n&#x200B;\n\n**&#x200B;** a<br/>&#x200B;\n"
    for builder in ("text", "man", "latex", "texinfo"):
        build_page(page, builder)


def test_translators_see_the_source(build_page):
    """The message is what was written."""
    assert "a&#x200B;b" in build_page("# T\n\na&#x200B;b\n", "gettext").text("index.pot")
