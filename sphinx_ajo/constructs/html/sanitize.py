"""``ajo_html = "raw"``: HTML that stays HTML, rebuilt from allowed tags and attributes.

Works on the stream of tags, for CommonMark cuts HTML wherever a blank line is. Nothing of the
source reaches the output but tags that are written anew, and text in which no tag can begin.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

from sphinx_ajo.constructs.html.elements import add_unsafe, nothing
from sphinx_ajo.constructs.html.names import (
    CONTROLS,
    FORBIDDEN,
    FOREIGN,
    INVISIBLE,
    KNOWN,
    RAW_TEXT,
    TRANSPARENT,
    VOID,
)
from sphinx_ajo.constructs.html.policy import may_embed, safe_attributes
from sphinx_ajo.constructs.html.tags import attributes_of, find_tags
from sphinx_ajo.slugs import safe_id

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

    from sphinx_ajo.constructs.html.tags import Tag

_ALLOWED: Final = (
    KNOWN
    - RAW_TEXT
    - INVISIBLE
    - CONTROLS
    - FORBIDDEN
    - FOREIGN
    - (TRANSPARENT - {"a", "abbr", "font", "picture", "q", "rp", "rt", "ruby"})
    - {"body", "form", "frame", "html", "input", "keygen", "noscript", "param", "slot"}
    - {"basefont", "plaintext", "listing"}
) | {"span"}


def sanitize_page(state: StateCore) -> None:
    """Clean all HTML of a page.

    :param state: The state of the parser, after the inline rules.
    """
    tokens: list[Token] = []
    for token in state.tokens:
        tokens.append(token)
        if token.type == "html_block":
            token.content, unsafe = sanitize(token.content)
            if unsafe:
                tokens.append(nothing(token.map))
                add_unsafe(tokens[-1], unsafe)
        elif token.type == "inline":
            _sanitize_inline(token)
    state.tokens = tokens


def _sanitize_inline(inline: Token) -> None:
    children: list[Token] = []
    for child in inline.children or ():
        children.append(child)
        if child.type == "html_inline":
            child.content, unsafe = sanitize(child.content)
            if unsafe:
                children.append(nothing(inline.map))
                add_unsafe(children[-1], unsafe)
    inline.children = children


def sanitize(source: str) -> tuple[str, list[str]]:
    """Clean a piece of HTML.

    :param source: The HTML; its tags need not match.
    :returns: The HTML that may pass, and what was unsafe about the rest.
    """
    parts: list[str] = []
    unsafe: list[str] = []
    at = 0
    for tag in find_tags(source):
        if tag.start < at:
            continue
        parts.append(_text(source[at : tag.start]))
        at = tag.end
        if tag.name in RAW_TEXT and not tag.closing:
            if tag.name == "script":
                unsafe.append("<script>")
            elif tag.name == "iframe":
                parts.append(_frame(source[tag.start : tag.end], unsafe))
            close = re.compile(rf"</{tag.name}\s*>", re.IGNORECASE).search(source, at)
            if close is not None:
                hidden = tag.name in {"iframe", "script", "style"}
                parts.append("" if hidden else _text(source[at : close.start()]))
                at = close.end()
        elif tag.name in _ALLOWED:
            parts.append(_tag(source, tag, unsafe))
        elif tag.name and tag.name not in KNOWN:
            parts.append(html.escape(source[tag.start : tag.end], quote=False))
    parts.append(_text(source[at:]))
    return "".join(parts), unsafe


def _text(text: str) -> str:
    return text.replace("<", "&lt;")


def _tag(source: str, tag: Tag, unsafe: list[str]) -> str:
    if tag.closing:
        return f"</{tag.name}>"
    attributes, found = safe_attributes(tag.name, attributes_of(source[tag.start : tag.end]))
    attributes |= {key: safe_id(attributes[key]) for key in ("id", "name") if attributes.get(key)}
    unsafe += found
    written = "".join(f' {name}="{html.escape(value)}"' for name, value in attributes.items())
    return f"<{tag.name}{written}{' /' if tag.name in VOID else ''}>"


def _frame(source: str, unsafe: list[str]) -> str:
    attributes, found = safe_attributes("iframe", attributes_of(source))
    unsafe += found
    url = attributes.get("src", "")
    if not may_embed(url):
        return ""
    written = "".join(f' {name}="{html.escape(value)}"' for name, value in attributes.items())
    return f"<iframe{written}></iframe>"
