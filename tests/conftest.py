"""Fixtures of all tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from sphinx.config import Config

from sphinx_ajo import testing

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture
def shared():
    """Real pages, where there are any beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip("no ../shared here")
    return SHARED


@pytest.fixture(autouse=True)
def default_templates():
    """Empty what sphinx-book-theme adds to a default list that all builds of a process share."""
    yield
    Config.config_values["templates_path"].default.clear()


class Project:
    """A project in a temporary folder."""

    def __init__(self, folder):
        self.folder = folder

    def write(self, **files):
        """Write pages: ``index="..."`` is index.md."""
        self.write_files({f"{name}.md": text for name, text in files.items()})

    def write_files(self, files):
        testing.write_files(self.folder, files)

    def build(self, builder="html", **options):
        return testing.build(self.folder, builder, **options)


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "src"
    folder.mkdir()
    return Project(folder)


@pytest.fixture
def build_page(project):
    """Build one page, ``index.md``, in the ExL dialect; return its built HTML or text."""

    def build_page(text, builder="html", **options):
        project.write(index=text)
        options.setdefault("ajo_dialect", "exl")
        return project.build(builder, **options)

    return build_page
