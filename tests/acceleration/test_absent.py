"""A transform is left out only if the page has nothing that it looks for."""

from __future__ import annotations

import inspect
import re
import sys
from importlib import import_module
from importlib.metadata import version
from types import ModuleType

import pytest
import sphinx
from all_constructs import FILES
from docutils import nodes
from sphinx.testing.util import SphinxTestApp
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_ajo.acceleration import absent
from sphinx_ajo.acceleration.transforms import ADDS
from sphinx_ajo.foreign import docutils
from sphinx_ajo.markup.failures import contain
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


@pytest.mark.parametrize("builder", ["html", "latex", "text"])
def test_nothing_unknown_is_added(project, tmp_path, monkeypatch, builder):
    """Transforms put in no other kinds of nodes than the table says."""
    run, wrong, ran = absent.Kinds.run, [], set()

    def check(self, document, added, transform):
        before = {type(node) for node in nodes.Element.findall(document)}
        run(self, document, added, transform)
        after = {type(node) for node in nodes.Element.findall(document)}
        name = transform.func.__self__.__class__.__name__
        ran.add(name)
        wrong.extend((name, kind) for kind in after - before - set(added))

    monkeypatch.setattr(absent.Kinds, "run", check)
    project.write_files({"conf.py": CONF, **FILES})
    build(project, tmp_path, builder)
    assert wrong == []
    assert {"SphinxDomains", "DoctreeReadEvent", "PageInfoTransform"} <= ran


def test_searches_are_spared(project, tmp_path, monkeypatch):
    """While a known transform runs, what is not there is not looked for; the rest is looked up."""
    found = []

    class Looking(SphinxTransform):
        default_priority = 500

        def apply(self, **_kwargs):
            walks.clear()
            lists = [list(self.document.findall(kind)) for kind in (nodes.citation, nodes.section)]
            found.append(([len(each) for each in lists], walks.copy()))

    walks = []
    walk, find = docutils.walk, docutils.NodeIndex.find
    monkeypatch.setattr(docutils, "walk", lambda *args: walks.append("all") or walk(*args))
    monkeypatch.setattr(
        docutils.NodeIndex, "find", lambda *args: walks.append("index") or find(*args)
    )
    extension = ModuleType("looking")
    extension.setup = lambda app: app.add_transform(Looking)
    monkeypatch.setitem(sys.modules, "looking", extension)
    project.write_files({"conf.py": CONF, "index.md": "# Title\n\nText.\n"})
    conf = {"ajo_accelerate": True, "extensions": "looking,sphinx_ajo"}
    name = f"{Looking.__module__}.{Looking.__qualname__}"
    for folder, known in (("known", {"": {name: ()}}), ("unknown", {})):
        monkeypatch.setattr(absent, "ADDS", known)
        build(project, tmp_path / folder, **conf)
    assert found == [([0, 1], ["index"]), ([0, 1], ["all", "all"])]


@pytest.mark.parametrize(
    ("module", "known"),
    [("sphinx.environment.collectors.title", True), ("sphinx.ext.viewcode", False), (None, False)],
)
def test_handlers_that_may_add_nodes(project, tmp_path, module, known):
    """With a handler that nobody has looked at, pages are looked through again after reading."""
    project.write_files({"conf.py": CONF, "index.md": "# Title\n"})
    app = SphinxTestApp(srcdir=project.folder, builddir=tmp_path)
    try:
        app.build()
        page = app.env.get_doctree("index")
        page.settings.env = app.env
        assert absent._readers_are_known(page)
        assert absent._domains_are_known(page)
        assert absent._resolvers_are_known(page)

        def handler(*_args):
            pass

        handler.__module__ = module
        app.connect("doctree-read", handler)
        assert absent._readers_are_known(page) is known
        app.connect("missing-reference", handler)
        assert not absent._resolvers_are_known(page)
    finally:
        app.cleanup()


