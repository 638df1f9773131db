"""HTML as authors write it: tags, and the tree that browsers make of them. No Sphinx."""

from __future__ import annotations
