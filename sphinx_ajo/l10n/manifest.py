"""Use the list of pages of an original that is not available."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx_ajo.base.problems import AjoWarnings
from sphinx_ajo.project.sites import SCHEMA
from sphinx_ajo.warnings_ import warn

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class ListedPage(NamedTuple):
    """A page of the original."""

    name: str
    id: str
    source: str
    """Its file, relative to the root of its repository."""
    titles: tuple[str, ...]
    """Its headings."""


class ListedPages:
    """All pages of an original."""

    def __init__(self, pages: Iterable[ListedPage]) -> None:
        """Index the pages."""
        self.by_name = {page.name: page for page in pages}
        self._by_id = {page.id: page for page in self.by_name.values() if page.id}

    def page(self, name: str, id_: str) -> ListedPage | None:
        """Find the original of a page.

        :param id_: Its ``exl-id``, or nothing.
        :returns: The page with the same name, or else with the same id.
        """
        return self.by_name.get(name) or (self._by_id.get(id_) if id_ else None)


def read_manifest(path: Path) -> ListedPages | None:
    """Read an ``ajo-pages.json``.

    :returns: Its pages; ``None``, with a warning, if it cannot be read.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["$schema"] != SCHEMA:
            raise ValueError
        return ListedPages([_page(entry) for entry in data["pages"] if "source" in entry])
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        message = "ajo_l10n_pages = %r: this is not a list of pages that this release can read; "
        message += "nothing is compared with it"
        warn(AjoWarnings.CONFIG, message, str(path), location=None)
        return None


def _page(entry: dict[str, Any]) -> ListedPage:
    titles = {str(heading["title"]): None for heading in entry.get("headings", ())}
    name, id_, source = (str(entry.get(key, "")) for key in ("name", "id", "source"))
    return ListedPage(name, id_, source, tuple(titles))
