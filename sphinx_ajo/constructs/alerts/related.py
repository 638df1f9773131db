"""``>[!MORELIKETHIS]``: the panel of related articles (section 4.2 of the reference)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_ajo.constructs.alerts.kinds import RELATED

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINKS = (nodes.reference, addnodes.pending_xref, addnodes.download_reference)
_LISTS = (nodes.bullet_list, nodes.enumerated_list)


class RelatedArticlesTransform(SphinxPostTransform):
    """Reduce the lists of related articles to their links, each an item of its own.

    An item without a link stays, as do a panel without a list and what stands beside the list.
    Done at output time: translators get the text as it was written. Not for gettext, whose
    messages must be those that are looked up when a translation is read.
    """

    # before links are resolved (9): one that leads nowhere is plain text afterwards
    default_priority = 5
    formats = ("html", "latex", "man", "pseudoxml", "texinfo", "text", "xml")

    def run(self, **_kwargs: Any) -> None:
        """Reduce every panel of the document."""
        for panel in self.document.findall(nodes.admonition):
            if RELATED not in panel["classes"]:
                continue
            for child in panel.children:
                if isinstance(child, _LISTS):
                    items = [new for item in child.children for new in _items(item)]
                    child[:] = items


def _items(item: nodes.Node) -> Iterator[nodes.Node]:
    links = [node for node in item.findall() if isinstance(node, _LINKS)]
    if not links:
        yield item
    for link in links:
        paragraph = nodes.paragraph("", "", link)
        paragraph.source, paragraph.line = link.source, link.line
        yield nodes.list_item("", paragraph)
