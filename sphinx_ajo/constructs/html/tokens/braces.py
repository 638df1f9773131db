"""Attributes in braces behind a link or an image in HTML: ``<img src="a.png">{width="50%"}``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from markdown_it.token import Token

_BRACES = re.compile(r"\{([^{}\n]*)\}")
_SETTING = re.compile(r"(?<![A-Za-z-])([A-Za-z-]++)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s,\"']+))")
_SETTINGS: Final = frozenset({"align", "height", "target", "title", "width", "zoomable"})


def take_braces(target: Token, text: Token) -> None:
    """Give a link or image the attributes in braces that follow its HTML."""
    if text.type not in {"text", "text_special"}:
        return
    match = _BRACES.match(text.content)
    settings = _SETTING.findall(match[1]) if match else []
    if match and settings and all(setting[0].lower() in _SETTINGS for setting in settings):
        text.content = text.content[match.end() :]
        for name, *values in settings:
            target.attrs[name.lower()] = "".join(values)
