"""Turn text into a path that stays in its folder, on every system. No Sphinx.

A group of ``TOC.md`` or a line of ``redirects.csv`` sets the path of a page of the site. Both are
untrusted text, which becomes a path here and nowhere else.
"""

from __future__ import annotations

import hashlib
import os
import posixpath
import re
import unicodedata
from typing import Final

MOST_NAME: Final = 255
"""The maximum length of the name of a file or folder in bytes, on usual file systems."""

MOST_PATH: Final = 700 if os.name != "nt" else 180
"""The maximum length of a generated path in bytes: systems allow 1,024 or more, Windows 260,
including the path of the output folder."""

SUFFIXES: Final = (
    *(".html", ".xhtml", ".htm", ".doctree", ".txt", ".md", ".pot", ".xml", ".tex"),
    *(".fjson", ".fpickle", ".json", ".pickle", ".js", ".css", ".inv"),
)
"""The suffixes of files that builders write for pages, and beside them. A folder with such a name
could be in the place of a file."""

_ROOM: Final = max(map(len, SUFFIXES)) + len(".md.txt")
"""The number of bytes that are reserved for suffixes that builders add to a name."""

_DIGEST: Final = 8
"""The number of bytes of a digest, which is written as twice as many hexadecimal digits."""

_NEVER = re.compile(r'[<>:"|?*\\]')
# Windows allows none of these in a name; some of them begin markup, or the end of a path in URLs

_RARELY = re.compile(r"[#%&'`{}\[\]^$]")
# allowed in names, but special in addresses, markup or patterns

_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])", re.IGNORECASE)


def safe_path(text: str, folder: str = "", *, strict: bool = True) -> str:
    """Return a safe path for the name of a file or folder in a text.

    The path stays in the folder: it is relative and has no ``..``. Each of its names is valid on
    every system. The same text always has the same path; most texts are not changed.

    :param text: The text, with slashes as separators.
    :param folder: The path of the folder. It is not changed, unless the whole path is too long.
    :param strict: Whether to replace characters that are allowed in names, but special in addresses
        or markup.
    :returns: The path; that of the folder if nothing is left of the text.
    """
    names = [name for part in text.split("/") if (name := _safe_name(part, strict=strict))]
    path = posixpath.join(folder, *names)
    if len(path.encode(errors="replace")) <= MOST_PATH:
        return path
    return _shortened(path)


def _safe_name(text: str, *, strict: bool) -> str:
    if text.isascii() and text.isalnum() and not _RESERVED.match(text):
        return _cut(text)
    name = _NEVER.sub("-", text)
    if strict:
        name = _RARELY.sub("-", name)
    name = "".join(map(_visible, name)).lstrip(". ").rstrip(". ")
    stem, dot, rest = name.partition(".")
    if _RESERVED.fullmatch(stem.rstrip()):
        name = f"{stem.rstrip()}-{dot}{rest}"
    if name.lower().endswith(SUFFIXES):
        start, _, end = name.rpartition(".")
        name = f"{start}-{end}"
    return _cut(name)


def _visible(character: str) -> str:
    """Replace invisible characters: control characters, direction marks, lone surrogates."""
    category = unicodedata.category(character)
    if category[0] == "C" or category in ("Zl", "Zp"):
        return "-"
    return " " if category == "Zs" else character


def _cut(name: str) -> str:
    """Shorten a name that is too long; a digest keeps it unique."""
    if len(name) + _ROOM <= MOST_NAME // 4:
        return name
    data = name.encode()
    if len(data) + _ROOM <= MOST_NAME:
        return name
    end = _digest(name)
    start = data[: MOST_NAME - _ROOM - len(end) - 1].decode(errors="ignore").rstrip(". ")
    return f"{start}-{end}"


def _shortened(path: str) -> str:
    """Replace the last names of a path by a digest."""
    end = _digest(path)
    kept: list[str] = []
    room = MOST_PATH - len(end) - 1
    for name in path.split("/"):
        room -= len(name.encode(errors="replace")) + 1
        if room < 0:
            break
        kept.append(name)
    return posixpath.join(*kept, end)


def _digest(text: str) -> str:
    data = text.encode(errors="surrogatepass")
    return hashlib.blake2b(data, digest_size=_DIGEST).hexdigest()


def is_safe(path: str) -> bool:
    """Tell whether a path is valid on every system without changes."""
    return safe_path(path, strict=False) == path


def same_file(path: str) -> str:
    """Return a key that is equal for paths that are the same file on some file system.

    :returns: The path without differences of case and Unicode normalization.
    """
    return unicodedata.normalize("NFC", path.casefold())
