"""The English repository that a translated one was made from (sections 1.1, 2.4, 4.12 and 5)."""

from __future__ import annotations
