"""Helpers that all other parts may use."""

from __future__ import annotations
