"""Read the defaults for Sphinx from an ExL repository without a ``conf.py``.

Settings of a project always take precedence over these defaults.
"""

from __future__ import annotations

import os
import posixpath
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_ajo.language.encodings import read_text
from sphinx_ajo.language.files import METADATA, TOC, any_case, find_file, spelling
from sphinx_ajo.language.front_matter import FrontMatter, read_page_front_matter
from sphinx_ajo.language.paths import HELP, find_root
from sphinx_ajo.site.boundary import make_boundary, repository_boundary
from sphinx_ajo.site.discovery import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_ajo.site.boundary import Boundary

EXCLUDED: Final = tuple(
    f"{prefix}{name}"
    for name in ("_includes/**", *map(any_case, (TOC, METADATA, "guide-metadata.md")))
    for prefix in ("", "**/")
)
"""Files that are never pages in a repository (exl-markdown.md, 1)."""

_LOCALE = re.compile(r"\.(?P<language>[a-z]{2})(?:-(?P<region>[A-Za-z]{2,4}))?$")
"""The end of the name of a repository: ``.en``, ``.sv-SE``, ``.zh-Hans``."""

_OWNER = re.compile(r"github\.com[/:](?P<owner>[\w.-]+)/[\w.-]+/?$", re.IGNORECASE)
"""The owner of a repository, in its address on GitHub."""

_REGIONAL: Final = {
    "pt": "pt_BR",
    "zh": "zh_CN",
    "zh-hans": "zh_CN",
    "zh-hant": "zh_TW",
    "zh-tw": "zh_TW",
}
"""Languages whose names in Sphinx need more than their first two letters."""


