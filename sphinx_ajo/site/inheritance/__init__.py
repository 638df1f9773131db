"""Metadata that pages take from their guide and their repository (section 1.3 of the reference)."""

from __future__ import annotations
