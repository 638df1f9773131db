"""What replaces parts of Sphinx, docutils and Python for speed, all behind ``ajo_accelerate``.

``docs/explanation/foreign.md`` lists each piece: what it stands in for, what it gains, and what
happens when that changes.
"""

from __future__ import annotations
