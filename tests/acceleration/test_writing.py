"""Pages are written as Sphinx writes them, with less work and by all processes."""

from __future__ import annotations

import os

import pytest
from docutils import nodes
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.search import IndexBuilder
from sphinx.testing.util import SphinxTestApp

from sphinx_ajo.acceleration.writing import FEWEST, AjoBuilder
from sphinx_ajo.testing import CONF

PAGES = 5 * FEWEST
"""Enough for several tasks."""


@pytest.fixture
def site(project):
    entries = "".join(f"+ [Page {number}](p{number:03}.md)\n" for number in range(PAGES))
    pages = {
        f"help/guide/p{number:03}.md": f"# Page {number} of *many*\n\nWord{number} of all.\n\n"
        f"[next](p{number + 1:03}.md) ![](i{number % 7}.png)\n\n## Part\n\nshared words\n"
        for number in range(PAGES)
    }
    images = {f"help/guide/i{number}.png": f"image {number}" for number in range(7)}
    project.write_files(
        {**pages, **images, "help/guide/TOC.md": f"# Guide {{#guide}}\n\n{entries}"}
    )
    project.write_files({"conf.py": CONF})
    return project


DEAD = f"p{PAGES - 1:03}.md:5: WARNING: no page or file 'p{PAGES:03}.md'"
"""The last page links to a page that is not there."""


def files(build):
    return {
        path.relative_to(build.outdir).as_posix(): path.read_bytes()
        for path in build.outdir.rglob("*")
        if path.is_file() and path.name != ".buildinfo"
    }


@pytest.fixture
def resolving(monkeypatch):
    """Note, in files, which process resolves which page."""

    def watch(folder):
        folder.mkdir()
        write = StandaloneHTMLBuilder.write_doc_serialized

        def note(self, docname, doctree):
            (folder / f"{docname.replace('/', '-')}.{os.getpid()}").touch()
            write(self, docname, doctree)

        monkeypatch.setattr(StandaloneHTMLBuilder, "write_doc_serialized", note)
        return lambda: [int(path.suffix[1:]) for path in folder.iterdir()]

    return watch


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_parallel_equals_serial(site, tmp_path, builder):
    """Pages, images and the search index are those that one process writes."""
    found = [
        files(site.build(builder, warnings=[DEAD], outdir=tmp_path / f"{number}", parallel=number))
        for number in (1, 3)
    ]
    assert found[0].keys() == found[1].keys()
    assert "_images/i6.png" in found[0]
    assert b"word33" in found[0]["searchindex.js"]
    assert [name for name in found[0] if found[0][name] != found[1][name]] == []


def test_each_process_resolves_its_pages(site, tmp_path, resolving):
    """The first process resolves one page only; warnings of all others reach it."""
    processes = resolving(tmp_path / "seen")
    site.build(warnings=[DEAD], parallel=2)
    found = processes()
    assert len(found) > PAGES
    assert len(set(found)) > 2
    assert found.count(os.getpid()) == 1


def test_extensions_that_collect(site, tmp_path, resolving, monkeypatch):
    """An extension that may note something of each page gets all of them in one process."""
    (site.folder / "collect.py").write_text(
        "def setup(app):\n"
        "    app.connect('doctree-resolved', note)\n"
        "    return {'parallel_read_safe': True, 'parallel_write_safe': True}\n"
        "def note(app, doctree, docname):\n"
        "    pass\n",
        encoding="utf-8",
    )
    conf = "extensions = ['sphinx_ajo', 'collect']\n"
    site.write_files({"conf.py": conf})
    monkeypatch.syspath_prepend(site.folder)
    processes = resolving(tmp_path / "seen")
    site.build(warnings=[DEAD], parallel=2)
    assert set(processes()) == {os.getpid()}


def test_failures_are_told(site, monkeypatch):
    """What goes wrong in another process ends the build."""

    def fail(self, pagename, *_args, **_kwargs):
        if pagename.endswith("p050"):
            message = "no such template"
            raise RuntimeError(message)

    monkeypatch.setattr(StandaloneHTMLBuilder, "handle_page", fail)
    with pytest.raises(Exception, match="no such template"):
        site.build(parallel=2)


def test_the_index_is_left_alone(site, monkeypatch):
    """A build with nothing to do neither reads nor writes the search index."""
    build = site.build(warnings=[DEAD])
    before = build.text("searchindex.js")
    for name in ("load", "dump"):
        monkeypatch.setattr(IndexBuilder, name, lambda *_: pytest.fail("it works on the index"))
    again = site.build()
    assert again.text("searchindex.js") == before
    assert "Search" in again.text("search.html")


def test_the_index_follows_edits(site, tmp_path):
    """A page that is edited, added or removed changes the index as a clean build would."""
    site.build(warnings=[DEAD])
    page = site.folder / "help/guide/p001.md"
    page.write_text("# Another title\n\nunseen\n", encoding="utf-8")
    (site.folder / "help/guide/p003.md").rename(site.folder / "help/guide/zz.md")
    text = (site.folder / "help/guide/TOC.md").read_text(encoding="utf-8")
    (site.folder / "help/guide/TOC.md").write_text(text.replace("p003", "zz"), encoding="utf-8")
    gone = "p002.md:5: WARNING: no page or file 'p003.md'"
    again = site.build(warnings=[gone], parallel=2)
    site.build()
    clean = site.build(warnings=[DEAD, gone], outdir=tmp_path / "clean")
    assert again.text("searchindex.js") == clean.text("searchindex.js")
    assert "unseen" in clean.text("searchindex.js")


