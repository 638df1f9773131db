"""Colours."""

from __future__ import annotations

import pytest

from sphinx_ajo.language.colours import (
    AA,
    BLACK,
    WHITE,
    Colour,
    contrast,
    is_dark,
    is_faint,
    parse_colour,
    readable,
    write_colour,
)


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("#fff", WHITE),
        ("#000000", BLACK),
        ("#12345678", (0x12, 0x34, 0x56)),
        (" Rebeccapurple ", (0x66, 0x33, 0x99)),
        ("rgb(1, 2, 300)", (1, 2, 255)),
        ("rgba(1 2 3 / 50%)", (1, 2, 3)),
        ("#12345", None),
        ("hsl(1, 2%, 3%)", None),
        ("currentcolor", None),
    ],
)
def test_parse(text, colour):
    assert parse_colour(text) == colour


@pytest.mark.parametrize(
    ("text", "faint"),
    [
        ("rgba(0, 0, 0, 0.05)", True),
        ("rgba(0, 0, 0, .4)", True),
        ("rgb(0 0 0 / 5%)", True),
        ("rgba(0, 0, 0, 0.5)", False),
        ("rgba(0, 0, 0, 1)", False),
        ("rgb(0, 0, 0)", False),
        ("#000", False),
    ],
)
def test_faint(text, faint):
    assert is_faint(text) is faint


def test_contrast():
    assert contrast(BLACK, WHITE) == pytest.approx(21)
    assert contrast(Colour(0x76, 0x76, 0x76), WHITE) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("background", [Colour(v, v, v) for v in range(0, 256, 15)])
def test_readable(background):
    """Whatever the background, there is a colour that can be read; one that can, stays."""
    for colour in (background, Colour(255, 0, 0), Colour(0, 0, 128)):
        found = readable(colour, background)
        assert contrast(found, background) >= AA
        if contrast(colour, background) >= AA:
            assert found == colour
    assert contrast(WHITE if is_dark(background) else BLACK, background) >= AA


def test_write():
    assert parse_colour(write_colour(Colour(1, 20, 255))) == (1, 20, 255)