@dataclass(slots=True)
class Repository:
    """A repository as described by its files."""

    root: Path
    """Its root: the source directory, or the parent of the ``help`` folder it is or lies in."""
    prefix: str = ""
    """The source directory, from the root."""
    tocs: list[str] = field(default_factory=list)
    """The ``TOC.md`` files in the source directory, from there."""
    others: list[str] = field(default_factory=list)
    """The ``TOC.md`` files outside it, also relative to it."""
    metadata: FrontMatter = field(default_factory=FrontMatter)
    """The front matter of its ``metadata.md``."""
    metadata_path: str = ""
    """That file, from the source directory; empty if there is none."""
    guides: list[FrontMatter] = field(default_factory=list)
    """The front matter of each ``TOC.md``."""
    refused: list[str] = field(default_factory=list)
    """The ``TOC.md`` and ``metadata.md`` files that are symbolic links to the outside."""
    plain: bool = False
    """Whether it is any folder of pages, without ``metadata.md`` and ``TOC.md``."""

    @property
    def title(self) -> str:
        """The title of the guide or the repository being built; empty if no file has one."""
        titles = [guide.text("user-guide-title") for guide in self.guides]
        if "/" in self.prefix and len(titles) == 1 and titles[0]:
            return titles[0]
        for key in ("landing-page-breadcrumb-title", "solution"):
            if text := self.metadata.text(key):
                return text
        return next(filter(None, titles), "")

    @property
    def folder_title(self) -> str:
        """A title made from the name of its folder, for a repository without a title."""
        name = self.root.name
        match = repository_locale(name)
        return name_of(name[: match.start()] if match and not self.plain else name)

    @property
    def owner(self) -> str:
        """The owner of the repository, from its address; empty if the address is not known."""
        match = _OWNER.search(self.metadata.text("git-repo"))
        return match["owner"] if match else ""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the repository: that of its folder, and that of its ``git-repo``."""
        git_repo = self.metadata.text("git-repo").rstrip("/").removesuffix(".git")
        return (self.root.name, git_repo.rpartition("/")[2])

    @property
    def language(self) -> str | None:
        """Its language as Sphinx names it; ``None`` if the name of the repository has none."""
        # any folder may be called "example.io"
        for name in self.names if not self.plain else ():
            if match := repository_locale(name):
                language, region = match["language"], match["region"] or ""
                both = f"{language}-{region}".lower()
                return _REGIONAL.get(both) or _REGIONAL.get(language, language)
        return None


def repository_locale(name: str) -> re.Match[str] | None:
    """Find the language at the end of the name of a repository.

    :returns: The match: its start, and the groups ``language`` and ``region``.
    """
    return _LOCALE.search(name)


def name_of(path: str) -> str:
    """Make a title of the name of a page or folder.

    :param path: Its path without suffix, such as ``help/user/get-started``.
    :returns: The title, such as "Get started".
    """
    words = re.split(r"[-_\s]+", posixpath.basename(path))
    text = " ".join(filter(None, words))
    return text[:1].upper() + text[1:]


def read_repository(srcdir: Path, trusted: Sequence[Path] = ()) -> Repository | None:
    """Read a source directory.

    A repository has a ``metadata.md`` at its root, a ``TOC.md`` beside its pages, or both.

    :param srcdir: The source directory: the root of a repository, its ``help`` folder, or the
        folder of a guide.
    :param trusted: Folders outside it to which links may lead.
    :returns: The repository; ``None`` if it is not an ExL repository.
    """
    root = find_root(srcdir)
    prefix = "" if root == srcdir else srcdir.relative_to(root).as_posix()
    files = _Files(make_boundary([*repository_boundary(root, srcdir).folders, *trusted]))
    metadata_path = _find_metadata(root, srcdir)
    if metadata_path and not files.has(srcdir / metadata_path):
        metadata_path = ""
    metadata = _front_matter(srcdir, metadata_path) if metadata_path else None
    anywhere = metadata is not None and not (root / HELP).is_dir()
    found = _find_tocs(srcdir, prefix, anywhere=anywhere)
    tocs = sorted(found, key=lambda path: (path.count("/"), path))
    tocs = [path for path in tocs if files.has(srcdir / path)]
    if not tocs and metadata is None:
        return None
    guides = [_front_matter(srcdir, path) for path in tocs]
    others = sorted(_find_others(root, prefix)) if "/" in prefix else []
    others = [path for path in others if files.has(srcdir / path)]
    return Repository(
        root,
        prefix,
        tocs,
        others,
        metadata or FrontMatter(),
        metadata_path,
        guides,
        sorted(files.refused),
    )


class _Files:
    """The files that tell what a repository is."""

    def __init__(self, boundary: Boundary) -> None:
        self._boundary = boundary
        self.refused: set[str] = set()

    def has(self, path: Path) -> bool:
        """Tell whether a file may be read; record one that may not."""
        if self._boundary.file(path) and shown(str(path)) == str(path):
            return True
        self.refused.add(str(path))
        return False


def _find_metadata(root: Path, srcdir: Path) -> str:
    for folder in (root, srcdir):
        if name := find_file(folder, METADATA):
            return os.path.relpath(folder / name, srcdir).replace(os.sep, "/")
    return ""


def plain_repository(srcdir: Path) -> Repository:
    """Describe a folder of pages that is not an ExL repository.

    :returns: A repository that has neither metadata nor guides.
    """
    root = find_root(srcdir)
    prefix = "" if root == srcdir else srcdir.relative_to(root).as_posix()
    return Repository(root, prefix, plain=True)


def _find_tocs(srcdir: Path, prefix: str, *, anywhere: bool = False) -> Iterator[str]:
    start = srcdir
    if not prefix and not anywhere:
        if name := find_file(srcdir, TOC):
            yield name
        start = srcdir / HELP
    for folder, folders, files in os.walk(start):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "_includes")))
        # most folders contain none
        if spelling(files, TOC) and (name := find_file(Path(folder), TOC)):
            yield (Path(folder) / name).relative_to(srcdir).as_posix()


def _find_others(root: Path, prefix: str) -> Iterator[str]:
    for path in _find_tocs(root / HELP, HELP):
        if not f"{HELP}/{path}".startswith(f"{prefix}/"):
            yield posixpath.relpath(f"/{HELP}/{path}", f"/{prefix}")


def _front_matter(srcdir: Path, path: str) -> FrontMatter:
    return read_page_front_matter(read_text(srcdir / path))
