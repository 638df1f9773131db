"""The stylesheet and the script, in HTML, and only on pages that need them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sphinx_ajo.base.package import PACKAGE_DIR

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

STATIC_DIR: Final = PACKAGE_DIR / "static"
"""The folder that is copied to ``_static``."""

EPUB_DIR: Final = PACKAGE_DIR / "static_epub"
"""The folder that is copied to books: its stylesheet is simple enough for old devices."""

USED: Final = "ajo"
"""The key of ``env.metadata[docname]`` that marks a page with ExL constructs."""


def note_use(env: BuildEnvironment) -> None:
    """Record that the page being read has one of our constructs."""
    env.metadata[env.docname][USED] = "1"


def setup_assets(app: Sphinx) -> None:
    """Add our files where they are needed."""
    app.connect("builder-inited", _add_folder)
    app.connect("html-page-context", _add_files)


def _add_folder(app: Sphinx) -> None:
    if app.builder.format == "html":
        # rebound, not appended to: the default list is shared by all Sphinx runs of a process
        folder = EPUB_DIR if app.builder.name == "epub" else STATIC_DIR
        app.config.html_static_path = [*app.config.html_static_path, str(folder)]
        if app.builder.name == "singlehtml":
            _add(app)


def _add_files(
    app: Sphinx,
    _pagename: str,
    _templatename: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    if USED in (context.get("meta") or {}):
        _add(app)


def _add(app: Sphinx) -> None:
    if app.builder.name == "epub":
        app.add_css_file("ajo-epub.css", priority=600)  # after that of sphinx-design
        return
    app.add_css_file("ajo.css")
    app.add_css_file("ajo-print.css", media="print")
    app.add_js_file("ajo.js", loading_method="defer")
