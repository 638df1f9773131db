"""Which repository is the original of a translation."""

from __future__ import annotations

import pytest

from sphinx_ajo.site.originals.model import find_original
from sphinx_ajo.site.repository import read_repository


@pytest.mark.parametrize(
    ("name", "git_repo", "found"),
    [
        ("lamp.sv-SE", "", True),
        ("lamp.sv", "", True),
        ("lamp.zh-Hans", "", True),
        ("checkout", "https://github.com/example/lamp.sv-SE", True),
        ("checkout", "https://github.com/example/lamp.sv-SE.git", True),
        ("lamp.en", "https://github.com/example/lamp.sv-SE", False),
        ("lamp.en-GB", "", False),
        ("checkout", "https://github.com/example/lamp.en", False),
        ("torch.sv-SE", "https://github.com/example/lamp.sv-SE", False),
        ("lamp", "", False),
    ],
)
def test_beside(tmp_path, name, git_repo, found):
    """It is the folder with the same name, but for its language."""
    for folder in (name, "lamp.en"):
        (tmp_path / folder / "help").mkdir(parents=True, exist_ok=True)
    text = f"---\ngit-repo: {git_repo}\n---\n"
    (tmp_path / name / "metadata.md").write_text(text, encoding="utf-8")
    repository = read_repository(tmp_path / name)
    assert find_original(repository) == (tmp_path / "lamp.en" if found else None)


def test_only_a_repository(tmp_path):
    """A folder that happens to have that name is not enough."""
    (tmp_path / "lamp.en" / "src").mkdir(parents=True)
    (tmp_path / "lamp.sv").mkdir()
    (tmp_path / "lamp.sv" / "metadata.md").write_text("", encoding="utf-8")
    assert find_original(read_repository(tmp_path / "lamp.sv")) is None
