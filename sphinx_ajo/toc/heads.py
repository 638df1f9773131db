"""Which pages their own front matter keeps out of the navigation.

The navigation is made before Sphinx reads any page, so the heads of the files are looked at
here: once, and again only when a file has changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx_ajo.front_matter import front_matter_text, is_hidden, may_have_head, read_front_matter

if TYPE_CHECKING:
    from collections.abc import Callable, Container
    from pathlib import Path

_HEAD: Final = 4096
"""How many bytes of a file are read; more only if its front matter does not end there."""

_MOST: Final = 1 << 18
"""How many bytes are read at most."""

Known = dict[str, tuple[int, int, bool]]
"""Page → the time of its last change, its size, and whether it is hidden."""


class HiddenPages:
    """Tells which pages are hidden, and remembers it."""

    def __init__(self, path: Callable[[str], Path], known: Known) -> None:
        """Begin with what is known.

        :param path: Returns the file of a page.
        :param known: What an earlier build has found. It is kept up to date.
        """
        self._path = path
        self._known = known

    def __call__(self, docname: str) -> bool:
        """Tell whether the front matter of a page hides it.

        :param docname: The name of the page.
        :returns: Whether it does; a file that cannot be read hides nothing.
        """
        path = self._path(docname)
        try:
            stat = path.stat()
            state = (stat.st_mtime_ns, stat.st_size)
            if self._known.get(docname, ())[:2] != state:
                self._known[docname] = (*state, is_hidden(read_front_matter(read_head(path))))
        except OSError:
            self._known.pop(docname, None)
            return False
        return self._known[docname][2]

    def forget(self, docnames: Container[str]) -> None:
        """Forget pages that are gone.

        :param docnames: The pages that are there.
        """
        for docname in [name for name in self._known if name not in docnames]:
            del self._known[docname]


def read_head(path: Path) -> str:
    """Read the front matter of a file, and little more than that.

    :param path: The file.
    :returns: The YAML; empty if the file does not begin with front matter.
    """
    size = _HEAD
    with path.open("rb") as file:
        data = file.read(size)
        while True:
            text = data.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
            found = front_matter_text(text)
            if found is not None or not may_have_head(text) or not size < _MOST:
                return found or ""
            more = file.read(size)
            if not more:
                return ""
            data += more
            size *= 2
