"""``TOC.md`` becomes the navigation of the site."""

from __future__ import annotations
