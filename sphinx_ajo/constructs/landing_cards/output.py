"""What landing cards become in each output format."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_ajo.config import get_ajo_config
from sphinx_ajo.constructs.landing_cards.builder import link_of
from sphinx_ajo.constructs.landing_cards.nodes import (
    ajo_card,
    ajo_card_grid,
    ajo_card_icon,
    ajo_card_title,
)
from sphinx_ajo.foreign import design as design
from sphinx_ajo.markup.node_kinds import LINKS, ancestors

if TYPE_CHECKING:
    from sphinx.writers.html5 import HTML5Translator
    from sphinx.writers.latex import LaTeXTranslator

MAX_LEVEL = 6
"""The deepest level of a heading in HTML."""


class LandingCardsHtmlTransform(SphinxPostTransform):
    """Turn landing cards into the grid and cards of sphinx-design.

    The tree of each card becomes::

        <container design_component="grid-item">
            <container design_component="card">
                <container design_component="card-body">
                    <container design_component="ajo-card-header">
                        <ajo_card_icon>, <ajo_card_title>
                    <paragraph> ...
                    <container design_component="ajo-card-links">
                        <paragraph> for each link at the end
    """

    # after references are resolved (10), so that links that lead nowhere do not count
    default_priority = 198
    formats = ("html",)

    def run(self, **_kwargs: Any) -> None:
        """Replace every grid of the document."""
        for grid in list(self.document.findall(ajo_card_grid)):
            self._replace(grid)

    def _replace(self, grid: ajo_card_grid) -> None:
        config = get_ajo_config(self.config)
        level = min(_depth(grid) + 1, MAX_LEVEL)
        items: list[nodes.Node] = []
        for child in grid.children:
            if isinstance(child, ajo_card):
                items.append(_card_item(child, level))
            elif isinstance(child, nodes.target):
                items.append(child)
            else:
                items.append(design.grid_item([child], ["sd-col-12", "ajo-cards-stray"]))
        new = design.grid(
            items,
            columns=grid.get("columns", config.card_columns),
            gutter=grid.get("gutter", config.card_gutter),
            classes=["ajo-cards", *grid["classes"]],
        )
        new["ids"], new["names"] = grid["ids"], grid["names"]
        new.source, new.line = grid.source, grid.line
        grid.replace_self(new)


def _card_item(card: ajo_card, level: int) -> nodes.container:
    children = list(card.children)
    links = [link for kind in LINKS for link in card.findall(kind)]
    header = [child for child in children if isinstance(child, (ajo_card_icon, ajo_card_title))]
    body = _pictures(children)
    del children[: len(body)]
    if header:
        for part in header:
            children.remove(part)
            if isinstance(part, ajo_card_title):
                part["aria_level"] = level
            else:
                part["is_div"] = True
                part["classes"].append("ajo-card-icon")
        body.append(design.box("ajo-card-header", header, ["ajo-card-header"]))
    footer: list[nodes.Node] = []
    while children and link_of(children[-1]) is not None:
        footer.insert(0, children.pop())
    body.extend(children)
    if footer:
        body.append(design.box("ajo-card-links", footer, ["ajo-card-links"]))
    classes = ["ajo-card", *card["classes"]]
    if len(links) == 1:
        classes.append("ajo-card-clickable")
        links[0]["classes"].append("ajo-card-target")
    new = design.card(body, classes)
    new["ids"], new["names"] = card["ids"], card["names"]
    return design.grid_item([new], ["sd-d-flex-row"])


def _pictures(children: list[nodes.Node]) -> list[nodes.Node]:
    """Return the pictures that stand before the icon and the title of a card."""
    first = itertools.takewhile(
        lambda child: (
            isinstance(child, nodes.paragraph)
            and not isinstance(child, (ajo_card_icon, ajo_card_title))
            and next(iter(child.findall(nodes.image)), None) is not None
        ),
        children,
    )
    return list(first)


def _depth(node: nodes.Node) -> int:
    """Return how many sections a node lies in."""
    return sum(isinstance(parent, nodes.section) for parent in ancestors(node))


class LandingCardsPaperTransform(SphinxPostTransform):
    """Set card titles in bold in formats without a stylesheet."""

    default_priority = LandingCardsHtmlTransform.default_priority
    formats = ("latex", "man", "texinfo", "text", "markdown")

    def run(self, **_kwargs: Any) -> None:
        """Set titles in bold; drop icons, which these formats cannot draw, and empty cards."""
        for icon in list(self.document.findall(ajo_card_icon)):
            if not any(isinstance(child, nodes.image) for child in icon.children):
                icon.parent.remove(icon)
        for card in list(self.document.findall(ajo_card)):
            if not card.children:
                card.parent.remove(card)
        for title in self.document.findall(ajo_card_title):
            if not (len(title) == 1 and isinstance(title[0], nodes.strong)):
                title[:] = [nodes.strong("", "", *title.children)]


class CardPicturesTransform(SphinxPostTransform):
    """Limit the width of pictures above titles, as a card on a screen does."""

    # after the transform above, which drops icons
    default_priority = LandingCardsPaperTransform.default_priority + 1
    formats = ("latex",)

    def run(self, **_kwargs: Any) -> None:
        """Limit the pictures of all cards."""
        for card in self.document.findall(ajo_card):
            _limit_pictures(card)


def _limit_pictures(card: ajo_card) -> None:
    for paragraph in _pictures(card.children):
        if not isinstance(paragraph, nodes.Element):
            continue
        before, after = (
            nodes.raw("", text, format="latex")
            for text in (r"{\linewidth=0.5\linewidth\relax ", "}")
        )
        paragraph.insert(0, before)
        paragraph.append(after)


def visit_title_html(self: HTML5Translator, node: ajo_card_title) -> None:
    """Open the title: a heading for assistive technology, but not for tables of contents."""
    attributes: dict[str, Any] = {"CLASS": "sd-card-title ajo-card-title"}
    if "level" in node:
        tag = f"h{node['level']}"
    else:
        tag = "div"
        attributes |= {"ROLE": "heading", "ARIA-LEVEL": str(node.get("aria_level", MAX_LEVEL))}
    self.body.append(self.starttag(node, tag, "", **attributes))
    self.context.append(f"</{tag}>\n")


def depart_title_html(self: HTML5Translator, _node: ajo_card_title) -> None:
    """Close the title."""
    self.body.append(self.context.pop())


def visit_card_latex(self: LaTeXTranslator, _node: ajo_card) -> None:
    """Open the frame around a card."""
    # a frame can break over pages, which LaTeX forbids in a table cell
    framed = not self.table
    self.context.append("\n\\end{sphinxShadowBox}\n" if framed else "\n\n")
    self.body.append("\n\\begin{sphinxShadowBox}\n" if framed else "\n\n")


def depart_card_latex(self: LaTeXTranslator, _node: ajo_card) -> None:
    """Close the frame around a card."""
    self.body.append(self.context.pop())
