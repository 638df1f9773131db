"""Make a second build of an application begin with the stylesheets and scripts of the first.

Sphinx keeps the files that pages have added for themselves, and links them on all pages of the next
build. Editors build with one application again and again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.builders.html import StandaloneHTMLBuilder

from sphinx_ajo.foreign.resident import PageFiles

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder


class _Restored:
    """The stylesheets and scripts of all pages, for the builds of one application."""

    def __init__(self) -> None:
        self._files: PageFiles | None = None

    def record(self, _app: Sphinx, builder: Builder) -> None:
        if isinstance(builder, StandaloneHTMLBuilder):
            self._files = PageFiles(builder)

    def restore(self, _app: Sphinx, _error: Exception | None) -> None:
        if self._files is not None:
            self._files.restore()
            self._files = None


def setup_page_files(app: Sphinx) -> None:
    """Register the handlers."""
    restored = _Restored()
    # after handlers that add files for all pages (500), and after those that write pages (500)
    app.connect("write-started", restored.record, priority=900)
    app.connect("build-finished", restored.restore, priority=900)
