"""`ajo_accelerate`: one switch for what stands in for parts of others; the output is the same."""

from __future__ import annotations

import gc
import logging

import pytest
from all_constructs import FILES
from docutils import nodes
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.search import languages
from sphinx.testing.util import SphinxTestApp
from sphinx.util._files import FilenameUniqDict

from sphinx_ajo.testing import CONF

PLAIN = {
    "conf.py": CONF,
    "index.md": "# Home\n\n![](a.png)\n\n```{toctree}\nother\n```\n",
    "other.md": "# Other\n\nWords.\n",
    "a.png": "",
}


@pytest.fixture(autouse=True)
def threshold():
    """Begin as a process does: other tests may have left what they have set."""
    before = gc.get_threshold()
    gc.set_threshold(700, *before[1:])
    yield
    gc.set_threshold(*before)


@pytest.fixture(autouse=True)
def languages_kept():
    before = dict(languages)
    yield
    languages.clear()
    languages.update(before)


REPLACED = {
    "garbage",
    "documents",
    "images",
    "messages",
    "paths",
    "stems",
    "transforms",
    "trees",
}
"""What accelerators replace in any project."""


def replaced(project, tmp_path, **conf):
    """Return what a build has replaced of Sphinx, docutils and Python."""
    seen = {"thresholds": set(), "documents": set(), "levels": set(), "methods": set()}

    def look(app, doctree):
        seen["methods"].add("relfn2path" in vars(app.env))
        seen["thresholds"].add(gc.get_threshold())
        seen["documents"].add(type(doctree))
        seen["levels"].add(logging.getLogger("sphinx").level)

    before = (gc.get_threshold(), gc.get_freeze_count())
    app = SphinxTestApp(srcdir=project.folder, builddir=tmp_path, confoverrides=conf)
    try:
        app.connect("doctree-read", look)
        app.build()
        found = set()
        if seen["thresholds"] != {before[0]}:
            found.add("garbage")
        if seen["documents"] != {nodes.document}:
            found.add("documents")
        if seen["levels"] != {logging.DEBUG}:
            found.add("messages")
        if seen["methods"] != {False}:
            found.add("paths")
        if type(app.env.images) is not FilenameUniqDict:
            found.add("images")
        if type(app.env._write_doc_doctree_cache) is not dict:
            found.add("trees")
        if any("absent" in each.apply.__module__ for each in app.registry.get_transforms()):
            found.add("transforms")
        if type(app.env) is not BuildEnvironment:
            found.add("environment")
        if "Remembering" in type(app.builder.indexer.lang).__name__:
            found.add("stems")
        if any("acceleration" in each.__module__ for each in type(app.builder).__mro__):
            found.add("builder")
        assert isinstance(app.builder, StandaloneHTMLBuilder)
    finally:
        app.cleanup()
    assert (gc.get_threshold(), gc.get_freeze_count()) == before
    return found


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("auto", set()),
        (False, set()),
        (True, REPLACED),
    ],
)
def test_ordinary_project(project, tmp_path, setting, expected):
    """Nothing of others is replaced in a project without ExL pages, unless it asks for it."""
    project.write_files(PLAIN)
    assert replaced(project, tmp_path / "out", ajo_accelerate=setting) == expected


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("auto", REPLACED | {"builder"}),
        # its names are safe, that is not for speed
        (False, {"images"}),
    ],
)
def test_repository(project, tmp_path, setting, expected):
    """One option switches all of it off."""
    project.write_files({"conf.py": CONF, **FILES})
    assert replaced(project, tmp_path / "out", ajo_accelerate=setting) == expected


def outputs(project, tmp_path, builder, **conf):
    """Build twice, with an edit between; return all files of the output."""
    found = []
    project.write_files({"conf.py": CONF, **FILES})
    for text in ("", "\n\nOne more paragraph.\n"):
        page = project.folder / "help/everything.md"
        page.write_text(FILES["help/everything.md"] + text, encoding="utf-8")
        app = SphinxTestApp(
            builder, srcdir=project.folder, builddir=tmp_path, confoverrides=conf, parallel=2
        )
        try:
            app.build()
            files = sorted(path for path in app.outdir.rglob("*") if path.is_file())
            found.append({str(path.relative_to(app.outdir)): path.read_bytes() for path in files})
        finally:
            app.cleanup()
    for files in found:
        files.pop(".buildinfo", None)
    return found


@pytest.mark.parametrize("builder", ["html", "dirhtml", "text", "latex", "gettext"])
@pytest.mark.parametrize("theme", ["alabaster", "furo"])
def test_same_bytes(project, tmp_path, builder, theme):
    """What is written is the same with and without it."""
    if theme == "furo" and builder not in ("html", "dirhtml"):
        pytest.skip("this builder has no theme")
    conf = {"html_theme": theme, "gettext_last_translator": "x", "today": "x"}
    plain = outputs(project, tmp_path / "off", builder, ajo_accelerate=False, **conf)
    fast = outputs(project, tmp_path / "on", builder, ajo_accelerate="auto", **conf)
    for ours, theirs in zip(fast, plain, strict=True):
        assert ours.keys() == theirs.keys()
        assert [
            name for name in ours if without_date(ours[name]) != without_date(theirs[name])
        ] == []


def without_date(data):
    """Return a file without the line in which gettext writes the time."""
    return b"\n".join(line for line in data.split(b"\n") if b"POT-Creation-Date" not in line)
