"""Files that are not UTF-8. No Sphinx.

ExL files are UTF-8. Old editors for Windows write Windows-1252, often in a few lines only. Windows
PowerShell writes UTF-16 with a byte order mark.
"""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

WINDOWS: Final = "Windows-1252"
UTF_16: Final = "UTF-16"

STANDARD: Final = "utf-8-sig"
"""The default encoding of Sphinx projects."""

HANDLER: Final = "ajo_windows_1252"
"""The error handler that reads invalid bytes as Windows-1252."""


class Misfit(NamedTuple):
    """The first place where a file is not UTF-8."""

    encoding: str
    """What it is read as."""
    line: int
    """Its line, counted from 1."""


def decode(data: bytes) -> str:
    """Decode a file. Every byte is valid.

    :returns: The text, with the line ends as in the file.
    """
    if _is_utf_16(data):
        return data.decode("utf-16", "replace")
    return data.decode(STANDARD, HANDLER)


def find_misfit(data: bytes) -> Misfit | None:
    """Find the first place where a file is not UTF-8, if there is one."""
    if _is_utf_16(data):
        return Misfit(UTF_16, 1)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return Misfit(WINDOWS, data.count(b"\n", 0, error.start) + 1)
    return None


def read_text(path: Path) -> str:
    r"""Read a file.

    :returns: Its text with ``\n`` as line ends; empty if it is no file, or cannot be read.
    """
    return with_line_feeds(decode(read_bytes(path)))


def read_bytes(path: Path) -> bytes:
    """Read a file; return nothing if it is no file, or cannot be read."""
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError:
        return b""


def with_line_feeds(text: str) -> str:
    r"""Make all line ends of a text ``\n``, as Python does for files that it opens as text."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _is_utf_16(data: bytes) -> bool:
    return data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))


def _decode_error(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(HANDLER, _decode_error)
