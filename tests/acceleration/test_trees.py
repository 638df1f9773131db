"""Trees of pages are let go of once they are in a file."""

from __future__ import annotations

import gc
import weakref

import pytest
from docutils import nodes
from sphinx.testing.util import SphinxTestApp

from sphinx_ajo.acceleration import trees
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
    kept = _FirstTrees(1)
    kept["a"], kept["b"] = "first", "second"
    kept["a"] = "again"
    assert kept == {"a": "again"}
