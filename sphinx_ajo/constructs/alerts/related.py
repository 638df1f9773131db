"""``>[!MORELIKETHIS]``: the panel of related articles (exl-markdown.md, 4.2).

The official site shows only the links of the list. Authors describe an article beside its link, so
that text is kept here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_ajo.language.alert_kinds import RELATED
from sphinx_ajo.markup.node_kinds import LINKS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LISTS = (nodes.bullet_list, nodes.enumerated_list)


class RelatedArticlesTransform(SphinxPostTransform):
    """Give each link its own item, where items of related articles contain only links.

    All other items stay as written. This happens at output time, so that translators get the
    original text. It does not apply to gettext, whose messages must match those that are looked up
    when a translation is read.
    """

    # before links are resolved (9): a link without a target becomes plain text
    default_priority = 5
    formats = ("html", "latex", "man", "markdown", "pseudoxml", "texinfo", "text", "xml")

    def run(self, **_kwargs: Any) -> None:
        """Change every panel of the document."""
        for panel in self.document.findall(nodes.admonition):
            if RELATED not in panel["classes"]:
                continue
            for child in panel.children:
                if isinstance(child, _LISTS):
                    items = [new for item in child.children for new in _items(item)]
                    child[:] = items


def _items(item: nodes.Node) -> Iterator[nodes.Node]:
    links = [node for node in item.findall() if isinstance(node, LINKS)]
    if len(links) < 2 or not _only_links(item, links):
        yield item
        return
    for link in links:
        paragraph = nodes.paragraph("", "", link)
        paragraph.source, paragraph.line = link.source, link.line
        yield nodes.list_item("", paragraph)


def _only_links(item: nodes.Node, links: Sequence[nodes.Node]) -> bool:
    """Tell whether there is only punctuation beside the links of an item."""
    inside = {id(text) for link in links for text in link.findall(nodes.Text)}
    beside = (text for text in item.findall(nodes.Text) if id(text) not in inside)
    images = sum(1 for _ in item.findall(nodes.image))
    return not images and not any(map(str.isalnum, "".join(map(str, beside))))
