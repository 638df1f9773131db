"""The only code that knows the inside of Sphinx, docutils, MyST and sphinx-design."""

from __future__ import annotations
