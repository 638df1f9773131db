"""Read the front matter of pages before Sphinx reads them, to find hidden pages.

The navigation is built before Sphinx reads any page, so the beginnings of the files are read here,
and again only after a file has changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx_ajo.language.dialect import looks_like_exl_page
from sphinx_ajo.language.encodings import decode, with_line_feeds
from sphinx_ajo.language.front_matter import (
    front_matter_text,
    is_hidden,
    may_have_head,
    read_front_matter,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Container
    from pathlib import Path

    from sphinx_ajo.base.contents import FileContents

_HEAD: Final = 4096
"""The number of bytes that are read of a file; more only if its front matter is longer."""

_MOST: Final = 1 << 18
"""The maximum number of bytes that are read."""

Known = dict[str, tuple[str, bool, bool]]
"""Page → the digest of its file, whether it is hidden, and whether it has a key that only ExL pages
have.
"""


class HiddenPages:
    """Tells which pages are hidden, and which are ExL pages, and caches the answers."""

    def __init__(self, path: Callable[[str], Path], known: Known, contents: FileContents) -> None:
        """Start with cached answers.

        :param known: The answers of an earlier build; they are updated.
        """
        self._path = path
        self._known = known
        self._contents = contents

    def __call__(self, docname: str) -> bool:
        """Tell whether the front matter of a page hides it.

        :returns: Whether it does; a file that cannot be read hides nothing.
        """
        known = self._read(docname)
        return known is not None and known[1]

    def is_exl(self, docname: str) -> bool:
        """Tell whether the front matter of a page is that of an ExL page."""
        known = self._read(docname)
        return known is not None and known[2]

    def _read(self, docname: str) -> tuple[str, bool, bool] | None:
        path = self._path(docname)
        digest = self._contents.digest(str(path))
        known = self._known.get(docname)
        if known is not None and digest and known[0] == digest:
            return known
        self._known.pop(docname, None)
        try:
            front_matter = read_front_matter(read_head(path))
        except OSError:
            return None
        exl = looks_like_exl_page(front_matter.entries)
        known = (digest, is_hidden(front_matter), exl)
        if digest:
            self._known[docname] = known
        return known

    def forget(self, docnames: Container[str]) -> None:
        """Forget pages that are gone."""
        for docname in [name for name in self._known if name not in docnames]:
            del self._known[docname]


def read_head(path: Path) -> str:
    """Read the front matter of a file, and little more than that.

    :returns: The YAML; empty if the file does not begin with front matter.
    """
    # reading a pipe would block forever
    if not path.is_file():
        return ""
    size = _HEAD
    with path.open("rb") as file:
        data = file.read(size)
        while True:
            text = with_line_feeds(decode(data))
            found = front_matter_text(text)
            if found is not None or not may_have_head(text) or not size < _MOST:
                return found or ""
            more = file.read(size)
            if not more:
                return ""
            data += more
            size *= 2
