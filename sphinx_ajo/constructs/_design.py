"""The only place that touches sphinx-design's internals.

``create_component`` is exported but not documented; ``tests/constructs/test_design.py`` fails
when its contract changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_design.shared import create_component

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docutils import nodes


def grid(
    items: Sequence[nodes.Node],
    *,
    columns: tuple[int, int, int],
    gutter: int,
    classes: Sequence[str] = (),
) -> nodes.container:
    """Build sphinx-design's grid.

    :param items: Its items, see :func:`grid_item`.
    :param columns: How many stand side by side on small, medium and large screens.
    :param gutter: The size of the gap between them, from 0 to 5.
    :param classes: More classes for the outermost element.
    :returns: The tree that the ``grid`` directive builds.
    """
    small, medium, large = columns
    row = create_component(
        "grid-row",
        [
            "sd-row",
            f"sd-row-cols-{small}",
            f"sd-row-cols-xs-{small}",
            f"sd-row-cols-sm-{small}",
            f"sd-row-cols-md-{medium}",
            f"sd-row-cols-lg-{large}",
            *(f"sd-g{size}-{gutter}" for size in ("", "-xs", "-sm", "-md", "-lg")),
        ],
        children=items,
    )
    return create_component(
        "grid-container",
        ["sd-container-fluid", "sd-sphinx-override", "sd-mb-4", *classes],
        children=[row],
    )


def grid_item(children: Sequence[nodes.Node], classes: Sequence[str] = ()) -> nodes.container:
    """Build an item of a grid.

    :param children: Its content.
    :param classes: More classes.
    :returns: The tree that the ``grid-item`` directive builds.
    """
    return create_component("grid-item", ["sd-col", *classes], children=children)


def card(children: Sequence[nodes.Node], classes: Sequence[str] = ()) -> nodes.container:
    """Build a card.

    :param children: The content of its body.
    :param classes: More classes for the card.
    :returns: The tree that the ``card`` directive builds.
    """
    body = create_component("card-body", ["sd-card-body"], children=children)
    return create_component(
        "card",
        ["sd-card", "sd-sphinx-override", "sd-w-100", "sd-shadow-sm", *classes],
        children=[body],
    )


def box(name: str, children: Sequence[nodes.Node], classes: Sequence[str]) -> nodes.container:
    """Build a plain ``<div>`` that has no ``container`` class.

    :param name: What it is, for those who look at the tree.
    :param children: Its content.
    :param classes: Its classes.
    :returns: The node.
    """
    return create_component(name, classes, children=children)
