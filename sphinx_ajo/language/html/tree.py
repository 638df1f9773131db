"""Read the nodes of the HTML parser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from justhtml import Text

from sphinx_ajo.language.html.policy import safe_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from justhtml import NodeType

TEXT: Final = "#text"
"""The name of a text node."""

SPACE = re.compile(r"[ \t\n\r\f]+")
"""What HTML collapses to one space."""


def attributes(node: NodeType) -> dict[str, str]:
    """Return the attributes of a node.

    :returns: Name → value; empty for one that is not an element.
    """
    if isinstance(node, Text) or not node.attrs:
        return {}
    return {key: value or "" for key, value in node.attrs.items()}


def children(node: NodeType) -> Sequence[NodeType]:
    """Return the children of a node."""
    return node.children or ()


def is_space(node: NodeType) -> bool:
    """Tell whether a node is white space between elements, or a comment."""
    if node.name == TEXT:
        return not SPACE.sub("", str(node.data or ""))
    return bool(node.name.startswith(("#", "!")))


def descendants(nodes: Iterable[NodeType]) -> Iterator[NodeType]:
    """Walk through nodes and all that is in them, parents first."""
    stack = list(nodes)
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(children(node)))


def anchor_name(node: NodeType) -> str:
    """Return the name under which links lead to an element.

    :returns: Its id, or the name of an ``<a>``; empty if it has none.
    """
    attrs = attributes(node)
    return safe_id(attrs.get("id") or (attrs.get("name", "") if node.name == "a" else ""))


def is_anchor(node: NodeType) -> bool:
    """Tell whether an element is only a target of links, without content."""
    return (
        node.name in {"a", "span"}
        and "href" not in attributes(node)
        and bool(anchor_name(node))
        and all(map(is_space, children(node)))
    )
