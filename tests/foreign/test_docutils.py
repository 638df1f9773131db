"""Documents that are searched faster find what docutils finds."""

from __future__ import annotations

import pickle
import random
import sys
from typing import Any

import pytest
from docutils import nodes
from docutils.utils import new_document
from effort import tries
from sphinx.util.docutils import SphinxTranslator
from sphinx.util.nodes import NodeMatcher

from sphinx_ajo.foreign.docutils import dispatchers, document, search_faster

KINDS = (nodes.paragraph, nodes.emphasis, nodes.section, nodes.bullet_list, nodes.inline)


def grow(seed, size=200):
    """Create the same random tree twice: docutils' own document, and ours."""
    trees = [new_document("a"), new_document("a")]
    search_faster(trees[1])
    places = [list(trees)]
    numbers = random.Random(seed)
    for _ in range(size):
        below = numbers.choice(places)
        kind = numbers.choice((*KINDS, nodes.Text))
        pair = [kind("x") if kind is nodes.Text else kind() for _ in trees]
        for parent, node in zip(below, pair, strict=True):
            parent.append(node)
        if kind is not nodes.Text:
            places.append(pair)
    return trees


def found(tree, *arguments, **options):
    return [node.tagname for node in tree.findall(*arguments, **options)]


@pytest.mark.parametrize("seed", range(tries(20)))
def test_finds_the_same(seed):
    """The same nodes in the same order, whatever the condition."""
    theirs, ours = grow(seed)
    for condition in (
        None,
        nodes.Text,
        nodes.Element,
        nodes.emphasis,
        nodes.table,
        lambda node: bool(node.children),
    ):
        for options in ({}, {"include_self": False}, {"descend": False}):
            expected = found(theirs, condition, **options)
            assert found(ours, condition, **options) == expected, (condition, options)


def test_classes_in_a_tuple():
    """Newer versions of docutils take several classes."""
    _, ours = grow(1)
    both = found(ours, (nodes.emphasis, nodes.Text))
    assert set(both) == {"emphasis", "#text"}
    assert len(both) == len(found(ours, nodes.emphasis)) + len(found(ours, nodes.Text))


@pytest.mark.parametrize(
    "matcher",
    [
        NodeMatcher(),
        NodeMatcher(nodes.emphasis, nodes.Text),
        NodeMatcher(mark=Any),
        NodeMatcher(mark=1),
        NodeMatcher(nodes.Element, mark=Any, other=Any),
        NodeMatcher(nodes.Text, mark=Any),
    ],
    ids=["all", "two classes", "attribute", "value", "both", "no text has it"],
)
def test_matchers_of_sphinx(matcher):
    """Attributes and classes that Sphinx looks for together."""
    theirs, ours = grow(4)
    for tree in (theirs, ours):
        for number, node in enumerate(tree.findall(nodes.Element)):
            if number % 3:
                node["mark"] = number % 2
            if number % 5 == 0:
                node["other"] = ""
    assert found(ours, matcher) == found(theirs, matcher)


@pytest.mark.parametrize("seed", range(tries(20)))
@pytest.mark.parametrize("condition", [nodes.Element, lambda node: isinstance(node, nodes.Element)])
def test_changes_on_the_way(seed, condition):
    """Transforms change the tree while they walk through it; they see the same of it."""
    results = []
    for tree in grow(seed):
        numbers = random.Random(seed)
        seen = []
        for node in tree.findall(condition):
            seen.append(node.tagname)
            if node is tree:
                continue
            match numbers.randrange(5):
                case 0:
                    node.replace_self([*node.children, nodes.inline()])
                case 1:
                    node.children = []
                case 2 if len(seen) < 1000:
                    node.append(nodes.emphasis())
                case 3 if len(seen) < 1000:
                    node.parent.insert(node.parent.index(node) + 1, nodes.strong("", "y"))
        results.append((seen, tree.pformat()))
    assert results[0] == results[1]


def test_stays_a_document():
    """It prints, copies and pickles like any other; writers know it by its name."""
    theirs, ours = grow(3)
    assert type(ours) is document
    assert type(ours).__name__ == "document"
    assert ours.pformat() == theirs.pformat()
    assert type(ours.deepcopy()) is document
    for tree in (ours, theirs):
        tree.reporter = tree.settings = tree.transformer = None
    assert type(pickle.loads(pickle.dumps(ours))) is document


