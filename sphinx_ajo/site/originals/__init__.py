"""The English repository of a translation (exl-markdown.md, 1.1, 2.4, 4.12 and 5)."""

from __future__ import annotations
