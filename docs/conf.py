"""The documentation of sphinx_ajo, built by sphinx_ajo itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_ajo import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "sphinx_ajo"
author = "The sphinx_ajo developers"
copyright = author
version = release = __version__

extensions = ["sphinx_ajo.tools.docs_directives", "sphinx_copybutton"]
exclude_patterns = ["_build", "_includes", "demo", "demo-set"]

# Not "auto": the demo has a metadata.md, so this folder would look like an ExL repository.
ajo_dialect = "mixed"
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = f"sphinx_ajo {release}"
html_static_path = ["_static"]
html_css_files = ["docs.css"]


def _choose_dialect(app: Sphinx, docname: str, _source: list[str]) -> None:
    app.config.ajo_dialect = "exl" if docname == "gallery" else "mixed"


def setup(app: Sphinx) -> None:
    """Read the gallery as what it shows, a page of Experience League Markdown."""
    app.connect("source-read", _choose_dialect)
    # what is saved at the end is the dialect of the project
    app.connect("doctree-read", lambda app, _doctree: _choose_dialect(app, "", []))
