"""Nodes for HTML for which docutils has no node, or no node with a style.

A writer without a visitor for a node shows it as the docutils node that it derives from.
"""

from __future__ import annotations

from typing import Final

from docutils import nodes


class ajo_html_box(nodes.container):
    """A box around blocks; may have a ``style``."""


class ajo_html_cell(nodes.entry):
    """A cell of a table; may have a ``style``, and may be a ``header``."""


class ajo_html_style(nodes.inline):
    """Styled text, with its HTML ``tag``; may have a ``style``."""


class ajo_html_rule(nodes.General, nodes.Element):
    """A horizontal line: unlike a transition, it may be anywhere."""


class ajo_html_details(nodes.container):
    """Text that unfolds below its summary; ``open`` if it is unfolded at first."""


class ajo_html_summary(nodes.paragraph):
    """The summary of :class:`ajo_html_details`."""


class ajo_html_svg(nodes.General, nodes.Inline, nodes.Element):
    """An inline image: its ``svg`` source, already clean, and its ``text``."""


class ajo_html_embed(nodes.General, nodes.Inline, nodes.Element):
    """A page or video in a frame: its element ``kind``, ``player``, ``url``, ``title``, ``label``.

    ``label`` and ``url`` are shown in formats without frames; ``title`` may be empty.
    """


HTML_NODES: Final = (
    ajo_html_box,
    ajo_html_cell,
    ajo_html_style,
    ajo_html_rule,
    ajo_html_details,
    ajo_html_summary,
    ajo_html_svg,
    ajo_html_embed,
)
"""All nodes of this module."""
