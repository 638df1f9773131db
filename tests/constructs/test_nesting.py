"""Text that is nested too deep."""

from __future__ import annotations

import pytest
from markdown_it.tree import SyntaxTreeNode

from sphinx_ajo.constructs.nesting import MAX_LEVEL
from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.testing import markdown

QUOTES = "> " * 200 + "deep words\n\nend\n"
LISTS = "".join(f"{'  ' * depth}- item{depth}\n" for depth in range(200))
INLINE = "*a **b " * 300 + "deep" + "** c*" * 300


@pytest.mark.parametrize("dialect", Dialect)
@pytest.mark.parametrize("source", [QUOTES, LISTS, INLINE])
def test_no_text_is_lost(dialect, source):
    """Markup below the limit is text."""
    md = markdown(dialect)
    SyntaxTreeNode(md.parse(source))
    html = md.render(source)
    for word in ("deep", "end", "item0", "item199"):
        assert (word in html) == (word in source)


def test_depth_of_real_pages_is_kept():
    """Ten lists in each other are lists."""
    html = markdown().render("".join(f"{'  ' * depth}- x\n" for depth in range(10)))
    assert html.count("<ul>") == 10
    assert markdown().render("> " * MAX_LEVEL + "x").count("<blockquote>") == MAX_LEVEL


@pytest.mark.parametrize("builder", ["html", "text", "latex", "man", "texinfo", "xml", "gettext"])
def test_no_builder_fails(build_page, builder):
    """One warning for the page, and no error."""
    page = f"# T\n\n{QUOTES}\n{LISTS}\n\n{INLINE}\n"
    build_page(page, builder, warnings=["index.md:3: WARNING: this is nested more than"])
