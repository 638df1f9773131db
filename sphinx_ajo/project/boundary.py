"""Which files the pages of a build may read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_ajo.project.repository import repository_root
from sphinx_ajo.project.state import state_of
from sphinx_ajo.site.boundary import repository_boundary

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

    from sphinx_ajo.site.boundary import Boundary

OUTSIDE: Final = (
    "%r leads outside the repository, so it is not read or copied; "
    "if you trust it, list its folder in ajo_trusted_folders"
)
"""The warning about a file outside the repository."""

UNREAD: Final = (
    "%r is not a readable file, or leads outside the repository; it is treated as missing"
)
"""The warning about the same, for files with fixed names."""


def boundary_of(env: BuildEnvironment) -> Boundary:
    """Return the boundary of the files that pages of a project may read and show.

    :returns: Those of the repository, of its original, and of the trusted folders.
    """
    return state_of(env).boundary or repository_boundary(repository_root(env), Path(env.srcdir))
