"""The only code that uses internals of Sphinx, docutils, MyST and sphinx-design."""

from __future__ import annotations
