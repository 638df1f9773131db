"""Files that pages looked for in vain: when there is one, the page is read again.

As dependencies they would have Sphinx read the page in each build.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def note_absent(env: BuildEnvironment, path: str | os.PathLike[str], docname: str = "") -> None:
    """Note that a page would be another if there were a file.

    :param env: The build environment.
    :param path: The whole path of the file.
    :param docname: The page; the one that is being read, if omitted.
    """
    _absent(env).setdefault(docname or env.docname, set()).add(os.fspath(path))


def _absent(env: BuildEnvironment) -> dict[str, set[str]]:
    found: dict[str, set[str]] = env.__dict__.setdefault("ajo_absent", {})
    return found


def _purge(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    _absent(env).pop(docname, None)


def _merge(
    _app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment
) -> None:
    found = _absent(other)
    _absent(env).update({name: found[name] for name in docnames if name in found})


def _outdated(
    _app: Sphinx, env: BuildEnvironment, _added: set[str], _changed: set[str], removed: set[str]
) -> list[str]:
    return [
        docname
        for docname, paths in _absent(env).items()
        if docname not in removed and any(map(os.path.isfile, paths))
    ]


def setup_absent(app: Sphinx) -> None:
    """Register the handlers.

    :param app: The Sphinx application.
    """
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    app.connect("env-get-outdated", _outdated)
