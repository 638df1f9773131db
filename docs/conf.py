"""The documentation of sphinx_ajo, built by sphinx_ajo itself."""

from __future__ import annotations

from sphinx_ajo import __version__

project = "sphinx_ajo"
author = "The sphinx_ajo developers"
copyright = author
version = release = __version__

extensions = ["sphinx_ajo.tools.docs_directives", "sphinx_copybutton"]
exclude_patterns = ["_build", "demo", "demo-set"]

# Not "auto": the demo has a metadata.md, so this folder would look like an ExL repository.
ajo_dialect = "mixed"
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = f"sphinx_ajo {release}"
html_static_path = ["_static"]
html_css_files = ["docs.css"]
