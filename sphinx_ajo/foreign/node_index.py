"""An index of the nodes of a document by class, which ends when the document changes.

Transforms and collectors search a page about 50 times for nodes that it has, and most of them
change nothing. Methods of docutils count the changes of all documents while the index is in use.
"""

from __future__ import annotations

from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final
from weakref import ref

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_children: Final = attrgetter("children")
_parent: Final = attrgetter("parent")


class _Changes:
    """How often documents have changed, and which nodes were removed from them."""

    count = 0
    removed: Final[list[Any]] = []


_changes: Final = _Changes()


class NodeIndex:
    """The nodes of one document in the order of the text."""

    def __init__(self, tree: nodes.document) -> None:
        """Walk through a document once."""
        self._tree = ref(tree)
        self._changes = _changes.count
        self._nodes: list[Any] = []
        self._depths: list[int] = []
        self._places: dict[type, list[int]] = {}
        self._found: dict[Any, Sequence[int]] = {}
        self._collect(tree)
        # changes of a node without a parent are not counted: usually it is under construction
        self.is_whole = None not in map(_parent, self._nodes[1:])
        # an element may get another list later, while a search goes on with the present one
        self._below = list(map(_children, self._nodes))

    def _collect(self, tree: nodes.document) -> None:
        note_node, note_depth = self._nodes.append, self._depths.append
        above: list[Iterator[Any]] = []
        level: Iterator[Any] = iter((tree,))
        depth = 0
        while True:
            for node in level:
                note_node(node)
                note_depth(depth)
                children = node.children
                if children:
                    above.append(level)
                    level = iter(children)
                    depth += 1
                    break
            else:
                if not above:
                    break
                level = above.pop()
                depth -= 1
        places = self._places
        for place, class_ in enumerate(map(type, self._nodes)):
            if class_ in places:
                places[class_].append(place)
            else:
                places[class_] = [place]

    @property
    def classes(self) -> set[type]:
        """The classes of all nodes, with their base classes."""
        return set(chain.from_iterable(class_.__mro__ for class_ in self._places))

    def is_of(self, tree: nodes.document) -> bool:
        """Tell whether this is the index of a document, which has not changed since."""
        return self._changes == _changes.count and self._tree() is tree

    def find(self, condition: type | tuple[type, ...]) -> Iterator[Any]:
        """Yield the nodes of a class, or of several classes.

        :returns: The nodes, lazily: after a change, the search goes on in the changed document, as
            one without an index does.
        """
        found, changes = self._nodes, _changes
        for place in self._places_of(condition):
            yield found[place]
            if changes.count != self._changes:
                yield from self._go_on(place, condition)
                return

    def _places_of(self, condition: type | tuple[type, ...]) -> Sequence[int]:
        found = self._found.get(condition)
        if found is None:
            lists = [
                places for class_, places in self._places.items() if issubclass(class_, condition)
            ]
            if len(lists) == 1:
                found = lists[0]
            elif len(lists) == len(self._places):
                found = range(len(self._nodes))
            else:
                found = sorted(chain.from_iterable(lists))
            self._found[condition] = found
        return found

    def _go_on(self, place: int, condition: type | tuple[type, ...]) -> Iterator[Any]:
        """Search what comes after a node, where iterators over all lists of children would be."""
        above: list[Iterator[Any]] = []
        depth, before = self._depths[place], 0
        for other in range(place - 1, -1, -1):
            if self._depths[other] == depth:
                before += 1
            elif self._depths[other] == depth - 1:
                siblings: Any = iter(self._below[other])
                siblings.__setstate__(before + 1)
                above.append(siblings)
                depth, before = depth - 1, 0
        above.reverse()
        above.append(iter(self._nodes[place].children))
        return walk(above, condition)


def walk(above: list[Iterator[Any]], condition: type | tuple[type, ...]) -> Iterator[Any]:
    """Yield the nodes of a class, or of several classes, and go down into all nodes.

    :param above: Iterators over the children of the open nodes, the innermost one at the end. The
        lists may still change.
    """
    while above:
        level = above.pop()
        for node in level:
            if isinstance(node, condition):
                yield node
            children = node.children
            if children:
                above.append(level)
                above.append(iter(children))
                break


def count_changes(*, wanted: bool) -> bool:
    """Make the methods that change documents count the changes, or restore them.

    :param wanted: ``False`` to restore them.
    :returns: ``True`` if all of them count; another package may have replaced one.
    """
    for name, (owner, *functions) in _METHODS.items():
        if getattr(owner, name) in functions:
            setattr(owner, name, functions[wanted])
    return all(getattr(owner, name) is counting for name, (owner, _, counting) in _METHODS.items())


def take_removed() -> list[Any]:
    """Return the nodes that methods have removed since the last time, and forget them."""
    removed = _changes.removed.copy()
    _changes.removed.clear()
    return removed


def _set_item(self: Any, key: Any, item: Any) -> None:
    if not isinstance(key, str):
        _changes.count += 1
        _note_removed(self.children[key])
    _STOCK["__setitem__"](self, key, item)


def _delete_item(self: Any, key: Any) -> None:
    if not isinstance(key, str):
        _changes.count += 1
        _note_removed(self.children[key])
    _STOCK["__delitem__"](self, key)


def _pop(self: Any, i: int = -1) -> Any:
    _changes.count += 1
    node = self.children.pop(i)
    _changes.removed.append(node)
    return node


def _remove(self: Any, item: Any) -> None:
    _changes.count += 1
    self.children.remove(item)
    _changes.removed.append(item)


def _clear(self: Any) -> None:
    _changes.count += 1
    _changes.removed.extend(self.children)
    self.children = []


def _note_removed(nodes_: Any) -> None:
    if isinstance(nodes_, list):
        _changes.removed.extend(nodes_)
    else:
        _changes.removed.append(nodes_)


def _set_up_child(self: Any, child: Any) -> None:
    if self.parent is not None or self._document is self:
        _changes.count += 1
    child.parent = self
    # docutils looks for the document, which may take a climb, up to four times
    tree = self._document or self.document
    if tree:
        child.document = tree
        if child.source is None:
            child.source = tree.current_source
        if child.line is None:
            child.line = tree.current_line


_COUNTING: Final[Mapping[str, Any]] = {
    "setup_child": _set_up_child,
    "__setitem__": _set_item,
    "__delitem__": _delete_item,
    "pop": _pop,
    "remove": _remove,
    "clear": _clear,
}
_OWNERS: Final = {
    name: next(class_ for class_ in nodes.Element.__mro__ if name in vars(class_))
    for name in _COUNTING
}
_STOCK: Final = {name: getattr(owner, name) for name, owner in _OWNERS.items()}
_METHODS: Final = {
    name: (_OWNERS[name], _STOCK[name], counting) for name, counting in _COUNTING.items()
}
"""Names of methods of elements → their class, the one of docutils, and one that counts."""
