"""Turn a parsed fragment into block tokens.

Where Markdown has an equivalent (lists, headings, quotes, code), the tokens are those of Markdown,
so that later steps treat HTML like Markdown.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sphinx_ajo.constructs.html.tokens.writer import TokenWriter, moved
from sphinx_ajo.language.alert_kinds import kind_of
from sphinx_ajo.language.html.layout import box_attributes, find_cards
from sphinx_ajo.language.html.leftovers import NOTE, NOTE_TITLE
from sphinx_ajo.language.html.names import BLOCKS, BOXES, CODE_BLOCKS, HEADINGS, INVISIBLE, KNOWN
from sphinx_ajo.language.html.source import element_tags, inline_source, opening_tag
from sphinx_ajo.language.html.tree import (
    TEXT,
    anchor_name,
    attributes,
    children,
    descendants,
    is_anchor,
    is_space,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from justhtml import NodeType
    from markdown_it.token import Token

    from sphinx_ajo.language.html.fragment import Fragment


_UNSPLIT: Final = frozenset({"table", "ul", "ol", "menu", "dir", "dl", "blockquote", "details"})
_LAYOUT = re.compile(r"\s*\{\s*style\s*=\s*.{0,6}?table-layout:\s*(auto|fixed)\W*\}\s*$", re.I)


class ElementWriters(NamedTuple):
    """The functions that write elements other than boxes."""

    by_tag: Mapping[str, Callable[[BlockWriter, NodeType], None]]
    write_items: Callable[[BlockWriter, Sequence[NodeType]], None]
    """Writes list items that are not in a list."""


class BlockWriter(TokenWriter):
    """Writes the tokens of one fragment."""

    def __init__(
        self,
        fragment: Fragment,
        writers: ElementWriters,
        *,
        level: int,
        top: bool,
    ) -> None:
        """Start with no tokens.

        :param writers: The functions that write elements other than boxes.
        :param top: Whether no block contains the fragment, so that its headings make sections.
        """
        super().__init__(level)
        self.fragment = fragment
        self._writers = writers
        self._top = top
        self._in_card = False
        self._table: Token | None = None
        self._with_block: set[int] = set()
        self._with_heading: set[int] = set()
        self._look_ahead()

    def write(self) -> list[Token]:
        """Write the whole fragment."""
        self.children(self.fragment.children)
        # slots that the parser read as the text of a <title> or an <iframe>
        for piece in self.fragment.slots:
            if not piece.claim():
                continue
            if piece.tokens:
                self.push(*moved(piece.tokens, self._level))
            else:
                self.paragraph(piece.text, piece.line)
        return self._tokens

    def _look_ahead(self) -> None:
        """Note which elements hold blocks, and which hold headings that can be sections."""
        for node in reversed(list(descendants(self.fragment.children))):
            piece = self.fragment.slot(node)
            block = node.name in BLOCKS or node.name in CODE_BLOCKS or bool(piece and piece.tokens)
            heading = node.name in HEADINGS or bool(
                piece and any(token.type == "heading_open" for token in piece.tokens[:1])
            )
            inside = children(node)
            if block or any(id(child) in self._with_block for child in inside):
                self._with_block.add(id(node))
            if heading or (
                node.name not in _UNSPLIT
                and any(id(child) in self._with_heading for child in inside)
            ):
                self._with_heading.add(id(node))

    def children(self, nodes: Iterable[NodeType], classes: str = "") -> None:
        """Write nodes; inline nodes become paragraphs.

        :param classes: The classes of a paragraph at the end.
        """
        run: list[NodeType] = []
        items: list[NodeType] = []
        for node in nodes:
            if node.name == "li":
                items.append(node)
                continue
            if items and not is_space(node):
                self._items(items, run)
            if id(node) not in self._with_block:
                run.append(node)
            elif node.name not in INVISIBLE:
                self._flush(run)
                self.at_line(self.fragment.line(node))
                self._element(node)
        self._items(items, run)
        self._flush(run, classes)

    def _items(self, items: list[NodeType], run: list[NodeType]) -> None:
        """Write list items that are not in a list."""
        if items:
            self._flush(run)
            self.at_line(self.fragment.line(items[0]))
            self._writers.write_items(self, items)
            items.clear()

    def _flush(self, run: list[NodeType], classes: str = "") -> None:
        if not run:
            return
        nodes, run[:] = list(run), []
        while nodes and (is_space(nodes[0]) or nodes[0].name == "br"):
            del nodes[0]
        while nodes and (is_space(nodes[-1]) or nodes[-1].name == "br"):
            del nodes[-1]
        if not nodes:
            return
        html = all(self.fragment.slot(node) is None for node in descendants(nodes))
        line = next((n for n in map(self.fragment.line, nodes) if n is not None), None)
        if all(is_anchor(node) or is_space(node) for node in nodes):
            self.at_line(line)
            for node in nodes:
                if node.name != TEXT:
                    self.anchor(node)
            return
        source = self.source(nodes)
        if not self._take_layout(source):
            self.paragraph(source, line, html=html, classes=classes)

    def _take_layout(self, source: str) -> bool:
        """Give a table the style in braces below it, if there is no blank line between them."""
        layout = _LAYOUT.match(source)
        table = self._table
        if layout is None or table is None or self._tokens[-1].type != "ajo_html_table_close":
            return False
        table.attrJoin("class", f"ajo-table-{layout[1].lower()}")
        return True

    def source(self, nodes: Iterable[NodeType]) -> str:
        """Return the Markdown source of inline nodes."""
        return inline_source(nodes, self._slot_source)

    def code(self, node: NodeType) -> Iterator[tuple[str, NodeType | None]]:
        """Yield the text of an element as code, with its line breaks.

        :yields: The text before each block of Markdown that cannot be text, with that block;
            finally the text after the last of these blocks, with ``None``.
        """
        parts: list[str] = []
        for current in descendants([node]):
            piece = self.fragment.slot(current)
            text = None if piece is None else piece.take_text()
            if piece is not None and text is None:
                yield "".join(parts), current
                parts = []
            elif current.name == "br":
                parts.append("\n")
            elif text or current.name == TEXT:
                parts.append(text or str(current.data or ""))
        yield "".join(parts), None

    def _slot_source(self, node: NodeType) -> str | None:
        piece = self.fragment.slot(node)
        if piece is None:
            return None
        if piece.tokens and piece.tokens[0].type != "paragraph_open":
            return ""  # no room for a block here: it comes at the end
        if not piece.claim():
            return ""
        return piece.tokens[1].content if piece.tokens else piece.text

    def note_table(self, table: Token | None) -> None:
        """Note the table that was written last."""
        self._table = table

    def line_source(self, node: NodeType, default: str = "") -> str:
        """Return the Markdown source of an element on one line: its anchor and its content."""
        name = anchor_name(node)
        anchor = f"{opening_tag('a', {'id': name})}</a>" if name else ""
        return anchor + (self.source(children(node)).strip() or default)

    def anchor(self, node: NodeType) -> None:
        """Write an anchor for an element with an id."""
        name = anchor_name(node)
        if name:
            self.leaf("ajo_html_anchor", "a", attrs={"id": name})

    def _element(self, node: NodeType) -> None:
        piece = self.fragment.slot(node)
        name = str(node.name)
        if piece is not None:
            self.slot(node)
        elif name in self._writers.by_tag:
            self.anchor(node)
            self._writers.by_tag[name](self, node)
        elif NOTE in attributes(node):
            self._alert(node)
        elif name in BOXES or name in {"p", "figcaption", "caption", "legend", "summary"}:
            self._box(node)
        elif name in BLOCKS or name not in KNOWN:
            self.children(children(node))
        else:
            self._wrap.append(element_tags(node))
            self.children(children(node))
            self._wrap.pop()

    def _alert(self, node: NodeType) -> None:
        found = attributes(node)
        self.anchor(node)
        self.open("ajo_alert", "div", meta={"kind": kind_of(found[NOTE]) or "note"})
        if title := found.get(NOTE_TITLE):
            self.open("ajo_alert_title", "p")
            self.leaf("inline", "", content=title, children=[])
            self.close("ajo_alert_title", "p")
        self.inside(children(node))
        self.close("ajo_alert", "div")

    def slot(self, node: NodeType) -> None:
        """Write the Markdown that an element stands for."""
        piece = self.fragment.slot(node)
        if piece is None or not piece.claim():
            return
        tokens = piece.tokens
        if self._wrap and tokens[0].type == "paragraph_open":
            self.paragraph(tokens[1].content, piece.line)
        elif tokens[0].type == "heading_open":
            self._push_heading(tokens)
        else:
            self.push(*moved(tokens, self._level))

    def heading(self, node: NodeType) -> None:
        """Write a heading."""
        source = self.source(children(node)).strip()
        if not source:
            return
        outer, self._tokens = self._tokens, []
        boxes, self._boxes = self._boxes, []
        tag = str(node.name)
        self.open("heading", tag, markup="#" * int(tag[1]))
        self.inline(source, html=True)
        self.close("heading", tag)
        self._boxes = boxes
        tokens, self._tokens = self._tokens, outer
        self._push_heading(tokens)

    def _push_heading(self, tokens: list[Token]) -> None:
        if self._top:
            self.push_heading(tokens)
        else:
            self.push(*moved(tokens, self._level))

    def _box(self, node: NodeType) -> None:
        attrs = box_attributes(node)
        if attrs is None:
            return
        self.anchor(node)
        content = children(node)
        cards = find_cards(node)
        if cards:
            self._cards(cards)
        elif not attrs or self._in_card:
            self.children(content)
        elif node.name == "p" and attrs.keys() == {"class"}:
            self.children(content, str(attrs["class"]))
        elif self._top and id(node) in self._with_heading and "style" not in attrs:
            self.open_box(attrs)
            self.children(content)
            self.close_box()
        else:
            self.nested("ajo_html_box", "div", content, attrs=attrs)

    def _cards(self, cards: Sequence[NodeType]) -> None:
        self.open("ajo_cards", "div", attrs={"class": "landing-cards-container"})
        for card in cards:
            self.at_line(self.fragment.line(card))
            self._in_card = True
            self.nested("ajo_card", "div", children(card))
            self._in_card = False
        self.close("ajo_cards", "div")

    def nested(self, type_: str, tag: str, nodes: Sequence[NodeType], **fields: Any) -> None:
        """Write an element around nodes."""
        self.open(type_, tag, **fields)
        self.inside(nodes)
        self.close(type_, tag)

    def inside(self, nodes: Iterable[NodeType]) -> None:
        """Write the content of an element, where headings make no sections."""
        top, self._top = self._top, False
        self.children(nodes)
        self._top = top