CATALOG = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Text"
msgstr "A *word* and `code`"
"""


def test_translations_may_add_nodes(project, tmp_path):
    """A page with a catalog is looked through again, and one that an earlier build has loaded."""
    project.write_files(
        {
            "conf.py": CONF + "language = 'de'\nlocale_dirs = ['locales']\n",
            "index.md": "# Title\n\nText\n",
            "locales/de/LC_MESSAGES/index.po": CATALOG,
        }
    )
    app = SphinxTestApp(srcdir=project.folder, builddir=tmp_path)
    try:
        app.build()
        page = app.env.get_doctree("index")
        page.settings.env = app.env
        app.env.current_document.docname = "index"
        assert next(page.findall(nodes.emphasis)).astext() == "word"
        assert not absent._has_no_catalog(page)
        app.config.locale_dirs = []
        assert not absent._has_no_catalog(page)
        app.env.current_document.docname = "other"
        assert absent._has_no_catalog(page)
    finally:
        app.cleanup()


def test_post_transforms_of_other_builders(project, tmp_path, monkeypatch):
    """They do not have the page looked through again; one that decides by itself is run."""
    ran = []

    class Elsewhere(SphinxPostTransform):
        formats = ("latex",)
        default_priority = 500

        def run(self, **_kwargs):
            pytest.fail("of another builder")

    class Own(SphinxPostTransform):
        formats = ("latex",)
        default_priority = 500

        def apply(self, **_kwargs):
            ran.append(self.is_supported())

    assert absent._asks_builder(contain(Elsewhere))
    assert not absent._asks_builder(contain(Own))
    extension = ModuleType("elsewhere")
    extension.setup = lambda app: [app.add_post_transform(each) for each in (Elsewhere, Own)]
    monkeypatch.setitem(sys.modules, "elsewhere", extension)
    forget = absent.Kinds.forget
    forgotten = []
    monkeypatch.setattr(
        absent.Kinds,
        "forget",
        lambda self: forgotten.append(sys._getframe(1).f_locals["self"]) or forget(self),
    )
    project.write_files({"conf.py": CONF, "index.md": "# Title\n"})
    conf = {"ajo_accelerate": True, "extensions": "elsewhere,sphinx_ajo"}
    build(project, tmp_path, **conf)
    assert ran == [False]
    names = {type(transform).__name__ for transform in forgotten}
    assert "Own" in names
    assert "Elsewhere" not in names


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
    "docutils.transforms.universal.Validate",
    "myst_parser.mdit_to_docutils.transforms.AddSlugIds",
    "myst_parser.mdit_to_docutils.transforms.PrioritiseExplicitIds",
    "myst_parser.mdit_to_docutils.transforms.ResolveSectionRefs",
    "sphinx_design.aside.AsideHtmlTransform",
    "sphinx_design.badges_buttons.BadgeRefTooltipGraft",
    "sphinx_design.badges_buttons.BadgeRefTooltipStash",
    "sphinx_design.badges_buttons.ButtonRefContentGraft",
    "sphinx_design.badges_buttons.ButtonRefContentStash",
}
"""What the lowest versions do not have."""


@pytest.mark.parametrize("table", [absent.NEEDS, absent.ADDS], ids=["needs", "adds"])
def test_every_name_is_one(table):
    """The names are those of transforms and nodes that there are."""
    found = absent._find(table)
    known = {name for transforms in table.values() for name in transforms}
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
    assert {name.split(".")[0] for name in absent._find(absent.NEEDS)} == {"sphinx_ajo"}


def test_a_name_that_is_gone():
    """It costs time, and nothing else."""
    table = {"": {"a.b": ("docutils.nodes.nothing",), "c.d": ("x",)}}
    assert absent._find(table) == {"c.d": ("x",)}


_DIRECT = re.compile(
    r"\w\.children(\[.*\])? *[-+*]?=[^=]|del .*\.children|"
    r"\.children\.(append|extend|insert|pop|remove|clear|sort|reverse)\("
)


ELSEWHERE = {"sphinx_design.badges_buttons.ButtonRefContentGraft"}
"""Transforms that do so only on pages for which ``absent`` does not take them as known."""


def test_known_transforms_change_documents_by_methods():
    """A transform that changed lists of children itself would not be noticed."""
    found, seen = set(), 0
    for name in (name for transforms in ADDS.values() for name in transforms):
        module, _, class_ = name.rpartition(".")
        try:
            source = inspect.getsource(getattr(import_module(module), class_))
        except (ImportError, AttributeError):
            continue  # of another version
        seen += 1
        if _DIRECT.search(source):
            found.add(name)
    assert found <= ELSEWHERE
    assert seen > 40
