"""``ajo_html = "raw"``: HTML that stays HTML, rebuilt from allowed tags and attributes.

Works on single tags, because CommonMark splits HTML at blank lines. Of the source, only tags that
are written anew, and text in which no tag can begin, reach the output.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from markdown_it.token import Token

from sphinx_ajo.constructs.html.tokens.elements import FRAMES, add_unsafe, frame, is_web
from sphinx_ajo.constructs.html.tokens.unknown import note_tag
from sphinx_ajo.language.html.leftovers import (
    html_closing,
    html_opening,
    link_text,
    other_text,
)
from sphinx_ajo.language.html.names import (
    CONTROLS,
    FORBIDDEN,
    FOREIGN,
    INVISIBLE,
    KNOWN,
    RAW_TEXT,
    TRANSPARENT,
    VOID,
)
from sphinx_ajo.language.html.policy import safe_attributes
from sphinx_ajo.language.html.tags import attributes_of, find_tags, tag_attributes
from sphinx_ajo.language.slugs import safe_id
from sphinx_ajo.markup.problem_tokens import problem_token

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from markdown_it.rules_core import StateCore

    from sphinx_ajo.language.html.tags import Tag

_ALLOWED: Final = (
    KNOWN
    - RAW_TEXT
    - INVISIBLE
    - CONTROLS
    - FORBIDDEN
    - FOREIGN
    - (TRANSPARENT - {"a", "abbr", "font", "picture", "q", "rp", "rt", "ruby"})
    - {"body", "form", "frame", "html", "input", "keygen", "noscript", "param", "slot", "source"}
    - {"basefont", "plaintext", "listing"}
) | {"span"}


@dataclass(slots=True)
class Media:
    """The element whose ``<source>`` is still to come: it may be in the next token."""

    name: str = ""


def sanitize_page(state: StateCore) -> None:
    """Clean all HTML of a page.

    :param state: The state of the parser, after the inline rules.
    """
    closed = _note_others(state)
    state.tokens = list(_sanitized(state.tokens, "html_block", None, closed))
    for token in state.tokens:
        if token.type == "inline":
            token.children = list(
                _sanitized(token.children or (), "html_inline", token.map, closed)
            )


def _note_others(state: StateCore) -> set[str]:
    """Note the tags of other systems; return the names of those that have a closing tag."""
    found = [
        (tag, token.map[0] if token.map else 0)
        for token in state.tokens
        for part in (token, *(token.children or ()))
        if part.type in {"html_block", "html_inline"}
        for tag in _outside_of_drawings(find_tags(part.content))
        if tag.is_other
    ]
    closed = {tag.source for tag, _ in found if tag.closing}
    for tag, line in found:
        if not _is_placeholder(tag, closed):
            note_tag(state.env, tag, line)
    return closed


def _outside_of_drawings(tags: Iterable[Tag]) -> Iterator[Tag]:
    """Yield the tags that are not part of an inline drawing."""
    inside = False
    for tag in tags:
        if tag.name in FOREIGN:
            inside = not tag.closing and not tag.empty
        elif not inside:
            yield tag


def _is_placeholder(tag: Tag, closed: Collection[str]) -> bool:
    alone = tag.source and tag.plain and not tag.closing and not tag.empty
    return bool(alone) and tag.source not in closed


def _sanitized(
    tokens: Iterable[Token], type_: str, line_map: list[int] | None, closed: Collection[str]
) -> Iterator[Token]:
    """Clean the tokens of one type; frames, which are not raw HTML, become tokens of their own."""
    media = Media()
    for token in tokens:
        if token.type != type_:
            yield token
            continue
        parts, unsafe = sanitize(token.content, media, closed)
        for part in parts:
            if isinstance(part, str):
                yield token.copy(content=part)
            else:
                embed = Token("ajo_html_embed", part["kind"], 0, map=token.map or line_map)
                embed.attrs["src"], embed.meta, embed.block = part["url"], part, token.block
                yield embed
        if unsafe:
            noted = problem_token(token.map or line_map)
            add_unsafe(noted, unsafe)
            yield noted


def sanitize(
    source: str, media: Media, closed: Collection[str] = ()
) -> tuple[list[str | dict[str, str]], list[str]]:
    """Clean a piece of HTML.

    :param source: The HTML; its tags need not match.
    :param media: The element that earlier pieces have left open.
    :param closed: The tags of other systems that have a closing tag; others are placeholders.
    :returns: The allowed HTML, split at frames, with the ``url``, ``title`` and ``kind`` of each
        frame between; and the tags, attributes or addresses that were unsafe.
    """
    parts: list[str | dict[str, str]] = []
    unsafe: list[str] = []
    endless: set[str] = set()
    at = 0
    for tag in find_tags(source):
        if tag.start < at:
            continue
        parts.append(_text(source[at : tag.start]))
        at = tag.end
        if tag.name in FRAMES or tag.name == "source":
            found = _frame(source, tag, media, unsafe)
            parts += [found] if found else []
        if tag.name in RAW_TEXT and not tag.closing:
            if tag.name == "script":
                unsafe.append("<script>")
            close = _end_of(tag, source, at) if tag.name not in endless else None
            if close is None:
                endless.add(tag.name)
            else:
                hidden = tag.name in {"iframe", "script", "style"}
                parts.append("" if hidden else _text(source[at : close.start()]))
                at = close.end()
        elif source.startswith("<![CDATA[", tag.start):
            parts.append(html.escape(other_text(source[tag.start : at])))
        elif tag.source and not _is_placeholder(tag, closed):
            parts.append(_equal(source, tag, unsafe))
        elif tag.name in _ALLOWED and not tag.source:
            parts.append(_tag(source, tag, unsafe))
        elif tag.source or (tag.name not in KNOWN and tag.name and not tag.is_other):
            parts.append(html.escape(source[tag.start : tag.end], quote=False))
    parts.append(_text(source[at:]))
    return _joined(parts), unsafe


def _end_of(tag: Tag, source: str, at: int) -> re.Match[str] | None:
    return re.compile(rf"</{tag.name}\s*>", re.IGNORECASE).search(source, at)


def _joined(parts: Iterable[str | dict[str, str]]) -> list[str | dict[str, str]]:
    """Join the HTML between frames."""
    joined: list[str | dict[str, str]] = []
    texts: list[str] = []
    for part in (*parts, {}):
        if isinstance(part, str):
            texts.append(part)
        else:
            joined += ["".join(texts), part]
            texts = []
    return [part for part in joined if part]


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


def _equal(source: str, tag: Tag, unsafe: list[str]) -> str:
    """Write the HTML equivalent of a tag of another system."""
    if tag.closing:
        return html_closing(tag.source, tag.name)
    found = tag_attributes(tag, source[tag.start : tag.end])
    attributes, bad = safe_attributes(tag.name, found)
    unsafe += bad
    opening = html_opening(tag.source, tag.name, attributes)
    if not tag.empty:
        return opening
    content = html.escape(link_text(tag.source, attributes))
    return opening + content + html_closing(tag.source, tag.name)


def _frame(source: str, tag: Tag, media: Media, unsafe: list[str]) -> dict[str, str] | None:
    """Return the frame that a tag makes, and note whether it waits for a ``<source>``."""
    name = media.name if tag.name == "source" else tag.name
    media.name = ""
    if tag.closing or not name:
        return None
    attributes, found = safe_attributes(tag.name, attributes_of(source[tag.start : tag.end]))
    unsafe += found
    url = attributes.get("src") or attributes.get("data", "")
    if is_web(url):
        return frame(name, url, attributes.get("title", "").strip())
    media.name = name
    return None
