"""Publish Adobe Experience League Markdown repositories with Sphinx."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

# Equal to VERSION in base/package.py. Flit reads it here, without importing Sphinx.
__version__ = "0.1.0"

ENV_VERSION: Final = 5
"""Bumped with every change of shape in what is pickled with the environment."""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension with Sphinx.

    :returns: The metadata Sphinx asks every extension for.
    """
    from sphinx_ajo.extension import setup_extension

    setup_extension(app)
    return {
        "version": __version__,
        "env_version": ENV_VERSION,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
