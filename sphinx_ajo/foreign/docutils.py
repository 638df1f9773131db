"""A document with faster tree walks: the only place that replaces part of docutils.

Sphinx, MyST, sphinx-design, the theme and this package search each page about 85 times, almost
always for a kind of node that it does not have. ``docutils.nodes.Node.findall`` creates a generator
for each node, nested in the generator of its parent, so each node passes through as many generators
as it is deep. This took a sixth of the time of a build.

``walk`` and ``walkabout``, which call visitors for all nodes, format two debug messages for each
node, which are then thrown away.
"""

from __future__ import annotations

from contextlib import contextmanager
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx.util.docutils import SphinxTranslator
from sphinx.util.nodes import NodeMatcher

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from collections.abc import Set as AbstractSet

_children: Final = attrgetter("children")


class _Known:
    """What is known about the document on which a transform runs."""

    def __init__(self) -> None:
        self.document: nodes.document | None = None
        self.classes: AbstractSet[type] = frozenset()
        self.answers: dict[Any, bool] = {}

    def lacks(self, tree: nodes.document, condition: type | tuple[type, ...]) -> bool:
        """Tell whether a document is known to have no node of a class, or of several classes."""
        if tree is not self.document:
            return False
        answer = self.answers.get(condition)
        if answer is None:
            answer = not any(issubclass(class_, condition) for class_ in self.classes)
            self.answers[condition] = answer
        return answer


_known = _Known()


@contextmanager
def absent_nodes(tree: nodes.document, classes: AbstractSet[type]) -> Iterator[None]:
    """Make searches of a document end at once if there is nothing to find.

    :param classes: All classes that nodes of the document have, or will have in the meantime.
    """
    before = _known.document, _known.classes, _known.answers
    _known.document, _known.classes, _known.answers = tree, classes, {}
    try:
        yield
    finally:
        _known.document, _known.classes, _known.answers = before


class document(nodes.document):  # noqa: N801 (visitors go by the name of the class)
    """A docutils document whose ``findall`` is a single generator."""

    def findall(  # type: ignore[override] # its overloads say the same, at length
        self,
        condition: type | tuple[type, ...] | Callable[[nodes.Node], bool] | None = None,
        include_self: bool = True,
        descend: bool = True,
        siblings: bool = False,
        ascend: bool = False,
    ) -> Iterator[Any]:
        """Yield the nodes of the document that meet a condition, in the order of the text.

        :param condition: A class, several classes, or a function of a node; ``None`` for all nodes.
        :param include_self: Whether the document itself is one of the nodes.
        :param siblings: Ignored: a document has none.
        :param ascend: Ignored: a document has no parent.
        :returns: The nodes, lazily: changes below or after the last yielded node are seen, as in
            docutils.
        """
        if not (include_self and descend) or siblings or ascend:
            return super().findall(condition, include_self, descend, siblings, ascend)
        if condition is None:
            return _walk(self)
        if isinstance(condition, (type, tuple)):
            return iter(()) if _known.lacks(self, condition) else _walk_class(self, condition)
        if type(condition) is NodeMatcher:
            found = self.findall(condition.classes or None)
            name = next(iter(condition.attrs), None)
            return filter(condition.match, found if name is None else _with(found, name))
        return filter(condition, _walk(self))

    def walk(self, visitor: nodes.NodeVisitor) -> bool:
        """Let a visitor visit all nodes.

        :returns: Whether it wants to see no more.
        """
        if visitor.document.reporter.debug_flag:
            return super().walk(visitor)
        return _visit(self, visitor)

    def walkabout(self, visitor: nodes.NodeVisitor) -> bool:
        """Let a visitor visit all nodes, and depart from them.

        :returns: Whether it wants to see no more.
        """
        if visitor.document.reporter.debug_flag:
            return super().walkabout(visitor)
        return _visit_and_depart(self, visitor)


def search_faster(tree: nodes.document) -> None:
    """Change the class of a document to the faster one.

    Sphinx creates documents, and a parser cannot choose their class.
    """
    if type(tree) is nodes.document:
        tree.__class__ = document


