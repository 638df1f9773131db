"""Navigation from ``TOC.md`` (exl-markdown.md, 1.1)."""

from __future__ import annotations
