"""Docstrings say what names and types do not say."""

from __future__ import annotations

import pytest
from code_tree import PACKAGE, modules, nodes
from docstring_fields import DOCUMENTED, is_trivial, shorten, trivial_fields


def test_fields_say_more_than_names():
    """``python tests/support/docstring_fields.py`` takes out those that do not."""
    for name, path in modules().items():
        if path.relative_to(PACKAGE).as_posix() not in DOCUMENTED:
            assert trivial_fields(path.read_text(encoding="utf-8"), nodes(name)) == [], path


@pytest.mark.parametrize(
    ("field", "text", "trivial"),
    [
        ("param renderer", "The renderer.", True),
        ("param token", "The ``ajo_card`` token.", True),
        ("returns", "Whether it does.", True),
        ("returns", "The match; ``None`` for a line that is indented code, too.", False),
        ("param argument", "The size.", False),
    ],
)
def test_what_is_trivial(field, text, trivial):
    assert is_trivial(field, text) is trivial


def test_shorten():
    """What remains is a docstring still."""
    lines = ['    """Do it.', "", "    :param app: The", "        application.", '    """']
    assert shorten(lines) == ['    """Do it."""']
    lines.insert(3, "    :returns: Its result; nothing if there is none.")
    lines[2] = "    :param app: The application."
    del lines[4]
    assert shorten(lines) == [lines[0], "", lines[3], lines[4]]
