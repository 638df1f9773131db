"""Files that pages looked for in vain: when one is added, the page is read again.

If they were dependencies, Sphinx would read the page in each build.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from sphinx_ajo.project.state import PageRecords

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_MISSING: Final = PageRecords[set[str]]("missing_files")


def note_missing_file(
    env: BuildEnvironment, path: str | os.PathLike[str], docname: str = ""
) -> None:
    """Record that a page looked for a missing file.

    :param docname: The page; default: the page being read.
    """
    _MISSING.of(env).setdefault(docname or env.docname, set()).add(os.fspath(path))


def _outdated(
    _app: Sphinx, env: BuildEnvironment, _added: set[str], _changed: set[str], removed: set[str]
) -> list[str]:
    return [
        docname
        for docname, paths in _MISSING.of(env).items()
        if docname not in removed and any(map(os.path.isfile, paths))
    ]


def setup_missing_files(app: Sphinx) -> None:
    """Register the handlers."""
    app.connect("env-get-outdated", _outdated)
