"""Complete a translation from its original."""

from __future__ import annotations
