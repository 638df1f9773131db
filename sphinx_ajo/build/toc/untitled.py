"""Give untitled pages of ``TOC.md`` a title."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from sphinx_ajo.constructs.headings import LEVEL
from sphinx_ajo.constructs.metadata import ajo_meta
from sphinx_ajo.project.state import state_of
from sphinx_ajo.site.repository import name_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class UntitledTransform(SphinxTransform):
    """Use the name of the file as the title of a page that has neither heading nor title.

    Sphinx leaves pages without a title out of the navigation, even if the toctree has a title for
    them.
    """

    # before all sections are moved below the first one (795)
    default_priority = 790

    def apply(self, **_kwargs: Any) -> None:
        """Wrap the whole page in a section."""
        site = state_of(self.env).site
        page = self.env.docname
        if site is None or (page not in site.listed and page not in site.hidden):
            return
        if self.document.next_node(nodes.section) is not None:
            return
        name = name_of(self.env.docname)
        title = nodes.title(name, name, translatable=False)
        section = nodes.section("", title, ids=[nodes.make_id(name) or "page"])
        section[LEVEL] = 1
        for node in (section, title):
            node.source, node.line = self.document["source"], 1
        metas = [
            child for child in self.document.children if isinstance(child, (nodes.meta, ajo_meta))
        ]
        section += [child for child in self.document.children if child not in metas]
        self.document.clear()
        self.document += [*metas, section]
        self.document.note_implicit_target(section, section)


def setup_untitled(app: Sphinx) -> None:
    """Register the transform."""
    app.add_transform(UntitledTransform)
