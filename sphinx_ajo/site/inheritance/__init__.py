"""Metadata that pages take from their guide and their repository (exl-markdown.md, 1.3)."""

from __future__ import annotations
