"""Whether the theme has changed: a digest of its templates, stylesheets and scripts."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx.builders.html import StandaloneHTMLBuilder

from sphinx_ajo.navigation.mode import STATIC_DIR
from sphinx_ajo.project.contents import contents_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

_SUFFIXES: Final = (".html", ".css", ".js", ".css_t", ".js_t", ".jinja")
"""The suffixes of files that pages depend on: templates, and files that pages name with a checksum.
"""


def digest_theme(app: Sphinx) -> str:
    """Digest the templates, stylesheets and scripts of a build.

    :returns: The digest; if it changes, all pages have to be written again.
    """
    contents = contents_of(app)
    found = hashlib.blake2b(digest_size=8)
    for folder in _folders(app):
        for path in sorted(_files(folder)):
            found.update(f"{os.path.relpath(path, folder)}\0{contents.digest(path)}\0".encode())
        found.update(b"\1")
    return found.hexdigest()


def _folders(app: Sphinx) -> Iterator[str]:
    builder, config = app.builder, app.config
    if isinstance(builder, StandaloneHTMLBuilder):
        yield from map(str, builder.theme.get_theme_dirs())
    # the folder of the navigation is added only while pages are written
    own = (*config.templates_path, *config.html_static_path, str(STATIC_DIR))
    # the order does not matter, and some are added twice in one process
    yield from sorted({str(Path(app.confdir, name)) for name in own})


def _files(folder: str) -> Iterator[str]:
    if folder.endswith(_SUFFIXES) and Path(folder).is_file():
        yield folder
    for place, _, names in os.walk(folder):
        yield from (
            os.path.join(place, name)  # noqa: PTH118
            for name in names
            if name.endswith(_SUFFIXES)
        )
