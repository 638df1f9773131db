"""Emphasis beside markers and in Japanese, Chinese and Korean."""

from __future__ import annotations

from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.testing import markdown


def test_mixed_dialect():
    """MyST pages are read as CommonMark says."""
    assert markdown(Dialect.MIXED).renderInline("**「x」**y") == "**「x」**y"


def test_footnote():
    """Behind a bracket that has no text, it is the bracket that counts."""
    assert "</sup><strong>b</strong>" in markdown().render("[^a]**b**\n\n[^a]: c\n")
