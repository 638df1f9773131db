"""Which lines are HTML: corrections to the block rule of markdown-it."""

from __future__ import annotations
