"""Find the blocks of a page that belong to one piece of HTML.

CommonMark ends a block of HTML at a blank line, so the parts of one table may be several blocks,
with Markdown between them. Blocks with the same parent belong together from an opening tag to its
closing tag. An element that is not closed ends with its block, so that it does not swallow the
page.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from markdown_it.rules_inline import StateInline

from sphinx_ajo.constructs.html.tokens.block_elements import ELEMENT_WRITERS
from sphinx_ajo.constructs.html.tokens.blocks import BlockWriter
from sphinx_ajo.constructs.html.tokens.unknown import note_tag
from sphinx_ajo.language.bracket_markers import parts_between
from sphinx_ajo.language.emphasis_parts import with_whole_emphasis
from sphinx_ajo.language.html.fragment import Fragment, Piece
from sphinx_ajo.language.html.leftovers import EQUALS
from sphinx_ajo.language.html.names import BLOCKS, CODE
from sphinx_ajo.language.html.pairs import is_other, match_tags
from sphinx_ajo.language.html.tags import tag_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

    from sphinx_ajo.language.html.pairs import Mark
    from sphinx_ajo.language.html.tags import Tag

_BLOCK_NAMES: Final = BLOCKS | {name for name, equal in EQUALS.items() if equal in BLOCKS}
_BLOCK_TAG = re.compile(rf"</?(?:{'|'.join(sorted(_BLOCK_NAMES))})(?![a-z0-9-])", re.IGNORECASE)
_STOPS = re.compile(r"[\\`\[!<&]")
_CODE_NAMES: Final = CODE | {name for name, equal in EQUALS.items() if equal in CODE}
_CODE_END = re.compile(rf"</(?:{'|'.join(sorted(_CODE_NAMES))})\s*>", re.IGNORECASE)
_CELLS: Final = frozenset({"td_open", "th_open"})


@dataclass(slots=True)
class _Item:
    """One of the children of a block."""

    tokens: list[Token]
    pieces: list[Piece] = field(default_factory=list)
    """Its parts, if there is HTML in it."""


@dataclass(slots=True)
class _Parent:
    opening: Token | None
    items: list[_Item] = field(default_factory=list)


def convert_blocks(state: StateCore) -> None:
    """Replace the blocks of HTML of a page by tokens with the same meaning.

    :param state: The state of the parser, after the block rules and before the inline rules.
    """
    if not any(_has_html(token) for token in state.tokens):
        return
    parents = [_Parent(None)]
    for token in state.tokens:
        if token.nesting == 1:
            parents.append(_Parent(token))
        elif token.nesting == -1 and len(parents) > 1:
            parent = parents.pop()
            tokens = _convert(state, parent, top=False)
            parents[-1].items.append(
                _Item([parent.opening, *tokens, token] if parent.opening else tokens)
            )
        else:
            parents[-1].items.append(_Item([token]))
    state.tokens = _convert(state, parents[0], top=True)


def _has_html(token: Token) -> bool:
    return token.type == "html_block" or (
        token.type == "inline"
        and "<" in token.content
        and _BLOCK_TAG.search(token.content) is not None
    )


def _convert(state: StateCore, parent: _Parent, *, top: bool) -> list[Token]:
    """Convert the children of a block."""
    items = parent.items
    is_cell = parent.opening is not None and parent.opening.type in _CELLS
    for item in items:
        item.pieces = _pieces(state, item, is_cell=is_cell)
    if not any(item.pieces for item in items):
        return [token for item in items for token in item.tokens]
    # Markdown between two parts is a part itself, if it is inside an element
    pieces = [piece for item in items for piece in item.pieces or [_markdown(item)]]
    numbers = [i for i, item in enumerate(items) for _ in range(len(item.pieces) or 1)]
    marks = match_tags([piece.text if piece.html else None for piece in pieces])
    _note_others(state, pieces, marks)
    tokens: list[Token] = []
    for first, last in _runs(items, numbers, marks):
        start, end = bisect_left(numbers, first), bisect_right(numbers, last)
        if first == last and not items[first].pieces:
            tokens += items[first].tokens
            continue
        level = _level(parent)
        fragment = Fragment(pieces[start:end], marks[start:end], level)
        writer = BlockWriter(fragment, ELEMENT_WRITERS, level=level, top=top)
        tokens += writer.write()
    return tokens


def _note_others(
    state: StateCore, pieces: Sequence[Piece], marks: Sequence[Sequence[Mark]]
) -> None:
    for piece, found in zip(pieces, marks, strict=True):
        line, at = piece.line, 0
        for mark in filter(is_other, found):
            line += piece.text.count("\n", at, mark.tag.start)
            at = mark.tag.start
            note_tag(state.env, mark.tag, line)


def _level(parent: _Parent) -> int:
    return 0 if parent.opening is None else parent.opening.level + 1


def _markdown(item: _Item) -> Piece:
    line = next((token.map[0] for token in item.tokens if token.map), 0)
    return Piece(line, tokens=item.tokens)


def _pieces(state: StateCore, item: _Item, *, is_cell: bool) -> list[Piece]:
    """Return the parts of an item with block-level HTML; empty for any other item."""
    first = item.tokens[0]
    line = first.map[0] if first.map else 0
    if first.type == "html_block":
        return [Piece(line, first.content, html=True)]
    inline = None
    if first.type == "paragraph_open":
        inline = item.tokens[1]
    elif is_cell and first.type == "inline":
        inline = first
    if inline is None or inline.type != "inline" or not _has_html(inline):
        return []
    return inline_pieces(state, inline.content, inline.map[0] if inline.map else line)


def inline_pieces(state: StateCore, text: str, line: int) -> list[Piece]:
    """Cut inline Markdown at its tags, if one of them is a block element.

    :param text: The source of a paragraph or cell.
    :returns: HTML and Markdown in turn; empty if there is no such tag outside of code.
    """
    inline = StateInline(text, state.md, state.env, [])
    cuts: list[tuple[int, int]] = []
    blocks: list[int] = []
    at = 0
    last_code_end = max((end.end() for end in _CODE_END.finditer(text)), default=0)
    while stop := _STOPS.search(text, at):
        at = stop.start()
        tag = tag_at(text, at) if text[at] == "<" else None
        if tag is not None and (":" not in tag.name or tag.is_other):
            if tag.name in BLOCKS:
                blocks.append(len(cuts))
            end = tag.end
            if tag.name in CODE and not tag.closing and end < last_code_end:
                # nothing in it is Markdown, as in a block of its own
                end = _code_end(text, tag)
            cuts.append((tag.start, end))
            at = end
        else:
            inline.pos = at
            state.md.inline.skipToken(inline)
            at = max(inline.pos, at + 1)
    return list(_cut(text, cuts, blocks, line)) if blocks else []


def _cut(
    text: str, cuts: Sequence[tuple[int, int]], blocks: Sequence[int], line: int
) -> Iterator[Piece]:
    """Yield the tags of a text, and the texts between them.

    :param blocks: The numbers of the tags of block elements.
    """
    parts = with_whole_emphasis(parts_between(text, cuts), blocks)
    at = 0
    for (start, end), part in zip(cuts, parts, strict=False):
        if part:
            yield Piece(line, part)
        line += text.count("\n", at, start)
        yield Piece(line, text[start:end], html=True)
        line += text.count("\n", start, end)
        at = end
    if parts[-1]:
        yield Piece(line, parts[-1])


def _code_end(text: str, tag: Tag) -> int:
    end = _CODE_END.search(text, tag.end)
    return end.end() if end else tag.end


def _runs(
    items: Sequence[_Item], numbers: Sequence[int], marks: Sequence[list[Mark]]
) -> list[tuple[int, int]]:
    """Return the first and last item of each run; an item on its own is a run, too."""
    reach = list(range(len(items)))
    for found in marks:
        for mark in found:
            last = -1
            if mark.partner is not None and not mark.tag.closing:
                last = mark.partner.piece
            elif mark.partner is None:
                last = mark.evidence
            if last >= 0:
                first_item, last_item = numbers[mark.piece], numbers[last]
                reach[first_item] = max(reach[first_item], last_item)
    runs: list[tuple[int, int]] = []
    at = 0
    while at < len(items):
        end, index = reach[at], at
        while index < end:
            index += 1
            end = max(end, reach[index])
        runs.append((at, end))
        at = end + 1
    return runs
