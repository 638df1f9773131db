"""Where the targets of links and images lie. No Sphinx."""

from __future__ import annotations

import posixpath
import re
from typing import Final
from urllib.parse import unquote

HELP: Final = "help"
"""The folder of a repository that holds its pages."""

_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def is_local(target: str) -> bool:
    """Tell whether a target is a path, not an address or a fragment.

    :param target: The target as written.
    :returns: Whether it may be a file of the repository.
    """
    return bool(target) and not target.startswith("#") and _ABSOLUTE.match(target) is None


def local_path(page: str, target: str, srcdir_name: str = "") -> str:
    """Return where a local target lies.

    A target that begins with a slash is meant from the root of the repository: the source
    directory, or its parent if the source directory is the ``help`` folder.

    :param page: The file that holds the target, from the source directory.
    :param target: The target as written; its query and fragment do not count.
    :param srcdir_name: The name of the source directory.
    :returns: The path from the source directory, percent signs decoded. It begins with ``..``
        if it leads out of it.
    """
    path = unquote(target.partition("#")[0].partition("?")[0])
    if path.startswith("/"):
        path = path.lstrip("/")
        if srcdir_name == HELP:
            path = path[len(HELP) + 1 :] if path.startswith(f"{HELP}/") else f"../{path}"
    else:
        path = posixpath.join(posixpath.dirname(page), path)
    return posixpath.normpath(path)
