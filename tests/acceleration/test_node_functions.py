"""Shorter functions for nodes do the same, and only during a build."""

from __future__ import annotations

import pytest
from docutils import nodes
from docutils.utils import new_document
from docutils.writers._html_base import HTMLTranslator
from sphinx.testing.util import SphinxTestApp

from sphinx_ajo.acceleration import absent
from sphinx_ajo.foreign.docutils import encode_faster, search_by_index, use_short_functions
from sphinx_ajo.foreign.node_index import take_removed
from sphinx_ajo.testing import CONF


@pytest.fixture
def functions():
    """Return functions by name as they are, and as they are during a build."""

    def collect():
        return {
            "walk": nodes.Node.walk,
            "walkabout": nodes.Node.walkabout,
            "setup_child": nodes.Node.setup_child,
            "unescape": nodes.unescape,
            "visit": nodes.NodeVisitor.dispatch_visit,
            "departure": nodes.NodeVisitor.dispatch_departure,
        }

    stock = collect()
    use_short_functions(wanted=True)
    short = collect()
    yield stock, short
    use_short_functions(wanted=False)
    assert collect() == stock


def test_all_are_replaced(functions):
    stock, short = functions
    assert [name for name in stock if stock[name] is short[name]] == []


@pytest.mark.parametrize(
    "text", ["", "plain", "a\x00 b", "\x00*x\x00*", "\x00\nnext", "\x00", "back\\slash"]
)
@pytest.mark.parametrize("restore", [False, True])
def test_unescape(functions, text, restore):
    for kind in (str, nodes.Text):
        results = [group["unescape"](kind(text), restore) for group in functions]
        assert results[0] == results[1]
        assert [type(each) for each in results] in ([str, str], [nodes.Text, nodes.Text])


@pytest.mark.parametrize("attached", [False, True])
def test_children(functions, attached):
    """A child gets its parent, document, source and line."""
    children = []
    for group in functions:
        tree = new_document("file")
        tree.current_source, tree.current_line = "file", 7
        above, below = nodes.paragraph(), nodes.paragraph()
        below.line = 3
        if attached:
            above.parent = tree  # it does not know the document itself
        for child in (nodes.inline(), below, nodes.Text("x")):
            group["setup_child"](above, child)
            assert child.parent is above
            assert child.document is (tree if attached else None)
            children.append((child.source, child.line))
    assert children[:3] == children[3:]


class Visitor(nodes.NodeVisitor):
    """Notes all calls."""

    def __init__(self, document, stop=None):
        super().__init__(document)
        self.stop = stop
        self.calls = []

    def visit_emphasis(self, _node):
        self.calls.append("visit emphasis")
        if self.stop:
            raise self.stop

    def depart_emphasis(self, _node):
        self.calls.append("depart emphasis")

    def unknown_visit(self, node):
        self.calls.append(f"visit {node.tagname}")

    def unknown_departure(self, node):
        self.calls.append(f"depart {node.tagname}")


@pytest.mark.parametrize(
    "stop",
    [
        None,
        nodes.SkipNode,
        nodes.SkipChildren,
        nodes.SkipSiblings,
        nodes.SkipDeparture,
        nodes.StopTraversal,
    ],
)
@pytest.mark.parametrize("way", ["walk", "walkabout"])
@pytest.mark.parametrize("debugging", [False, True])
def test_walks(functions, way, stop, debugging):
    tree = new_document("file")
    tree.reporter.debug_flag = debugging
    tree.reporter.report_level = 5
    for _ in range(2):
        tree += nodes.paragraph("", "a", nodes.emphasis("", "b"), nodes.strong("", "c"))
    results = []
    for group in functions:
        visitor = Visitor(tree, stop)
        results.append((group[way](tree, visitor), visitor.calls))
    assert results[0] == results[1]
    assert results[0][1]


@pytest.mark.parametrize("text", ["", "plain", "<a href=\"x@y\">&amp; 'q'</a>", "é&&amp;", 7])
def test_encoding(text):
    class Translator(HTMLTranslator):
        def __init__(self):
            pass

    encode = encode_faster(Translator)["encode"]
    assert encode(Translator(), text) == Translator().encode(text)


def test_other_encodings():
    """A translator that encodes in its own way keeps doing so."""

    class Own(HTMLTranslator):
        def encode(self, text):
            return text

    class More(HTMLTranslator):
        special_characters = {**HTMLTranslator.special_characters, ord("~"): "&#126;"}  # noqa: RUF012

    assert encode_faster(Own) == encode_faster(More) == encode_faster(nodes.NodeVisitor) == {}


@pytest.mark.parametrize(
    ("conf", "known", "replaced"),
    [
        ({"ajo_accelerate": True}, True, True),
        ({"ajo_accelerate": False}, True, False),
        ({"ajo_accelerate": True}, False, False),
    ],
)
def test_only_while_a_site_is_built(project, tmp_path, monkeypatch, conf, known, replaced):
    if not known:
        monkeypatch.setattr(absent, "CHECKED", dict.fromkeys(absent.CHECKED, ((99,), (100,))))
    project.write_files({"conf.py": CONF, "index.md": "# Title\n"})
    stock = nodes.Node.setup_child
    seen = []
    app = SphinxTestApp(srcdir=project.folder, builddir=tmp_path, confoverrides=conf)
    try:
        for event in ("doctree-read", "html-page-context"):
            app.connect(event, lambda *_: seen.append(nodes.Node.setup_child is not stock))
        app.build()
    finally:
        app.cleanup()
    assert set(seen) == {replaced}
    assert nodes.Node.setup_child is stock
    # nodes refer to their document, and that to its build
    assert take_removed() == []
    assert search_by_index(None)[0] is None
