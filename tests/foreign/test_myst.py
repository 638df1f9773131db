"""The contract with MyST-Parser: what we use of it that it does not document."""

from __future__ import annotations

from docutils import nodes
from markdown_it import MarkdownIt
from myst_parser.config.main import MdParserConfig
from myst_parser.mdit_to_docutils.base import make_document
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer

from sphinx_ajo.foreign.myst import set_up

CONF = """
from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx_ajo.foreign.myst import is_markdown_state

extensions = ["sphinx_ajo"]

class Probe(Directive):
    def run(self):
        return [nodes.paragraph("", str(is_markdown_state(self.state)))]

def setup(app):
    app.add_directive("probe", Probe)
"""


def test_state_of_a_directive(project):
    """A directive can tell whether it stands in Markdown."""
    project.write_files(
        {
            "conf.py": CONF,
            "index.md": "# T\n\n```{probe}\n```\n",
            "other.rst": ":orphan:\n\nT\n=\n\n.. probe::\n",
        }
    )
    build = project.build()
    assert {name: tree.astext() for name, tree in build.doctrees.items()} == {
        "index": "T\n\nTrue",
        "other": "T\n\nFalse",
    }


def test_set_up():
    """A renderer is prepared with the same values as by MyST itself."""
    renderers = [SphinxRenderer(MarkdownIt()) for _ in range(2)]
    document = make_document()
    env = {"key": "value"}
    for options in (
        {"myst_config": MdParserConfig(), "document": document},
        {"myst_config": MdParserConfig(), "document": document, "current_node": nodes.section()},
    ):
        renderers[0].setup_render(options, env)
        set_up(renderers[1], document, options, env)
        theirs, ours = (
            {name: value for name, value in vars(renderer).items() if name not in {"md", "rules"}}
            for renderer in renderers
        )
        assert ours == theirs
        assert ours.keys() == theirs.keys()
