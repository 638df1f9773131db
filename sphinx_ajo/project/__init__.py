"""What a build knows of its project: one state in the environment, and the domain."""

from __future__ import annotations
