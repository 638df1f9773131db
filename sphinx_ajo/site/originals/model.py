"""Find the original of a translation, and match their files. No Sphinx."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_ajo.language.files import METADATA, find_file
from sphinx_ajo.language.front_matter import read_front_matter
from sphinx_ajo.language.paths import HELP
from sphinx_ajo.site.boundary import Boundary
from sphinx_ajo.site.repository import repository_locale
from sphinx_ajo.site.toc.heads import read_head

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_ajo.base.contents import FileContents
    from sphinx_ajo.site.repository import Repository

ENGLISH: Final = "en"
"""The language of originals, which is also the end of the names of their repositories."""

Heads = dict[str, tuple[str, str]]
"""File → the digest of its contents, and its ``exl-id``."""


@dataclass(frozen=True)
class Original:
    """The files of the repository that a translation was made from."""

    root: str
    """Its root."""
    srcdir: str
    """The folder in it that corresponds to the source directory of the translation."""
    local_root: str
    """The root of the translation."""
    twins: dict[str, str] = field(default_factory=dict)
    """Pages of the translation that the original has under another path → that path."""

    def file(self, path: str) -> str:
        """Find a file of the original.

        :returns: The file; empty if there is none.
        """
        found = os.path.normpath(os.path.join(self.srcdir, path))  # noqa: PTH118 (for each image)
        return found if Boundary((self.root,)).file(found) else ""

    def toc(self, path: str) -> str:
        """Find the original of a guide.

        :param path: Its ``TOC.md``, from the source directory of the translation.
        :returns: The file, whose name may be in another case; empty if there is none.
        """
        folder, name = os.path.split(path)
        name = find_file(Path(self.srcdir, folder), name)
        return self.file(f"{folder}/{name}" if folder else name) if name else ""

    def page(self, docname: str, path: str) -> str:
        """Find the original of a page.

        :returns: The file with the same path, or else with the same ``exl-id``; empty if there is
            none.
        """
        return self.file(path) or self.file(self.twins.get(docname, path))

    def local(self, path: str) -> str:
        """Return the path that a file of the original would have in the translation.

        :returns: Its counterpart, which need not exist; the same path if it is not a file of the
            original.
        """
        return _moved(path, self.root, self.local_root)

    def counterpart(self, path: str) -> str:
        """Return the path in the original for a file of the translation.

        :param path: The absolute path of the file, which need not exist.
        :returns: Its counterpart, which need not exist either.
        """
        return _moved(path, self.local_root, self.root)


def _moved(path: str, old: str, new: str) -> str:
    if path.startswith(old + os.sep):
        return new + path[len(old) :]
    return path


def find_original(repository: Repository) -> Path | None:
    """Look for the original beside a translation.

    :param repository: The translation. Its name ends in a language: the name of its folder, or else
        the name in the ``git-repo`` of its ``metadata.md``.
    :returns: The folder with the same name, but ending in ``.en``, if it is a repository.
    """
    for name in repository.names:
        match = repository_locale(name)
        if match is None:
            continue
        folder = repository.root.with_name(f"{name[: match.start()]}.{ENGLISH}")
        if match["language"] != ENGLISH and is_repository(folder):
            return folder
        return None
    return None


def is_repository(folder: Path) -> bool:
    """Tell whether a folder looks like the root of a repository.

    :param folder: The folder; it need not exist.
    :returns: Whether it has pages, or metadata.
    """
    return (folder / HELP).is_dir() or bool(find_file(folder, METADATA))


def make_original(folder: Path, repository: Repository, srcdir: Path) -> Original:
    """Describe an original.

    :param folder: Its root, or its ``help`` folder.
    """
    # the system resolves ``..`` after symbolic links, so real paths are needed
    folder = Path(os.path.realpath(folder))
    root = folder.parent if folder.name == HELP else folder
    inner = srcdir.relative_to(repository.root)
    return Original(str(root), str(root / inner), str(repository.root))


def find_twins(
    original: Original,
    pages: Iterable[tuple[str, str, str]],
    heads: Heads,
    contents: FileContents,
) -> dict[str, str]:
    """Find the originals of pages that have no original with the same path.

    :param pages: The name, the path from the source directory and the file of each page.
    :param heads: The heads that an earlier build has read; they are updated.
    :returns: Page → the path of the original from its source directory. An ``exl-id`` in two files
        is ignored.
    """
    pages = list(pages)
    wanted: dict[str, str] = {}
    known = Heads()
    identity = partial(_identity, heads=heads, known=known, contents=contents)
    for docname, path, file in pages:
        if not original.file(path) and (id_ := identity(file)):
            wanted[docname] = id_
    found: dict[str, str] = {}
    if wanted:
        paths = {path for _, path, _ in pages}
        twice = set()
        for path in pages_of(original):
            if path in paths or not original.file(path):
                continue
            id_ = identity(os.path.join(original.srcdir, path))  # noqa: PTH118
            if id_ in found:
                twice.add(id_)
            found[id_] = path
        for id_ in twice:
            del found[id_]
    heads.clear()
    heads.update(known)
    return {docname: found[id_] for docname, id_ in wanted.items() if id_ in found}


def _identity(file: str, heads: Heads, known: Heads, contents: FileContents) -> str:
    """Return the ``exl-id`` of a file; empty if it has none."""
    digest = contents.digest(file)
    if not digest:
        return ""
    if heads.get(file, ("",))[0] != digest:
        try:
            front_matter = read_front_matter(read_head(Path(file)))
        except OSError:
            return ""
        heads[file] = (digest, front_matter.text("exl-id"))
    known[file] = heads[file]
    return heads[file][1]


def pages_of(original: Original) -> Iterator[str]:
    """Find the Markdown files of an original.

    :returns: Their paths from its source directory, sorted within each folder.
    """
    start = os.path.join(original.srcdir, HELP)  # noqa: PTH118
    if not os.path.isdir(start):  # noqa: PTH112
        start = original.srcdir
    for folder, folders, files in os.walk(start):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "_includes")))
        for name in sorted(files):
            if name.endswith(".md"):
                path = os.path.relpath(os.path.join(folder, name), original.srcdir)  # noqa: PTH118
                yield path.replace(os.sep, "/")
