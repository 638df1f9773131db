"""A translation is built with what it lacks from its original."""

from __future__ import annotations
