"""Parse the text and the links of a line of ``TOC.md``."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig

from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.language.front_matter import plain_text
from sphinx_ajo.reading.markdown import create_markdown

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


@cache
def _parser() -> MarkdownIt:
    return create_markdown(MdParserConfig(), Dialect.EXL, RendererHTML)


_PLAIN = r"[A-Za-z0-9](?:[A-Za-z0-9,]| (?! ))*(?<! )"
_SIMPLE = re.compile(rf"(?:\[({_PLAIN})\]\(([A-Za-z0-9/][A-Za-z0-9_./-]*)\)|({_PLAIN}))")
"""Text without Markdown: most lines of most files."""


def read(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Parse the Markdown of one line.

    :returns: Its text as readers see it, and its links as pairs of text and target.
    """
    if simple := _SIMPLE.fullmatch(text):
        title, target, plain = simple.groups()
        return (plain, []) if plain else (title, [(title, target)])
    tokens = _parser().parseInline(text)[0].children or []
    links: list[tuple[str, str]] = []
    label: list[Token] | None = None
    for token in tokens:
        if token.type == "link_open":
            label = []
            links.append(("", str(token.attrGet("href") or "")))
        elif token.type == "link_close" and label is not None:
            links[-1] = (_text(label), links[-1][1])
            label = None
        elif label is not None:
            label.append(token)
    return _text(tokens), links


def _text(tokens: list[Token]) -> str:
    parts = []
    for token in tokens:
        if token.type in ("text", "code_inline", "text_special"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif token.type == "image":
            parts.append(_text(token.children or []))
    return plain_text("".join(parts))