def test_leaves_other_classes_alone():
    """A document of somebody else's class keeps it."""

    class special(nodes.document):  # noqa: N801
        pass

    tree = new_document("a")
    tree.__class__ = special
    search_faster(tree)
    assert type(tree) is special


def test_pages_are_searched_faster(build_page):
    """The documents of a build are ours, also once they are read from disk again."""
    build = build_page("# Page\n\nText.\n")
    assert type(build.doctrees["index"]) is document


class Traveller(nodes.NodeVisitor):
    """Notes where it has been, and now and then wants to go elsewhere."""

    wishes = (
        nodes.SkipChildren,
        nodes.SkipSiblings,
        nodes.SkipNode,
        nodes.SkipDeparture,
        nodes.StopTraversal,
    )

    def __init__(self, document, seed):
        super().__init__(document)
        self.numbers = random.Random(seed)
        self.seen = []

    def unknown_visit(self, node):
        self.seen.append(f"to {node.tagname if node.children else node}")
        if self.numbers.random() < 0.2:
            raise self.numbers.choice(self.wishes)
        if node.children and self.numbers.random() < 0.1:
            node.remove(self.numbers.choice(node.children))

    def unknown_departure(self, node):
        self.seen.append(f"from {node.tagname}")
        # not SkipNode and the like, which docutils does not expect here
        if self.numbers.random() < 0.05:
            raise self.numbers.choice((nodes.SkipSiblings, nodes.StopTraversal))


def travel(tree, method, seed):
    visitor = Traveller(tree, seed)
    try:
        stopped = getattr(tree, method)(visitor)
    except nodes.TreePruningException as wish:
        stopped = type(wish)
    return stopped, visitor.seen


@pytest.mark.parametrize("method", ["walk", "walkabout"])
def test_visits_the_same(method):
    """Visitors come by the same nodes in the same order, whatever they wish for on the way."""
    for seed in range(tries(60)):
        theirs, ours = grow(seed, 60)
        assert travel(ours, method, seed) == travel(theirs, method, seed), seed


@pytest.mark.parametrize("method", ["walk", "walkabout"])
def test_messages_for_debugging(method, capsys):
    """Who asks docutils for its messages gets them."""
    _, ours = grow(1, 3)
    ours.reporter.debug_flag = True
    ours.reporter.report_level = 0
    ours.reporter.stream.destination = sys.stderr
    travel(ours, method, 1)
    assert f"{method} calling dispatch_visit for document" in capsys.readouterr().err


class Translator(SphinxTranslator):
    """Notes what it visits, some of it by the method of another class."""

    def __init__(self, tree, faster):
        nodes.NodeVisitor.__init__(self, tree)
        self.seen = []
        if faster:
            self.dispatch_visit, self.dispatch_departure = dispatchers(self)

    def visit_Element(self, node):  # noqa: N802 (the class is called so)
        self.seen.append(("visit", node.tagname))

    def depart_Element(self, node):  # noqa: N802
        self.seen.append(("depart", node.tagname))

    def visit_paragraph(self, node):
        self.seen.append("paragraph")
        if len(node.children) == 1:
            raise nodes.SkipNode

    def unknown_visit(self, node):
        self.seen.append("text")

    def unknown_departure(self, node):
        pass


@pytest.mark.parametrize("seed", range(5))
def test_methods_are_found_once(seed):
    """Each node is visited by the same method."""
    tree, _ = grow(seed)
    seen = []
    for faster in (False, True):
        translator = Translator(tree, faster)
        tree.walkabout(translator)
        seen.append(translator.seen)
    assert seen[0] == seen[1]
    assert {"paragraph", "text", ("depart", "section")} <= set(seen[0])


def test_own_ways_of_a_visitor_stay():
    class Own(SphinxTranslator):
        def __init__(self):
            pass

        def dispatch_visit(self, node):
            pass

    visitor = Own()
    visit, depart = dispatchers(visitor)
    assert visit == visitor.dispatch_visit
    assert depart != visitor.dispatch_departure
