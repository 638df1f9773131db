"""Builds of several processes, and builds after a build: always what a clean build makes."""

from __future__ import annotations

import pytest

CONF = """\
extensions = ["myst_parser", "sphinx_ajo.navigation"]
html_theme = {!r}
html_copy_source = False
"""


THEMES = pytest.mark.parametrize("tree", ["furo", "pydata_sphinx_theme"], indirect=True)


@pytest.fixture
def tree(request, site):
    theme = getattr(request, "param", "furo")
    pytest.importorskip(theme)
    conf = CONF.format(theme) + 'myst_enable_extensions = ["dollarmath"]\n'
    (site.folder / "conf.py").write_text(conf, encoding="utf-8")
    return site


@THEMES
@pytest.mark.parametrize("mode", ["full", "branch"])
def test_parallel(tree, pages, tmp_path, mode):
    """Two processes write what one writes."""
    serial = tree.build(outdir=tmp_path / "serial", ajo_navigation=mode)
    parallel = tree.build(outdir=tmp_path / "parallel", ajo_navigation=mode, parallel=2)
    assert pages(serial) == pages(parallel)
    for name in ("_static/ajo-navigation-data.js",) if mode == "branch" else ():
        assert serial.text(name) == parallel.text(name)


ORPHAN = "---\norphan:\n---\n"
EDITS = {
    "title": {"a/one.md": "# Another one\n\n## Part of one\n"},
    "deep title": {"a/deep/y.md": ORPHAN + "# Another Y\n\n## Inside Y\n"},
    "new page": {"a/deep/x.md": "# X\n\n```{toctree}\ny\nz\n```\n", "a/deep/z.md": "# Z\n"},
    # Sphinx itself does not take the numbers of pages away that leave a numbered toctree, unless
    # these are read again
    "no entries": {
        "a/deep/x.md": "# X\n",
        "a/deep/y.md": ORPHAN + "# Y\n",
        "a/deep/z.md": ORPHAN + "# Z\n",
    },
    # nor does it write the home page again, whose text lists pages three levels down
    "moved": {
        "d.md": "# D again\n\n```{toctree}\n:hidden:\nf\ngenindex\n```\n",
        "f.md": "# F\n\n```{toctree}\n/a/deep/y\n```\n\n```{toctree}\n:glob:\ng/*\n```\n",
    },
    "caption": {"c/index.md": "# C\n\n```{toctree}\n:caption: New\n:hidden:\n\n/c/one\n```\n"},
    "entry title": {"d.md": "# D\n\n```{toctree}\n:hidden:\nThe F <f>\ngenindex\n```\n"},
}


@pytest.mark.parametrize("mode", ["full", "branch"])
@pytest.mark.parametrize("parallel", [0, 2])
@THEMES
def test_edits(tree, pages, tmp_path, mode, parallel):
    """After each edit the output is that of a clean build."""
    options = {"ajo_navigation": mode, "parallel": parallel}
    tree.build(outdir=tmp_path / "again", **options)
    for name, files in EDITS.items():
        tree.write_files(files)
        again = pages(tree.build(outdir=tmp_path / "again", **options))
        clean_build = tree.build(outdir=tmp_path / name, ajo_navigation=mode)
        clean = pages(clean_build)
        assert again == clean, name
        if mode == "branch":
            data = "_static/ajo-navigation-data.js"
            assert (tmp_path / "again" / "html" / data).read_text(
                encoding="utf-8"
            ) == clean_build.text(data)


def test_edit_writes_what_shows_it(tree):
    """A title is on the pages of its branch, and only these are written again."""
    tree.build(ajo_navigation="branch")
    out = tree.folder.parent / "src-build" / "html"
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*.html")}
    tree.write_files({"a/deep/y.md": "# Y again\n"})
    tree.build(ajo_navigation="branch")
    written = {
        path.relative_to(out).as_posix()
        for path, time in before.items()
        if path.stat().st_mtime_ns != time
    }
    always = {"search.html", "genindex.html"}
    shown = {"a/deep/x.html", "a/deep/y.html", "b.html"}  # b links to y as the previous page
    parents = {"a/deep/index.html", "index.html"}  # Sphinx adds the pages with their toctrees
    assert written - always == shown | parents


def test_text_changes_nothing_else(tree):
    """An edit below the title writes one page."""
    tree.build(ajo_navigation="full")
    out = tree.folder.parent / "src-build" / "html"
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*.html")}
    tree.write_files({"orphan.md": "---\norphan:\n---\n# Orphan\n\nMore.\n"})
    tree.build(ajo_navigation="full")
    written = {path.name for path, time in before.items() if path.stat().st_mtime_ns != time}
    assert written - {"search.html", "genindex.html"} == {"orphan.html"}


@pytest.mark.parametrize("dialect", ["mixed", "exl"])
def test_ordinary_projects_stay_whole(project, monkeypatch, dialect):
    """Only ExL repositories get branches by themselves, however large a project is."""
    monkeypatch.setattr("sphinx_ajo.navigation.mode.FULL_PAGES", 2)
    listed = "\n".join(f"p{number}" for number in range(6))
    project.write(index=f"# Home\n\n```{{toctree}}\n{listed}\n```\n")
    project.write(**{f"p{number}": f"# Page {number}\n\n## Part\n" for number in range(6)})
    build = project.build(html_theme="furo", ajo_dialect=dialect)
    shared = (build.outdir / "_static" / "ajo-navigation-data.js").exists()
    assert shared is (dialect == "exl")
