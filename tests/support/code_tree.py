"""The modules of the package, as syntax trees."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import sphinx_ajo

PACKAGE = Path(sphinx_ajo.__file__).parent

LAYERS = (
    "base",
    "language",
    "warnings_",
    "i18n",
    "config",
    "foreign",
    "icons",
    "site",
    "project",
    "navigation",
    "markup",
    "constructs",
    "reading",
    "lint",
    "l10n",
    "build",
    "acceleration",
    "extension",
    "testing",
    "tools",
    "preview",
    "__main__",
)
"""The parts of the package, lowest first: each imports from itself and those before it."""


@cache
def modules():
    """Return the path of each module, by its name within the package."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def tree(name):
    return ast.parse(modules()[name].read_text(encoding="utf-8"))


@cache
def nodes(name):
    """Return all nodes of the syntax tree of a module."""
    return tuple(ast.walk(tree(name)))


@cache
def imported(name):
    """Return what a module imports, for types too: names of ours without that of the package."""
    return names_imported(nodes(name)) - {name}


def names_imported(nodes):
    """Return what the nodes of a syntax tree import."""
    found = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            own = node.module.removeprefix("sphinx_ajo").removeprefix(".")
            if not node.module.startswith("sphinx_ajo"):
                found.add(node.module)
                continue
            for alias in node.names:
                full = f"{own}.{alias.name}".removeprefix(".")
                found.add(full if full in modules() else own)
    return frozenset(found)


def part(name):
    return name.partition(".")[0]
