"""Show the entries of a generated page as a list, in formats without cards.

In a PDF, each entry has its page number. The start page of a book has no list, because the book has
a table of contents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_ajo.constructs.landing_cards.nodes import ajo_card, ajo_card_grid, ajo_card_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.writers.latex import LaTeXTranslator

ENTRIES: Final = "ajo-toc"
"""The class of the cards of a generated page."""

_IN_BOOK: Final = "%"
"""The prefix of addresses of pages in the same book."""


class ajo_page_number(nodes.Invisible, nodes.Element):  # noqa: N801 (writers dispatch on the name)
    """The page number in a book of the place where ``target`` begins."""


class EntriesPaperTransform(SphinxPostTransform):
    """Replace the cards of generated pages by lists."""

    # after references are resolved (10), and before cards are prepared for paper (198)
    default_priority = 190
    formats: tuple[str, ...] = ("man", "texinfo", "text")

    def run(self, **_kwargs: Any) -> None:
        """Replace the cards of all pages in the document."""
        for grid in list(self.document.findall(ajo_card_grid)):
            if ENTRIES in grid["classes"]:
                self.replace(grid)

    def replace(self, grid: ajo_card_grid) -> None:
        """Replace the cards of one page."""
        grid.replace_self(_list(grid))


class EntriesLatexTransform(EntriesPaperTransform):
    """Replace the cards of generated pages by lists with page numbers."""

    formats = ("latex",)

    def replace(self, grid: ajo_card_grid) -> None:
        """Replace the cards of one page, and leave out those of the start page."""
        if _top(grid) is self.document:
            grid.parent.remove(grid)
            return
        found = _list(grid)
        for link in list(found.findall(nodes.reference)):
            target = link.get("refuri", "")
            if target.startswith(_IN_BOOK):
                number = ajo_page_number(target=target.removeprefix(_IN_BOOK))
                link.replace_self([link, number])
        grid.replace_self(found)


def _list(grid: ajo_card_grid) -> nodes.bullet_list:
    items = [_item(card) for card in grid.children if isinstance(card, ajo_card)]
    found = nodes.bullet_list("", *items, classes=grid["classes"])
    found.source, found.line = grid.source, grid.line
    return found


def _item(card: ajo_card) -> nodes.list_item:
    return nodes.list_item("", *_blocks(card))


def _blocks(card: ajo_card) -> Iterator[nodes.Node]:
    """Yield the content of a card, with its title as an ordinary paragraph."""
    for child in card.children:
        if isinstance(child, ajo_card_title):
            paragraph = nodes.paragraph("", "", *child.children)
            paragraph.source, paragraph.line = child.source, child.line
            yield paragraph
        else:
            yield child


def _top(node: nodes.Node) -> nodes.Node:
    """Return the document of a node: for assembled pages, the one that it comes from."""
    while node.parent is not None:
        node = node.parent
    return node


def visit_page_number_latex(self: LaTeXTranslator, node: ajo_page_number) -> None:
    """Write the number at the end of the line."""
    page, _hash, id_ = node["target"].partition("#")
    label = self.idescape(f"{page}:{id_}" if id_ else f"{page}::doc")
    self.body.append(rf"\nobreak\dotfill\pageref{{{label}}}")
    raise nodes.SkipNode


def setup_paper(app: Sphinx) -> None:
    """Register the node and the transform."""
    app.add_node(ajo_page_number, latex=(visit_page_number_latex, None))
    app.add_post_transform(EntriesPaperTransform)
    app.add_post_transform(EntriesLatexTransform)
