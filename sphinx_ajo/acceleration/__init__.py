"""What replaces parts of Sphinx, docutils and Python for speed."""

from __future__ import annotations
