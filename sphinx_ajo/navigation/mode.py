"""How much of the tree of pages each page shows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx.builders.html import StandaloneHTMLBuilder

from sphinx_ajo.config import get_option
from sphinx_ajo.project.state import state_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

FULL_PAGES: Final = 200
"""Up to this number of pages ``ajo_navigation = "auto"`` is ``"full"``."""

FULL_ENTRIES: Final = 2000
"""Up to this number of entries in all ``TOC.md`` it is so."""

STATIC_DIR: Final = Path(__file__).parent / "static"
"""The folder that is copied to ``_static`` of a site whose pages show their branch only."""


def navigation_mode(app: Sphinx) -> str:
    """Return how much of the tree a page shows.

    :param app: The Sphinx application; its pages have been found.
    :returns: ``full``, ``branch`` or ``off``.
    """
    builder = app.builder
    # what is embedded has a navigation of its own; other builders have other trees
    if builder.name not in ("html", "dirhtml") or not isinstance(builder, StandaloneHTMLBuilder):
        return "off"
    mode = str(get_option(app.config, "navigation"))
    if mode == "auto":
        small = len(app.env.found_docs) <= FULL_PAGES and _entries(app) <= FULL_ENTRIES
        return "full" if small or _is_ordinary(app) else "branch"
    return mode


def _is_ordinary(app: Sphinx) -> bool:
    """Tell whether a project is no ExL repository, but uses our constructs: its sidebars stay.

    A project that lists :mod:`sphinx_ajo.navigation` alone wants what it does.
    """
    # without the rest of the package, this is not known
    repository = state_of(app.env).exl_repository is not False or _is_by_folder(app)
    return not repository and get_option(app.config, "dialect") != "exl"


def _is_by_folder(app: Sphinx) -> bool:
    """Tell whether the tree is that of the folders, since a project has no other."""
    site = state_of(app.env).site
    return site is not None and site.by_folder


def _entries(app: Sphinx) -> int:
    """Count the entries of a repository: one page may stand in its navigation many times."""
    site = state_of(app.env).site
    return sum(len(page.entries) for page in site.pages.values()) if site else 0
