"""Documents that are searched faster, and shorter functions of docutils.

Only this module and ``node_index`` replace parts of docutils.

Sphinx, MyST, sphinx-design, the theme and this package search each page about 85 times, almost
always for a kind of node that it does not have. ``docutils.nodes.Node.findall`` creates a generator
for each node, nested in the generator of its parent, so each node passes through as many generators
as it is deep. This took a sixth of the time of a build.

``walk`` and ``walkabout``, which call visitors for all nodes, format four debug messages for each
node, which are then thrown away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from docutils.writers._html_base import HTMLTranslator
from sphinx.util.docutils import SphinxTranslator
from sphinx.util.nodes import NodeMatcher

from sphinx_ajo.foreign.node_index import NodeIndex, count_changes, take_removed, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet


class _Known:
    """What is known about the document that known code searches."""

    def __init__(self) -> None:
        self.document: nodes.document | None = None
        self.classes: AbstractSet[type] | None = None
        self.is_counting = False
        self.index: NodeIndex | None = None

    def find(
        self, tree: nodes.document, condition: type | tuple[type, ...]
    ) -> Iterator[nodes.Node]:
        """Yield the nodes of a class, or of several classes, from that document."""
        if self.classes is not None and (
            condition not in self.classes
            if isinstance(condition, type)
            else not any(issubclass(class_, condition) for class_ in self.classes)
        ):
            return iter(())
        if not self.is_counting:
            return walk([iter((tree,))], condition)
        index = self.index
        if index is None or not index.is_of(tree):
            self.index = index = NodeIndex(tree)
        return index.find(condition) if index.is_whole else walk([iter((tree,))], condition)


_known = _Known()


def search_by_index(
    tree: nodes.document | None, classes: AbstractSet[type] | None = None
) -> tuple[nodes.document | None, AbstractSet[type] | None]:
    """Let an index answer searches of a document from now on.

    :param tree: The document. It must change only by methods of its nodes; ``None`` if there is no
        such document any more.
    :param classes: All classes and base classes of nodes that the document has, or will have in the
        meantime; searches for others end at once. ``None`` if they are not known.
    :returns: The document before, and its classes: another call with them restores that state.
    """
    before = _known.document, _known.classes
    _known.document, _known.classes = tree, classes
    return before


def forget_index() -> None:
    """Note that unknown code may change a document without its methods."""
    _known.index = None


def index_again(tree: nodes.document) -> NodeIndex:
    """Create a new index after unknown code may have changed a document."""
    index = NodeIndex(tree)
    _known.index = index if _known.is_counting else None
    return index


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
            return _find(self, nodes.Node)
        if isinstance(condition, (type, tuple)):
            return _find(self, condition)
        if type(condition) is NodeMatcher:
            found = self.findall(condition.classes or None)
            name = next(iter(condition.attrs), None)
            return filter(condition.match, found if name is None else _with(found, name))
        return filter(condition, _find(self, nodes.Node))

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


def use_short_functions(*, wanted: bool) -> None:
    """Replace functions of docutils that run several times for each node, or restore them.

    :param wanted: ``False`` to restore them.
    """
    for (owner, name), functions in _SHORT.items():
        # another package may have replaced it, too
        if getattr(owner, name) in functions:
            setattr(owner, name, functions[wanted])
    _known.is_counting = count_changes(wanted=wanted)
    _known.index = None
    # they refer to their document, and that to its build
    take_removed()


def _unescape(
    text: str, restore_backslashes: bool = False, respect_whitespace: bool = False
) -> str:
    if "\x00" not in text:
        return str(text)
    return _stock_unescape(text, restore_backslashes, respect_whitespace)


def _walk_with(self: Any, visitor: nodes.NodeVisitor) -> bool:
    is_debugged = visitor.document.reporter.debug_flag
    return _stock_walk(self, visitor) if is_debugged else _visit(self, visitor)


def _walk_about_with(self: Any, visitor: nodes.NodeVisitor) -> bool:
    is_debugged = visitor.document.reporter.debug_flag
    return _stock_walkabout(self, visitor) if is_debugged else _visit_and_depart(self, visitor)


def _dispatch_visit(self: Any, node: nodes.Node) -> Any:
    if self.document.reporter.debug_flag:
        return _stock_dispatch_visit(self, node)
    return getattr(self, f"visit_{node.__class__.__name__}", self.unknown_visit)(node)


def _dispatch_departure(self: Any, node: nodes.Node) -> Any:
    if self.document.reporter.debug_flag:
        return _stock_dispatch_departure(self, node)
    return getattr(self, f"depart_{node.__class__.__name__}", self.unknown_departure)(node)


_stock_unescape = nodes.unescape
_stock_walk = nodes.Node.walk
_stock_walkabout = nodes.Node.walkabout
_stock_dispatch_visit = nodes.NodeVisitor.dispatch_visit
_stock_dispatch_departure = nodes.NodeVisitor.dispatch_departure

_SHORT: Final[Mapping[tuple[Any, str], tuple[Any, Any]]] = {
    (nodes.Node, "walk"): (_stock_walk, _walk_with),
    (nodes.Node, "walkabout"): (_stock_walkabout, _walk_about_with),
    (nodes.NodeVisitor, "dispatch_visit"): (_stock_dispatch_visit, _dispatch_visit),
    (nodes.NodeVisitor, "dispatch_departure"): (_stock_dispatch_departure, _dispatch_departure),
    (nodes, "unescape"): (_stock_unescape, _unescape),
}
"""What is replaced → the function of docutils, and a shorter one."""


def encode_faster(translator: type) -> dict[str, Any]:
    """Return what to add to a class of HTML translators to make it encode text faster.

    :returns: The method by name; nothing if the class does not encode text as docutils does.
    """
    stock = getattr(translator, "encode", None)
    characters = getattr(translator, "special_characters", None)
    if stock is not HTMLTranslator.encode or characters != _SPECIAL:
        return {}
    return {"encode": _encode}


def _encode(_self: object, text: object) -> str:
    # str.translate asks for each character; "&" is first, because the others become one
    return (
        str(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace('"', "&quot;")
        .replace(">", "&gt;")
        .replace("@", "&#64;")
    )


_SPECIAL: Final = {
    ord(character): text
    for character, text in zip('&<">@', ("&amp;", "&lt;", "&quot;", "&gt;", "&#64;"), strict=True)
}


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
    _unlink(tree)
    tree.transformer = None  # type: ignore[assignment] # as Sphinx does
    # nodes that transforms have replaced still refer to the document
    for name, value in vars(tree).items():
        if isinstance(value, (dict, list)) and name != "attributes":
            setattr(tree, name, type(value)())


def free_page(tree: nodes.document) -> None:
    """Take apart the document of a page, and all that has been removed from it."""
    free_removed(tree)
    take_apart(tree)


def free_removed(tree: nodes.document) -> None:
    """Unlink the nodes that have been removed from a document since the last call.

    Those that were removed from other documents are forgotten.
    """
    for node in take_removed():
        if node.children and node.parent is not None and node.document is tree:
            is_back = node in node.parent.children
            if not is_back:
                _unlink(node)


def _unlink(top: nodes.Node) -> None:
    """Remove the links from a node, and all nodes below, to their parents and to the document."""
    nodes_: list[Any] = [top]
    while nodes_:
        node = nodes_.pop()
        node.parent = node._document = None
        # a child may have another parent now
        nodes_ += [child for child in node.children if child.parent is node]


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


def _find(tree: nodes.document, condition: type | tuple[type, ...]) -> Iterator[Any]:
    if _known.document is tree:
        return _known.find(tree, condition)
    return walk([iter((tree,))], condition)


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
