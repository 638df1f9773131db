"""The files that a repository is described by, whatever their names are spelled like. No Sphinx.

On some file systems ``toc.md`` is ``TOC.md``, on others it is not. Here it is so on all of them.
"""

from __future__ import annotations

import os
import posixpath
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

TOC: Final = "TOC.md"
"""The file of a guide."""

METADATA: Final = "metadata.md"
"""The file of a repository."""


def is_toc(path: str) -> bool:
    """Tell whether a path is that of a file called ``TOC.md``, in any case."""
    return posixpath.basename(path).lower() == TOC.lower()


def spelling(names: Iterable[str], name: str) -> str:
    """Find a name, in any case.

    :returns: The name as it is spelled; this very one if there are several. Empty if there is
        none.
    """
    found = sorted(other for other in names if other.lower() == name.lower())
    return name if name in found else next(iter(found), "")


def find_file(folder: Path, name: str) -> str:
    """Find a file in a folder, in any case.

    :returns: The name as it is spelled; empty if there is no such file that can be read. A folder
        is no file; nor is a pipe, from which reading would wait without end.
    """
    try:
        names = [other for other in os.listdir(folder) if other.lower() == name.lower()]  # noqa: PTH208
    except OSError:
        return ""
    return spelling((other for other in names if _is_readable(folder / other)), name)


def _is_readable(path: Path) -> bool:
    return path.is_file() and os.access(path, os.R_OK)


def any_case(pattern: str) -> str:
    """Make a pattern of Sphinx that holds for names in any case.

    :returns: The pattern for upper and lower case.
    """
    return "".join(
        f"[{char.upper()}{char.lower()}]" if char.isalpha() else char for char in pattern
    )


def fold(path: str) -> str:
    """Leave out of a path what writers get wrong: case, and blanks at the ends of names.

    :returns: What is the same for all its spellings.
    """
    return "/".join(name.strip() for name in path.casefold().split("/"))
