"""Parse the file of a page into a doctree."""

from __future__ import annotations
