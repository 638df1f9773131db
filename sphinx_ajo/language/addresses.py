"""Which addresses may be printed: an allow-list, checked on what browsers make of an address.

No Sphinx. The check is worth nothing before all decoding and cleaning is done: see
:mod:`sphinx_ajo.build.safety`, which asks it last.
"""

from __future__ import annotations

import re
from typing import Final

SCHEMES: Final = frozenset({"ftp", "http", "https", "mailto", "sms", "tel"})
"""Schemes that an address may have; one without a scheme is relative."""

_DROPPED: Final = dict.fromkeys([*range(0x20), 0x7F, 0x2028, 0x2029])
"""Characters that are dropped: browsers do so with some of them, none belongs in an address."""

_BLANKS: Final = " \u00a0\u200b\u200c\u200d\u2060\ufeff"
"""What is taken off both ends of an address."""

_HEAD = re.compile(r"[^:/?#\\]*:")
"""What stands before a colon that can end a scheme, the colon included."""

_DATA_IMAGE = re.compile(r"data:image/(?:gif|jpe?g|png|webp);base64,[A-Za-z0-9+/=]+")
"""An image in its own address: of pixels, for other images can hold scripts."""


def safe_address(address: str, *, image: bool = False) -> str | None:
    """Check an address as it is going to be printed.

    Like a browser (the WHATWG URL standard), it reads past blanks at the ends and control
    characters anywhere. Whatever stands before the first colon must be one of :data:`SCHEMES`,
    unless a slash, a question mark or a number sign comes first.

    :param address: The address, without any escapes of HTML.
    :param image: Whether it is the source of an image, which may be data.
    :returns: The address as browsers read it; ``None`` if it must not be printed.
    """
    address = address.translate(_DROPPED).strip(_BLANKS)
    head = _HEAD.match(address)
    if head is None or head[0][:-1].lower() in SCHEMES:
        return address
    return address if image and _DATA_IMAGE.fullmatch(address) else None
