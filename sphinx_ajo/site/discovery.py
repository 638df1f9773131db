"""Find the pages of a project, without files outside it and files that break a build. No Sphinx.

Sphinx follows every symbolic link, even in circles, and accepts every file name as the name of a
page.
"""

from __future__ import annotations

import os
import posixpath
import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from sphinx_ajo.base.safe_paths import MOST_NAME, SUFFIXES, same_file
from sphinx_ajo.site.boundary import real_path

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator

    from sphinx_ajo.site.boundary import Boundary

_BAD = re.compile(r'[\x00-\x1f\x7f-\x9f<>"\\\u2028\u2029]')
# no page has such a name; writers and themes print names unescaped

_LONGEST_SUFFIX: Final = len(".doctree")
# the longest suffix that builders add to the name of a page

_TAKEN: Final = re.compile(
    r"_(?:static|images|downloads|sources|modules)|\.(?:buildinfo|doctrees|nojekyll|ajo-redirects)"
    r"|cname|searchindex\.js|objects\.inv|opensearch\.xml|.*\.(?:json|pickle)",
    re.IGNORECASE,
)
# files and folders of the output, which a page with that name, or in such a folder, would overwrite

_MADE: Final = re.compile(
    r"index(?:-\d+)?|search|genindex(?:-\w+)?|(?:py-)?modindex", re.IGNORECASE
)
# pages without a file


class FileProblem(NamedTuple):
    """A file or folder that is left out."""

    path: str
    """Its path from the source directory; bytes that are not UTF-8 are escaped."""
    kind: str
    """``outside``, ``limit``, or the reason."""


@dataclass(slots=True)
class Found:
    """The result of the search."""

    paths: list[str] = field(default_factory=list)
    """The files of pages, from the source directory."""
    problems: list[FileProblem] = field(default_factory=list)


class _Folder(NamedTuple):
    """A folder to be searched."""

    path: str
    """Its path from the source directory; empty or with a slash at its end."""
    real: str
    """Its real path."""
    trail: tuple[str, ...] = ()
    """The real paths of the folders with the symbolic links that lead there."""


