"""Read the look of an author's element: the classes and styles that our nodes keep."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sphinx_ajo.language.colours import is_dark, is_faint, parse_colour
from sphinx_ajo.language.html.policy import declarations, safe_classes, safe_style
from sphinx_ajo.language.html.tree import attributes, children, is_space

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from justhtml import NodeType

_ALIGNMENTS: Final = frozenset({"left", "right", "center", "justify"})


def element_style(attrs: Mapping[str, str | None]) -> dict[str, str]:
    """Read the style of an element, from ``style`` and from obsolete attributes.

    :returns: Property → value, for those that are allowed.
    """
    style: dict[str, str] = {}
    if align := (attrs.get("align") or "").lower():
        style["text-align"] = "center" if align == "middle" else align
    if valign := (attrs.get("valign") or "").lower():
        style["vertical-align"] = valign
    for name in ("width", "height"):
        if size := length(attrs.get(name)):
            style[name] = size
    if colour := attrs.get("bgcolor"):
        style["background-color"] = colour
    for name, value in declarations(attrs.get("style") or ""):
        style["background-color" if name == "background" else name] = value
    if style.get("text-align", "left") not in _ALIGNMENTS:
        del style["text-align"]
    checked = ";".join(f"{name}:{value}" for name, value in style.items())
    return dict(declarations(checked))


def length(value: str | None) -> str:
    """Read a size.

    :param value: An attribute: a number of pixels, or a CSS length.
    :returns: The CSS length; empty if the text is not one.
    """
    match = re.fullmatch(
        r"\s*(\d{1,6}(?:\.\d{1,20})?)\s*(px|%|em|rem|pt|cm|mm|in)?\s*(?:;\s*)?", value or ""
    )
    return f"{match[1]}{match[2] or 'px'}" if match else ""


def split_style(style: dict[str, str]) -> tuple[list[str], str]:
    """Split a style into classes, which themes can style themselves, and the rest.

    :param style: Property → value.
    :returns: Classes, and what remains as a style attribute.
    """
    classes: list[str] = []
    rest = dict(style)
    if align := rest.pop("text-align", ""):
        classes.append(f"text-{align}")
    if rest.get("vertical-align") in {"top", "middle", "bottom"}:
        classes.append(f"ajo-{rest.pop('vertical-align')}")
    if name := _text_class(rest.get("background-color", "")):
        classes.append(name)
    return classes, safe_style(";".join(f"{name}:{value}" for name, value in rest.items()))


def _text_class(background: str) -> str:
    """Return the class of text on an author's background, which is the same in all themes."""
    if not background or background in {"none", "transparent", "inherit"} or is_faint(background):
        return ""
    colour = parse_colour(background)
    return "ajo-on-dark" if colour and is_dark(colour) else "ajo-on-light"


def is_borderless(attrs: Mapping[str, str | None]) -> bool:
    """Tell whether an element turns its borders off."""
    if (attrs.get("border") or "").strip() == "0":
        return True
    return any(
        name == "border" and re.match(r"(?:0|none)\b", value)
        for name, value in declarations(attrs.get("style") or "")
    )


def box_attributes(node: NodeType) -> dict[str, str | int | float] | None:
    """Return the attributes that the box of an element keeps.

    :returns: Its ``class`` and ``style``; empty if the box changes nothing; ``None`` for one that
        readers do not see.
    """
    attrs = attributes(node)
    if attrs.get("id", "").startswith("recs-"):
        return None  # filled by the official site
    classes = safe_classes(attrs.get("class", ""))
    classes = ["ajo-preview" if name == "preview" else name for name in classes]
    more, style = split_style(element_style(attrs))
    classes += more
    if node.name == "center":
        classes.append("text-center")
    result: dict[str, str | int | float] = {}
    if classes:
        result["class"] = " ".join(classes)
    if style:
        result["style"] = style
    return result


def find_cards(node: NodeType) -> Sequence[NodeType]:
    """Find the cards in a container of cards, as a tool of the official site writes them.

    :returns: Its cards; none if it is another box, or holds text outside of the cards.
    """
    if node.name != "div" or "columns" not in _classes(node):
        return ()
    cards: list[NodeType] = []
    stack = list(reversed(children(node)))
    while stack:
        child = stack.pop()
        if child.name == "div" and "card" in _classes(child):
            cards.append(child)
        elif child.name == "div":
            stack.extend(reversed(children(child)))
        elif not is_space(child):
            return ()
    return cards


def _classes(node: NodeType) -> list[str]:
    return attributes(node).get("class", "").split()
