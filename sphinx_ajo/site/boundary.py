"""Which files a build may read: those of the repository. No Sphinx.

A repository is untrusted text. Its links, its images and its symbolic links may name any file of
the machine that builds it; what is read is published.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_GIT = re.compile(r"(?:\.git|git~\d)[. ]*", re.IGNORECASE)
# its folder may hold passwords; and how else Windows spells it


@dataclass(frozen=True, slots=True)
class Boundary:
    """The folders whose files may be read, copied and published."""

    folders: tuple[str, ...]
    """Their real paths."""

    def holds(self, path: str | os.PathLike[str]) -> bool:
        """Tell whether a path lies in one of the folders, when symbolic links are followed.

        What git keeps of itself there is no part of them.

        :param path: The whole path of a file or folder, whether it exists or not.
        """
        return self.holds_real(real_path(path))

    def holds_real(self, real: str) -> bool:
        """Tell whether a path lies in one of the folders, which has no symbolic links.

        :param real: What :func:`real_path` has returned.
        """
        return any(_lies_in(real, folder) for folder in self.folders) if real else False

    def is_left_by(self, path: str | os.PathLike[str]) -> bool:
        """Tell whether a path leads somewhere else.

        :param path: The whole path of a file or folder, whether it exists or not.
        :returns: Whether it does. What no file can be called leads nowhere.
        """
        real = real_path(path)
        return bool(real) and not self.holds(real)

    def file(self, path: str | os.PathLike[str]) -> bool:
        """Tell whether a path is that of a file that can be read, and may be.

        :returns: Whether it is: no folder, no device, nothing that does not exist.
        """
        return os.path.isfile(path) and os.access(path, os.R_OK) and self.holds(path)  # noqa: PTH113


def make_boundary(folders: Iterable[str | os.PathLike[str]]) -> Boundary:
    """Describe the folders whose files may be read."""
    found = dict.fromkeys(filter(None, map(real_path, folders)))
    return Boundary(tuple(found))


def repository_boundary(root: Path, srcdir: Path) -> Boundary:
    """Return the boundary of a repository by itself.

    :param srcdir: The source directory. If the root is that of the whole file system, it counts.
    """
    return make_boundary([srcdir if root == Path(root.anchor) else root])


def real_path(path: str | os.PathLike[str]) -> str:
    """Follow all symbolic links of a path.

    :returns: Where it leads; empty if no file can have such a path.
    """
    try:
        return os.path.realpath(path) if os.fspath(path) else ""
    except (OSError, ValueError):  # a null character
        return ""


def _lies_in(path: str, folder: str) -> bool:
    path, folder = os.path.normcase(path), os.path.normcase(folder)
    start = folder.rstrip(os.sep) + os.sep
    if path == folder:
        return True
    if not path.startswith(start):
        return False
    rest = path[len(start) :]
    return "git" not in rest.lower() or not any(map(_GIT.fullmatch, Path(rest).parts))
