"""Python looks for garbage less often during a build, and only then."""

from __future__ import annotations

import gc

import pytest

from sphinx_ajo.acceleration.garbage import LOADING, PAGES, THRESHOLD

CONF = (
    "import gc\n"
    "extensions = ['sphinx_ajo']\n"
    "ajo_accelerate = True\n"
    "def setup(app):\n"
    "    app.connect('source-read', lambda *_: seen(gc.get_threshold()))\n"
    "def seen(value):\n"
    "    with open(__file__ + '.seen', 'w', encoding='utf-8') as file:\n"
    "        file.write(str(value[0]))\n"
)

COUNTING = (
    "import gc\n"
    "extensions = ['sphinx_ajo']\n"
    "ajo_accelerate = True\n"
    "def setup(app):\n"
    "    app.connect('source-read', lambda app, page, source: seen(page))\n"
    "def seen(page):\n"
    f"    if page in ('p{PAGES - 5:03}', 'p{PAGES + 5:03}', 'p{2 * PAGES - 1:03}'):\n"
    "        with open(__file__ + '.seen', 'a', encoding='utf-8') as file:\n"
    "            file.write(f'{gc.get_freeze_count()} ')\n"
)
"""It takes a second to count, in a process that has run many tests."""

FAILING = (
    "def setup(app):\n"
    "    app.connect('builder-inited', fail, priority=1)\n"
    "def fail(app):\n"
    "    raise RuntimeError('no')\n"
)


@pytest.fixture
def threshold():
    before = gc.get_threshold()
    yield before
    gc.set_threshold(*before)


@pytest.mark.parametrize(
    ("before", "during"),
    [(700, THRESHOLD), (0, 0), (THRESHOLD * 2, THRESHOLD * 2)],
)
def test_during_the_build(project, threshold, before, during):
    """It is turned down, unless somebody has done so, and set back."""
    gc.set_threshold(before, *threshold[1:])
    project.write_files({"conf.py": CONF, "index.md": "# Page\n"})
    project.build()
    seen = (project.folder / "conf.py.seen").read_text(encoding="utf-8")
    assert int(seen) == during
    assert gc.get_threshold() == (before, *threshold[1:])


def test_trees_that_are_kept_are_not_looked_through(project):
    """What was read is left out from time to time, not at the end only."""
    pages = {f"p{number:03}.md": "---\norphan:\n---\n# Page\n" for number in range(2 * PAGES)}
    project.write_files({"conf.py": COUNTING, "index.md": "# Home\n", **pages})
    project.build()
    seen = (project.folder / "conf.py.seen").read_text(encoding="utf-8").split()
    before, after, last = map(int, seen)
    assert after > before + PAGES
    assert last > after + PAGES


def test_after_a_failed_build(project, threshold):
    """It is set back when a build fails, too."""
    conf = CONF + "    raise RuntimeError('no')\n"
    project.write_files({"conf.py": conf, "index.md": "# Page\n"})
    with pytest.raises(Exception, match="no"):
        project.build()
    assert gc.get_threshold() == threshold


def test_nothing_stays_frozen(project):
    """A process that goes on after a build can collect all that the build has left."""
    project.write(index="# Page\n")
    before = gc.get_freeze_count()
    project.build(ajo_accelerate=True)
    assert gc.get_freeze_count() == before


@pytest.mark.usefixtures("threshold")
def test_an_application_that_never_builds(project):
    """What it has changed is set back by the next build."""
    gc.set_threshold(700, 10, 10)
    project.write(index="# Page\n")
    project.write_files(
        {"conf.py": "extensions = ['sphinx_ajo']\najo_accelerate = True\n" + FAILING}
    )
    with pytest.raises(Exception, match="no"):
        project.build()
    assert gc.get_threshold()[0] == LOADING
    project.write_files({"conf.py": "extensions = ['sphinx_ajo']\najo_accelerate = True\n"})
    project.build()
    assert gc.get_threshold() == (700, 10, 10)
