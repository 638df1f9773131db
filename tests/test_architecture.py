"""Rules about the code itself: layers, circles, and one place for what is not ours."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from fnmatch import fnmatch
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from code_tree import LAYERS, PACKAGE, imported, modules, names_imported, nodes, part, tree

from sphinx_ajo import constructs

WITHOUT_SPHINX = re.compile(
    r"base\.(limits|problems|safe_paths)|(language|site)(\..+)?|lint\.(model|page|report|rules\w*)"
    r"|l10n\.(damage|english|kinds|outline|structure|tables)"
)
"""Modules that know ExL and nothing of what it is published with."""

PUBLISHERS = frozenset({"docutils", "myst_parser", "sphinx", "sphinx_design"})

DOCUMENTED = {
    "myst_parser",
    "myst_parser.config.main",
    "myst_parser.mdit_to_docutils.base",
    "myst_parser.mdit_to_docutils.sphinx_",
    "myst_parser.parsers.mdit",
    "myst_parser.parsers.sphinx_",
    "myst_parser.warnings_",
}
"""The modules of MyST that its documentation of the API names."""


def without_empty(found):
    """Leave out what has nothing: what remains is at fault."""
    return {name: what for name, what in found.items() if what}


def own_imports(name):
    return imported(name) & modules().keys()


def importers(allowed):
    """Return the modules that import what `allowed` says is internal."""
    return {name for name in modules() if any(map(allowed, imported(name)))}


TESTS = Path(__file__).parent

ACROSS = ("browser", "security", "support")
"""Folders of tests that belong to no single part."""


def own_tests():
    """Return the tests of the parts, as paths below the folder of all tests."""
    found = [path.relative_to(TESTS) for path in sorted(TESTS.glob("*/**/*.py"))]
    return [path for path in found if path.parts[0] not in ACROSS]


def test_tests_mirror_the_package():
    """The tests of a folder stand in a folder of the same path."""
    assert {path.parent for path in own_tests() if not (PACKAGE / path.parent).is_dir()} == set()


def test_no_folder_is_left_out(pytestconfig):
    """No pattern of folders that are not searched for tests fits one that has some."""
    patterns = pytestconfig.getini("norecursedirs")
    folders = {name for path in own_tests() for name in path.parent.parts}
    assert not [each for each in folders for pattern in patterns if fnmatch(each, pattern)]


def test_tests_know_their_layer():
    """Tests of a part import from it and from those below, but for what builds projects."""
    above = {}
    for path in own_tests():
        code = ast.walk(ast.parse((TESTS / path).read_text(encoding="utf-8")))
        found = {part(name) for name in names_imported(code) & modules().keys()} - {"testing"}
        above[str(path)] = found - set(LAYERS[: LAYERS.index(path.parts[0]) + 1])
    assert without_empty(above) == {}


def test_every_part_has_a_layer():
    assert sorted({part(name) for name in modules()} - {""}) == sorted(LAYERS)


def test_map():
    """The table that opens the page about the architecture says what imports what."""
    page = Path(__file__).parents[1] / "docs/explanation/architecture.md"
    text = page.read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| .* \| (.*) \|$", text, flags=re.MULTILINE)
    found = {row[0]: set(re.findall(r"`(\w+)`", row[1])) for row in rows}
    expected = {name: set() for name in LAYERS}
    for name in modules():
        for other in own_imports(name):
            if name and part(other) != part(name):
                expected[part(name)].add(part(other))
    assert found == expected
    assert [row[0] for row in rows] == list(reversed(LAYERS))


def test_imports_lead_down():
    """A module imports from its own part and from lower ones, for types too."""
    upward = {}
    for name in modules():
        # the package itself has a version, and what Sphinx asks for when it asks
        lower = LAYERS[: LAYERS.index(part(name)) + 1] if name else ("base", "extension")
        upward[name] = {other for other in own_imports(name) if part(other) not in lower}
    assert without_empty(upward) == {}


@pytest.mark.parametrize("within", sorted({"", *(name for name in modules() if "." not in name)}))
def test_no_circles(within):
    """Neither modules nor the folders and modules of one folder import each other in a circle."""
    if within == "":
        graph = {name: own_imports(name) for name in modules()}
    else:
        graph = {}
        for name in modules():
            for other in own_imports(name):
                if name.startswith(f"{within}.") and other.startswith(f"{within}."):
                    pair = (name.split(".")[1], other.split(".")[1])
                    if pair[0] != pair[1]:
                        graph.setdefault(pair[0], set()).add(pair[1])
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"circle: {error.args[1]}")


def closure(name):
    """Return all modules of ours that come with a module."""
    found, left = set(), [name]
    while left:
        current = left.pop()
        if current not in found:
            found.add(current)
            parents = [current[:at] for at, char in enumerate(current) if char == "."]
            left += [*own_imports(current), *parents]
    return found


def test_without_sphinx():
    """What knows no Sphinx knows none in all that it imports, for types too."""
    publishers = {
        name: {each.partition(".")[0] for each in imported(name)} & PUBLISHERS for name in modules()
    }
    found = {
        (name, other): publishers[other]
        for name in filter(WITHOUT_SPHINX.fullmatch, modules())
        for other in closure(name)
    }
    assert without_empty(found) == {}


def test_claims_are_tested():
    """A docstring that says "No Sphinx" is one of a module above."""
    claims = [
        name
        for name in modules()
        if re.search(r"No Sphinx|nothing of Sphinx", ast.get_docstring(tree(name)) or "")
    ]
    assert claims
    assert [name for name in claims if not WITHOUT_SPHINX.fullmatch(name)] == []


def test_event_handlers_are_at_home():
    """A module of event handlers is imported by the extension and within its folder only."""
    for name in modules():
        for other in own_imports(name):
            if other.rpartition(".")[2] == "events":
                folder = other.rpartition(".")[0]
                assert name in ("extension", folder) or name.startswith(f"{folder}."), (name, other)


def test_private_modules_are_at_home():
    """A module whose name begins with an underscore is imported within its folder only."""
    for name in modules():
        for other in own_imports(name):
            if other.rpartition(".")[2].startswith("_"):
                assert name.startswith(other.rpartition(".")[0]), (name, other)


def test_foreign_private_names():
    """Only the folder ``foreign`` uses private names of others."""
    found = {name: private_names(name) for name in modules() if part(name) != "foreign"}
    assert without_empty(found) == {}


def private_names(name):
    """Return the private names of others that a module uses."""
    found = []
    for node in nodes(name):
        match node:
            case ast.Attribute(value=ast.Name(id="self" | "cls")):
                pass
            case ast.Attribute(attr=attr) if attr.startswith("_") and not attr.startswith("__"):
                # `_replace` is documented; what we define ourselves may be used in its module
                if attr not in {"_replace", "_asdict"} and not defines(name, attr):
                    found.append(attr)
            case ast.ImportFrom(module=str(module)) if not module.startswith(("sphinx_ajo", "__")):
                found += [each for each in module.split(".") if each.startswith("_")]
                found += [each.name for each in node.names if each.name.startswith("_")]
    return [each for each in found if not each.startswith("__")]


def defines(name, attr):
    """Tell whether a module defines a private name."""
    return any(
        isinstance(node, ast.Attribute) and node.attr == attr and isinstance(node.ctx, ast.Store)
        for node in nodes(name)
    ) or any(
        isinstance(node, ast.FunctionDef | ast.AnnAssign)
        and (getattr(node, "name", "") or ast.unparse(node.target)) == attr
        for node in nodes(name)
    )


def test_replaced_classes():
    """Only ``foreign`` and ``acceleration`` replace the class of an object."""
    found = {
        name
        for name in modules()
        for node in nodes(name)
        if isinstance(node, ast.Attribute)
        and node.attr == "__class__"
        and isinstance(node.ctx, ast.Store)
    }
    assert {part(name) for name in found} <= {"foreign", "acceleration"}


def test_one_place_for_sphinx_design():
    """Only one module knows sphinx-design from the inside."""
    assert importers(lambda name: name.startswith("sphinx_design")) == {"foreign.design"}


def test_one_place_for_myst():
    """Only one module imports what MyST does not document."""
    found = importers(lambda name: name.startswith("myst_parser") and name not in DOCUMENTED)
    assert found == {"foreign.myst"}


def test_docs_directives_are_not_loaded():
    """No project but our documentation loads its directives."""
    assert importers(lambda name: name == "tools.docs_directives") == set()


@pytest.mark.build
def test_import_is_cheap():
    """Importing the package imports none of its parts that know Sphinx, nor Sphinx."""
    code = (
        "import sys; before = set(sys.modules); import sphinx_ajo;"
        "print(*sorted({name.partition('.')[0] for name in set(sys.modules) - before}))"
    )
    output = subprocess.check_output([sys.executable, "-c", code], text=True)
    assert not PUBLISHERS & set(output.split())


@pytest.mark.build
def test_reading_without_sphinx():
    """The modules without Sphinx can be imported without loading it."""
    names = [f"sphinx_ajo.{name}" for name in modules() if part(name) in ("language", "site")]
    code = f"import sys, {', '.join(names)}; print(*sys.modules)"
    output = subprocess.check_output([sys.executable, "-c", code], text=True)
    assert not PUBLISHERS & set(output.split())


def test_every_construct_is_listed():
    """A module of a construct that is not in the list would have no effect."""
    names = {
        path.stem
        for path in (PACKAGE / "constructs").iterdir()
        if not path.name.startswith("_")
        and (path.suffix == ".py" or (path / "__init__.py").is_file())
    }
    assert len(names) > 30
    listed = {
        name for name in names if getattr(constructs, name).CONSTRUCT in constructs.CONSTRUCTS
    }
    assert names - listed == set()


def test_stylesheet_is_whole():
    """Each rule is closed before a comment begins the next section: an open one hides the rest."""
    text = (PACKAGE / "static" / "ajo.css").read_text(encoding="utf-8")
    strings = re.sub(r"'[^']*'|\"[^\"]*\"", "", re.sub(r"/\*.*?\*/", "/**/", text, flags=re.DOTALL))
    depth = 0
    for piece in re.split(r"(/\*\*/|[{}])", strings):
        depth += {"{": 1, "}": -1}.get(piece, 0)
        assert 0 <= depth <= 2
    assert depth == 0


def test_size_of_what_pages_load():
    """The style sheet and the scripts stay small."""
    assert (PACKAGE / "static" / "ajo.css").stat().st_size <= 16 * 1024
    scripts = ("static/ajo.js", "navigation/static/ajo-navigation.js")
    assert sum((PACKAGE / name).stat().st_size for name in scripts) <= 10 * 1024
