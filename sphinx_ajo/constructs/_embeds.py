"""Blocks that show something of another site: a frame in HTML, elsewhere a link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_ajo.renderer import AjoRenderer


class ajo_embed(nodes.paragraph):
    """A paragraph such as ``Video: https://…``, its address being a link.

    This is what every writer shows that has nothing better; ``label`` and ``url`` hold the two.
    """


def fill_embed(
    renderer: AjoRenderer, token: SyntaxTreeNode, node: ajo_embed, label: str, url: str
) -> None:
    """Write the label and the link of an embedded thing, and add it to the page.

    :param renderer: The renderer.
    :param token: Its token.
    :param node: Its node, still empty.
    :param label: What it is, with a colon.
    :param url: Where it is.
    """
    renderer.add_line_and_source_path(node, token)
    # our own words, translated by our own catalogs
    node["translatable"] = False
    node["label"], node["url"] = label, url
    node += nodes.Text(f"{label} ")
    # the address as text: readers of plain text and paper must be able to see it
    node += nodes.reference(url, url, refuri=url)
    renderer.current_node.append(node)


def is_frameless(translator: HTML5Translator) -> bool:
    """Tell whether the format is made of HTML but must not need the network.

    :param translator: The HTML writer.
    :returns: Whether it makes an EPUB.
    """
    return bool(translator.builder.name == "epub")


def depart_embed(self: Any, node: ajo_embed) -> None:
    """End the paragraph.

    :param self: The HTML writer.
    :param node: The embedded thing.
    """
    self.depart_paragraph(node)
