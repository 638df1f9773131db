"""Searches with an index find what docutils finds, also while the document changes."""

from __future__ import annotations

import gc
import random
from contextlib import contextmanager
from weakref import ref

import pytest
from docutils import nodes
from docutils.utils import new_document
from effort import tries

from sphinx_ajo.foreign import docutils
from sphinx_ajo.foreign.docutils import (
    forget_index,
    free_removed,
    search_by_index,
    search_faster,
    use_short_functions,
)
from sphinx_ajo.foreign.node_index import NodeIndex, count_changes


@contextmanager
def absent_nodes(tree, classes=None):
    before = search_by_index(tree, classes)
    yield
    search_by_index(*before)


KINDS = (nodes.paragraph, nodes.emphasis, nodes.section, nodes.Text)
CONDITIONS = (*KINDS, nodes.Element, nodes.Node, (nodes.emphasis, nodes.Text), nodes.table)
ALL = {each for kind in (*KINDS, nodes.document) for each in kind.__mro__}


@pytest.fixture(autouse=True)
def counting():
    use_short_functions(wanted=True)
    yield
    use_short_functions(wanted=False)


class Tree:
    """A tree whose nodes have numbers, so that two of them can be compared and changed alike."""

    def __init__(self, *, fast):
        self.root = new_document("a")
        self.nodes = [self.root]
        self.numbers = {id(self.root): 0}
        if fast:
            search_faster(self.root)

    def find(self, condition):
        if isinstance(condition, tuple) and type(self.root) is nodes.document:
            return self.root.findall(lambda node: isinstance(node, condition))
        return self.root.findall(condition)

    def create(self, kind):
        node = nodes.Text("same") if kind is nodes.Text else kind()
        self.numbers[id(node)] = len(self.nodes)
        self.nodes.append(node)
        return node

    def change(self, numbers):
        """Change something, somewhere, in one of many ways."""
        element = self.nodes[numbers.randrange(len(self.nodes))]
        how, kind, place = numbers.randrange(11), numbers.choice(KINDS), numbers.random()
        if isinstance(element, nodes.Text):
            element = element.parent
        at = int(place * len(element.children)) if element is not None else 0
        if element is None:
            return
        if how == 0:
            element.append(self.create(kind))
        elif how == 1:
            element.insert(at, self.create(kind))
        elif how == 2:
            element += [self.create(kind), self.create(kind)]
        elif how == 3 and element.children:
            element.pop(at)
        elif how == 4 and element.children:
            element.remove(element.children[0])
        elif how == 5 and element.children:
            del element[at]
        elif how == 6:
            element[at : at + 2] = [self.create(kind)]
        elif how == 7:
            element[at : at + 1] = []
        elif how == 8 and place < 0.2:
            element.clear()
        elif how == 9 and element.children:
            element[at] = self.create(kind)
        elif how == 10 and element.parent is not None and element in element.parent.children:
            element.replace_self([self.create(kind), self.create(kind)])


def grow(seed, size, *, fast):
    numbers = random.Random(seed)
    tree = Tree(fast=fast)
    for _ in range(size):
        parents = [node for node in tree.nodes if not isinstance(node, nodes.Text)]
        numbers.choice(parents[-20:]).append(tree.create(numbers.choice(KINDS)))
    return tree


def search(tree, seed):
    """Search several times, also within a search; note what is found, and change the tree."""
    numbers = random.Random(seed)
    found = []
    for _ in range(6):
        for node in tree.find(numbers.choice(CONDITIONS)):
            found.append(tree.numbers[id(node)])
            if len(found) > 500:
                return found
            if numbers.random() < 0.1:
                tree.change(numbers)
            if numbers.random() < 0.1:
                inner = [tree.numbers[id(node)] for node in tree.find(numbers.choice(CONDITIONS))]
                found.append(inner)
    return found


@pytest.mark.parametrize("seed", range(tries(200)))
def test_finds_the_same(seed):
    theirs, ours = (grow(seed, 40, fast=fast) for fast in (False, True))
    expected = search(theirs, seed)
    with absent_nodes(ours.root, ALL):
        assert search(ours, seed) == expected


@pytest.fixture
def indexes(monkeypatch):
    """Note how many indexes are made."""
    made = []

    class Noted(NodeIndex):
        def __init__(self, tree):
            made.append(tree)
            super().__init__(tree)

    monkeypatch.setattr(docutils, "NodeIndex", Noted)
    return made


