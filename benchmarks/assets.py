"""The images of generated repositories."""

from __future__ import annotations

import struct
import zlib


def png(number: int) -> bytes:
    """Return a tiny image that is equal to no other.

    :param number: What tells it apart.
    :returns: The file: two pixels by two.
    """
    colours = struct.pack(">I", number) + bytes(8)
    raw = b"".join(b"\0" + colours[row : row + 6] for row in (0, 6))
    # not compressed: the result depends on no version of a library
    header = struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(raw, 0)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def svg(number: int) -> str:
    """Return a small drawing.

    :param number: What tells it apart.
    :returns: The file.
    """
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="48" viewBox="0 0 64 48">'
        f'<circle cx="{number}" cy="24" r="12"/></svg>\n'
    )
