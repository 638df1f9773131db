"""Warn about files that are not UTF-8."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx_ajo.base.problems import AjoWarnings
from sphinx_ajo.language.encodings import UTF_16, find_misfit, read_bytes
from sphinx_ajo.warnings_ import Place, warn

if TYPE_CHECKING:
    from pathlib import Path

_WHOLE: Final = "the file is %s, and is read as that; save it as UTF-8"
_PARTS: Final = "this line is not UTF-8; invalid bytes are read as %s; save the file as UTF-8"


def report_misfit(path: Path) -> bool:
    """Warn about a file that is not UTF-8, and tell whether it is such a file."""
    return report_misfit_of(read_bytes(path), str(path))


def report_misfit_of(data: bytes, path: str, page: str = "") -> bool:
    """Warn about the bytes of a file if they are not UTF-8.

    :param page: The page that includes the file, if one does.
    :returns: Whether there is something to warn about.
    """
    misfit = find_misfit(data)
    if misfit is None:
        return False
    message = _WHOLE if misfit.encoding == UTF_16 else _PARTS
    location = f"{path}:{misfit.line}"
    place = Place.on(page, location) if page else location
    warn(AjoWarnings.ENCODING, message, misfit.encoding, location=place)
    return True
