"""The contract with MyST-Parser: what we use of it that it does not document."""

from __future__ import annotations

CONF = """
from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx_ajo._myst import is_markdown_state

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
