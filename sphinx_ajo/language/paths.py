"""The paths of a repository: its root, its files, and the targets of links and images."""

from __future__ import annotations

import errno
import os
import posixpath
import re
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from sphinx_ajo.language.files import METADATA, find_file

HELP: Final = "help"
"""The folder of a repository that holds its pages."""

# two slashes begin a host, unless the author meant one slash: //help/page.md
_ABSOLUTE = re.compile(rf"[a-z][a-z0-9+.-]*:|//(?!{HELP}/)", re.IGNORECASE)


def is_local(target: str) -> bool:
    """Tell whether a target is a path, not an address or a fragment.

    :returns: Whether it may be a file of the repository.
    """
    return bool(target) and not target.startswith("#") and _ABSOLUTE.match(target) is None


def local_path(page: str, target: str, prefix: str = "") -> str:
    """Return the path that a local target leads to.

    A target that begins with a slash is relative to the root of the repository.

    :param page: The file with the target, relative to the source directory.
    :param target: The target as written; its query and fragment are ignored.
    :param prefix: The source directory, relative to the root of the repository: empty, ``help``,
        or the folder of a guide.
    :returns: The percent-decoded path, relative to the source directory. It begins with ``..`` if
        it is outside of that directory.
    """
    path = unquote(target.partition("#")[0].partition("?")[0])
    if not path:
        return page
    if not path.startswith("/"):
        path = posixpath.join(prefix, posixpath.dirname(page), path)
    path = posixpath.normpath(path.lstrip("/"))
    if not prefix or path == prefix:
        return "." if prefix else path
    if path.startswith(f"{prefix}/"):
        return path[len(prefix) + 1 :]
    return posixpath.relpath(f"/{path}", f"/{prefix}") if path[:2] != ".." else _above(path, prefix)


def _above(path: str, prefix: str) -> str:
    """Return a path that leads out of the repository, seen from the source directory."""
    return "../" * (prefix.count("/") + 1) + path


def find_root(srcdir: Path) -> Path:
    """Find the root of the repository that a source directory lies in.

    :returns: The parent of the ``help`` folder that is, or contains, the source directory; the
        source directory itself if there is none.
    """
    if srcdir.name == HELP:
        return srcdir.parent
    for folder in srcdir.parents:
        root = folder.parent
        # any folder may be called help
        if folder.name == HELP and (find_file(root, METADATA) or (folder / "_includes").is_dir()):
            return root
    return srcdir


def is_inside(path: str | Path, folder: str | Path) -> bool:
    """Tell whether a path stays in a folder, also after symbolic links are followed.

    :param path: An absolute path; ``..`` may occur in it.
    :returns: Whether the path is that of the folder or of a file or folder in it.
    """
    plain = Path(os.path.normpath(path)).is_relative_to(os.path.normpath(folder))
    return plain and Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def rebase(target: str, origin_path: str, page_path: str) -> str:
    """Make a relative link of an included text relative to the page that includes it.

    :param target: The link, as written; with or without fragment.
    :param page_path: The file of the page. Both paths are absolute, or relative to one folder.
    :returns: The link for the page; unchanged if it has a scheme, starts from the root, or points
        into the page.
    """
    origin, page = posixpath.dirname(_posix(origin_path)), posixpath.dirname(_posix(page_path))
    if origin == page or not is_local(target) or target[0] in "/\\?":
        return target
    end = min((at for at in map(target.find, "?#") if at >= 0), default=len(target))
    path, rest = target[:end], target[end:]
    result = posixpath.relpath(posixpath.join(origin, path), page or ".")
    if path.endswith("/"):
        result += "/"
    return result + rest


def _posix(path: str) -> str:
    return path.replace(os.sep, "/")


def write_if_changed(path: Path, text: str, folder: Path) -> None:
    """Write a file, unless it has this content already: then what depends on it is not rebuilt.

    :param path: Its path; missing folders are created.
    :param folder: The folder that it must lie in.
    :raises OSError: If the file is outside of the folder, or cannot be written.
    """
    if not is_inside(path, folder):
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), str(path))
    try:
        if path.read_text(encoding="utf-8") == text:
            return
    except OSError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def remove_inside(path: Path, folder: Path) -> None:
    """Remove a file, if it lies in a folder.

    :param folder: The folder. Of a symbolic link in it, the link is removed, not its target.
    """
    if is_inside(path.parent, folder):
        path.unlink(missing_ok=True)
