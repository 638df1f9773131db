"""Look up the inline icons that Experience League pages load from Adobe's CDN.

The pages refer to icons by their Font Awesome names. The shapes come from Font Awesome Free
(https://fontawesome.com, by Fonticons, Inc., icons licensed CC BY 4.0) and are shipped in
``fontawesome.json``, written by :mod:`sphinx_ajo.tools.icon_data`; the licence is in
``LICENSE-fontawesome.txt``.

The brands style (logos of companies and products) is left out: it would be some 40 % of the data.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypedDict, cast
from urllib.parse import unquote, urlsplit

__all__ = ["Icon", "find_icon", "icon_name"]

_HOST = "cdn.experienceleague.adobe.com"
_SUFFIX = ".svg"


@dataclass(frozen=True, slots=True)
class Icon:
    """The shape of an icon, drawn in the view box ``0 0 width height``.

    :param name: The name with which the icon was looked up, which may be an alias.
    :param path: SVG path data, the ``d`` attribute of a ``path`` element.
    """

    name: str
    width: int
    height: int
    path: str


class _Data(TypedDict):
    """The parts of ``fontawesome.json`` that a lookup reads."""

    aliases: dict[str, str]
    icons: dict[str, tuple[int, int, str]]


# The file is large and most documents have no icon, so nothing is read at import.
@cache
def _data() -> _Data:
    """Read the shipped icon data, once per process.

    :returns: The aliases and icons by their lower-case names.
    """
    text = files(__name__).joinpath("fontawesome.json").read_text(encoding="utf-8")
    return cast("_Data", json.loads(text))


def find_icon(name: str) -> Icon | None:
    """Find an icon by its Font Awesome Free name or alias, in any letter case.

    The solid style is preferred to the regular one. Brand icons are not shipped.

    :param name: A name such as ``circle-user``, or an alias such as ``user-circle``.
    :returns: The icon, with the given name; ``None`` if there is none of that name.
    """
    data = _data()
    key = name.lower()
    shape = data["icons"].get(data["aliases"].get(key, key))
    if shape is None:
        return None
    width, height, path = shape
    return Icon(name, width, height, path)


def icon_name(url: str) -> str | None:
    """Extract the icon name from the address of an icon on Adobe's CDN.

    :param url: An address such as
        ``https://cdn.experienceleague.adobe.com/icons/bullseye.svg?lang=en``; a protocol-relative
        one will do. Its query string and fragment are ignored.
    :returns: The percent-decoded name, or ``None`` if this is not the address of such an icon.
    """
    try:
        parts = urlsplit(url)
        # Decoded only after the split, so that an encoded slash does not make a folder.
        segments = [unquote(segment, errors="strict") for segment in parts.path.split("/")]
    except ValueError:  # A malformed host, or bytes that are not UTF-8.
        return None
    if parts.scheme not in {"", "http", "https"} or parts.netloc.lower() != _HOST:
        return None
    if len(segments) != 3 or segments[1] != "icons":
        return None
    name = segments[2].removesuffix(_SUFFIX)
    if not name or name == segments[2] or "/" in name:
        return None
    return name
