"""The functions that write the block elements of HTML as tokens, by tag."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx_ajo.constructs.html.tokens import lists, tables
from sphinx_ajo.constructs.html.tokens.blocks import ElementWriters
from sphinx_ajo.language.html.names import CODE_BLOCKS, HEADINGS
from sphinx_ajo.language.html.tree import attributes, children

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from justhtml import NodeType

    from sphinx_ajo.constructs.html.tokens.blocks import BlockWriter


def _write_heading(writer: BlockWriter, node: NodeType) -> None:
    writer.heading(node)


def _write_code(writer: BlockWriter, node: NodeType) -> None:
    code = next((child for child in children(node) if child.name == "code"), node)
    classes = f"{attributes(node).get('class', '')} {attributes(code).get('class', '')}"
    language = next(
        (
            name.partition("-")[2]
            for name in classes.split()
            if name.startswith(("language-", "lang-"))
        ),
        "",
    )
    fields = {"info": language, "markup": "```"} if language else {}
    kind = "fence" if language else "code_block"
    parts = list(writer.code(node))
    for text, block in parts:
        source = text if len(parts) == 1 else text.strip("\n")
        if source.strip() or len(parts) == 1:
            end = "\n" if source and not source.endswith("\n") else ""
            writer.leaf(kind, "code", content=source + end, **fields)
        if block is not None:
            writer.slot(block)


def _write_rule(writer: BlockWriter, _node: NodeType) -> None:
    writer.leaf("ajo_html_rule", "hr")


def _write_quote(writer: BlockWriter, node: NodeType) -> None:
    writer.nested("blockquote", "blockquote", children(node))


def _write_table(writer: BlockWriter, node: NodeType) -> None:
    writer.note_table(tables.write_table(writer, node))


_BY_TAG: Final[dict[str, Callable[[BlockWriter, NodeType], None]]] = {
    **dict.fromkeys(HEADINGS, _write_heading),
    **dict.fromkeys(CODE_BLOCKS, _write_code),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), lists.write_list_element),
    "dl": lists.write_definitions,
    "blockquote": _write_quote,
    "details": lists.write_details,
    "hr": _write_rule,
    "table": _write_table,
}


def _write_items(writer: BlockWriter, items: Sequence[NodeType]) -> None:
    lists.write_list(writer, None, items)


ELEMENT_WRITERS: Final = ElementWriters(_BY_TAG, _write_items)
