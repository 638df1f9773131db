"""Addresses: where links lead, and where pages are on the official site."""

from __future__ import annotations
