"""A repository that is edited and built again and again."""

from __future__ import annotations

from edited_site import differences, make_site

__all__ = ["differences", "make_site"]
