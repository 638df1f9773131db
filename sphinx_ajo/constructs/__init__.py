"""The constructs of ExL Markdown, one module each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx_ajo.constructs import icons, includes, landing_cards, links, markers, metadata

if TYPE_CHECKING:
    from sphinx_ajo.construct import Construct

CONSTRUCTS: Final[tuple[Construct, ...]] = (
    metadata.CONSTRUCT,
    includes.CONSTRUCT,
    landing_cards.CONSTRUCT,
    icons.CONSTRUCT,
    links.CONSTRUCT,
    markers.CONSTRUCT,
)
"""All of them. The order is that in which their syntax rules are registered."""
