"""The tree of tokens is made faster while pages are read, and as before afterwards."""

from __future__ import annotations

import pytest
from markdown_it.tree import SyntaxTreeNode
from myst_parser.mdit_to_docutils import base
from sphinx.testing.util import SphinxTestApp

from sphinx_ajo.foreign.markdown_it import TokenTree
from sphinx_ajo.testing import CONF


@pytest.mark.parametrize(("accelerate", "wanted"), [(True, TokenTree), (False, SyntaxTreeNode)])
def test_while_pages_are_read(project, tmp_path, accelerate, wanted):
    project.write_files({"conf.py": CONF, "index.md": "# Title\n"})
    seen = []
    conf = {"ajo_accelerate": accelerate}
    app = SphinxTestApp(srcdir=project.folder, builddir=tmp_path, confoverrides=conf)
    try:
        app.connect("doctree-read", lambda *_: seen.append(base.SyntaxTreeNode))
        app.build()
    finally:
        app.cleanup()
    assert seen == [wanted]
    assert base.SyntaxTreeNode is SyntaxTreeNode
