"""Lists, definition lists and ``<details>``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sphinx_ajo.i18n import _
from sphinx_ajo.language.html.tree import attributes, children, is_space

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from justhtml import NodeType

    from sphinx_ajo.constructs.html.tokens.blocks import BlockWriter

_NUMBERS: Final = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}


def write_list_element(writer: BlockWriter, node: NodeType) -> None:
    """Write ``<ul>`` or ``<ol>``."""
    write_list(writer, node, children(node))


def write_list(writer: BlockWriter, node: NodeType | None, content: Iterable[NodeType]) -> None:
    """Write a list; content between its items becomes part of the item before it.

    :param node: The element; ``None`` for items without one.
    """
    items: list[tuple[NodeType | None, list[NodeType]]] = []
    for child in content:
        if child.name == "li":
            items.append((child, list(children(child))))
        elif items:
            items[-1][1].append(child)
        elif not is_space(child):
            items.append((None, [child]))
    if not items:
        return
    ordered = node is not None and node.name == "ol"
    type_, tag = ("ordered_list", "ol") if ordered else ("bullet_list", "ul")
    attrs = _number_attributes(node) if node is not None and ordered else {}
    writer.open(type_, tag, attrs=attrs, markup="." if ordered else "*")
    for item, inside in items:
        if item is not None:
            writer.at_line(writer.fragment.line(item))
        writer.open("list_item", "li", markup="." if ordered else "*")
        if item is not None:
            writer.anchor(item)
        writer.inside(inside)
        writer.close("list_item", "li")
    writer.close(type_, tag)


def _number_attributes(node: NodeType) -> dict[str, str | int | float]:
    result: dict[str, str | int | float] = {}
    attrs = attributes(node)
    style = re.search(r"list-style(?:-type)?:\s*([a-z-]+)", attrs.get("style", ""))
    number = _NUMBERS.get(attrs.get("type", ""), style[1] if style else "")
    if number in _NUMBERS.values():
        result["style"] = number
    start = attrs.get("start", "").strip()
    # docutils has no lists that begin with zero or below
    if start.isdecimal() and len(start) < 7 and int(start) > 1:
        result["start"] = int(start)
    return result


@dataclass(slots=True)
class _Definition:
    node: NodeType | None
    """The ``<dd>``, if there is one."""
    content: list[NodeType]


def write_definitions(writer: BlockWriter, node: NodeType) -> None:
    """Write a definition list.

    :param node: The ``<dl>`` element.
    """
    terms: list[NodeType] = []
    groups: list[tuple[list[NodeType], list[_Definition]]] = []
    for child in _definition_children(node):
        if child.name == "dt":
            if not terms or groups[-1][1]:
                terms = []
                groups.append((terms, []))
            terms.append(child)
        elif child.name == "dd":
            if not groups:
                groups.append(([], []))
            groups[-1][1].append(_Definition(child, list(children(child))))
        elif not is_space(child):
            if not groups:
                groups.append(([], []))
            if not groups[-1][1]:
                groups[-1][1].append(_Definition(None, []))
            groups[-1][1][-1].content.append(child)
    if not groups:
        return
    writer.open("dl", "dl")
    for group_terms, definitions in groups:
        _write_group(writer, group_terms, definitions)
    writer.close("dl", "dl")


def _definition_children(node: NodeType) -> Iterable[NodeType]:
    for child in children(node):
        if child.name == "div":
            yield from children(child)
        else:
            yield child


def _write_group(
    writer: BlockWriter, terms: Sequence[NodeType], definitions: Iterable[_Definition]
) -> None:
    for term in terms[:1]:
        writer.at_line(writer.fragment.line(term))
    writer.open("dt", "dt")
    sources = map(writer.line_source, terms)
    writer.inline("<br>".join(source for source in sources if source), html=True)
    writer.close("dt", "dt")
    for definition in definitions:
        writer.open("dd", "dd")
        if definition.node is not None:
            writer.anchor(definition.node)
        writer.inside(definition.content)
        writer.close("dd", "dd")


def write_details(writer: BlockWriter, node: NodeType) -> None:
    """Write text that unfolds below its summary.

    :param node: The ``<details>`` element.
    """
    content = list(children(node))
    summary = next((child for child in content if child.name == "summary"), None)
    writer.open("ajo_html_details", "details", meta={"open": "open" in attributes(node)})
    title = str(_("Details"))
    if summary is not None:
        content.remove(summary)
        title = writer.line_source(summary, title)
    writer.open("ajo_html_summary", "summary")
    writer.inline(title, html=True)
    writer.close("ajo_html_summary", "summary")
    writer.inside(content)
    writer.close("ajo_html_details", "details")
