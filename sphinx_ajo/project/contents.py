"""The digests of the files of a build, kept beside its doctrees for the next build."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_ajo.base.contents import FileContents, read_contents

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def contents_of(app: Sphinx) -> FileContents:
    """Return the digests of the files of a build.

    :returns: The same object during the whole build.
    """
    found = getattr(app, "ajo_contents", None)
    if not isinstance(found, FileContents):
        found = read_contents(_file(app))
        app.ajo_contents = found  # type: ignore[attr-defined]
    return found


def keep_contents(app: Sphinx) -> None:
    """Save the digests for the next build, if they have changed."""
    contents = contents_of(app)
    contents.finish()
    if contents.changed:
        contents.write(_file(app))


def _file(app: Sphinx) -> Path:
    return Path(app.doctreedir, "ajo-contents.json")
