"""Right-to-left languages: the direction of pages, and a stylesheet that mirrors themes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sphinx.builders.html import StandaloneHTMLBuilder

from sphinx_ajo.foreign.themes import write_direction
from sphinx_ajo.language.languages import is_right_to_left
from sphinx_ajo.project.repository import is_exl_project

if TYPE_CHECKING:
    from sphinx.application import Sphinx

STYLE: Final = "ajo-rtl.css"
"""The stylesheet of right-to-left pages."""


def _is_wanted(app: Sphinx) -> bool:
    return (
        isinstance(app.builder, StandaloneHTMLBuilder)
        and is_right_to_left(app.config.language)
        and is_exl_project(app)
    )


def _set_direction(app: Sphinx) -> None:
    if _is_wanted(app):
        assert isinstance(app.builder, StandaloneHTMLBuilder)  # noqa: S101 (for the type checker)
        write_direction(app.builder.templates, "rtl")


def _add_style(
    app: Sphinx, _pagename: str, _template: str, _context: dict[str, Any], _doctree: object
) -> None:
    if _is_wanted(app):
        app.add_css_file(STYLE, priority=600)  # after those of themes


def setup_direction(app: Sphinx) -> None:
    """Register the handlers."""
    # after the folder has been recognized as a repository
    app.connect("builder-inited", _set_direction, priority=960)
    app.connect("html-page-context", _add_style)
