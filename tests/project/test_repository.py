"""The repository of a project."""

from __future__ import annotations

from types import SimpleNamespace

from sphinx_ajo.project.repository import repository_root


def test_repository_root(tmp_path):
    root = tmp_path / "help"
    root.mkdir()
    assert repository_root(SimpleNamespace(srcdir=tmp_path)) == tmp_path
    assert repository_root(SimpleNamespace(srcdir=root)) == tmp_path
