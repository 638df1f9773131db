"""The nodes of landing cards: neutral at read time, so that every writer shows the content.

Shape of the tree::

    <ajo_card_grid columns="1 2 3">
        <ajo_card>
            <ajo_card_icon>
                <ajo_icon> or <image>
            <ajo_card_title>
                Text and inline markup
            <paragraph>
            ...
"""

from __future__ import annotations

from docutils import nodes


class ajo_card_grid(nodes.container):
    """All cards of one container; ``columns`` and ``gutter`` if it sets its own."""


class ajo_card(nodes.container):
    """One card."""


class ajo_card_icon(nodes.container):
    """The icons that stand beside the title of a card."""


class ajo_card_title(nodes.paragraph):
    """The title of a card; ``level`` if it was written as a heading.

    No heading node: it stays out of the page's table of contents.
    """
