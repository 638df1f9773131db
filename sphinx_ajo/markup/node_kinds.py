"""Kinds of nodes that several constructs tell apart, and what LaTeX needs for some of them."""

from __future__ import annotations

from typing import Final

from docutils import nodes
from sphinx import addnodes

LINKS: Final = (nodes.reference, addnodes.pending_xref, addnodes.download_reference)
"""Links, before and after they are resolved."""

INVISIBLE: Final = (
    nodes.comment,
    nodes.substitution_definition,
    nodes.system_message,
    nodes.target,
)
"""What readers do not see."""


def add_target_before(rubric: nodes.Element) -> None:
    """Give a rubric a target that links reach in LaTeX, which knows no ids of rubrics."""
    target = nodes.target("", "", ids=rubric["ids"])
    rubric.parent.insert(rubric.parent.index(rubric), target)
