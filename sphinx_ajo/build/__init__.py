"""The event handlers that take part in a build."""

from __future__ import annotations
