"""Make the heading ids of the official site, and safe ids and names. No Sphinx.

See exl-markdown.md, 4.12. Themes print ids and names of pages unescaped, in attributes, in scripts
and in LaTeX. So characters with a special meaning there are replaced.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

_KEPT: Final = frozenset({"Nd", "Nl", "Pc"})
"""The Unicode categories that slugs keep, besides letters and marks."""

_LETTER_LIKE: Final = (
    range(0x24B6, 0x24EA),  # circled letters
    range(0x1F130, 0x1F14A),  # squared letters, and two kinds of negative ones
    range(0x1F150, 0x1F16A),
    range(0x1F170, 0x1F18A),
)
"""Characters of the category ``So`` (symbols) that Unicode counts as alphabetic."""

_ID_SIGNS: Final = frozenset("-.:")
"""Characters that an id may have, besides those of slugs."""

_PLAIN_ID = re.compile(r"[A-Za-z0-9_.:-]+")
"""Most ids: no need to look at each character."""

_PAGE_SIGNS: Final = frozenset("<>\"'\\\ufffe\uffff")
"""Characters that names of pages must not have: themes print them into tags and scripts."""

_FILE_SIGNS: Final = frozenset('<>"\\{}^%#\ufffe\uffff')
"""The same for the name of an image, which LaTeX reads, too."""


def slugify(text: str) -> str:
    """Return the slug of a heading, as github-slugger makes it from the trimmed text.

    :param text: The text of the heading, without any markup.
    :returns: The slug; empty if no character of the text can stand in one.
    """
    kept = (char for char in text.strip().lower() if char in " -" or _is_kept(char))
    return "".join(kept).replace(" ", "-")


def _is_kept(char: str) -> bool:
    category = unicodedata.category(char)
    if category[0] in "LM" or category in _KEPT:
        return True
    return category == "So" and any(ord(char) in letters for letters in _LETTER_LIKE)


def safe_id(text: str) -> str:
    """Turn an id that an author wrote into one that is safe in every output.

    A safe id has letters and digits of all scripts, and ``-``, ``_``, ``.`` and ``:``. None of them
    is invisible, or has a special meaning in HTML, scripts or LaTeX.

    :returns: The same id, if it is safe; else a safe one with a digest, so that different ids stay
        different.
    """
    if _PLAIN_ID.fullmatch(text):
        return text
    return _safe(text, lambda char: char in _ID_SIGNS or _is_kept(char))


def safe_page_name(name: str) -> str:
    """Return the docname for the file of a page.

    :param name: The path of the file, without suffix.
    :returns: The same, unless it has characters that could be taken for markup, or invalid ones.
    """
    if name.isprintable() and _PAGE_SIGNS.isdisjoint(name):
        return name
    folder, slash, base = name.rpartition("/")
    parts = [*map(safe_page_name, folder.split("/")), ""] if slash else []
    return "/".join(parts) + _safe(base, lambda char: _is_printable(char, _PAGE_SIGNS))


def safe_file_name(name: str) -> str:
    """Return the name that an image gets in the output.

    :returns: The same, unless it has characters that could be taken for markup.
    """
    if name.isprintable() and _FILE_SIGNS.isdisjoint(name):
        return name
    base, dot, suffix = name.rpartition(".")
    stem = _safe(base or suffix, lambda char: _is_printable(char, _FILE_SIGNS))
    return f"{stem}.{safe_file_name(suffix)}" if base and dot else stem


def _is_printable(char: str, signs: Collection[str]) -> bool:
    # surrogates stand for bytes that are not UTF-8; other invisible characters do no harm
    return char not in signs and unicodedata.category(char) not in {"Cc", "Cs"}


def _safe(text: str, is_kept: Callable[[str], bool]) -> str:
    """Replace characters that are not allowed; if there were any, add a digest of the whole."""
    if text and all(map(is_kept, text)):
        return text
    kept = "".join(char if is_kept(char) else " " for char in text)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return "-".join([*kept.replace("-", " ").split(), digest])


class Slugger:
    """Gives each heading of a page a slug of its own: ``x``, ``x-1``, ``x-2``, ..."""

    def __init__(self) -> None:
        """Start a page."""
        self._seen: dict[str, int] = {}

    def slug(self, text: str, taken: Collection[str] = ()) -> str:
        """Return the next slug.

        :param taken: Ids that the page already has elsewhere.
        :returns: The slug; empty if the text has none.
        """
        base = result = slugify(text)
        if not base:
            return ""
        count = self._seen.get(base, 0)
        while result in self._seen or result in taken:
            count += 1
            result = f"{base}-{count}"
        self._seen[base] = count
        self._seen.setdefault(result, 0)
        return result
