"""A transform is left out only if the page has nothing that it looks for."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import version

import pytest
import sphinx
from all_constructs import FILES
from docutils import nodes
from sphinx.testing.util import SphinxTestApp

from sphinx_ajo.acceleration import absent
from sphinx_ajo.testing import CONF


def build(project, tmp_path, builder="html", **conf):
    app = SphinxTestApp(
        builder, srcdir=project.folder, builddir=tmp_path / builder, confoverrides=conf
    )
    try:
        app.build()
    finally:
        app.cleanup()


def has(document, each):
    """Tell whether a page has what a transform looks for, as docutils finds it."""
    if isinstance(each, str):
        found = nodes.Element.findall(
            document, lambda node: getattr(node, "attributes", {}).get(absent.COMPONENT) == each
        )
    else:
        found = nodes.Element.findall(document, each)
    return next(iter(found), None) is not None


@pytest.mark.parametrize("builder", ["html", "latex"])
def test_nothing_is_missed(project, tmp_path, monkeypatch, builder):
    """What is known of a page is true each time that a transform is left out or not."""
    told = []
    lacks = absent.Kinds.lacks

    def check(self, document, needed):
        answer = lacks(self, document, needed)
        told.append((answer, not any(has(document, each) for each in needed)))
        return answer

    monkeypatch.setattr(absent.Kinds, "lacks", check)
    project.write_files({"conf.py": CONF, **FILES})
    build(project, tmp_path, builder)
    # it may know of a node that is gone, and not miss one that has come
    assert {(True, True), (False, False)} <= set(told)
    assert (True, False) not in told


def test_it_does_look_once_for_several(project, tmp_path, monkeypatch):
    looks, answers = [], []
    kinds, lacks = absent._kinds, absent.Kinds.lacks
    monkeypatch.setattr(absent, "_kinds", lambda tree: looks.append(tree) or kinds(tree))
    monkeypatch.setattr(
        absent.Kinds, "lacks", lambda *args: answers.append(lacks(*args)) or answers[-1]
    )
    project.write_files({"conf.py": CONF, **FILES})
    build(project, tmp_path)
    assert len(looks) < sum(answers)


@pytest.mark.skipif(sphinx.version_info < (9,), reason="Sphinx 8 adds them after parsing")
def test_those_of_docutils(project, tmp_path):
    project.write_files({"conf.py": CONF, **FILES})
    spared, applied = set(), set()

    def look(_app, document):
        for _, class_, *_ in document.transformer.applied:
            (applied if "Spared" not in class_.apply.__qualname__ else spared).add(class_.__name__)

    app = SphinxTestApp(srcdir=project.folder, builddir=tmp_path)
    try:
        app.connect("doctree-read", look)
        app.build()
    finally:
        app.cleanup()
    names = {name.rpartition(".")[2] for name in absent.NEEDS["docutils"]}
    assert names <= spared
    assert names.isdisjoint(applied)


LATER = {
    "sphinx_design.aside.AsideHtmlTransform",
    "sphinx_design.badges_buttons.BadgeRefTooltipStash",
    "sphinx_design.badges_buttons.ButtonRefContentStash",
}
"""What sphinx-design 0.7 does not have."""


def test_every_name_is_one():
    """The names are those of transforms and nodes that there are."""
    found = absent._find_needs()
    known = {name for transforms in absent.NEEDS.values() for name in transforms}
    assert found.keys() == known
    gone = {name for name in known if not exists(name)}
    assert gone <= (LATER if version("sphinx-design").startswith("0.7") else set())


def exists(name):
    module, _, attribute = name.rpartition(".")
    try:
        return hasattr(import_module(module), attribute)
    except ModuleNotFoundError:
        return False


def test_other_versions(project, tmp_path, monkeypatch):
    """Of a version that nobody has looked at, all transforms are run."""
    later = dict.fromkeys(absent.CHECKED, ((99,), (100,)))
    monkeypatch.setattr(absent, "CHECKED", later)
    assert {name.split(".")[0] for name in absent._find_needs()} == {"sphinx_ajo"}


def test_a_name_that_is_gone(monkeypatch):
    """It costs time, and nothing else."""
    monkeypatch.setattr(absent, "NEEDS", {"": {"a.b": ("docutils.nodes.nothing",), "c.d": ("x",)}})
    assert absent._find_needs() == {"c.d": ("x",)}
