"""Allow-lists for HTML of authors: addresses, attributes, classes and styles.

Everything that is not on a list is left out; there are no lists of what is dangerous.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sphinx_ajo.language.addresses import safe_address
from sphinx_ajo.language.characters import cut_out
from sphinx_ajo.language.front_matter import without_markers
from sphinx_ajo.language.identities import is_article_link

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_CLASS = re.compile(r"[A-Za-z][A-Za-z0-9_-]*\Z")
_VALUE = re.compile(r"[-\w#%.,()/+*\s]+\Z")
_FUNCTION = re.compile(r"(?<![\w-])([\w-]*+)\(")
_FUNCTIONS: Final = frozenset(
    {"calc", "clamp", "fit-content", "hsl", "hsla", "max", "min", "minmax", "repeat", "rgb", "rgba"}
)
_HIDING: Final = frozenset({"d-none", "hidden", "invisible", "sr-only", "visually-hidden"})
_PROPERTY = re.compile(
    r"(?:align-(?:content|items|self)|background(?:-color)?|border(?:-[a-z-]+)?|box-sizing|clear"
    r"|color|(?:column-|row-)?gap|display|flex(?:-[a-z]+)?|float|font-(?:size|style|weight)"
    r"|grid(?:-[a-z-]+)?|(?:max-|min-)?(?:height|width)|justify-(?:content|items|self)"
    r"|letter-spacing|line-height|list-style(?:-type)?|margin(?:-[a-z]+)?|order|overflow-wrap"
    r"|padding(?:-[a-z]+)?|place-(?:content|items|self)|table-layout|text-align"
    r"|text-decoration|text-indent|text-transform|vertical-align|white-space|word-break)$"
)

_BOX: Final = frozenset({"class", "style", "id", "align", "dir", "lang", "title"})
_CELL: Final = _BOX | {"colspan", "rowspan", "width", "height", "valign", "bgcolor", "scope"}
ATTRIBUTES: Final[Mapping[str, frozenset[str]]] = {
    "a": frozenset({"class", "download", "href", "id", "name", "rel", "target", "title"}),
    "abbr": frozenset({"title"}),
    "acronym": frozenset({"title"}),
    "audio": frozenset({"src", "title", "id"}),
    "col": frozenset({"span", "width", "style"}),
    "font": frozenset({"color"}),
    "embed": frozenset({"src", "title", "id"}),
    "iframe": frozenset({"src", "title", "name", "id"}),
    "img": frozenset(
        {"align", "alt", "class", "height", "id", "src", "style", "title", "width", "zoomable"}
    ),
    "li": frozenset({"class", "id", "value"}),
    "object": frozenset({"data", "title", "name", "id"}),
    "ol": frozenset({"class", "id", "start", "style", "type"}),
    "source": frozenset({"src", "type"}),
    "table": _CELL | {"border"},
    "td": _CELL,
    "th": _CELL,
    "tr": _CELL,
    # no poster: it would be fetched when the page opens
    "video": frozenset({"src", "title", "id"}),
}
"""The attributes that each element keeps; those not named keep :data:`BOX_ATTRIBUTES`."""

BOX_ATTRIBUTES: Final = _BOX
"""The attributes that an element without an entry in :data:`ATTRIBUTES` keeps."""


def safe_url(url: str, *, image: bool = False) -> str | None:
    """Check an address.

    :param url: The address, entities resolved.
    :param image: Whether it is the source of an image, which may be a ``data:`` URL.
    :returns: The address as browsers read it; ``None`` if it is not allowed.
    """
    return safe_address(url, image=image)


def safe_classes(value: str) -> list[str]:
    """Check the classes of an element.

    :returns: The allowed ones: not those with which themes hide elements.
    """
    return [name for name in value.split() if _CLASS.match(name) and name not in _HIDING]


def safe_id(value: str) -> str:
    """Return the id of an element as its author wrote it.

    Unsafe ids are changed only when they are rendered, so that links to them still work.

    :returns: The id, without blanks around it.
    """
    return value.strip()


def declarations(value: str) -> Iterator[tuple[str, str]]:
    """Read a style attribute.

    :yields: Each property that is allowed, and its value.
    """
    for part in cut_out(value, "/*", "*/").split(";"):
        name, _, setting = part.partition(":")
        name, setting = name.strip().lower(), setting.replace("!important", "").strip()
        if (
            _PROPERTY.match(name)
            and _VALUE.match(setting)
            and all(found.lower() in _FUNCTIONS | {""} for found in _FUNCTION.findall(setting))
            and (name, setting.lower()) != ("display", "none")
        ):
            yield name, setting


def safe_style(value: str) -> str:
    """Check the style of an element."""
    return "; ".join(f"{name}: {setting}" for name, setting in declarations(value))


def is_handler(name: str) -> bool:
    """Tell whether an attribute runs a script."""
    return name.startswith("on")


def safe_attributes(
    element: str, attributes: Mapping[str, str]
) -> tuple[dict[str, str], list[str]]:
    """Check the attributes of an element.

    :param attributes: Its attributes, entities resolved.
    :returns: The allowed ones, with safe values; and the names or addresses that were unsafe.
    """
    allowed = ATTRIBUTES.get(element, BOX_ATTRIBUTES)
    kept: dict[str, str] = {}
    unsafe = [name for name in attributes if is_handler(name)]
    for name, value in attributes.items():
        if name not in allowed:
            continue
        checked: str | None = value
        if name in {"data", "href", "src"}:
            checked = safe_url(value, image=element == "img")
            if checked is None and element == "a" and is_article_link(value):
                checked = value.strip()  # it is resolved later, or only its text stays
            if checked is None:
                unsafe.append(value.strip())
        elif name == "class":
            checked = " ".join(safe_classes(value))
        elif name == "style":
            checked = safe_style(value)
        elif name in {"id", "name"}:
            checked = safe_id(value)
        elif name in {"alt", "title"}:
            checked = without_markers(value)
        if checked is not None:
            kept[name] = checked
    return kept, unsafe
