"""Alerts in plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class ParagraphsTextTransform(SphinxPostTransform):
    """Keep the paragraphs of alerts apart: Sphinx's text writer joins those of admonitions."""

    # after all admonitions have been created
    default_priority = 950
    formats = ("text",)

    def run(self, **_kwargs: Any) -> None:
        """Wrap each paragraph below another one in a container."""
        for alert in self.document.findall(nodes.Element):
            if isinstance(alert, nodes.Admonition):
                alert[:] = list(_apart(alert.children))


def _apart(blocks: Sequence[nodes.Node]) -> Iterator[nodes.Node]:
    above: nodes.Node | None = None
    for block in list(blocks):
        both = isinstance(block, nodes.paragraph) and isinstance(above, nodes.paragraph)
        yield nodes.container("", block) if both else block
        above = block
