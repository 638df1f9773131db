"""Find the files that describe a repository, ignoring case. No Sphinx.

On some file systems ``toc.md`` and ``TOC.md`` are the same file, on others they are not. Here they
are the same on all file systems.
"""

from __future__ import annotations

import os
import posixpath
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

TOC: Final = "TOC.md"
"""The file with the navigation of a guide."""

METADATA: Final = "metadata.md"
"""The file with the metadata that all pages of a repository inherit."""


def is_toc(path: str) -> bool:
    """Tell whether a path is that of a file called ``TOC.md``, in any case."""
    return posixpath.basename(path).lower() == TOC.lower()


def spelling(names: Iterable[str], name: str) -> str:
    """Find a name among others, ignoring case.

    :returns: The name as it is spelled; an exact match, if there are several. Empty if there is
        none.
    """
    found = sorted(other for other in names if other.lower() == name.lower())
    return name if name in found else next(iter(found), "")


def find_file(folder: Path, name: str) -> str:
    """Find a file in a folder, ignoring case.

    :returns: The name as it is spelled; empty if there is no such readable file. Folders do not
        count. Neither do pipes, because reading one could wait forever.
    """
    try:
        names = [other for other in os.listdir(folder) if other.lower() == name.lower()]  # noqa: PTH208
    except OSError:
        return ""
    return spelling((other for other in names if _is_readable(folder / other)), name)


def _is_readable(path: Path) -> bool:
    return path.is_file() and os.access(path, os.R_OK)


def any_case(pattern: str) -> str:
    """Make a pattern of Sphinx match names in upper and lower case.

    :returns: The pattern, with both cases of each letter.
    """
    return "".join(
        f"[{char.upper()}{char.lower()}]" if char.isalpha() else char for char in pattern
    )


def fold(path: str) -> str:
    """Remove from a path what authors get wrong: case, and blanks at the ends of names.

    :returns: A text that is the same for all spellings of the path.
    """
    return "/".join(name.strip() for name in path.casefold().split("/"))
