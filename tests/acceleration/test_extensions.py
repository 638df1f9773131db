"""Only extensions that are known to store nothing are trusted."""

from __future__ import annotations

from functools import partial

import pytest
from sphinx.testing.util import SphinxTestApp

from sphinx_ajo.acceleration.extensions import (
    COLLECTING,
    is_page_by_page,
    keeps_no_nodes,
    resolves_by_methods,
)
from sphinx_ajo.testing import CONF


@pytest.fixture
def app(project, tmp_path):
    """Return a function that creates an application with extensions."""
    project.write_files({"conf.py": CONF, "index.md": "# Title\n"})
    apps = []

    def create(*extensions, theme="furo"):
        conf = {"extensions": ["sphinx_ajo", *extensions], "html_theme": theme}
        apps.append(SphinxTestApp(srcdir=project.folder, builddir=tmp_path, confoverrides=conf))
        return apps[-1]

    yield create
    for each in apps:
        each.cleanup()


@pytest.mark.parametrize("theme", ["furo", "alabaster", "pydata_sphinx_theme"])
def test_known(app, theme):
    known = app("sphinx.ext.intersphinx", theme=theme)
    assert is_page_by_page(known)
    assert keeps_no_nodes(known)
    assert resolves_by_methods(known)


def test_image_conversion_collects(app):
    """What converts images notes them in the environment, but no nodes."""
    converting = app(*COLLECTING)
    assert not is_page_by_page(converting)
    assert keeps_no_nodes(converting)


@pytest.mark.parametrize(
    "event", ["doctree-read", "missing-reference", "doctree-resolved", "html-page-context"]
)
@pytest.mark.parametrize("handler", [lambda *_: None, partial(print)])
def test_unknown_handlers(app, event, handler):
    """That of conf.py, or an object without a module, may keep what it gets."""
    handler.__module__ = {partial: None}.get(type(handler), "conf")
    known = app()
    known.connect(event, handler)
    assert not keeps_no_nodes(known)
    assert is_page_by_page(known) is (event != "doctree-resolved")
    assert resolves_by_methods(known) is (event != "doctree-resolved")


def test_unknown_extensions(app, project, monkeypatch):
    """A directive, which is no handler, may keep nodes, too."""
    (project.folder / "keeper.py").write_text("def setup(app):\n    pass\n", encoding="utf-8")
    monkeypatch.syspath_prepend(project.folder)
    assert not keeps_no_nodes(app("keeper"))
