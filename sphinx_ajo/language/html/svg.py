"""Rebuild inline SVG, the only elements that stay as they are, from harmless parts."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from justhtml import JustHTML

from sphinx_ajo.language.html.names import words
from sphinx_ajo.language.html.policy import safe_classes, safe_style
from sphinx_ajo.language.html.tree import attributes, children
from sphinx_ajo.language.slugs import safe_id

if TYPE_CHECKING:
    from justhtml import NodeType

_ELEMENTS: Final = words(
    "circle clipPath defs desc ellipse g line linearGradient mask path pattern polygon "
    "polyline radialGradient rect stop svg symbol text title tspan use"
)
_ATTRIBUTES: Final = words(
    "aria-hidden aria-label class clip-path clip-rule clipPathUnits cx cy d dx dy fill "
    "fill-opacity fill-rule font-family font-size font-weight fx fy gradientTransform "
    "gradientUnits height href id mask maskUnits offset opacity patternTransform patternUnits "
    "points preserveAspectRatio r role rotate rx ry spreadMethod stop-color stop-opacity "
    "stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin "
    "stroke-miterlimit stroke-opacity stroke-width style text-anchor transform viewBox width "
    "x x1 x2 y y1 y2"
)
_REFERENCE = re.compile(r"#[\w.:-]+\Z")
_LOCAL_URL = re.compile(r"url\(\s*#[\w.:-]+\s*\)\Z", re.IGNORECASE)
_VALUE = re.compile(r"[-+\w\s#%.,()]*\Z")
_NAMES = re.compile(r"[-\w\s,'\"]*\Z")
_FUNCTION = re.compile(r"(?<![\w-])([\w-]++)\(")
_FUNCTIONS: Final = words(
    "hsl hsla matrix rgb rgba rotate scale skewX skewY translate translateX translateY"
)
_TEXTS: Final = frozenset({"desc", "text", "title", "tspan"})
_MAX_DEPTH: Final = 50


@dataclass(frozen=True, slots=True)
class Image:
    """An inline image."""

    source: str
    """Well-formed SVG; empty if nothing is left."""
    text: str
    """Its text, for output without images."""


def clean_svg(source: str) -> Image:
    """Rebuild an SVG image from allowed elements and attributes."""
    root = JustHTML(source, fragment=True, sanitize=False).root
    image = next((child for child in children(root) if child.name == "svg"), None)
    return Image("", "") if image is None else clean_image(image)


def clean_image(image: NodeType) -> Image:
    """Rebuild an inline image that has been parsed.

    :param image: The ``<svg>``.
    """
    parts: list[str] = []
    texts: list[str] = [str(attributes(image).get("aria-label", ""))]
    stack: list[tuple[NodeType, int] | str] = [(image, 0)]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            parts.append(item)
            continue
        node, depth = item
        if node.name == "#text":
            data = str(node.data or "")
            parent = node.parent
            if parent is not None and parent.name in _TEXTS:
                parts.append(html.escape(data))
                texts.append(data)
        elif node.namespace == "svg" and node.name in _ELEMENTS and depth < _MAX_DEPTH:
            parts.append(f"<{node.name}{_attributes(node)}>")
            stack.append(f"</{node.name}>")
            stack.extend((child, depth + 1) for child in reversed(children(node)))
    return Image("".join(parts), " ".join(" ".join(texts).split()))


def _attributes(node: NodeType) -> str:
    result = ' xmlns="http://www.w3.org/2000/svg"' if node.name == "svg" else ""
    for key, value in attributes(node).items():
        name = "href" if key == "xlink:href" else key
        text = _value(name, value) if name in _ATTRIBUTES else None
        if text is not None:
            result += f' {name}="{html.escape(text)}"'
    return result


def _value(name: str, value: str) -> str | None:
    """Return the safe value of an attribute; ``None`` if its value is not allowed."""
    if name == "style":
        return safe_style(value)
    if name == "class":
        return " ".join(safe_classes(value))
    if name == "id":
        return safe_id(value.strip())
    if name == "aria-label":
        return value
    if name == "href":
        return value if _REFERENCE.match(value.strip()) else None
    if name == "font-family":
        return value if _NAMES.match(value) else None
    return value if _is_plain(value) or _LOCAL_URL.match(value.strip()) else None


def _is_plain(value: str) -> bool:
    """Tell whether a value has only names, numbers, colours and transforms, and no address."""
    return _VALUE.match(value) is not None and _FUNCTIONS.issuperset(_FUNCTION.findall(value))
