"""Attributes in braces after links and images, and below blocks (exl-markdown.md, 4.11).

:mod:`~sphinx_ajo.constructs.images` and :mod:`~sphinx_ajo.constructs.links` interpret the
attributes of images and links; here, they are removed from the text and set on the token.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Final

from markdown_it.token import Token

from sphinx_ajo.base.problems import AjoWarnings, add_problem
from sphinx_ajo.constructs.headings import ID, may_take_id
from sphinx_ajo.language.attributes import ZERO_WIDTH, end_of_shown, parse_attributes
from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.markup.blocks import INTERRUPTS, match_line
from sphinx_ajo.markup.construct import Construct
from sphinx_ajo.markup.ids import ELEMENT_ID, ENDS_TEXT, ID_OF, push_element_id
from sphinx_ajo.markup.renderer import render_nothing

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline


LINK_NAMES: Final = frozenset({"target", "class", "id", "title"})
"""The attributes of a link."""

IMAGE_NAMES: Final = frozenset(
    {
        *("width", "height", "align", "vertical-align", "zoomable", "modal"),
        *("class", "id", "title"),
    }
)
"""The attributes of an image."""

BLOCK_NAMES: Final = frozenset({"class", "id", "style"})
"""The attributes of a block, on a line of their own below it."""

TEXT_NAMES: Final = frozenset({"class", "id", "style", "target"})
"""The attributes that are recognized right after the last word of a block."""

OTHER_NAMES: Final = BLOCK_NAMES | IMAGE_NAMES | LINK_NAMES - {"title"}
"""The attributes that are recognized, and ignored, after elements that cannot have any, such as
code."""

TARGETS: Final = frozenset({"_blank", "_self", "_parent", "_top"})
"""The names of windows in HTML."""

LAYOUTS: Final = {"auto": "ajo-table-auto", "fixed": "ajo-table-fixed"}
"""``table-layout`` → the class of the table."""

_INLINE = re.compile(r"\{(?![{#%$])(?:[^{}\"'\n]|\"[^\"\n]*\"|'[^'\n]*')*\}")
_INLINE_LOOSE = re.compile(r"\{(?![{#%$])[^{}\n]*\}")
# an id, and optionally other attributes; in `{#each x}`, the word is not an attribute
_WITH_ID = re.compile(
    r"\{:?[ \t]*(?:\.[\w-]+[ \t]+)*+#[^\s{}#<>\"'`/]+(?:[ \t,][^{}\n]*+)?\}(?!\})"
)
_LINE = re.compile(r"\{(?![{%$])([^{}\n]++(?:\}[ \t]*+\{[^{}\n]++)*)\}[ \t\u200b]*$")
_APART: Final = {ord("{"): " ", ord("}"): " "}
_LAYOUT = re.compile(r"\s*table-layout\s*:\s*(auto|fixed)\s*(?:;\s*)?\Z", re.IGNORECASE)
_CLASS = re.compile(r"[A-Za-z_][\w-]*\Z")
_LINE_END = re.compile(r"[ \t]*+\n")
_PAIR = re.compile(r"(?<![\w-])[\w-]++\s*=|(?:^|[\s,:])\.[A-Za-z]|^:#")
_ENDS: Final = "*_~`)>]"
"""Tokens that can end an element."""

_LISTS = frozenset({"list_item_close", "bullet_list_close", "ordered_list_close"})
_TABLES = frozenset({"table_close", "ajo_html_table_close"})
_TRANSPARENT = frozenset({"inline", "html_block"})
_TITLES = frozenset({"ajo_accordion_title_close", "ajo_tab_label_close"})
_BREAKS = frozenset({"softbreak", "hardbreak"})


def attributes_plugin(md: MarkdownIt, *, dialect: Dialect) -> None:
    """Add attributes in braces: ``{name="value" .class #id}``.

    They are directly after a link or an image, or on a separate line below a block. They leave no
    tokens, but become attributes of the token that they belong to. In the mixed dialect, MyST's own
    attribute extensions take precedence if the user has enabled them.

    :param dialect: The dialect it reads. In the mixed one, only attributes that MyST does not have
        are read: directly after a link or an image, and the layout of a table.
    """
    enabled = md.options["myst_config"].enable_extensions
    after = {"image": IMAGE_NAMES, "link_close": LINK_NAMES}
    if dialect is Dialect.EXL:
        after["code_inline"] = OTHER_NAMES
    if dialect is Dialect.MIXED:
        if "attrs_inline" in enabled:
            after = {}
        elif "attrs_image" in enabled:
            del after["image"]
    if after:
        md.inline.ruler.push("ajo_attributes", partial(_inline_rule, after=after, dialect=dialect))
    if dialect is Dialect.EXL or "attrs_block" not in enabled:
        md.block.ruler.before(
            "fence", "ajo_attributes", partial(_block_rule, dialect=dialect), INTERRUPTS
        )
        md.core.ruler.after("block", "ajo_attributes", _attach_rule)


def _inline_rule(
    state: StateInline,
    silent: bool,
    *,
    after: Mapping[str, Collection[str]],
    dialect: Dialect,
) -> bool:
    # while markdown-it looks ahead, it creates no tokens that the rule could look back at
    if silent or not state.src.startswith("{", state.pos):
        return False
    if state.tokens and _behind(state, after, dialect):
        return True
    return dialect is Dialect.EXL and (_end_rule(state) or _element_rule(state))


def _behind(state: StateInline, after: Mapping[str, Collection[str]], dialect: Dialect) -> bool:
    """Parse the attributes of the element before the brace."""
    back, blank = _before(state, dialect)
    if back is None or state.tokens[back].type not in after:
        return False
    token = state.tokens[back]
    match = _braces(state, ids=dialect is Dialect.EXL and not blank)
    if match is None:
        return False
    attrs = _read(match[0][1:-1])
    if token.type == "link_close":
        attrs = _link_target(attrs)
    allowed = {name: attrs[name] for name in attrs if name in after[token.type]}
    is_code = token.type == "code_inline"
    if not attrs or not _is_meant(
        attrs, allowed, strict=blank or is_code or dialect is Dialect.MIXED
    ):
        return False
    if token.type == "link_close":
        token = _opening(state.tokens, back)
    own = {} if dialect is Dialect.MIXED else _own(allowed, is_code=is_code)
    if not is_code:
        _set_attributes(token, {name: allowed[name] for name in allowed if name not in own})
    if blank:
        del state.tokens[back + 1 :]
        state.pending = ""
    if own:
        push_element_id(state, own, match[0])
    state.pos = match.end()
    return True


def _own(attrs: Mapping[str, str], *, is_code: bool) -> dict[str, str]:
    """Return the attributes that the token itself cannot have: the id, and the class of code."""
    names = ("id", "class") if is_code else ("id",)
    return {name: attrs[name] for name in names if attrs.get(name)}


def _end_rule(state: StateInline) -> bool:
    """Remove attributes at the end of a paragraph or cell: they were meant for the whole of it."""
    end = end_of_shown(state.src, state.posMax)
    if not state.src.startswith("}", end - 1) or state.linkLevel:
        return False
    before = state.src[: state.pos]
    attached = before.strip() == before
    if before.endswith(("{", "/", "$")):
        return False  # they belong to a word
    attrs: dict[str, str] = {}
    at = state.pos
    while at < end:
        match = _braces(state, at, ids=True)
        if match is None:
            return False
        more = _read(match[0][1:-1])
        if not more.keys() <= (TEXT_NAMES if attached else OTHER_NAMES) or not any(more.values()):
            return False
        # the first id is used
        attrs = {**more, **attrs, **_joined_classes(attrs, more)}
        at = _skip_blanks(state, match.end())
    at = state.posMax
    if not attrs.keys() & {"id", "class"} and before.endswith(">"):
        return False  # HTML has its own attributes
    if "id" not in attrs and before.endswith("]"):
        return False  # a span of other dialects, of which nothing is lost
    if not before.strip() and "id" not in attrs:
        return False  # they are the whole text
    state.pending = state.pending.rstrip(" \t")
    while not state.pending and state.tokens and state.tokens[-1].type in _BREAKS:
        state.tokens.pop()
    if attrs.keys() & {"id", "class"}:
        # a target for links
        push_element_id(state, attrs, state.src[state.pos : at])
        state.tokens[-1].meta[ENDS_TEXT] = True
    state.pos = at
    return True


def _skip_blanks(state: StateInline, at: int) -> int:
    while at < state.posMax and state.src[at] in " \t":
        at += 1
    return at


def _joined_classes(attrs: Mapping[str, str], more: Mapping[str, str]) -> dict[str, str]:
    classes = " ".join(found["class"] for found in (attrs, more) if "class" in found)
    return {"class": classes} if classes else {}


def _element_rule(state: StateInline) -> bool:
    """Parse an id or a class right after a text; emphasis decides later whether it is valid."""
    before = state.src[state.pos - 1] if state.pos else "\n"
    if before in "\n{/$" or state.linkLevel:
        return False
    match = _braces(state, ids=True)
    attrs = _read(match[0][1:-1]) if match else {}
    more = not state.pending and bool(state.tokens) and state.tokens[-1].type == ELEMENT_ID
    if match is None or not (attrs.get("id") or (attrs.get("class") and (more or before in _ENDS))):
        return False
    if not attrs.keys() <= OTHER_NAMES:
        return False
    if before.isspace():
        if "id" not in attrs or not _LINE_END.match(state.src, match.end()):
            return False
        state.pending = state.pending.rstrip(" \t")
    push_element_id(state, attrs, match[0])
    state.pos = match.end()
    return True


def _read(text: str) -> dict[str, str]:
    """Parse the inside of braces; in Markdown for Jekyll, it begins with a colon."""
    return parse_attributes(text.removeprefix(":"))


def _before(state: StateInline, dialect: Dialect) -> tuple[int | None, bool]:
    """Find the token that a brace belongs to; tell whether there are spaces between the two."""
    index = len(state.tokens) - 1
    if dialect is Dialect.MIXED:
        return (None if state.pending else index), False
    if state.pending.strip(" \t" + ZERO_WIDTH):
        return None, False
    # braces may follow each other
    while index > 0 and not state.pending and state.tokens[index].type == ELEMENT_ID:
        index -= 1
    last = index
    # an entity is a separate token
    while index > 0 and (
        state.tokens[index].type in _BREAKS
        or (state.tokens[index].type == "text_special" and not _visible(state.tokens[index]))
    ):
        index -= 1
    return index, bool(state.pending) or index < last


def _visible(token: Token) -> bool:
    return bool(token.content.strip(ZERO_WIDTH))


def _braces(
    state: StateInline, at: int | None = None, *, ids: bool = False
) -> re.Match[str] | None:
    at = state.pos if at is None else at
    match = _INLINE.match(state.src, at, state.posMax)
    if match is None and ids and state.src[max(at - 1, 0) : at] != "{":
        match = _WITH_ID.match(state.src, at, state.posMax)
    # an apostrophe or an unpaired quote
    return match or _INLINE_LOOSE.match(state.src, at, state.posMax)


def _is_meant(attrs: Mapping[str, str], allowed: Mapping[str, str], *, strict: bool) -> bool:
    """Tell whether braces contain attributes, and not other text."""
    if strict or not any(attrs.values()):
        return len(allowed) == len(attrs) and (not strict or any(attrs.values()))
    return True


def _link_target(attrs: dict[str, str]) -> dict[str, str]:
    # "{_blank}" is written for "{target=_blank}"
    for name in TARGETS & attrs.keys():
        if not attrs[name]:
            attrs = {key: value for key, value in attrs.items() if key != name}
            attrs.setdefault("target", name)
    return attrs


def _opening(tokens: list[Token], index: int) -> Token:
    level = tokens[index].level
    # links do not nest, so each token of a link is visited once
    while tokens[index].type != "link_open" or tokens[index].level != level:
        index -= 1
    return tokens[index]


def _set_attributes(token: Token, attrs: Mapping[str, str]) -> None:
    for name, value in attrs.items():
        if name == "class":
            classes = [word for word in value.split() if _CLASS.match(word)]
            token.attrJoin("class", " ".join(classes)) if classes else None
        elif name == "target":
            if _CLASS.match(value):
                token.attrs["target"] = value
                if value not in TARGETS - {"_blank"}:
                    token.attrs["rel"] = "noopener noreferrer"
        else:
            token.attrs[name] = value


def _block_rule(
    state: StateBlock, start_line: int, end_line: int, silent: bool, *, dialect: Dialect
) -> bool:
    match = match_line(state, start_line, "{", _LINE)
    if match is None:
        return False
    attrs = _read(match[1].translate(_APART))
    names = BLOCK_NAMES
    if dialect is Dialect.EXL and not silent and _follows_table(state, silent=False):
        names = OTHER_NAMES
    if not attrs or not attrs.keys() <= names:
        return False
    if not _PAIR.search(match[1]) and not _is_lone_id(state, start_line, end_line, attrs):
        return False
    layout = _LAYOUT.match(attrs.get("style", ""))
    if dialect is Dialect.MIXED and (
        layout is None or len(attrs) > 1 or not _follows_table(state, silent=silent)
    ):
        return False
    if silent:
        return True
    below_table = _follows_table(state, silent=False)
    token = state.push("ajo_attributes", "", 0)
    token.map = [start_line, start_line + 1]
    token.hidden = True
    token.meta = {"attributes": attrs, "below_table": below_table}
    state.line = start_line + 1
    return True


def _is_lone_id(state: StateBlock, line: int, end_line: int, attrs: Mapping[str, str]) -> bool:
    """Tell whether an id is a paragraph or ends one; if text follows, it is text."""
    last = line + 1 >= end_line or state.isEmpty(line + 1)
    return bool(attrs.get("id")) and (last or state.sCount[line + 1] < state.blkIndent)


def _follows_table(state: StateBlock, *, silent: bool) -> bool:
    if silent:
        return state.parentType == "table"
    above = state.tokens[-1] if state.tokens else None
    if above is not None and above.type == "ajo_attributes":
        return bool(above.meta["below_table"])
    return above is not None and above.type == "table_close"


def _attach_rule(state: StateCore) -> None:
    """Give attributes on a line below a block to that block."""
    above = _Above()
    anchors: dict[int, list[Token]] = {}
    for index, token in enumerate(state.tokens):
        if token.type == "ajo_attributes":
            block = _attach(token, above.blocks.get(token.level), above.tables.get(token.level))
            if "id" not in token.meta["attributes"]:
                continue
            if block is not None and may_take_id(block, state.tokens[index - 2]):
                block.meta[ID] = token.meta["attributes"]["id"]
            else:
                anchors.setdefault(id(block or token), []).append(_anchor(token))
        elif token.nesting == 1:
            above.enter(token)
        elif token.nesting == -1:
            above.leave(token)
        elif token.type not in _TRANSPARENT:
            above.blocks[token.level] = token
            above.tables.pop(token.level, None)
    if anchors:
        state.tokens = [
            part for token in state.tokens for part in (*anchors.get(id(token), ()), token)
        ]


def _anchor(token: Token) -> Token:
    """Return the link target for an id below a block; it is inserted before the block."""
    id_ = token.meta["attributes"]["id"]
    anchor = Token("ajo_html_anchor", "a", 0, attrs={"id": id_}, block=True)
    anchor.map, anchor.level, anchor.meta = token.map, token.level, {ID_OF: "block"}
    return anchor


class _Above:
    """The last block that ended above a line, at each level, for example a table."""

    def __init__(self) -> None:
        self.blocks: dict[int, Token] = {}
        self.tables: dict[int, Token] = {}
        self._open: list[Token] = []

    def enter(self, token: Token) -> None:
        """Record that a block begins: no block has ended in it."""
        self._open.append(token)
        self.blocks.pop(token.level + 1, None)
        self.tables.pop(token.level + 1, None)

    def leave(self, token: Token) -> None:
        """Record that a block ends."""
        level, opening = token.level, self._open.pop()
        if token.type in _TITLES:
            return  # not a block, but a part of one
        self.blocks[level] = opening
        if token.type in _TABLES:
            self.tables[level] = opening
        elif token.type in _LISTS and level + 1 in self.tables:
            # the attributes of a table at the end of a list may be left of the list
            self.tables[level] = self.tables.pop(level + 1)
        else:
            self.tables.pop(level, None)


def _attach(token: Token, block: Token | None, table: Token | None) -> Token | None:
    """Give attributes to the block above; return that block."""
    attrs: dict[str, str] = dict(token.meta["attributes"])
    style = attrs.pop("style", None)
    if style is not None:
        layout = _LAYOUT.match(style)
        if table is None:
            add_problem(
                token,
                AjoWarnings.ATTRIBUTES_STRAY,
                "there is no table above the attributes {style=%s}; they are left out",
                style,
            )
        elif layout is None:
            add_problem(
                token,
                AjoWarnings.ATTRIBUTE,
                "%r is not a style of a table; use table-layout:auto or table-layout:fixed",
                style,
            )
        else:
            table.attrJoin("class", LAYOUTS[layout[1].lower()])
            table.meta["ajo_layout"] = layout[1].lower()
    target = table if style is not None else block
    if target is not None:
        _set_attributes(target, {name: attrs[name] for name in attrs if name == "class"})
    return target


CONSTRUCT = Construct(
    name="attributes", plugin=attributes_plugin, renderers={"ajo_attributes": render_nothing}
)
"""The construct, for the parser and the extension."""