def take_apart(tree: nodes.document) -> None:
    """Empty a document that nobody needs any more, so that Python frees its nodes at once.

    Nodes refer to their children, their parents and the document, in circles that only Python's
    collector would find. Afterwards, a node that somebody keeps has its children but no parent, and
    the document has nothing in it.
    """
    level: list[Any] = [tree]
    while level:
        below = list(chain.from_iterable(map(_children, level)))
        for node in level:
            node.parent = node._document = None
        level = below
    tree.transformer = None  # type: ignore[assignment] # as Sphinx does
    # nodes that transforms have replaced still refer to the document
    for name, value in vars(tree).items():
        if isinstance(value, (dict, list)) and name != "attributes":
            setattr(tree, name, type(value)())


def dispatchers(visitor: Any) -> tuple[Callable[[Any], None], Callable[[Any], None]]:
    """Return faster functions that dispatch a visitor for a node.

    Sphinx's own look for the method of each node by the names of its classes, each time.

    :param visitor: The visitor. If it overrides Sphinx's dispatch functions, they are kept.
    :returns: The replacements for ``dispatch_visit`` and ``dispatch_departure``.
    """
    visit, depart = (_dispatcher(visitor, name) for name in ("visit", "departure"))
    return visit, depart


def stop_caching(visitor: Any) -> None:
    """Remove the functions that dispatch a visitor and refer to it, after its last node."""
    for name in ("dispatch_visit", "dispatch_departure"):
        vars(visitor).pop(name, None)


def _dispatcher(visitor: Any, name: str) -> Callable[[Any], None]:
    stock: Callable[[Any], None] = getattr(visitor, f"dispatch_{name}")
    if getattr(stock, "__func__", None) is not getattr(SphinxTranslator, f"dispatch_{name}"):
        return stock
    prefix = "visit" if name == "visit" else "depart"
    methods: dict[type, Callable[[Any], None]] = {}

    def dispatch(node: Any) -> None:
        class_ = node.__class__
        method = methods.get(class_)
        if method is None:
            names = (f"{prefix}_{each.__name__}" for each in class_.__mro__)
            found = (getattr(visitor, each, None) for each in names)
            method = methods[class_] = next(filter(None, found), stock)
        method(node)

    return dispatch


def _walk(root: nodes.Node) -> Iterator[nodes.Node]:
    # iterators over the children of the open nodes; these lists may still change
    above: list[Iterator[nodes.Node]] = []
    level: Iterator[nodes.Node] = iter((root,))
    while True:
        for node in level:
            yield node
            children: Iterable[nodes.Node] = node.children
            if children:
                above.append(level)
                level = iter(children)
                break
        else:
            if not above:
                return
            level = above.pop()


def _walk_class(root: nodes.Node, class_: type | tuple[type, ...]) -> Iterator[nodes.Node]:
    # like _walk, but it does not yield each node, because most walks find nothing
    above: list[Iterator[nodes.Node]] = []
    level: Iterator[nodes.Node] = iter((root,))
    while True:
        for node in level:
            if isinstance(node, class_):
                yield node
            children: Iterable[nodes.Node] = node.children
            if children:
                above.append(level)
                level = iter(children)
                break
        else:
            if not above:
                return
            level = above.pop()


def _with(found: Iterable[nodes.Node], name: str) -> Iterator[nodes.Node]:
    # hardly any node has the attribute, and NodeMatcher calls two functions for each node
    return (node for node in found if isinstance(node, nodes.Element) and name in node.attributes)


def _visit(node: nodes.Node, visitor: nodes.NodeVisitor) -> bool:
    # Node.walk without the messages
    try:
        try:
            visitor.dispatch_visit(node)
        except (nodes.SkipChildren, nodes.SkipNode):
            return False
        except nodes.SkipDeparture:
            pass
        try:
            for child in tuple(node.children):
                if _visit(child, visitor):
                    return True
        except nodes.SkipSiblings:
            pass
    except nodes.StopTraversal:
        return True
    return False


def _visit_and_depart(node: nodes.Node, visitor: nodes.NodeVisitor) -> bool:
    # Node.walkabout without the messages
    departs, stops = True, False
    try:
        try:
            visitor.dispatch_visit(node)
        except nodes.SkipNode:
            return False
        except nodes.SkipDeparture:
            departs = False
        try:
            for child in tuple(node.children):
                if _visit_and_depart(child, visitor):
                    stops = True
                    break
        except nodes.SkipSiblings:
            pass
    except nodes.SkipChildren:
        pass
    except nodes.StopTraversal:
        stops = True
    if departs:
        visitor.dispatch_departure(node)
    return stops
