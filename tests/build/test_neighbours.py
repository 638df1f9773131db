"""What other extensions see of generated pages, with stand-ins for those extensions."""

from __future__ import annotations

import re

import pytest
from sphinx.util.matching import Matcher, patmatch

FILES = {
    "metadata.md": "---\nsolution: Lamp\n---\n",
    "help/a/TOC.md": "# A [x] {#a}\n\n+ [One](one.md)\n+ Group {#group}\n  + [Two](two.md)\n",
    "help/a/one.md": "---\ntitle: One\ndescription: All about *one*.\n---\n# One\n\nText.\n",
    "help/a/two.md": "# Two\n\nText.\n",
    "help/b/TOC.md": "# B {#b}\n\n+ [Three](three.md)\n",
    "help/b/three.md": "# Three\n",
}
GENERATED = {"index", "help/a/index", "help/a/group/index", "help/b/index"}

# what the extensions do with their options, as they do it
STAND_IN = """
extensions = ["sphinx_ajo"]
patterns, pages, tags = [], [], {}

def note_files(app, env):
    patterns[:] = app.config.git_exclude_patterns

def note_pages(app, exception):
    pages[:] = kept_list

def note_tags(app, pagename, templatename, context, doctree):
    tags[pagename] = (context.get("meta") or {}).get("og:description")

def keep_list(app):
    global kept_list
    kept_list = app.config.llms_txt_exclude

def report(app, exception):
    (app.outdir / "seen.txt").write_text(repr((patterns, pages, tags)), encoding="utf-8")

def setup(app):
    app.add_config_value("git_exclude_patterns", [], "env")
    app.add_config_value("llms_txt_exclude", [], "env")
    app.add_config_value("ogp_site_url", "", "html")
    app.connect("env-updated", note_files)
    app.connect("builder-inited", keep_list)
    app.connect("build-finished", note_pages)
    app.connect("html-page-context", note_tags)
    app.connect("build-finished", report, priority=999)
"""


@pytest.fixture
def neighbours(project):
    project.write_files(FILES)
    (project.folder / "conf.py").write_text(STAND_IN, encoding="utf-8")
    return project


def seen(build):
    return eval(build.text("seen.txt"))


def test_generated_pages_are_left_out(neighbours):
    """Just they match the patterns that the others look at."""
    build = neighbours.build()
    patterns, pages, _ = seen(build)
    excluded = Matcher(patterns)
    assert {name for name in build.doctrees if excluded(f"{name}.md")} == GENERATED
    assert {
        name for name in build.doctrees if any(patmatch(name, pattern) for pattern in pages)
    } == GENERATED


def test_options_are_restored(neighbours):
    """A second build finds the options as they were, and reads nothing."""
    neighbours.build()
    again = neighbours.build()
    assert again.updated == frozenset()
    assert seen(again)[1]


def test_options_of_the_project_stay(neighbours):
    """What a project leaves out itself is left out, too."""
    build = neighbours.build(llms_txt_exclude=["help/a/two"], git_exclude_patterns=["x.md"])
    patterns, pages, _ = seen(build)
    assert patterns[0] == "x.md"
    assert pages[0] == "help/a/two"


def test_description(neighbours):
    """The description in the front matter is what networks show."""
    _, _, tags = seen(neighbours.build())
    assert tags["help/a/one"] == "All about *one*."
    assert tags["help/a/two"] is None


def test_metadata_of_pages_stay(neighbours):
    """What the tags are made from is not noted in the environment."""
    build = neighbours.build()
    assert "og:description" not in build.metadata["help/a/one"]


def test_without_neighbours(project):
    """Nothing happens where none of them is there."""
    project.write_files(FILES)
    build = project.build()
    assert not re.search("og:", build.text("help/a/one.html"))
