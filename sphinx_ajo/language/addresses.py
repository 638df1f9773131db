"""Check addresses against an allow-list of schemes, in the form in which browsers read them.

No Sphinx. Check an address only after it has been decoded and cleaned: each of these steps can make
a safe address unsafe. :mod:`sphinx_ajo.build.safety` checks all addresses last.
"""

from __future__ import annotations

import re
from typing import Final

SCHEMES: Final = frozenset({"ftp", "http", "https", "mailto", "sms", "tel"})
"""Schemes that an address may have; one without a scheme is relative."""

_DROPPED: Final = dict.fromkeys([*range(0x20), 0x7F, 0x2028, 0x2029])
"""Characters to remove: browsers ignore some of them, and no address needs any of them."""

_BLANKS: Final = " \u00a0\u200b\u200c\u200d\u2060\ufeff"
"""Characters to remove from both ends of an address."""

_HEAD = re.compile(r"[^:/?#\\]*:")
"""The text up to a colon that can end a scheme, with the colon."""

_DATA_IMAGE = re.compile(r"data:image/(?:gif|jpe?g|png|webp);base64,[A-Za-z0-9+/=]+")
"""A ``data:`` URL of a raster image: vector images can contain scripts."""


def safe_address(address: str, *, image: bool = False) -> str | None:
    """Check an address that is about to be printed.

    Like browsers (the WHATWG URL standard), this ignores blanks at the ends and control characters
    anywhere. The text before the first colon must be one of :data:`SCHEMES`, unless a slash, a
    backslash, a question mark or a number sign comes before the colon.

    :param address: The address, with HTML entities decoded.
    :param image: Whether it is the source of an image, which may be a ``data:`` URL.
    :returns: The address as browsers read it; ``None`` if it must not be printed.
    """
    address = address.translate(_DROPPED).strip(_BLANKS)
    head = _HEAD.match(address)
    if head is None or head[0][:-1].lower() in SCHEMES:
        return address
    return address if image and _DATA_IMAGE.fullmatch(address) else None
