"""Nodes for HTML that docutils has no node for, or one without its style.

Each derives from the docutils node that writers without a visitor for it show.
"""

from __future__ import annotations

from typing import Final

from docutils import nodes


class ajo_html_box(nodes.container):
    """A box around blocks; maybe a ``style``."""


class ajo_html_cell(nodes.entry):
    """A cell of a table; maybe a ``style``, maybe a ``header``."""


class ajo_html_style(nodes.inline):
    """Text with a look of its own: its HTML ``tag``, maybe a ``style``."""


class ajo_html_rule(nodes.General, nodes.Element):
    """A horizontal line: unlike a transition it may stand anywhere."""


class ajo_html_details(nodes.container):
    """Text that unfolds below its summary; ``open`` if it is unfolded at first."""


class ajo_html_summary(nodes.paragraph):
    """The summary of :class:`ajo_html_details`."""


class ajo_html_svg(nodes.General, nodes.Inline, nodes.Element):
    """An inline image: its ``svg`` source, already clean, and its ``text``."""


class ajo_html_embed(nodes.General, nodes.Inline, nodes.Element):
    """A page or film in a frame: its element ``kind``, ``player``, ``url``, ``title``, ``label``.

    ``label`` and ``url`` are what readers of paper see; ``title`` may be empty.
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
"""What HTML becomes that no node of docutils stands for."""
