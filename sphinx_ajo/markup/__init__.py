"""What constructs are made of: the renderer, and rules that several constructs share."""

from __future__ import annotations
