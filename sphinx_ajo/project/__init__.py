"""The data of a project: one state object in the environment, and the domains."""

from __future__ import annotations
