"""Write findings as a page with tables, for people. No Sphinx."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, StrictUndefined

from sphinx_ajo.lint.report import summary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sphinx_ajo.lint.report import Diagnostic

_TEMPLATE: Final = Path(__file__).with_name("tables.html.jinja")


def to_html(title: str, found: Sequence[Diagnostic], guides: Sequence[Mapping[str, Any]]) -> str:
    """Return findings as HTML.

    :param found: All of them, sorted.
    :returns: A self-contained page without scripts. All texts are escaped.
    """
    # the texts of findings come from untrusted pages
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    template = environment.from_string(_TEMPLATE.read_text(encoding="utf-8"))
    kinds = sorted({item.subtype for item in found})
    pages = [(file, list(items)) for file, items in groupby(found, key=lambda item: item.file)]
    return template.render(
        title=title, summary=summary(found), kinds=kinds, guides=guides, pages=pages
    )