def test_one_index_for_many_searches(indexes):
    """Attributes are no change; searches of another document or by unknown code need no index."""
    tree, other = (grow(1, 40, fast=True).root for _ in range(2))
    with absent_nodes(tree, ALL):
        for element in tree.findall(nodes.Element):
            element["names"] = ["x"]
            del element["names"]
            assert list(tree.findall(nodes.Text))
            assert list(other.findall(nodes.Text))
    list(tree.findall(nodes.Text))
    assert len(indexes) == 1
    with absent_nodes(tree, ALL):
        list(tree.findall(nodes.Text))
        assert len(indexes) == 1
        tree.append(nodes.paragraph())
        list(tree.findall(nodes.Text))
        assert len(indexes) == 2
        forget_index()
        list(tree.findall(nodes.Text))
        assert len(indexes) == 3


def test_nodes_under_construction_do_not_end_an_index(indexes):
    """Only what is in a tree can change it."""
    tree = grow(1, 40, fast=True).root
    with absent_nodes(tree):
        before = list(tree.findall(nodes.paragraph))
        new = nodes.paragraph("", "", nodes.emphasis("", "text"), nodes.Text("more"))
        new.insert(0, nodes.Text("first"))
        assert list(tree.findall(nodes.paragraph)) == before
        assert len(indexes) == 1
        tree.append(new)
        assert list(tree.findall(nodes.paragraph)) == [*before, new]
        new += nodes.emphasis("", nodes.Text("last"))
        assert list(tree.findall(nodes.emphasis))[-1] is new.children[-1]
        assert len(indexes) == 3


def test_a_node_without_a_parent(indexes):
    """Some code puts a node into a list of children itself: its changes cannot be noticed."""
    tree = grow(1, 40, fast=True).root
    hidden = nodes.paragraph()
    tree.children.append(hidden)
    with absent_nodes(tree):
        assert list(tree.findall(nodes.paragraph))[-1] is hidden
        hidden += nodes.strong()
        assert list(tree.findall(nodes.strong)) == [hidden[0]]
    assert indexes


@pytest.mark.parametrize("condition", [None, lambda node: bool(node.children), nodes.Node])
def test_all_conditions_use_the_index(indexes, condition):
    tree = grow(1, 40, fast=True).root
    expected = list(nodes.Element.findall(tree, condition))
    with absent_nodes(tree):
        for _ in range(2):
            assert list(tree.findall(condition)) == expected
    assert len(indexes) == 1


@pytest.fixture
def no_collector():
    gc.collect()
    gc.disable()
    yield
    gc.enable()


WAYS = {
    "replace": lambda tree, node: node.replace_self(nodes.paragraph("", "new")),
    "replace all": lambda tree, node: tree.__setitem__(slice(0, 1), [nodes.paragraph()]),
    "remove": lambda tree, node: tree.remove(node),
    "delete": lambda tree, node: tree.__delitem__(0),
    "pop": lambda tree, node: tree.pop(0),
    "clear": lambda tree, node: tree.clear(),
    "move": lambda tree, node: tree.append(tree.pop(0)),
    "unpack": lambda tree, node: node.replace_self(node.children),
}


@pytest.mark.usefixtures("no_collector")
@pytest.mark.parametrize("how", WAYS)
def test_removed_nodes_are_freed(how):
    """What is back in the document stays as it is."""
    tree, other = new_document("a"), new_document("b")
    for each in (tree, other):
        each += nodes.paragraph("", "", nodes.emphasis("", "text"))
    free_removed(tree)
    node = ref(tree[0])
    WAYS[how](tree, node())
    other.clear()
    left = other
    free_removed(tree)
    stays = how == "move"
    assert (node() is None) is not stays
    assert left.children == []
    for each in tree.findall(nodes.Text):
        assert each.parent.children
        assert each.document is tree
    assert all(each.parent is tree for each in tree.children)


def test_no_index_if_changes_are_not_counted(indexes, monkeypatch):
    """Another package has replaced a method."""

    def pop(self, i=-1):
        return self.children.pop(i)

    monkeypatch.setattr(nodes.Element, "pop", pop)
    use_short_functions(wanted=True)
    tree = grow(1, 40, fast=True).root
    with absent_nodes(tree, ALL):
        assert list(tree.findall(nodes.Text))
    assert indexes == []
    assert nodes.Element.pop is pop


def test_restored():
    before = [nodes.Element.pop, nodes.Node.setup_child, nodes.Element.__setitem__]
    assert not count_changes(wanted=False)
    after = [nodes.Element.pop, nodes.Node.setup_child, nodes.Element.__setitem__]
    assert {each.__module__ for each in before} == {"sphinx_ajo.foreign.node_index"}
    assert {each.__module__ for each in after} == {"docutils.nodes"}
