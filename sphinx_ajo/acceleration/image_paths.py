"""Find the images of a page without resolving the path of their folder again for each of them.

Sphinx looks up each image twice, first under the name that it would have in another language, and
resolves all symbolic links in its path each time.
"""

from __future__ import annotations

import os
import posixpath
import stat
from typing import TYPE_CHECKING

from sphinx_ajo.project.state import state_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


class ImagePaths:
    """Replaces ``env.relfn2path`` while the collectors of Sphinx go through one page."""

    def __init__(
        self, stock: Callable[..., tuple[str, str]], srcdir: str | os.PathLike[str]
    ) -> None:
        """Start without folders."""
        self._stock = stock
        self._srcdir = os.fspath(srcdir)
        self._folders: dict[str, tuple[str, str]] = {}

    def __call__(
        self, filename: str | os.PathLike[str], docname: str | None = None
    ) -> tuple[str, str]:
        """Return the paths of a file: relative to the source directory, and absolute.

        :param filename: The file. Only a path from the source directory that needs no
            simplification can have a known folder.
        """
        if not isinstance(filename, str) or filename[:1] != "/":
            return self._stock(filename, docname)
        folder, _, name = filename.rpartition("/")
        if folder not in self._folders:
            self._look_up(folder)
        if folder in self._folders and name not in ("", ".", ".."):
            relative, absolute = self._folders[folder]
            if not _may_be_link(absolute + name):
                return relative + name, absolute + name
        found = self._stock(filename, docname)
        if folder not in self._folders and _is_plain(folder):
            self._keep(folder, name, *found)
        return found

    def _look_up(self, folder: str) -> None:
        """Remember where a folder is if no part of its path is a symbolic link."""
        path = self._srcdir + folder
        # the path of a link to itself is "real", too
        if _is_plain(folder) and os.path.isdir(path) and os.path.realpath(path) == path:  # noqa: PTH112
            self._folders[folder] = (f"{folder[1:]}/" if folder else "", f"{path}/")

    def _keep(self, folder: str, name: str, relative: str, absolute: str) -> None:
        """Remember where a folder is.

        A folder outside the source directory is not kept: a path in it might lead back.
        """
        if absolute.endswith(f"/{name}") and f"/{relative}".endswith(f"/{name}"):
            start = relative.removesuffix(name)
            if not start.startswith(("..", "/")):
                self._folders[folder] = (start, absolute.removesuffix(name))


def _is_plain(folder: str) -> bool:
    """Tell whether a folder is given in the simplest form."""
    return not folder or (folder[:2] != "//" and posixpath.normpath(folder) == folder)


def _may_be_link(path: str) -> bool:
    try:
        return stat.S_ISLNK(os.lstat(path).st_mode)
    except OSError:
        return False  # the file does not exist
    except ValueError:
        return True  # no file can have this name; Sphinx decides


def _begin(app: Sphinx, _doctree: nodes.document) -> None:
    # on Windows, paths have other forms
    if state_of(app.env).accelerated and os.sep == "/":
        _end(app)
        paths = ImagePaths(app.env.relfn2path, app.env.srcdir)
        app.env.relfn2path = paths  # type: ignore[method-assign]


def _end(app: Sphinx, *_: object) -> None:
    env: BuildEnvironment = app.env
    if isinstance(vars(env).get("relfn2path"), ImagePaths):
        del env.relfn2path


def setup_image_paths(app: Sphinx) -> None:
    """Look up images faster while Sphinx collects them."""
    # around Sphinx's collectors (priority 500)
    app.connect("doctree-read", _begin, priority=499)
    app.connect("doctree-read", _end, priority=501)
    # after an error in a collector
    app.connect("build-finished", _end)
