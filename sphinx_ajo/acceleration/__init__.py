"""Faster replacements for parts of Sphinx, docutils and Python, all behind ``ajo_accelerate``.

``docs/explanation/foreign.md`` lists each one: what it replaces, what it gains, and what happens
when the replaced part changes.
"""

from __future__ import annotations
