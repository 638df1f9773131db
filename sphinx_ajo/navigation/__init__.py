"""Sidebars that do not grow with the site, for any Sphinx project.

``extensions = ["sphinx_ajo.navigation"]`` enables only this part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register this part of the extension with Sphinx.

    :returns: The metadata Sphinx asks every extension for.
    """
    from sphinx_ajo.base.package import VERSION
    from sphinx_ajo.config import setup_option
    from sphinx_ajo.navigation.events import setup_navigation

    setup_option(app, "navigation")
    setup_navigation(app)
    return {
        "version": VERSION,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
