"""Texts that have been left in English."""

from __future__ import annotations

import pytest

from sphinx_ajo.l10n.english import find_english
from sphinx_ajo.l10n.outline import Text, words_of

ORIGINAL = "Press the big switch before you change the bulb of the lamp"


def found(ours, theirs=ORIGINAL):
    texts = [[Text(3, words_of(text), 0)] for text in (ours, theirs)]
    return [(finding.line, finding.message % finding.args) for finding in find_english(*texts)]


def test_whole_text():
    assert found(ORIGINAL) == [
        (3, "left in English: 'Press the big switch before you change the bulb of the lamp'")
    ]


def test_short_whole_text():
    """A short text counts if all of it is that of the original."""
    assert found("change the bulb", "change the bulb")
    assert found("change the bulb") == []


def test_part_of_a_text():
    assert found("Innan du börjar, press the big switch before you fortsätter") == [
        (3, "6 of 10 words in a row are in English: 'press the big switch before you'")
    ]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        # names are the same in all languages
        ("Head of Sales and Head of Marketing", "Head of Sales and Head of Marketing"),
        ("Lamp Studio Professional Cloud Edition", "Lamp Studio Professional Cloud Edition"),
        # so are numbers
        ("1 2 3 4 5 6 and 7", "1 2 3 4 5 6 and 7"),
        # English, but not the original's: whoever translates may quote it
        ("You can use the small red button with care", ORIGINAL),
        ("Tryck på knappen innan du byter lampan", ORIGINAL),
        ("", ORIGINAL),
    ],
)
def test_nothing(ours, theirs):
    assert found(ours, theirs) == []


def test_code_parts_words():
    """What stands on both sides of code is no row of words."""
    words = words_of("press the big switch before you")
    theirs = [Text(0, words, 0)]
    assert list(find_english([Text(0, ("Och", *words), 0)], theirs))
    assert not list(find_english([Text(0, (*words[:3], "", *words[3:], "och"), 0)], theirs))
