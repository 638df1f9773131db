"""The constructs of ExL Markdown, one module each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx_ajo.constructs import (
    abbreviations,
    accordions,
    alerts,
    attributes,
    badges,
    breaks,
    budgets,
    code,
    comments,
    containers,
    contextual_help,
    element_ids,
    emphasis,
    file_links,
    footnotes,
    group_headings,
    guides,
    headings,
    html,
    icons,
    images,
    includes,
    landing_cards,
    link_windows,
    links,
    markers,
    metadata,
    mini_toc,
    nesting,
    page_info,
    shade_boxes,
    slides,
    spelling,
    tables,
    tabs,
    typography,
    videos,
    zero_width,
)

if TYPE_CHECKING:
    from sphinx_ajo.markup.construct import Construct

CONSTRUCTS: Final[tuple[Construct, ...]] = (
    metadata.CONSTRUCT,
    page_info.CONSTRUCT,
    includes.CONSTRUCT,
    landing_cards.CONSTRUCT,
    guides.CONSTRUCT,
    group_headings.CONSTRUCT,
    mini_toc.CONSTRUCT,  # after headings in shade boxes have been added to the contents
    tabs.CONSTRUCT,
    shade_boxes.CONSTRUCT,
    accordions.CONSTRUCT,
    containers.CONSTRUCT,
    icons.CONSTRUCT,
    alerts.CONSTRUCT,
    markers.CONSTRUCT,
    emphasis.CONSTRUCT,
    attributes.CONSTRUCT,
    element_ids.CONSTRUCT,
    images.CONSTRUCT,
    link_windows.CONSTRUCT,
    links.CONSTRUCT,
    file_links.CONSTRUCT,
    spelling.CONSTRUCT,
    tables.CONSTRUCT,
    code.CONSTRUCT,
    footnotes.CONSTRUCT,
    badges.CONSTRUCT,
    videos.CONSTRUCT,
    slides.CONSTRUCT,
    contextual_help.CONSTRUCT,
    # the rule registered last runs first after the parser: comments, then HTML, before attributes
    # below blocks; breaks come before inline HTML
    html.CONSTRUCT,
    comments.CONSTRUCT,
    breaks.CONSTRUCT,
    typography.CONSTRUCT,
    abbreviations.CONSTRUCT,
    headings.CONSTRUCT,
    # these two come after all rules that create tokens
    zero_width.CONSTRUCT,
    nesting.CONSTRUCT,
    budgets.CONSTRUCT,
)
"""All of them. The order is that in which their syntax rules are registered."""
