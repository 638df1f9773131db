"""Emphasis that block tags cut is whole in each block (exl-markdown.md, 4.11)."""

from __future__ import annotations

import pytest
from effort import check_linear

from sphinx_ajo.language.emphasis_parts import with_whole_emphasis


@pytest.mark.parametrize(
    ("parts", "ends", "wanted"),
    [
        (["**a ", "b", " c**"], [0, 1], ["**a** ", "**b**", " **c**"]),
        (["*a* ", "b"], [0], ["*a* ", "b"]),
        (["*a **b", "c** d*"], [0], ["*a **b***", "***c** d*"]),
        (["`*a`", "b*"], [0], ["`*a`", "b*"]),
    ],
)
def test_parts(parts, ends, wanted):
    assert with_whole_emphasis(parts, ends) == wanted


def nested(size):
    """Return emphasis nested in emphasis, around as many blocks."""
    opening = "".join("*_"[level % 2] + "a " for level in range(size))
    closing = "".join(" a" + "_*"[level % 2] for level in range(size))
    return [opening, *["x"] * size, closing]


def test_little_text_does_not_multiply():
    """What is nested very deeply is not repeated in each block, so the text stays small."""

    def work(parts):
        return with_whole_emphasis(parts, range(len(parts) - 1))

    check_linear(work, nested)
    parts = nested(1000)
    assert len("".join(work(parts))) < 5 * len("".join(parts))
