"""The constructs of ExL Markdown, one module each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx_ajo.constructs import (
    attributes,
    code,
    icons,
    images,
    includes,
    landing_cards,
    link_windows,
    links,
    markers,
    metadata,
    tables,
)

if TYPE_CHECKING:
    from sphinx_ajo.construct import Construct

CONSTRUCTS: Final[tuple[Construct, ...]] = (
    metadata.CONSTRUCT,
    includes.CONSTRUCT,
    landing_cards.CONSTRUCT,
    icons.CONSTRUCT,
    markers.CONSTRUCT,
    attributes.CONSTRUCT,
    images.CONSTRUCT,
    link_windows.CONSTRUCT,
    links.CONSTRUCT,
    tables.CONSTRUCT,
    code.CONSTRUCT,
)
"""All of them. The order is that in which their syntax rules are registered."""
