"""Files that pages looked for in vain: one day they may be there.

As dependencies they would have Sphinx read the page in each build.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def note_missing(env: BuildEnvironment, path: str) -> None:
    """Have the page that is being read be read again once a file is there.

    :param env: The build environment.
    :param path: The file, with its whole path.
    """
    _missing(env).setdefault(env.docname, set()).add(path)


def setup_missing(app: Sphinx) -> None:
    """Register the handlers.

    :param app: The Sphinx application.
    """
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    app.connect("env-get-outdated", _outdated)


def _missing(env: BuildEnvironment) -> dict[str, set[str]]:
    if not hasattr(env, "ajo_missing"):
        env.ajo_missing = {}  # type: ignore[attr-defined]
    missing: dict[str, set[str]] = env.ajo_missing  # type: ignore[attr-defined]
    return missing


def _purge(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    _missing(env).pop(docname, None)


def _merge(
    _app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment
) -> None:
    found = _missing(other)
    _missing(env).update({name: found[name] for name in docnames if name in found})


def _outdated(
    _app: Sphinx, env: BuildEnvironment, _added: set[str], _changed: set[str], removed: set[str]
) -> list[str]:
    return [
        docname
        for docname, paths in _missing(env).items()
        if docname not in removed and any(map(os.path.isfile, paths))
    ]
