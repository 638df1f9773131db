"""Names that are near to one that does not exist."""

from __future__ import annotations

import pytest

from sphinx_ajo.language.suggestions import LONGEST, MOST, nearest_name

NAMES = ["open-a-board", "close-a-board", "boards", "matching-rule", "overview"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("board", "boards"),
        ("open-board", "open-a-board"),
        ("open_a_board", "open-a-board"),
        ("build-a-matching-rule", "matching-rule"),
        ("rename-a-board", ""),
        ("section_ABC1", ""),
        ("", ""),
    ],
)
def test_nearest(wanted, found):
    """A slip, or nearly the same words; other words are something else."""
    assert nearest_name(wanted, NAMES) == found


def test_too_many_or_too_long():
    """Comparing takes time, so it has bounds."""
    assert nearest_name("boards", ["boards"] * MOST) == "boards"
    assert nearest_name("boards", ["boards"] * (MOST + 1)) == ""
    assert nearest_name("b" * (LONGEST + 1), ["b" * (LONGEST + 1)]) == ""
    assert nearest_name("boards", []) == ""