class Finder:
    """Finds the files of pages."""

    def __init__(
        self,
        boundary: Boundary,
        suffixes: Iterable[str],
        *,
        is_wanted: Callable[[str], bool],
        is_excluded: Callable[[str], bool],
        most_linked: int,
        longest: int,
    ) -> None:
        """Set what to search.

        :param is_wanted: Tells whether a path may be a page.
        :param is_excluded: Tells whether a file or folder is skipped.
        :param most_linked: The maximum number of files that are reached through links to folders.
        :param longest: The maximum length of the path of a page in bytes, so that the path of its
            output is not too long.
        """
        self._boundary = boundary
        self._suffixes = tuple(suffixes)
        self._is_wanted = is_wanted
        self._is_excluded = is_excluded
        self._left = most_linked
        self._longest = longest
        self._srcdir = ""
        self._found = Found()

    def find(self, srcdir: str) -> Found:
        """Search all folders.

        :returns: The pages, and the files that are left out.
        """
        self._found = Found()
        self._srcdir = srcdir
        waiting = [_Folder("", real_path(srcdir))]
        while waiting:
            waiting.extend(reversed(list(self._look_at(waiting.pop()))))
        self._leave_out_clashes()
        return self._found

    def _look_at(self, folder: _Folder) -> Iterator[_Folder]:
        """Record the pages of a folder; yield its subfolders."""
        for entry in _entries(folder.real):
            # as Sphinx writes paths
            path = unicodedata.normalize("NFC", folder.path + entry.name)
            if folder.trail and not self._count(path):
                return
            if self._is_excluded(path):
                continue
            if _is_folder(entry):
                if inner := self._inner(folder, path, entry):
                    yield inner
            # patterns do not match line ends, and would silently exclude such a file
            elif path.endswith(self._suffixes) and ("\n" in path or self._is_wanted(path)):
                self._note(path, entry)

    def _count(self, path: str) -> bool:
        if self._left == 0:
            self._leave_out(posixpath.dirname(path), "limit")
        self._left -= 1
        return self._left >= 0

    def _inner(self, folder: _Folder, path: str, entry: os.DirEntry[str]) -> _Folder | None:
        real = os.path.join(folder.real, entry.name)  # noqa: PTH118
        if not entry.is_symlink():
            return _Folder(f"{path}/", real, folder.trail)
        target = real_path(real)
        if not self._boundary.holds(target):
            # no warning if all of it is excluded
            if not self._is_excluded(f"{path}/-"):
                self._leave_out(path, "outside")
            return None
        trail = (*folder.trail, folder.real)
        if any(place == target or place.startswith(target.rstrip("/") + os.sep) for place in trail):
            self._leave_out(path, "it is a link to a folder that contains it")
            return None
        return _Folder(f"{path}/", target, trail)

    def _note(self, path: str, entry: os.DirEntry[str]) -> None:
        if entry.is_symlink() and not self._boundary.holds(entry.path):
            self._leave_out(path, "outside")
        elif problem := self._problem(path) or self._file_problem(path, entry):
            self._leave_out(path, problem)
        else:
            self._found.paths.append(path)

    def _problem(self, path: str) -> str:
        """Return what is wrong with the path of a page; empty if nothing is."""
        try:
            length = len(path.encode())
        except UnicodeEncodeError:
            return "its name is not UTF-8"
        if _BAD.search(path):
            return "its name has characters that the name of a page cannot have"
        suffix = next(suffix for suffix in self._suffixes if path.endswith(suffix))
        name = posixpath.basename(path).removesuffix(suffix)
        if len(name.encode()) + _LONGEST_SUFFIX > MOST_NAME or length > self._longest:
            return "its name is too long"
        if _TAKEN.fullmatch(path.removesuffix(suffix).partition("/")[0]):
            return "Sphinx writes another file of that name"
        return ""

    def _file_problem(self, path: str, entry: os.DirEntry[str]) -> str:
        """Return why a file cannot be read; empty if it can."""
        try:
            regular = entry.is_file()
        except OSError:
            regular = False
        if not regular:
            return "it is not a readable file"
        # some file systems do not find a name in another Unicode normalization (NFC)
        readable = os.access(os.path.join(self._srcdir, path), os.R_OK)  # noqa: PTH118
        return "" if readable else "it cannot be read"

    def _leave_out(self, path: str, kind: str) -> None:
        self._found.problems.append(FileProblem(shown(path), kind))

    def _leave_out_clashes(self) -> None:
        """Leave out pages in folders that have the name of an output file of another page."""
        paths = self._found.paths
        odd = {folder for path in paths for folder in _above(path) if _stem(folder) != folder}
        if not odd:
            return
        pages = {same_file(_stem(path)) for path in paths}
        odd = {folder for folder in odd if _is_page(_stem(folder), pages)}
        self._found.paths = []
        for path in paths:
            folder = next((folder for folder in _above(path) if folder in odd), "")
            if folder:
                self._leave_out(path, "its folder has the name of an output file of another page")
            else:
                self._found.paths.append(path)


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return sorted(found, key=lambda entry: entry.name)
    except OSError:
        return []


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # symbolic links in a circle
        return False


def _above(path: str) -> Iterator[str]:
    """Yield the folders of a path, the innermost first."""
    folder = posixpath.dirname(path)
    while folder:
        yield folder
        folder = posixpath.dirname(folder)


def _stem(path: str) -> str:
    """Return a path without the suffixes that builders add to the names of pages."""
    lower = path.lower()
    for suffix in (".md.txt", *SUFFIXES):
        if lower.endswith(suffix):
            return path[: -len(suffix)]
    return path


def _is_page(name: str, pages: Container[str]) -> bool:
    return same_file(name) in pages or _MADE.fullmatch(posixpath.basename(name)) is not None


def shown(path: str) -> str:
    """Return a path as it can be printed.

    :returns: The path; bytes that are not UTF-8 are escaped, as in Python.
    """
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
