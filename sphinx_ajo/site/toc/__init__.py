"""Navigation from ``TOC.md`` (section 1.1 of the reference)."""

from __future__ import annotations
