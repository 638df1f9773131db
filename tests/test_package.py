"""What a package index gets."""

from __future__ import annotations

import re
import shutil
import tomllib
import zipfile
from pathlib import Path

import pytest

import sphinx_ajo
from sphinx_ajo.base.package import VERSION
from sphinx_ajo.tools.index_page import absolute_links, main

buildapi = pytest.importorskip("flit_core.buildapi")

ROOT = Path(__file__).parents[1]
ADDRESS = "https://example.org/owner/name"
CODE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)


def copy(folder):
    """Copy what the wheel is made of."""
    folder.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        (folder / name).write_bytes((ROOT / name).read_bytes())
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(
        ROOT / "sphinx_ajo", folder / "sphinx_ajo", ignore=ignore, copy_function=shutil.copyfile
    )
    return folder


def wheel(folder, monkeypatch):
    monkeypatch.chdir(folder)
    out = folder / "dist"
    out.mkdir()
    return out / buildapi.build_wheel(str(out))


def test_same_wheel_twice(tmp_path, monkeypatch):
    """Two checkouts, whose files have other times, give the same bytes."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    first, second = (wheel(copy(tmp_path / name), monkeypatch) for name in ("a", "b"))
    assert first.name == second.name
    assert first.read_bytes() == second.read_bytes()


def test_wheel_needs_nothing_to_be_built(monkeypatch):
    """The version is read from the source; importing it would need Sphinx."""
    monkeypatch.chdir(ROOT)
    assert buildapi.get_requires_for_build_wheel() == []
    assert sphinx_ajo.__version__ == VERSION


def test_index_page(tmp_path, monkeypatch):
    """No link of the description is relative, and the project has addresses."""
    folder = copy(tmp_path / "a")
    main(folder, f"{ADDRESS}/", "v1")
    with zipfile.ZipFile(wheel(folder, monkeypatch)) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith("/METADATA"))
        metadata = archive.read(name).decode()
    targets = re.findall(r"\]\(([^)]*)\)", CODE.sub("", metadata))
    assert targets
    assert all(target.startswith("https://") for target in targets)
    assert f"Project-URL: Source, {ADDRESS}" in metadata
    urls = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]["urls"]
    assert all(url.startswith(ADDRESS) for url in urls.values())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](b.md)", f"[a]({ADDRESS}/blob/v1/b.md)"),
        ("![a](b.png)", f"![a]({ADDRESS}/raw/v1/b.png)"),
        ("[a](https://x.example/)", "[a](https://x.example/)"),
        ("[a](mailto:a@example.org)", "[a](mailto:a@example.org)"),
        ("[a](#b)", "[a](#b)"),
        ("```markdown\n[a](b.md)\n```", "```markdown\n[a](b.md)\n```"),
    ],
)
def test_absolute_links(text, expected):
    """Images lead to the file itself, links to the page that shows it; code stays."""
    assert absolute_links(text, ADDRESS, "v1") == expected


def test_readme_links_to_files():
    """Each relative link of the README leads to a file of the repository."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)]*)\)", CODE.sub("", readme))
    assert all((ROOT / name).exists() for name in targets if ":" not in name)
