"""The page about what is not ours names every place that replaces, or sets, a part of others."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from code_tree import modules, nodes, part

PAGE = Path(__file__).parents[2] / "docs/explanation/foreign.md"

FOREIGN = frozenset(
    {"app", "builder", "config", "env", "indexer", "project", "registry", "settings"}
)
"""How objects of Sphinx are called in the code."""

OWN = frozenset(
    {"builder.site", "project.site", "project.reports", "project.boundary", "project.changed"}
)
"""What is called so, and is ours."""


def documented():
    text = PAGE.read_text(encoding="utf-8")
    return set(re.findall(r"^\| `([\w.]+)` \|", text, flags=re.MULTILINE))


def is_replaced(node):
    """Tell whether a node sets an attribute of an object that is not ours."""
    if not isinstance(node, ast.Subscript | ast.Attribute):  # nearly all nodes
        return False
    match node:
        case ast.Subscript(value=ast.Attribute(value=value, attr=attr), ctx=ast.Store()):
            name = getattr(value, "id", getattr(value, "attr", ""))
            return name in FOREIGN and attr != "temp_data"
        case ast.Attribute(value=ast.Name(id=name) | ast.Attribute(attr=name), attr=attr):
            stored = isinstance(node.ctx, ast.Store)
            return stored and name in FOREIGN and f"{name}.{attr}" not in OWN
    return False


def replacing():
    return {name for name in modules() if any(map(is_replaced, nodes(name)))}


def test_every_module_is_documented():
    """The folders of accelerators and of private names are listed, and who sets attributes."""
    whole = {
        name for name in modules() if part(name) in ("acceleration", "foreign") and "." in name
    }
    assert whole | replacing() == documented()


TABLES = {
    "acceleration",
    "acceleration.extensions",
    "acceleration.switch",
    "acceleration.transforms",
}
"""Modules that only say what others ask for."""


@pytest.mark.parametrize("name", sorted(name for name in modules() if part(name) == "acceleration"))
def test_accelerators_ask_the_switch(name):
    """Each of them is behind ``ajo_accelerate``."""
    if name in TABLES:
        return
    text = modules()[name].read_text(encoding="utf-8")
    assert "is_accelerated(" in text or ".accelerated" in text
