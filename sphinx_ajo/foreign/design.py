"""The only place that touches sphinx-design's internals.

``create_component`` is exported but not documented; ``tests/foreign/test_design.py`` fails
when its contract changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx_design.shared import PassthroughTextElement as PassthroughTextElement
from sphinx_design.shared import create_component
from sphinx_design.tabs import sd_tab_label as sd_tab_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docutils import nodes

CLASS_PREFIX: Final = "sd-"
"""The prefix of all its CSS classes."""

DESIGN_FILES: Final = ("_static/sphinx-design.min.css", "_static/design-tabs.js")
"""The stylesheet and the script that it links on every page."""


def has_stored_content(document: nodes.document) -> bool:
    """Tell whether the content of a button is stored apart from the page while links are resolved.

    :returns: ``False`` with versions that store nothing.
    """
    return bool(getattr(document, "sd_button_ref_content", None))


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

    :returns: The tree that the ``grid-item`` directive builds.
    """
    return create_component("grid-item", ["sd-col", *classes], children=children)


def card(children: Sequence[nodes.Node], classes: Sequence[str] = ()) -> nodes.container:
    """Build a card.

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

    :param name: What it is, for readers of the doctree.
    """
    return create_component(name, classes, children=children)


def tab_set(items: Sequence[nodes.Node], *, classes: Sequence[str] = ()) -> nodes.container:
    """Build sphinx-design's tab set.

    :param items: Its tabs, see :func:`tab_item`.
    :returns: The tree that the ``tab-set`` directive builds.
    """
    return create_component("tab-set", ["sd-tab-set", *classes], children=items)


def tab_item(
    label: nodes.Element, children: Sequence[nodes.Node], *, sync: str | None = None
) -> nodes.container:
    """Build a tab.

    :param label: Its label, a ``rubric``.
    :param sync: Tabs with the same value are switched together, including tabs of directives.
    :returns: The tree that the ``tab-item`` directive builds.
    """
    label["classes"].append("sd-tab-label")
    if sync:
        label["sync_id"] = sync
        label["sync_group"] = "tab"
    content = create_component("tab-content", ["sd-tab-content"], children=children)
    return create_component("tab-item", ["sd-tab-item"], selected=False, children=[label, content])


def complete_tab(label: nodes.Element, panel: nodes.Element) -> None:
    """Make a tab valid HTML, and give its parts ids that a script can refer to.

    It removes ``aria-controls`` from the label, where HTML does not allow it. Older versions of
    sphinx-design give no ids to panels, and no version gives ids to labels.

    :param label: An ``sd_tab_label``.
    """
    label.attributes.pop("aria_controls", None)
    label["ids"].append(f"{label['input_id']}-label")
    if f"{label['input_id']}-content" not in panel["ids"]:
        panel["ids"].insert(0, f"{label['input_id']}-content")


def dropdown(
    title: nodes.Element, children: Sequence[nodes.Node], *, classes: Sequence[str] = ()
) -> nodes.container:
    """Build a dropdown that is closed.

    :param title: Its title, a ``rubric``; the element gets its ids.
    :returns: The tree that the ``dropdown`` directive builds.
    """
    return create_component(
        "dropdown",
        opened=False,
        type="dropdown",
        has_title=True,
        icon=None,
        chevron=None,
        container_classes=["sd-mb-3", *classes],
        title_classes=[],
        body_classes=[],
        children=[title, *children],
    )


def move_attributes(old: nodes.Element, new: nodes.Element) -> None:
    """Give a component the ids and the source position of the node that it replaces."""
    new["ids"] += old["ids"]
    new["names"] += old["names"]
    new.source, new.line = old.source, old.line


def badge_classes(colour: str) -> list[str]:
    """Return the classes of a badge.

    :param colour: One of sphinx-design's semantic colours, such as ``info``.
    :returns: Those that its ``bdg`` roles give.
    """
    return ["sd-sphinx-override", "sd-badge", f"sd-bg-{colour}", f"sd-bg-text-{colour}"]
