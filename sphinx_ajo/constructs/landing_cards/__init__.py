"""Landing cards: the grid of cards on the home pages of ExL guides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_ajo.constructs.landing_cards.builder import arrange_card, arrange_grid
from sphinx_ajo.constructs.landing_cards.directive import (
    LandingCardDirective,
    LandingCardsDirective,
)
from sphinx_ajo.constructs.landing_cards.nodes import (
    ajo_card,
    ajo_card_grid,
    ajo_card_icon,
    ajo_card_title,
)
from sphinx_ajo.constructs.landing_cards.output import (
    CardPicturesTransform,
    LandingCardsHtmlTransform,
    LandingCardsPaperTransform,
    depart_card_latex,
    depart_title_html,
    visit_card_latex,
    visit_title_html,
)
from sphinx_ajo.constructs.landing_cards.syntax import NAME, landing_cards_plugin
from sphinx_ajo.markup.construct import Construct

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode
    from sphinx.application import Sphinx

    from sphinx_ajo.markup.renderer import AjoRenderer

__all__ = ["CONSTRUCT"]


def render_cards(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render a container."""
    grid = ajo_card_grid(classes=[NAME])
    renderer.add_line_and_source_path(grid, token)
    with renderer.current_node_context(grid, append=True):
        renderer.render_children(token)
    arrange_grid(grid)


def render_card(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render a card."""
    card = ajo_card()
    renderer.add_line_and_source_path(card, token)
    with renderer.current_node_context(card, append=True):
        renderer.render_children(token)
    arrange_card(card, renderer.document)


def setup_landing_cards(app: Sphinx) -> None:
    """Register the nodes, directives and transforms."""
    # the other writers show these as the docutils nodes they derive from
    app.add_node(ajo_card_grid)
    app.add_node(ajo_card, latex=(visit_card_latex, depart_card_latex))
    app.add_node(ajo_card_icon)
    app.add_node(ajo_card_title, html=(visit_title_html, depart_title_html))
    app.add_directive(NAME, LandingCardsDirective)
    app.add_directive("landing-card", LandingCardDirective)
    app.add_post_transform(LandingCardsHtmlTransform)
    app.add_post_transform(LandingCardsPaperTransform)
    app.add_post_transform(CardPicturesTransform)


CONSTRUCT = Construct(
    name="landing cards",
    plugin=landing_cards_plugin,
    renderers={"ajo_cards": render_cards, "ajo_card": render_card},
    setup=setup_landing_cards,
)
"""The construct, for the parser and the extension."""
