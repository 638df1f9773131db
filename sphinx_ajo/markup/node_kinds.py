"""Kinds of nodes and places in the tree that several constructs tell apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docutils import nodes
from sphinx import addnodes

if TYPE_CHECKING:
    from collections.abc import Iterator

LINKS: Final = (nodes.reference, addnodes.pending_xref, addnodes.download_reference)
"""Links, before and after they are resolved."""

INVISIBLE: Final = (
    nodes.comment,
    nodes.substitution_definition,
    nodes.system_message,
    nodes.target,
)
"""What readers do not see."""


def is_html_comment(node: nodes.Node) -> bool:
    """Tell whether a node is HTML that consists of one comment."""
    text = node.astext().strip() if isinstance(node, nodes.raw) else ""
    return text.startswith("<!--") and text.find("-->") == len(text) - len("-->")


def add_target_before(rubric: nodes.Element) -> None:
    """Give a rubric a target that links reach in LaTeX, which knows no ids of rubrics."""
    target = nodes.target("", "", ids=rubric["ids"])
    rubric.parent.insert(rubric.parent.index(rubric), target)


def ancestors(node: nodes.Node) -> Iterator[nodes.Element]:
    """Yield the nodes that a node lies in, the innermost first."""
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent
