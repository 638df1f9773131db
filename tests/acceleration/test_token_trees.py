"""The tree of tokens is made faster while pages are read, and as before afterwards."""

from __future__ import annotations

import gc
import weakref

import pytest
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from myst_parser.mdit_to_docutils import base
from sphinx.testing.util import SphinxTestApp

from sphinx_ajo.foreign.markdown_it import TokenTree
from sphinx_ajo.testing import CONF


@pytest.mark.parametrize(("accelerate", "wanted"), [(True, TokenTree), (False, SyntaxTreeNode)])
def test_while_pages_are_read(project, tmp_path, accelerate, wanted):
    project.write_files({"conf.py": CONF, "index.md": "# Title\n"})
    seen = []
    conf = {"ajo_accelerate": accelerate}
    app = SphinxTestApp(srcdir=project.folder, builddir=tmp_path, confoverrides=conf)
    try:
        app.connect("doctree-read", lambda *_: seen.append(base.SyntaxTreeNode))
        app.build()
    finally:
        app.cleanup()
    assert seen == [wanted]
    assert base.SyntaxTreeNode is SyntaxTreeNode


TEXT = "- item\n\n  > quoted *text* and [a **link**](x)\n\n- ![image](y)\n"


def test_same_tree():
    """It has the nodes, parents and siblings of that of markdown-it."""
    tokens = MarkdownIt("commonmark").parse(TEXT)
    fast, stock = list(TokenTree(tokens).walk()), list(SyntaxTreeNode(tokens).walk())

    def names(tree):
        return [(each.type, each.parent and each.parent.type, len(each.siblings)) for each in tree]

    root = TokenTree(tokens)
    assert [each.type for each in root.walk()] == [each.type for each in stock]
    assert names(list(root.walk())) == names(stock)
    assert fast[0].children[0].parent is fast[0]


def test_children_can_be_exchanged():
    """MyST moves the definitions of footnotes out of the tree."""
    root = TokenTree(MarkdownIt("commonmark").parse("a\n\nb\n"))
    new = TokenTree(MarkdownIt("commonmark").parse("> c\n")).children
    root.children = new
    assert [each.type for each in root.walk()] == ["root", "blockquote", "paragraph", *_INLINE]


_INLINE = ("inline", "text")


def test_freed_without_the_collector():
    """Nothing in it refers to what is above it; a part that is kept is whole."""
    gc.collect()
    gc.disable()
    try:
        root = TokenTree(MarkdownIt("commonmark").parse(TEXT))
        item = root.children[0].children[0]
        nodes = [weakref.ref(each) for each in root.walk() if each not in item.walk()]
        del root
        assert [each() for each in nodes if each() is not None] == []
        assert item.parent is None
        assert [each.type for each in item.children] == ["paragraph", "blockquote"]
        assert item.children[0].parent is item
    finally:
        gc.enable()