def test_pages_are_exchanged_in_the_index(site, tmp_path, monkeypatch):
    """While the same pages are there, those that were edited are replaced in the file."""
    site.build(warnings=[DEAD])
    for name, text in {
        # words that no other page has go and come, and so do shared ones, titles and headings
        "p001": "# Another title\n\nunseen\n\n## Part\n\n## Part\n",
        "p040": "# Page 40 of *many*\n\n## Part\n\nWord50 shared.\n",
        "p079": "# Ünïcode & <signs>\n",
    }.items():
        (site.folder / f"help/guide/{name}.md").write_text(text, encoding="utf-8")
    with monkeypatch.context() as context:
        context.setattr(IndexBuilder, "load", lambda *_: pytest.fail("it loads the whole index"))
        again = site.build()
    clean = site.build(outdir=tmp_path / "clean")
    assert again.text("searchindex.js") == clean.text("searchindex.js")
    assert "unseen" in clean.text("searchindex.js")
    assert "word1:" not in clean.text("searchindex.js")


@pytest.mark.parametrize("change", [("", "no JavaScript"), ('"sphinx":', '"sphinx":9'), ("}", "")])
def test_an_index_of_another_kind_is_not_touched(site, change):
    """What is not as expected is left to Sphinx, which says that it cannot use it."""
    build = site.build(warnings=[DEAD])
    path = build.outdir / "searchindex.js"
    old, new = change
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new, 1) if old else new, encoding="utf-8")
    (site.folder / "help/guide/p001.md").write_text("# New\n", encoding="utf-8")
    site.build(warnings=["search index couldn't be loaded"])


def test_an_index_that_is_gone_is_made_anew(site):
    """Somebody has removed it: all pages are written again, for it can be made of nothing less."""
    build = site.build(warnings=[DEAD])
    before = build.text("searchindex.js")
    (build.outdir / "searchindex.js").unlink()
    again = site.build(warnings=[DEAD])
    assert again.updated == frozenset()
    assert again.text("searchindex.js") == before


@pytest.fixture
def app(site):
    app = SphinxTestApp(srcdir=site.folder, builddir=site.folder.parent / "out")
    yield app
    app.cleanup()


def test_titles_are_rendered_once(app, monkeypatch):
    """The same title is the same HTML on each page; one with an image depends on the page."""
    app.build()
    builder = app.builder
    assert isinstance(builder, AjoBuilder)
    plain = nodes.title("", "", nodes.Text("One "), nodes.emphasis("", "two"))
    linked = nodes.title("", "", nodes.reference("", "x", refuri="x"))
    calls = []
    render = StandaloneHTMLBuilder.render_partial

    def count(self, node):
        calls.append(node)
        return render(self, node)

    monkeypatch.setattr(StandaloneHTMLBuilder, "render_partial", count)
    first, second = (builder.render_partial(plain) for _ in range(2))
    assert first == second
    assert first["title"] == "One <em>two</em>"
    first["title"] = "changed by somebody"
    assert builder.render_partial(plain) == second
    assert builder.render_partial(linked)["title"] == '<a class="reference external" href="x">x</a>'
    builder.render_partial(linked)
    assert calls == [plain, linked, linked]


def test_tags_lead_to_files_from_each_folder(site):
    """Tags are shared by the pages of a depth."""
    site.write_files({"_static/page.md": "# Beside\n", "help/a/b/page.md": "# Deep\n"})
    site.write_files({"help/page.md": "# Less deep\n", "extra/x.css": "p {}"})
    conf = 'extensions = ["sphinx_ajo"]\nexclude_patterns = []\nhtml_static_path = ["extra"]\n'
    site.write_files({"conf.py": f'{conf}html_css_files = ["x.css"]\n'})
    # Sphinx looks for no pages in a folder of this name, so it is none
    unlisted = ["no TOC.md lists this page"] * 2
    build = site.build(warnings=[DEAD, *unlisted])
    for name in ("help/a/b/page", "help/page", "index", "help/guide/p001"):
        page = build.outdir / f"{name}.html"
        text = page.read_text(encoding="utf-8")
        assert text.count("x.css?v=") == 1, name
        for part in text.split('href="')[1:]:
            href = part.partition('"')[0].partition("?")[0]
            if href.endswith(".css"):
                assert (page.parent / href).is_file(), (name, href)


def test_other_builders_and_projects(project):
    """Only web sites of ExL repositories are written by it."""
    project.write(index="# Home\n")
    project.write_files({"conf.py": CONF})
    app = SphinxTestApp(srcdir=project.folder, builddir=project.folder.parent / "out")
    try:
        assert not isinstance(app.builder, AjoBuilder)
    finally:
        app.cleanup()
