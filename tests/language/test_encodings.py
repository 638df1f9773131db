"""Files that are not UTF-8."""

from __future__ import annotations

import pytest

from sphinx_ajo.language.encodings import Misfit, decode, find_misfit, read_text


@pytest.mark.parametrize(
    ("data", "text", "misfit"),
    [
        (b"", "", None),
        (b"a\r\nb", "a\r\nb", None),
        ("caf\u00e9".encode("utf-8-sig"), "caf\u00e9", None),
        (b"a\n\x93b\x94 \xc3\xa9", "a\n\u201cb\u201d \u00e9", Misfit("Windows-1252", 2)),
        (b"a \x81", "a \ufffd", Misfit("Windows-1252", 1)),
        (b"\xc3", "\u00c3", Misfit("Windows-1252", 1)),
        ("caf\u00e9".encode("utf-16"), "caf\u00e9", Misfit("UTF-16", 1)),
        (b"\xfe\xff\x00a\x00", "a\ufffd", Misfit("UTF-16", 1)),
        (b"\xff\xfe\x00\xd8", "\ufffd", Misfit("UTF-16", 1)),
    ],
)
def test_decode(data, text, misfit):
    assert decode(data) == text
    assert find_misfit(data) == misfit


def test_read_text(tmp_path):
    """Line ends are those of Python, and what is no file is empty."""
    (tmp_path / "a.md").write_bytes("a\r\n\u00e9\rc\n".encode("utf-16"))
    assert read_text(tmp_path / "a.md") == "a\n\u00e9\nc\n"
    assert read_text(tmp_path) == read_text(tmp_path / "none.md") == ""
