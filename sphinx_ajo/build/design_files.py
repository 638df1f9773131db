"""Link the files of sphinx-design only on pages that need them.

sphinx-design links them on every page. A project that uses it only through this package should not
load 55 kB on pages without any component.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sphinx_ajo.base.pages import PAGE_BUILDERS
from sphinx_ajo.foreign.design import CLASS_PREFIX, DESIGN_FILES

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

_MARKS: Final = (f'"{CLASS_PREFIX}', f" {CLASS_PREFIX}")
"""The beginnings of class names of sphinx-design in HTML. A match in ordinary text does no harm."""


def _drop_files(
    app: Sphinx,
    _pagename: str,
    _template: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Remove the files from a page without components."""
    if app.builder.name not in PAGE_BUILDERS or "sphinx_design" in app.config.extensions:
        return
    body = context.get("body") or ""
    if any(mark in body for mark in _MARKS):
        return
    for name in ("css_files", "script_files"):
        # in place: Sphinx restores them before the next page
        files = context.get(name, [])
        files[:] = [file for file in files if not str(file.filename).endswith(DESIGN_FILES)]


def setup_design_files(app: Sphinx) -> None:
    """Register the handler."""
    if "sphinx_design" not in app.extensions:
        # no other extension has set it up
        app.connect("html-page-context", _drop_files)
