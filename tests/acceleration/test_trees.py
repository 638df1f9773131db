"""Trees of pages are let go of once they are in a file."""

from __future__ import annotations

import gc
import weakref

import pytest
from docutils import nodes
from sphinx.builders import Builder
from sphinx.testing.util import SphinxTestApp

from sphinx_ajo.acceleration import trees, writing
from sphinx_ajo.build import articles
from sphinx_ajo.foreign.sphinx import _FirstTrees
from sphinx_ajo.testing import CONF

PAGES = {
    "conf.py": CONF,
    "metadata.md": "---\nproduct: x\n---\n",
    **{f"help/p{n}.md": f"# Page {n}\n\nText, [link](p{n - 1}.md).\n" for n in range(1, 9)},
    "help/p0.md": "# Page 0\n\nText.\n",
    "help/TOC.md": "# Guide {#guide}\n\n" + "".join(f"- [Page {n}](p{n}.md)\n" for n in range(9)),
}


@pytest.fixture
def alive(project, tmp_path, monkeypatch):
    """Build a site, and return how many trees of pages are in memory before it is written."""
    project.write_files(PAGES)

    def build(most, **conf):
        monkeypatch.setattr(trees, "MOST", most)
        read = []
        found = []

        def count(*_args):
            gc.collect()
            found.append(sum(each() is not None for each in read))

        app = SphinxTestApp(
            srcdir=project.folder, builddir=tmp_path / f"{most}", confoverrides=conf
        )
        try:
            app.connect("doctree-read", lambda _app, tree: read.append(weakref.ref(tree)))
            app.connect("write-started", count, priority=100)
            app.build()
            assert len(read) >= 9
            # a file of a tree is read, and not kept
            assert app.env.get_doctree("help/p3").next_node(nodes.title).astext() == "Page 3"
            files = sorted(path for path in app.outdir.rglob("*.html"))
            pages = {path.relative_to(app.outdir): path.read_bytes() for path in files}
            return found[0], len(read), dict(app.env._pickled_doctree_cache), pages
        finally:
            app.cleanup()

    return build


def test_a_few_are_kept(alive):
    found, read, files, _ = alive(2)
    # the last one that was read is in use
    assert found <= 2 + 1
    assert files == {}
    assert read > 3


def test_all_are_kept_without_the_switch(alive):
    found, read, files, _ = alive(2, ajo_accelerate=False)
    assert found == read
    assert "help/p3" in files


def test_pages_are_the_same(alive):
    few, all_ = alive(1)[-1], alive(100)[-1]
    assert few == all_


def test_a_page_that_is_read_again():
    """In a process that builds again, the tree that was kept is exchanged."""
    dropped = []
    kept = _FirstTrees(1, dropped.append)
    kept["a"], kept["b"] = "first", "second"
    kept["a"] = "again"
    assert kept == {"a": "again"}
    assert dropped == ["second"]


@pytest.fixture
def parts(project, tmp_path, monkeypatch):
    """Build a site without the collector; return what is left of the nodes of its pages."""
    project.write_files(PAGES)
    monkeypatch.setattr(trees, "MOST", 2)
    monkeypatch.setattr(trees.FewTrees, "keep", _off(trees.FewTrees.keep))
    folders = iter("abc")

    def build(**conf):
        left = {"reading": [], "writing": []}

        def note(phase, tree):
            left[phase].append([weakref.ref(each) for each in tree.findall(nodes.section)])

        def note_read(_app, tree):
            note("reading", tree)

        def note_written(*args):
            if args[-1]:
                note("writing", args[-1])

        # in place of two of ours, so that no unknown extension takes part
        note_read.__module__ = note_written.__module__ = "sphinx_ajo"
        monkeypatch.setattr(articles, "_note", note_read)
        monkeypatch.setattr(writing, "_share_tags", note_written)
        out = tmp_path / next(folders)
        app = SphinxTestApp(srcdir=project.folder, builddir=out, confoverrides=conf)
        try:
            app.build()
            pages = {path.name: path.read_bytes() for path in app.outdir.rglob("*.html")}
            found = {
                phase: sum(any(each() for each in page) for page in pages_)
                for phase, pages_ in left.items()
            }
            return found, pages
        finally:
            app.cleanup()
            gc.enable()

    return build


def _off(stock):
    def keep(*args):
        gc.collect()
        gc.disable()
        stock(*args)

    return keep


def test_freed_without_the_collector(parts):
    """The sections of a page are gone once it has been written, except those of the last one."""
    found, pages = parts()
    assert found["reading"] <= 1
    assert found["writing"] <= 1
    assert parts(ajo_accelerate=False)[1] == pages


def test_freed_in_a_process_that_only_reads(parts, monkeypatch):
    """It keeps no doctree, and the pages are the same."""
    read_doc = Builder.read_doc
    monkeypatch.setattr(Builder, "read_doc", lambda *args, **_: read_doc(*args, _cache=False))
    found, pages = parts()
    assert found["reading"] <= 1
    assert parts(ajo_accelerate=False)[1] == pages


def test_an_extension_may_keep_them(parts, project, monkeypatch):
    (project.folder / "keeper.py").write_text(
        "def setup(app):\n"
        "    app.connect('html-page-context', lambda *_: None)\n"
        "    return {'parallel_read_safe': True, 'parallel_write_safe': True}\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(project.folder)
    found, _ = parts(extensions=["sphinx_ajo", "keeper"])
    assert found["reading"] > 8
    assert found["writing"] > 8
