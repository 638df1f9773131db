"""Pages that are not UTF-8."""

from __future__ import annotations

import pytest

WARNING = "home.md:3: WARNING: this line is not UTF-8"


@pytest.fixture
def mixed(project):
    """A repository with a page in two encodings."""
    project.write_files({"metadata.md": "", "help/TOC.md": "# Guide\n\n+ [Home](home.md)\n"})
    path = project.folder / "help" / "home.md"
    path.write_bytes("\ufeff# Caf\u00e9\n\n".encode() + "It\u2019s caf\u00e9\n".encode("cp1252"))
    return project


@pytest.mark.parametrize("parallel", [0, 2])
def test_windows(mixed, parallel):
    """All text is shown, and the line is reported."""
    built = mixed.build(parallel=parallel, warnings=[WARNING])
    assert built.doctrees["help/home"].astext().split() == ["Caf\u00e9", "It\u2019s", "caf\u00e9"]


def test_next_build(mixed):
    """A page in the wrong encoding is no reason to read others again."""
    mixed.build(warnings=[WARNING])
    assert mixed.build().updated == frozenset()
