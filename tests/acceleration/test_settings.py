"""Settings of pages are made once, and are what they would be."""

from __future__ import annotations

import pytest
from sphinx.testing.util import SphinxTestApp
from sphinx.util import docutils as sphinx_docutils

from sphinx_ajo.acceleration import settings
from sphinx_ajo.testing import CONF

pytestmark = pytest.mark.skipif(
    not hasattr(sphinx_docutils, "_parse_str_to_doctree"),
    reason="Sphinx 8 makes settings once by itself",
)

PAGES = {
    "conf.py": CONF,
    "metadata.md": "---\nproduct: x\n---\n",
    **{f"help/p{n}.md": f"# Page {n}\n\nText.\n" for n in range(4)},
    "help/TOC.md": "# Guide {#guide}\n\n" + "".join(f"- [Page {n}](p{n}.md)\n" for n in range(4)),
    "docutils.conf": "[general]\nstrip_classes: one\n",
}


def read(project, tmp_path, **conf):
    """Return the settings of each page, and how often they were made."""
    project.write_files(PAGES)
    stock = sphinx_docutils._get_settings
    found, made = {}, []

    def note(app, document):
        values = dict(vars(document.settings))
        # these are of one page or build
        for name in ("env", "warning_stream", "record_dependencies", "_source"):
            values.pop(name, None)
        found[app.env.docname] = values
        document.settings.strip_classes.append("more")

    def make(*args, **kwargs):
        made.append(args)
        return stock(*args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project.folder)
        patch.setattr(sphinx_docutils, "_get_settings", make)
        app = SphinxTestApp(
            srcdir=project.folder, builddir=tmp_path / str(conf), confoverrides=conf
        )
        try:
            app.connect("doctree-read", note)
            app.build()
        finally:
            app.cleanup()
        assert sphinx_docutils._get_settings is make
    return {page: {**values} for page, values in found.items()}, len(made)


def test_they_are_the_same(project, tmp_path):
    found, made = read(project, tmp_path)
    expected, pages = read(project, tmp_path, ajo_accelerate=False)
    assert pages == len(expected) == len(found)
    assert made < pages
    assert found == expected


def test_dependencies_in_a_file(project, tmp_path):
    """If docutils writes the names of all files that pages depend on, it does so by itself."""

    class Dependencies:
        file = "there"

    class Values:
        record_dependencies = Dependencies()

    remember = settings._Remembering(lambda *_args, **_kwargs: Values())
    assert remember(defaults={}) is not remember(defaults={})
    assert remember._values is None


def test_an_end_without_a_begin():
    """A build that ends before pages are read leaves the function alone."""
    before = sphinx_docutils._get_settings
    settings._end()
    assert sphinx_docutils._get_settings is before
