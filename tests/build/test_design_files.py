"""The files of sphinx-design are linked where its components are."""

from __future__ import annotations

import lxml.html
import pytest

FILES = {
    "metadata.md": "---\nsolution: Lamp\n---\n",
    "help/TOC.md": "# G {#g}\n\n+ [Plain](plain.md)\n+ [Tabs](tabs.md)\n+ [Badge](badge.md)\n",
    "help/plain.md": "# Plain\n\n>[!NOTE]\n>\n>A note.\n",
    "help/tabs.md": "# Tabs\n\n>[!BEGINTABS]\n\n>[!TAB A]\n\nText\n\n>[!ENDTABS]\n",
    "help/badge.md": "# Badge\n\n[!BADGE New]\n",
}
NAMES = {"sphinx-design.min.css", "design-tabs.js"}


def linked(build, page):
    """Return the files of sphinx-design that a page links."""
    root = lxml.html.fromstring(build.text(page))
    links = root.xpath("//link/@href | //script/@src")
    return NAMES & {link.partition("?")[0].rpartition("/")[2] for link in links}


@pytest.mark.parametrize("theme", ["alabaster", "furo", "pydata_sphinx_theme"])
def test_pages_with_components(project, theme):
    """Other pages, and those that are no documents, do not link them."""
    project.write_files(FILES)
    build = project.build(html_theme=theme)
    assert linked(build, "help/tabs.html") == linked(build, "help/badge.html") == NAMES
    assert linked(build, "index.html") == NAMES
    for page in ("help/plain.html", "genindex.html", "search.html"):
        assert not linked(build, page)


@pytest.mark.parametrize(
    "names", [["sphinx_design", "sphinx_ajo"], ["sphinx_ajo", "sphinx_design"]]
)
def test_project_with_sphinx_design(project, names):
    """A project that lists it keeps what it does."""
    project.write_files(FILES)
    build = project.build(extensions=names)
    assert linked(build, "help/plain.html") == NAMES


def test_extension_that_needs_sphinx_design(project):
    """So does one with an extension that has asked for it."""
    project.write_files(FILES)
    (project.folder / "conf.py").write_text(
        "import sys\n\nextensions = ['mine', 'sphinx_ajo']\n"
        "sys.path.insert(0, __file__.removesuffix('conf.py'))\n",
        encoding="utf-8",
    )
    (project.folder / "mine.py").write_text(
        "def setup(app):\n    app.setup_extension('sphinx_design')\n", encoding="utf-8"
    )
    assert linked(project.build(), "help/plain.html") == NAMES


def test_one_file(project):
    """The file that holds all pages has them."""
    project.write_files(FILES)
    assert linked(project.build("singlehtml"), "index.html") == NAMES
