"""What stands in for parts of markdown-it does the same as these."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from sphinx_ajo.foreign.markdown_it import TokenTree

TEXTS = [
    "",
    "One *two **three** four* five",
    "- a\n  - b\n    > c `d` ![e *f*](g.png)\n\n- h",
    "| a | b |\n|---|---|\n| *c* | <b>d</b> |",
    "# A\n\n---\n\n```py\ncode\n```\n\n[x][y]\n\n[y]: z",
]


def shape(node):
    """Describe a tree with all that a node knows."""
    return (
        node.type,
        node.is_root or (node.tag, node.content, node.attrs, node.map),
        node.token,
        node.nester_tokens,
        [shape(child) for child in node.children],
        [child.parent is node for child in node.children],
        [sibling.type for sibling in node.siblings],
    )


@pytest.mark.parametrize("text", TEXTS)
def test_tree(text):
    """A tree that is made in one pass is the one of markdown-it, node by node."""
    tokens = MarkdownIt().enable("table").parse(text)
    ours, theirs = TokenTree(tokens), SyntaxTreeNode(tokens)
    assert shape(ours) == shape(theirs)
    assert ours.pretty(show_text=True) == theirs.pretty(show_text=True)
    assert ours.to_tokens() == tokens
    assert all(type(node) is TokenTree for node in ours.walk())


@pytest.mark.parametrize("nesting", [[-1], [1], [1, 1, -1], [1, -1, -1]])
@pytest.mark.parametrize("class_", [TokenTree, SyntaxTreeNode])
def test_tokens_that_do_not_match(nesting, class_):
    tokens = [Token(f"x_{number}", "p", number) for number in nesting]
    with pytest.raises(ValueError, match=r"nesting|unclosed"):
        class_(tokens)


def test_deep_tree():
    """Each level costs the same, and no level of the stack."""
    depth = 3000
    tokens = [Token("x_open", "p", 1)] * depth + [Token("x_close", "p", -1)] * depth
    node, levels = TokenTree(tokens), 0
    while node.children:
        (node,), levels = node.children, levels + 1
    assert levels == depth
