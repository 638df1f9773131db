"""Turn text into a path that stays in its folder, on every system. No Sphinx.

A group of ``TOC.md`` or a line of ``redirects.csv`` says where a page of the site lies. Both are
untrusted text: what they say becomes a path here, and nowhere else.
"""

from __future__ import annotations

import hashlib
import os
import posixpath
import re
import unicodedata
from typing import Final

MOST_NAME: Final = 255
"""The most bytes that file systems allow the name of a file or folder."""

MOST_PATH: Final = 700 if os.name != "nt" else 180
"""The most bytes of a path that we make: systems allow 1,024 or more, Windows 260, and the name of
the output folder counts as well."""

SUFFIXES: Final = (
    *(".html", ".xhtml", ".htm", ".doctree", ".txt", ".md", ".pot", ".xml", ".tex"),
    *(".fjson", ".fpickle", ".json", ".pickle", ".js", ".css", ".inv"),
)
"""How names of files end that builders make of pages, and beside them. A folder of such a name
could stand where a file has to be written."""

_ROOM: Final = max(map(len, SUFFIXES)) + len(".md.txt")
"""How many bytes of a name are left to builders, which make longer names of it."""

_DIGEST: Final = 8
"""How many bytes a digest has; it is shown with twice as many letters."""

_NEVER = re.compile(r'[<>:"|?*\\]')
# Windows allows none of these in a name; some of them begin markup, or the end of a path in URLs

_RARELY = re.compile(r"[#%&'`{}\[\]^$]")
# allowed in names, but of some meaning in addresses, markup or patterns

_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])", re.IGNORECASE)


def safe_path(text: str, folder: str = "", *, strict: bool = True) -> str:
    """Return a path for what a text calls a file or a folder.

    The path lies in the folder: it is relative and has no ``..``. Each of its names can be that of
    a file on every system. The same text has the same path always; most texts are their own.

    :param text: The text; slashes part its names.
    :param folder: The folder that the path lies in, a path itself. It is not changed, unless all
        together is too long.
    :param strict: Whether to replace, too, what files may have in their names, but what means
        something in addresses or markup.
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
    """Replace invisible characters: controls, marks of direction, lone surrogates."""
    category = unicodedata.category(character)
    if category[0] == "C" or category in ("Zl", "Zp"):
        return "-"
    return " " if category == "Zs" else character


def _cut(name: str) -> str:
    """Shorten a name that is too long; its digest keeps it apart from others."""
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
    """Tell whether each system can have a file with a path, as it is."""
    return safe_path(path, strict=False) == path


def same_file(path: str) -> str:
    """Return a key that is equal for paths which some file system takes for one file.

    :returns: It without the differences of case, and of how accents are written.
    """
    return unicodedata.normalize("NFC", path.casefold())
