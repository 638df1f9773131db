"""What becomes of Markdown: the cases of ``fixtures``, a file for each construct."""

from __future__ import annotations

import golden
import pytest

CASES = [
    pytest.param(text, expected, id=f"{path.stem}: {title}")
    for path in sorted(golden.FIXTURES.glob("*.md"))
    for title, text, expected in golden.cases(path)
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_output(text, expected):
    """HTML without Sphinx, and the warnings; see :mod:`golden` for how to write it anew."""
    assert golden.output(text) == expected


def test_titles():
    """A case is known by its file and its title."""
    ids = [case.id for case in CASES]
    assert len(ids) > 200
    assert len(set(ids)) == len(ids)
