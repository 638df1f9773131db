"""Write inline HTML as Markdown source again.

The text of a converted paragraph goes back to the inline parser, and to translators, as Markdown
with inline HTML. So one set of rules reads inline HTML wherever it came from, the markers of the
dialect work in it, and the translation of a message is read like the message.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

from sphinx_ajo.language.bracket_markers import HINTS, find_markers
from sphinx_ajo.language.html.names import INVISIBLE, KNOWN, VOID
from sphinx_ajo.language.html.policy import ATTRIBUTES, BOX_ATTRIBUTES, is_handler
from sphinx_ajo.language.html.svg import clean_image
from sphinx_ajo.language.html.tree import SPACE, TEXT, attributes, children

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from justhtml import NodeType

_ESCAPED: Final = r"\\\g<0>"
_BRACES = re.compile(r"\{[^{}\n]*\}")
_SPECIAL_INSIDE = re.compile(r"[\\<]|&(?=[#\w])")
_SPECIAL = re.compile(
    r"[\\`*\[\]<]|&(?=[#\w])|(?<![^\W_])_|_(?![^\W_])|~(?=~)|(?<=~)~|=(?==)|(?<==)=|\+(?=\+)"
    r"|(?<=\+)\+|\^|!(?=\[)|\{(?=\{)"
)
_JOINS: Final = ("!", "]")
"""Characters that can be markup together with the text after them."""

_NOTHING: Final = "\u200b"
"""Separates two texts, and is not shown."""

_BLOCK_START = re.compile(r"(\s*)(?:([#>+~|-]|:::)|(\d{1,9})([.)](?:\s|$)))")


def escape(text: str) -> str:
    """Write text as Markdown; the markers of the dialect stay markers.

    :param text: The text, white space collapsed.
    :returns: Its source. Text in a marker stays Markdown, but not HTML.
    """
    parts, at = [], 0
    for marker in find_markers(text, code=False):
        if marker.start < at or (marker.end < 0 and marker.word not in HINTS):
            continue  # it is inside another marker, or has no end and is not a hint
        parts.append(_SPECIAL.sub(_ESCAPED, text[at : marker.start]))
        at = marker.inner
        parts.append(text[marker.start : at])
        if marker.end >= 0:
            parts.append(_escape_inside(text[at : marker.end]))
            behind = _BRACES.match(text, marker.end + 1)
            at = behind.end() if behind and marker.word not in HINTS else marker.end + 1
            parts.append(text[marker.end : at])
    parts.append(_SPECIAL.sub(_ESCAPED, text[at:]))
    return "".join(parts)


def _escape_inside(text: str) -> str:
    special = _SPECIAL_INSIDE if text.count("`") % 2 == 0 else _SPECIAL
    return special.sub(_ESCAPED, text)


def escape_start(source: str) -> str:
    """Keep the source of a paragraph from being read as another block."""
    match = _BLOCK_START.match(source)
    if match is None or (match[2] or "").startswith("|"):
        return source
    at = match.start(2) if match[2] else match.start(4)
    return f"{source[:at]}\\{source[at:]}"


def opening_tag(name: str, attrs: Mapping[str, str]) -> str:
    """Write an opening tag with its allowed attributes."""
    allowed = ATTRIBUTES.get(name, BOX_ATTRIBUTES)
    # event handlers are kept, so that they are reported when the tag is read again
    kept = [key for key in attrs if key in allowed or is_handler(key)]
    return f"<{name}{''.join(_attribute(key, attrs[key]) for key in kept)}>"


def _attribute(name: str, value: str) -> str:
    if not re.fullmatch(r"[A-Za-z_:][A-Za-z0-9:._-]*", name):
        return ""
    text = html.escape(SPACE.sub(" ", value)).replace("`", "&#96;")
    return f' {name}="{text}"'


def element_tags(node: NodeType) -> tuple[str, str]:
    """Write the tags of an inline element.

    :returns: Its opening and closing tag; empty for one that changes nothing.
    """
    name = str(node.name)
    if name not in KNOWN or (name == "span" and not attributes(node)):
        return "", ""
    return opening_tag(name, attributes(node)), "" if name in VOID else f"</{name}>"


def inline_source(nodes: Iterable[NodeType], slot: Callable[[NodeType], str | None]) -> str:
    """Write inline nodes as Markdown source.

    :param slot: Returns the source that an element stands for, if it is a slot.
    """
    parts: list[str] = []
    stack: list[NodeType | str] = list(reversed(list(nodes)))
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            parts.append(node)
        elif node.name == TEXT:
            parts.append(escape(SPACE.sub(" ", str(node.data or ""))))
        elif not node.name.startswith(("#", "!")):
            _element(node, slot, parts, stack)
    return "".join(parts)


def _foreign_source(node: NodeType) -> str:
    try:
        return node.to_html(pretty=False)  # type: ignore[union-attr]
    except ValueError:
        # it has a name that cannot be written; then, attributes that are left out are not reported
        return clean_image(node).source if node.name == "svg" else ""


def _element(
    node: NodeType,
    slot: Callable[[NodeType], str | None],
    parts: list[str],
    stack: list[NodeType | str],
) -> None:
    source = slot(node)
    if source is not None:
        if parts and parts[-1].endswith(_JOINS):
            # a tag that is left out separated the two
            parts.append(_NOTHING)
        parts.append(source)
    elif node.name in {"svg", "math"} and node.namespace != "html":
        parts.append(SPACE.sub(" ", _foreign_source(node)))
    elif node.name in INVISIBLE:
        # reported when the tag is read again, and left out then
        parts.append(f"<{node.name}></{node.name}>" if node.name == "script" else "")
    else:
        opening, closing = element_tags(node)
        parts.append(opening)
        stack.append(closing)
        stack.extend(reversed(children(node)))
