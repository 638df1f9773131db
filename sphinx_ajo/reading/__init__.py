"""From the file of a page to its doctree."""

from __future__ import annotations
