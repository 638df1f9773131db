"""Commands and directives for the development of this package."""

from __future__ import annotations
