"""The whole tree on each page: just what Sphinx makes of it."""

from __future__ import annotations

import json

import pytest

THEMES = (
    "alabaster",
    "classic",
    "furo",
    "pydata_sphinx_theme",
    "sphinx_book_theme",
    "sphinx_rtd_theme",
)

COMPARE = """
import itertools, json, pathlib

def compare(app, pagename, templatename, context, doctree):
    ours = context["toctree"]
    stock = ours.args[1]
    for collapse, depth, titles, hidden in itertools.product(
        (True, False), (-1, "", 1, 2, 3), (True, False), (True, False)
    ):
        arguments = dict(
            collapse=collapse, maxdepth=depth, titles_only=titles, includehidden=hidden
        )
        found.append([pagename, str(arguments), ours(**arguments), stock(**arguments)])

found = []

def setup(app):
    app.connect("html-page-context", compare, priority=400)
    app.connect("build-finished", lambda app, _: (
        pathlib.Path(app.outdir, "found.json").write_text(json.dumps(found), encoding="utf-8")
    ))
"""


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.filterwarnings("ignore:'sphinx_book_theme:DeprecationWarning")
@pytest.mark.filterwarnings("ignore:'sphinx_book_theme:PendingDeprecationWarning")
def test_pages_are_equal(site, pages, tmp_path, theme, builder):
    """Every page of every theme is what it is without us, byte by byte."""
    if theme not in ("alabaster", "classic"):
        pytest.importorskip(theme)
    options = {"html_theme": theme, "fresh": True}
    stock = site.build(builder, outdir=tmp_path / "off", ajo_navigation="off", **options)
    ours = site.build(builder, outdir=tmp_path / "full", ajo_navigation="full", **options)
    assert pages(ours) == pages(stock)


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_every_argument(site, builder):
    """Whatever a theme asks for, on whatever page, is what Sphinx answers."""
    with (site.folder / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write(COMPARE)
    build = site.build(builder)
    found = json.loads(build.text("found.json"))
    assert len(found) > 600
    for page, arguments, ours, stock in found:
        assert ours == stock, (page, arguments)
    assert any("current" in ours for _, _, ours, _ in found)


CIRCLE = """
from sphinx_ajo.navigation.tree import build_forest, walk

def look(app, builder):
    warned = set()
    for _ in range(2):
        forest = build_forest(
            app.env, app.tags, "", titles_only=True, includehidden=True, warned=warned
        )
    found = " ".join(entry.target for entry in walk(forest))
    (app.outdir / "found.txt").write_text(found, encoding="utf-8")

def setup(app):
    app.connect("write-started", look)
"""


def test_circular_toctrees(project):
    """A circle is cut where Sphinx cuts it, and reported once. (Sphinx cannot write its HTML.)"""
    project.write(
        index="# Home\n\n```{toctree}\n:hidden:\na\n```\n",
        a="# A\n\n```{toctree}\n:hidden:\nb\n```\n",
        b="# B\n\n```{toctree}\n:hidden:\na\n```\n",
    )
    (project.folder / "conf.py").write_text(
        'extensions = ["myst_parser"]\n' + CIRCLE, encoding="utf-8"
    )
    message = "circular toctree references detected, ignoring: a <- b <- a"
    build = project.build("dummy", warnings=[message])
    assert build.text("found.txt") == "a b"


def test_unknown_arguments_go_to_sphinx(site):
    """A wrong template fails as it does without us."""
    (site.folder / "_templates").mkdir()
    (site.folder / "_templates" / "globaltoc.html").write_text(
        "{{ toctree(unknown=1) }}", encoding="utf-8"
    )
    with pytest.raises(Exception, match="unknown"):
        site.build(
            html_theme="classic",
            templates_path=["_templates"],
            html_sidebars={"**": ["globaltoc.html"]},
        )


@pytest.mark.parametrize("builder", ["singlehtml", "epub", "text"])
def test_other_builders(site, pages, builder):
    """Builders with a navigation of their own are left alone."""
    # they have no general index
    options = {"suppress_warnings": ["toc.not_readable", "epub.unknown_project_files"]}
    options |= {"copyright": "us", "version": "1"}
    stock = site.build(builder, outdir=site.folder.parent / "off", ajo_navigation="off", **options)
    ours = site.build(builder, outdir=site.folder.parent / "on", ajo_navigation="branch", **options)
    assert pages(ours) == pages(stock)
    assert not list(ours.outdir.rglob("ajo-navigation*"))
