"""How much of the tree each page contains."""

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
"""Up to this number of entries in all ``TOC.md`` files it is ``"full"``, too."""

STATIC_DIR: Final = Path(__file__).parent / "static"
"""The folder that is copied to ``_static`` of a site whose pages contain only a branch."""


def navigation_mode(app: Sphinx) -> str:
    """Return how much of the tree a page contains.

    :param app: The Sphinx application; its pages have been found.
    :returns: ``full``, ``branch`` or ``off``.
    """
    builder = app.builder
    # embedded HTML is inside another navigation; other builders have other trees
    if builder.name not in ("html", "dirhtml") or not isinstance(builder, StandaloneHTMLBuilder):
        return "off"
    mode = str(get_option(app.config, "navigation"))
    if mode == "auto":
        small = len(app.env.found_docs) <= FULL_PAGES and _entries(app) <= FULL_ENTRIES
        return "full" if small or _is_ordinary(app) else "branch"
    return mode


def _is_ordinary(app: Sphinx) -> bool:
    """Tell whether a project uses our constructs, but is no ExL repository: its sidebars stay.

    A project that lists only :mod:`sphinx_ajo.navigation` wants the new sidebars.
    """
    # unknown without the rest of the package
    repository = state_of(app.env).exl_repository is not False or _is_by_folder(app)
    return not repository and get_option(app.config, "dialect") != "exl"


def _is_by_folder(app: Sphinx) -> bool:
    """Tell whether the tree follows the folders, because the project has no other."""
    site = state_of(app.env).site
    return site is not None and site.by_folder


def _entries(app: Sphinx) -> int:
    """Count the entries of a repository: a page may be in the navigation several times."""
    site = state_of(app.env).site
    return sum(len(page.entries) for page in site.pages.values()) if site else 0
