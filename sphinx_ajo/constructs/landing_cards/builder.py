"""Arrange what was written in a card: icon, title, text, links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_ajo.base.problems import AjoWarnings
from sphinx_ajo.constructs.breaks import ajo_break
from sphinx_ajo.constructs.icons import ajo_icon
from sphinx_ajo.constructs.landing_cards.nodes import (
    ajo_card,
    ajo_card_grid,
    ajo_card_icon,
    ajo_card_title,
)
from sphinx_ajo.markup.node_kinds import INVISIBLE, LINKS, is_html_comment
from sphinx_ajo.warnings_ import warn

if TYPE_CHECKING:
    from collections.abc import Sequence


_HEADINGS = (nodes.rubric, nodes.paragraph)


def arrange_card(card: ajo_card, document: nodes.document) -> None:
    """Find the icon and the title of a card; warn if the card is empty.

    The title is recognized by its position, not by its markup: it is the first paragraph or heading
    that is more than an image (exl-markdown.md, 3.2).

    :param card: The card with its content as written; rearranged in place.
    :param document: The document that knows the ids of its headings.
    """
    children = [child for child in card.children if not is_comment(child)]
    card.clear()
    icons = ajo_card_icon()
    while children and (is_icon(children[0]) or isinstance(children[0], INVISIBLE)):
        child = children.pop(0)
        if isinstance(child, INVISIBLE):
            card += child
        else:
            icons.source, icons.line = child.source, child.line
            icons += _decorative(child)
    title = _title_index(children)
    if title is not None:
        children[title] = _title(children[title], document)
    if icons.children:
        card += icons
    card += children
    if all(isinstance(child, INVISIBLE) for child in card.children):
        warn(AjoWarnings.CARD_EMPTY, "this landing card is empty", location=card)


def arrange_grid(grid: ajo_card_grid) -> None:
    """Check that a container contains only cards.

    Other content stays at its place, with a warning for each part.

    :param grid: The container with its cards; comments are taken out of it.
    """
    grid[:] = [child for child in grid.children if not is_comment(child)]
    visible = [child for child in grid.children if not isinstance(child, INVISIBLE)]
    if not visible:
        warn(AjoWarnings.CARD_EMPTY, "this landing-cards-container has no cards", location=grid)
    for child in visible:
        if not isinstance(child, ajo_card):
            warn(
                AjoWarnings.CARDS_STRAY,
                "this stands in a landing-cards-container but in no card; "
                "it is shown between the cards",
                location=child,
            )


def is_comment(node: nodes.Node) -> bool:
    """Tell whether a node is an HTML or docutils comment, or contains only comments."""
    if isinstance(node, nodes.paragraph):
        return all(
            is_comment(child) or _is_space(child) or isinstance(child, ajo_break)
            for child in node.children
        )
    return isinstance(node, nodes.comment) or is_html_comment(node)


def is_icon(node: nodes.Node) -> bool:
    """Tell whether a block is an icon of a card.

    On the official site, every image whose alternative text begins with "icon" is an icon.
    :returns: Whether it contains icons, and nothing else.
    """
    if isinstance(node, nodes.image):
        return str(node.get("alt", "")).lstrip().lower().startswith("icon")
    if isinstance(node, ajo_icon):
        return True
    if isinstance(node, nodes.paragraph):
        visible = visible_children(node)
        return bool(visible) and all(map(is_icon, visible))
    return False


def link_of(node: nodes.Node) -> nodes.Element | None:
    """Return the link that a block consists of.

    :returns: The link; ``None`` if the block contains anything else.
    """
    while isinstance(node, (nodes.paragraph, nodes.strong, nodes.emphasis)):
        visible = visible_children(node)
        if len(visible) != 1:
            return None
        node = visible[0]
    return node if isinstance(node, LINKS) else None


def visible_children(node: nodes.Element) -> list[nodes.Node]:
    """Return the children of a paragraph that are more than white space or a line break."""
    return [
        child
        for child in node.children
        if not (_is_space(child) or isinstance(child, (ajo_break, nodes.raw)) or is_comment(child))
    ]


def _is_space(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Text) and not node.astext().strip("\u200b \t\n")


def _decorative(node: nodes.Node) -> Sequence[nodes.Node]:
    icons = [node] if not isinstance(node, nodes.paragraph) else visible_children(node)
    for icon in icons:
        if isinstance(icon, nodes.Element):
            # the title beside it says what the card is about
            icon["alt"] = ""
            icon["decorative"] = True
    return icons


def _title_index(children: Sequence[nodes.Node]) -> int | None:
    """Return where the title is among the blocks below the icon."""
    blocks = [i for i, child in enumerate(children) if not isinstance(child, INVISIBLE)]
    for position, index in enumerate(blocks):
        child = children[index]
        if isinstance(child, nodes.paragraph) and _is_picture(child):
            continue
        if not isinstance(child, _HEADINGS):
            return None
        rest = [children[i] for i in blocks[position:]]
        # a card with only links has no title, unless there is a single link
        return None if len(rest) > 1 and all(map(link_of, rest)) else index
    return None


def _is_picture(node: nodes.paragraph) -> bool:
    visible = visible_children(node)
    while len(visible) == 1 and isinstance(visible[0], (*LINKS, nodes.inline)):
        visible = visible_children(visible[0])
    return bool(visible) and all(isinstance(child, nodes.image) for child in visible)


def _title(node: nodes.Node, document: nodes.document) -> ajo_card_title:
    assert isinstance(node, _HEADINGS)  # noqa: S101 (for the type checker)
    title = ajo_card_title(node.rawsource)
    title.attributes.update(node.attributes)
    title.source, title.line = node.source, node.line
    title += node.children
    for id_ in title["ids"]:
        document.ids[id_] = title
    return title
