"""Characters that no output may contain are found, alone and among many texts."""

from __future__ import annotations

import pytest

from sphinx_ajo.language.characters import any_has_controls, has_controls, without_controls

CODES = [*range(0x100), 0x2028, *range(0xD7FE, 0xE002), 0xFFFD, 0xFFFE, 0xFFFF, 0x1F600, 0x1FFFE]


def test_one_or_many():
    """The same characters are forbidden in both."""
    for code in CODES:
        text = f"å{chr(code)}b"
        assert any_has_controls(["One", text, ""]) is has_controls(text), hex(code)
        assert has_controls(text) is (without_controls(text) != text)


@pytest.mark.parametrize("texts", [[], [""], ["\t\r\n", "Words \u2013 \u201cquoted\u201d"]])
def test_none(texts):
    assert not any_has_controls(texts)


def test_halves_in_two_texts():
    """Two halves of a pair are no character."""
    assert any_has_controls(["\ud83d", "\ude00"])
