"""Rules about the code itself."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import sphinx_ajo
from sphinx_ajo import constructs

PACKAGE = Path(sphinx_ajo.__file__).parent

DOCUMENTED = {
    "myst_parser.config.main",
    "myst_parser.mdit_to_docutils.base",
    "myst_parser.mdit_to_docutils.sphinx_",
    "myst_parser.parsers.mdit",
    "myst_parser.parsers.sphinx_",
    "myst_parser.warnings_",
}
"""The modules of MyST that its documentation of the API names."""


def imported(path):
    """Return the names of all modules that a module imports from."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def modules():
    return sorted(PACKAGE.rglob("*.py"))


def importers(allowed):
    """Return the modules that import what `allowed` says is internal."""
    return {
        path.relative_to(PACKAGE).as_posix()
        for path in modules()
        if any(allowed(name) for name in imported(path))
    }


def test_one_place_for_sphinx_design():
    """Only one module knows sphinx-design from the inside."""
    assert importers(lambda name: name.startswith("sphinx_design")) == {"constructs/_design.py"}


def test_one_place_for_myst():
    """Only one module imports what MyST does not document."""
    found = importers(lambda name: name.startswith("myst_parser") and name not in DOCUMENTED)
    assert found == {"_myst.py"}


def test_docs_directives_are_not_loaded():
    """No project but our documentation loads its directives."""
    assert importers(lambda name: name == "sphinx_ajo.tools.docs_directives") == set()


def test_import_is_cheap():
    """Importing the package imports nothing else of it, nor Sphinx."""
    code = (
        "import sys; before = set(sys.modules); import sphinx_ajo;"
        "print(*sorted({name.partition('.')[0] for name in set(sys.modules) - before}))"
    )
    output = subprocess.check_output([sys.executable, "-c", code], text=True)
    assert not {"sphinx", "docutils", "myst_parser", "sphinx_design"} & set(output.split())


@pytest.mark.parametrize(
    "name",
    sorted(
        path.stem
        for path in (PACKAGE / "constructs").iterdir()
        if not path.name.startswith("_")
        and (path.suffix == ".py" or (path / "__init__.py").is_file())
    ),
)
def test_every_construct_is_listed(name):
    """A module of a construct that is not in the list would have no effect."""
    module = getattr(constructs, name)
    assert module.CONSTRUCT in constructs.CONSTRUCTS


def test_stylesheet_is_whole():
    """Each rule is closed before a comment begins the next section: an open one hides the rest."""
    text = (PACKAGE / "static" / "ajo.css").read_text(encoding="utf-8")
    strings = re.sub(r"'[^']*'|\"[^\"]*\"", "", re.sub(r"/\*.*?\*/", "/**/", text, flags=re.DOTALL))
    depth = 0
    for part in re.split(r"(/\*\*/|[{}])", strings):
        depth += {"{": 1, "}": -1}.get(part, 0)
        assert 0 <= depth <= 2
    assert depth == 0


def test_size_of_what_pages_load():
    """The style sheet and the scripts stay small."""
    assert (PACKAGE / "static" / "ajo.css").stat().st_size <= 16 * 1024
    scripts = ("static/ajo.js", "navigation/static/ajo-navigation.js")
    assert sum((PACKAGE / name).stat().st_size for name in scripts) <= 10 * 1024
