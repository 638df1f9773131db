"""What we take of Sphinx that it does not document is as we expect it."""

from __future__ import annotations

import importlib
import pickle
import pkgutil
import random
from functools import partial

import pytest
from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.testing.util import SphinxTestApp
from sphinx.util._files import FilenameUniqDict

import sphinx_ajo
from sphinx_ajo.foreign.sphinx import ImageFiles, translator_with_handlers
from sphinx_ajo.testing import CONF


@pytest.mark.parametrize("seed", range(30))
def test_images_of_pages(seed):
    """It does what Sphinx's own does, also after a build that was saved."""
    numbers = random.Random(seed)
    both = [FilenameUniqDict(), ImageFiles()]
    for _ in range(300):
        page = f"page{numbers.randrange(8)}"
        file = f"{numbers.choice('abc')}/image{numbers.randrange(6)}.png"
        match numbers.randrange(8):
            case 0:
                for images in both:
                    images.purge_doc(page)
            case 1:
                both = [pickle.loads(pickle.dumps(images)) for images in both]
            case 2:
                other = FilenameUniqDict()
                other.add_file(page, file)
                other.add_file("other", "x.png")
                for images in both:
                    images.merge_other({page}, other)
            case _:
                assert both[0].add_file(page, file) == both[1].add_file(page, file)
        assert dict(both[0]) == dict(both[1])
        assert both[0].__getstate__() == both[1].__getstate__()
    assert type(both[1]) is ImageFiles


def test_purging_looks_at_the_page_only(monkeypatch):
    """Of the images of other pages, none is looked at."""
    images = ImageFiles()
    for number in range(10):
        images.add_file(f"page{number}", f"{number}.png")
    monkeypatch.setattr(ImageFiles, "items", lambda _self: pytest.fail("it looks at all images"))
    images.purge_doc("page3")
    images.purge_doc("no such page")
    assert len(images) == 9


def test_translators_have_handlers(project, tmp_path, monkeypatch):
    """A translator of the class has the methods that Sphinx would give it."""
    project.write_files({"conf.py": CONF, "index.md": "# Title\n"})
    app = SphinxTestApp(srcdir=project.folder, builddir=tmp_path)
    translators = []
    create = app.registry.create_translator
    monkeypatch.setattr(
        app.registry,
        "create_translator",
        lambda *args: translators.append(create(*args)) or translators[-1],
    )
    try:
        app.build()
        theirs = translators[-1]
        class_ = translator_with_handlers(app.builder, app.registry)
        assert class_ is translator_with_handlers(app.builder, app.registry)
        names = [name for name in vars(theirs) if name.startswith(("visit_", "depart_"))]
        assert "visit_ajo_html_box" in names
        for name in names:
            assert getattr(class_, name) is getattr(theirs, name).__func__
        assert issubclass(class_, app.registry.get_translator_class(app.builder))
        # what is no function would not get the translator as its first argument
        app.add_node(nodes.problematic, override=True, html=(partial(print), None))
        assert translator_with_handlers(app.builder, app.registry) is None
    finally:
        app.cleanup()


def test_builds_use_it(project):
    """Builds have it, also those that go on with what an ordinary build has saved."""
    project.write(index="# Page\n\n![](a.png)\n")
    project.write_files({"a.png": ""})
    project.build(extensions=["myst_parser"])
    project.build(ajo_accelerate=True)
    path = project.folder.parent / "src-build" / "doctrees" / "environment.pickle"
    env = pickle.loads(path.read_bytes())
    assert type(env) is BuildEnvironment
    assert type(env.images) is ImageFiles
    assert env.images["a.png"] == ({"index"}, "a.png")


def test_settings_of_the_user(project):
    """What the user sets, in whatever place, is told apart from defaults."""
    conf = (
        "from sphinx_ajo.foreign.sphinx import user_settings\n"
        "extensions = ['sphinx_ajo']\n"
        "author = 'Somebody'\n"
        "def setup(app):\n"
        "    app.connect('config-inited', note)\n"
        "def note(app, config):\n"
        "    names = user_settings(config)\n"
        "    assert {'author', 'html_title', 'extensions'} <= names\n"
        "    assert 'language' not in names\n"
    )
    project.write(index="# Page\n")
    project.write_files({"conf.py": conf})
    project.build(html_title="Title")


def test_nodes_are_known(project):
    """Visitors of docutils must know each kind of nodes: those without a method for it fail."""
    for module in pkgutil.walk_packages(sphinx_ajo.__path__, "sphinx_ajo."):
        importlib.import_module(module.name)
    project.write(index="# Page\n")
    project.write_files({"conf.py": CONF})
    app = SphinxTestApp("dummy", srcdir=project.folder)
    known = set(dir(nodes.GenericNodeVisitor))
    app.cleanup()
    kinds, found = [nodes.Node], []
    while kinds:
        kinds += (subclasses := kinds.pop().__subclasses__())
        found += [kind for kind in subclasses if kind.__module__.startswith("sphinx_ajo.")]
    assert len(found) > 20
    assert {f"visit_{kind.__name__}" for kind in found} - known == set()
