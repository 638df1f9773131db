"""Each line of the threat model names a test that exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
PAGE = FOLDER.parents[1] / "docs" / "explanation" / "security.md"
NAMED = re.findall(r"`(test_\w+\.py)::(test_\w+)`", PAGE.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_named_tests_exist(file, name):
    """A defence without a test would be a promise."""
    [path, *_] = [FOLDER / file] if (FOLDER / file).exists() else FOLDER.parent.rglob(file)
    assert f"def {name}(" in path.read_text(encoding="utf-8")


def test_each_line_names_a_test():
    """No line of the threat model stands without one."""
    table = PAGE.read_text(encoding="utf-8").split("## The threat model")[1].split("###")[0]
    rows = [line for line in table.splitlines() if line.startswith("| ")][2:]
    assert len(rows) >= 10
    assert [row for row in rows if "::test_" not in row] == []
