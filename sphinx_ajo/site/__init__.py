"""Models of a repository: its guides, pages, addresses and originals."""

from __future__ import annotations
