"""Fixtures of all tests."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from effort import tries
from hypothesis import settings

settings.register_profile("same", derandomize=True, deadline=None, max_examples=tries(100))
settings.register_profile("thorough", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("AJO_HYPOTHESIS", "same"))

ONCE = (
    *("base/", "icons/", "language/", "site/", "tools/"),
    "security/test_fuzz.py",
    "security/test_patterns.py",
    "security/test_requests.py",
    "constructs/html/test_soup.py",
    "test_benchmarks.py",
    "test_demo_set.py",
    "test_i18n.py",
    "test_layers.py",
)
"""Where the tests begin that one version of Python and Sphinx is enough for.

They are those of styles, regular expressions, benchmarks and what knows no Sphinx.
"""

BUILDS = frozenset({"tmp_path", "tmp_path_factory"})
"""The fixtures of tests that write files."""

SHARED = Path(__file__).parents[2] / "shared"


def pytest_collection_modifyitems(config, items):
    """Mark the tests that build; leave out those of :data:`ONCE` if ``AJO_TESTS`` is ``short``."""
    short = os.environ.get("AJO_TESTS") == "short"
    for item in items:
        if not BUILDS.isdisjoint(item.fixturenames):
            item.add_marker("build")
    if short:
        once = tuple(f"{Path(__file__).parent.as_posix()}/{name}" for name in ONCE)
        left_out = [item for item in items if item.path.as_posix().startswith(once)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.path.as_posix().startswith(once)]


def pytest_collection_finish(session):
    """Make builds cheaper, if there are any."""
    if any(item.get_closest_marker("build") for item in session.items):
        from templates import remember_templates

        remember_templates()


@pytest.fixture
def shared():
    """Real pages, where there are any beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip("no ../shared here")
    return SHARED


def pytest_runtest_teardown():
    """Empty what sphinx-book-theme adds to a default list that all builds of a process share."""
    if sphinx := sys.modules.get("sphinx.config"):
        sphinx.Config.config_values["templates_path"].default.clear()


@pytest.fixture(scope="module")
def browser():
    """A browser, for the tests of a module."""
    from chromium import open_browser

    with open_browser() as browser:
        yield browser


class Project:
    """A project in a temporary folder."""

    def __init__(self, folder):
        self.folder = folder

    def write(self, **files):
        """Write pages: ``index="..."`` is index.md."""
        self.write_files({f"{name}.md": text for name, text in files.items()})

    def write_files(self, files):
        from sphinx_ajo import testing

        testing.write_files(self.folder, files)

    def build(self, builder="html", **options):
        from sphinx_ajo import testing

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
