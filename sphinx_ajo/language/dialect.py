"""Which Markdown a page is written in.

*exl*
    The Markdown of Experience League repositories. MyST syntax that collides with it is off.
*mixed*
    MyST, with the ExL constructs that do not collide with it.

``ajo_dialect = "auto"`` decides once for the repository and, where that does not look like an
ExL one, page by page: see :mod:`sphinx_ajo.site.repository` and :func:`looks_like_exl_page`.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Container

DIALECT_KEY: Final = "ajo_dialect"
"""The key of ``env.temp_data`` for the dialect of the page that is being read."""

EXL_KEYS: Final = frozenset({"exl-id", "TQID", "source-git-commit", "product_v2", "feature_v2"})
"""Front matter keys that only ExL pages have."""


class Dialect(Enum):
    """The dialect a page is read in."""

    EXL = "exl"
    """Experience League Markdown."""
    MIXED = "mixed"
    """MyST with the ExL constructs that do not collide with it."""


def looks_like_exl_page(keys: Container[str]) -> bool:
    """Tell whether the front matter of a page is that of an ExL page.

    :returns: Whether one of :data:`EXL_KEYS` is among them.
    """
    return any(key in keys for key in EXL_KEYS)
