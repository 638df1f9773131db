"""Which files a build may read: those of the repository. No Sphinx.

A repository is untrusted. Its links, images and symbolic links may point to any file of the build
machine, and every file that is read is published.
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
# its folder may contain passwords; the other form is its short name on Windows


@dataclass(frozen=True, slots=True)
class Boundary:
    """The folders whose files may be read, copied and published."""

    folders: tuple[str, ...]
    """Their real paths."""

    def holds(self, path: str | os.PathLike[str]) -> bool:
        """Tell whether a path is in one of the folders, after symbolic links are resolved.

        The ``.git`` folder does not belong to them.

        :param path: The absolute path of a file or folder, which need not exist.
        """
        return self.holds_real(real_path(path))

    def holds_real(self, real: str) -> bool:
        """Tell whether a path without symbolic links is in one of the folders.

        :param real: What :func:`real_path` has returned.
        """
        return any(_lies_in(real, folder) for folder in self.folders) if real else False

    def is_left_by(self, path: str | os.PathLike[str]) -> bool:
        """Tell whether a path leads outside.

        :param path: The absolute path of a file or folder, which need not exist.
        :returns: Whether it does. An impossible path leads nowhere.
        """
        real = real_path(path)
        return bool(real) and not self.holds(real)

    def file(self, path: str | os.PathLike[str]) -> bool:
        """Tell whether a path is that of an allowed, readable file.

        :returns: Whether it is: not a folder or a device, and not missing.
        """
        return os.path.isfile(path) and os.access(path, os.R_OK) and self.holds(path)  # noqa: PTH113


def make_boundary(folders: Iterable[str | os.PathLike[str]]) -> Boundary:
    """Describe the folders whose files may be read."""
    found = dict.fromkeys(filter(None, map(real_path, folders)))
    return Boundary(tuple(found))


def repository_boundary(root: Path, srcdir: Path) -> Boundary:
    """Return the boundary of a repository alone.

    :param srcdir: The source directory, which is used if the root would be that of the whole file
        system.
    """
    return make_boundary([srcdir if root == Path(root.anchor) else root])


def real_path(path: str | os.PathLike[str]) -> str:
    """Resolve all symbolic links of a path.

    :returns: The real path; empty if no file can have such a path.
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
