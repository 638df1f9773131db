"""Translate what readers see."""

from __future__ import annotations

from sphinx.locale import get_translation

_ = get_translation("sphinx_ajo")
"""Translate a message to the language of the project."""
