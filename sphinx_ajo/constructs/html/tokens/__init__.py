"""From a tree of elements to Markdown tokens."""

from __future__ import annotations
