"""Messages that nobody sees are not composed, and nothing is changed for good."""

from __future__ import annotations

import logging

import pytest
from sphinx.testing.util import SphinxTestApp

from sphinx_ajo.acceleration.messages import ALL, PROGRESS, Levels
from sphinx_ajo.testing import CONF

PAGES = {
    "conf.py": CONF,
    "metadata.md": "---\nproduct: x\n---\n",
    "help/a.md": "# A\n\n[gone](gone.md)\n",
    "help/TOC.md": "# Guide {#guide}\n\n- [A](a.md)\n",
}


@pytest.fixture
def app(project, tmp_path, request):
    project.write_files(PAGES)
    conf = dict(getattr(request, "param", {}))
    app = SphinxTestApp(
        srcdir=project.folder, builddir=tmp_path, verbosity=conf.pop("v", 0), confoverrides=conf
    )
    yield app
    app.cleanup()


def levels():
    return [logging.getLogger(name).level for name in (ALL, PROGRESS)]


def test_levels_while_it_builds(app):
    assert levels() == [logging.INFO, logging.NOTSET]
    app.build()
    assert levels() == [logging.DEBUG, logging.NOTSET]
    # what is shown is there
    assert "reading sources" in app.status.getvalue()
    assert "gone.md" in app.warning.getvalue()


@pytest.mark.parametrize("app", [{"v": 2}, {"ajo_accelerate": False}], indirect=True)
def test_nothing_is_changed(app):
    assert levels() == [logging.DEBUG, logging.NOTSET]
    app.build()
    assert ("emitting event" in app.status.getvalue()) == (app.verbosity == 2)


@pytest.mark.parametrize(
    ("app", "printed"),
    [({}, False), ({"v": 2}, True), ({"ajo_accelerate": False}, True)],
    indirect=["app"],
)
def test_arguments_of_events(app, printed):
    """They are printed only for a message that somebody sees."""

    class Argument:
        prints = 0

        def __repr__(self):
            Argument.prints += 1
            return "argument"

    app.events.add("test-event")
    app.connect("test-event", lambda _app, _argument: "answer")
    assert app.emit("test-event", Argument()) == ["answer"]
    assert bool(Argument.prints) is printed
    app.build()
    Argument.prints = 0
    app.emit("test-event", Argument())
    assert Argument.prints == 1


def test_progress_of_a_quiet_build(app):
    app.quiet = True
    quiet = Levels()
    quiet.raise_(app)
    assert levels()[1] == logging.WARNING
    quiet.restore()
    assert levels()[1] == logging.NOTSET
