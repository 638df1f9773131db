"""Clean up around inline HTML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from markdown_it.token import Token

BREAK: Final = "<br>"
"""The markup of a line break that was written as HTML."""

_BRACES = re.compile(r"\{([^{}\n]*)\}")
_SETTING = re.compile(r"(?<![A-Za-z-])([A-Za-z-]++)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s,\"']+))")
_SETTINGS: Final = frozenset({"align", "height", "target", "title", "width", "zoomable"})


def take_braces(target: Token, text: Token) -> None:
    """Give a link or image the attributes in braces that follow its HTML.

    :param target: The token that has its attributes.
    :param text: The token that follows.
    """
    if text.type not in {"text", "text_special"}:
        return
    match = _BRACES.match(text.content)
    settings = _SETTING.findall(match[1]) if match else []
    if match and settings and all(setting[0].lower() in _SETTINGS for setting in settings):
        text.content = text.content[match.end() :]
        for name, *values in settings:
            target.attrs[name.lower()] = "".join(values)


def tidy_breaks(tokens: list[Token]) -> list[Token]:
    """Keep a ``<br>`` at the end of a line from breaking it twice.

    :param tokens: The tokens of a line.
    :returns: The tokens that remain.
    """
    out: list[Token] = []
    for token in tokens:
        last = out[-1] if out else None
        after_break = last is not None and last.type == "hardbreak" and last.markup == BREAK
        if token.type == "softbreak" and after_break:
            continue
        if token.type == "hardbreak" and token.markup == BREAK:
            while out and out[-1].type == "softbreak":
                out.pop()
            if out and out[-1].type in {"text", "text_special"}:
                out[-1].content = out[-1].content.rstrip(" ")
        elif token.type in {"text", "text_special"} and after_break:
            token.content = token.content.lstrip(" ")
        out.append(token)
    while out and out[-1].type == "hardbreak" and out[-1].markup == BREAK:
        out.pop()
    return out
