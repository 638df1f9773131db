"""Images are found where Sphinx finds them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.testing.util import SphinxTestApp

from sphinx_ajo.acceleration.image_paths import ImagePaths
from sphinx_ajo.testing import CONF

pytestmark = pytest.mark.skipif(os.sep != "/", reason="Sphinx finds them by itself")

NAMES = (
    "/one.png",
    "/a/one.png",
    "/a/two.png",
    "/a/link.png",
    "/a/loop.png",
    "/a/missing.png",
    "/a/b/../one.png",
    "/a/b/one.png",
    "/a/./one.png",
    "/a//one.png",
    "/a/..",
    "/a/.",
    "/a/",
    "/a",
    "//a/one.png",
    "//one.png",
    "/linked/one.png",
    "/linked/b",
    "/linked/b/one.png",
    "/up/src",
    "/up/src/a/one.png",
    "/../src/a/one.png",
    "/../src",
    "/../outside.png",
    "/nowhere/one.png",
    "/nowhere/two.png",
    "/a/one.png/x",
    "/a/one.png/y",
    "/a/back\\slash.png",
    "/a/å.png",
    "/a/nul\0.png",
    "/a/half\ud800.png",
    "/nul\0/one.png",
    "/half\ud800/one.png",
    "/a/loop.png/one.png",
    "/",
    "",
    "one.png",
    "b/one.png",
    Path("/a/one.png"),
)


@pytest.fixture
def env(tmp_path):
    """Return what Sphinx's method needs of an environment."""
    srcdir = tmp_path.resolve() / "src"
    (srcdir / "a/b").mkdir(parents=True)
    (srcdir / "linked").symlink_to("a")
    (srcdir / "up").symlink_to("..")
    for name in ("one.png", "a/one.png", "a/two.png", "a/b/one.png"):
        (srcdir / name).touch()
    (srcdir / "a/link.png").symlink_to("two.png")
    (srcdir / "a/loop.png").symlink_to("loop.png")

    class Environment:
        docname = "a/page"
        relfn2path = BuildEnvironment.relfn2path

        def doc2path(self, docname, base):
            return Path(f"{docname}.md")

    found = Environment()
    found.srcdir = srcdir
    return found


def answer(function, *args):
    """Return what a function returns or raises."""
    try:
        return function(*args)
    except (OSError, RuntimeError, ValueError) as error:
        return type(error)


@pytest.mark.parametrize("linked", [False, True])
@pytest.mark.parametrize("names", [NAMES, NAMES[::-1], NAMES * 2], ids=("", "backwards", "twice"))
def test_paths(env, names, linked):
    """The paths are those of Sphinx, whatever the folder and the file are."""
    if linked:
        env.srcdir = env.srcdir / "up/src"
    paths = ImagePaths(env.relfn2path, env.srcdir)
    for name in names:
        for docname in (None, "other/page"):
            expected = answer(env.relfn2path, name, docname)
            assert answer(paths, name, docname) == expected, name


def test_folders_are_resolved_once(env):
    """Files of the same folder need no second look at it."""
    asked = []

    def stock(filename, docname=None):
        asked.append(filename)
        return env.relfn2path(filename, docname)

    paths = ImagePaths(stock, env.srcdir)
    for name in ("one.png", "one.sv.png", "two.png", "link.png"):
        paths(f"/a/{name}")
        paths(f"/linked/{name}")
    assert asked == ["/linked/one.png", "/a/link.png", "/linked/link.png"]


def test_environment_stays_as_it_is(project, tmp_path):
    """Nothing of it is left in the environment, also after a collector has failed."""
    page = "# Page\n\n![One](one.png)\n"
    project.write_files({"conf.py": CONF, "index.md": page, "one.png": ""})
    app = SphinxTestApp(
        srcdir=project.folder, builddir=tmp_path, confoverrides={"ajo_accelerate": True}
    )
    seen = []

    def fail(app, _doctree):
        seen.append(type(app.env.relfn2path))
        if len(seen) == 1:
            raise ValueError

    try:
        app.connect("doctree-read", fail)
        with pytest.raises(ExtensionError):
            app.build()
        assert "relfn2path" not in vars(app.env)
        app.build()
        assert "relfn2path" not in vars(app.env)
    finally:
        app.cleanup()
    assert set(seen) == {ImagePaths}
    assert set(app.env.images) == {"one.png"}
