"""ExL Markdown as text. Nothing here imports Sphinx."""

from __future__ import annotations
