"""The original of the project, in the build environment."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from sphinx_ajo.project.missing_files import note_missing_file
from sphinx_ajo.project.state import PageRecords, state_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.environment import BuildEnvironment

    from sphinx_ajo.site.originals.model import Original

RENAMED: Final = PageRecords["Mapping[tuple[str, str], str]"]("renamed")
"""For links to ids, by path and id: the ids of the corresponding links in the original."""

UNPLACED: Final = "ajo_unplaced_ids"
"""The key of ``env.temp_data`` for ids of the original that no heading of the page has."""


def original_of(env: BuildEnvironment) -> Original | None:
    """Return the original of the project.

    :returns: The original that the pages are read with; ``None`` if the project is no
        translation, or has none.
    """
    return state_of(env).original


def addresses_of(env: BuildEnvironment) -> Mapping[str, str]:
    """Return the addresses of pages that only the original has.

    :returns: Path from the source directory → address on the official site, only for link targets
        of the project.
    """
    return state_of(env).original_addresses


def available(env: BuildEnvironment, path: str) -> str:
    """Find a file that is not a page: in the project, or else in its original.

    The page being read is read again when the result changes.

    :param env: The build environment, reading a page.
    :param path: The path of the file from the source directory.
    :returns: Its path from there; empty if it is nowhere.
    """
    local = os.path.normpath(os.path.join(env.srcdir, path))  # noqa: PTH118 (for each image)
    if os.path.isfile(local):  # noqa: PTH113
        return path
    note_missing_file(env, local)
    original = original_of(env)
    if original is None:
        return ""
    found = original.file(path)
    if not found:
        note_missing_file(env, os.path.normpath(os.path.join(original.srcdir, path)))  # noqa: PTH118
        return ""
    return os.path.relpath(found, env.srcdir).replace(os.sep, "/")
