"""Footnotes whose text is missing or duplicated (exl-markdown.md, 4.11).

For MyST, every ``[^x]`` is a reference to a footnote, and docutils reports those without a text. In
ExL pages, most of these are not footnotes: ``[^a-z]``, ``[^/]``. Of two footnotes with the same
label, MyST drops the second one; here, its text stays at its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdit_py_plugins.footnote.index import footnote_ref

from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.markup.construct import Construct

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

    from sphinx_ajo.markup.renderer import AjoRenderer


def footnotes_plugin(md: MarkdownIt, *, dialect: Dialect) -> None:
    """Leave ``[^x]`` as text where no ``[^x]:`` is on the page.

    :param dialect: The dialect it reads; nothing changes in the mixed one.
    """
    if dialect is Dialect.EXL and "footnote_ref" in md.inline.ruler.get_all_rules():
        # all footnote texts are known by now, because they are blocks
        md.inline.ruler.at("footnote_ref", footnote_ref)


def render_footnote(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render the text of a footnote; if the label is already used, MyST would only warn.

    :param token: The ``footnote_reference`` token, which is the text in spite of its name.
    """
    taken = bool(renderer.document.nametypes.get(token.meta["label"]))
    renderer.render_footnote_reference(token)
    if taken and renderer.dialect is Dialect.EXL:
        renderer.render_children(token)


CONSTRUCT = Construct(
    name="footnotes",
    plugin=footnotes_plugin,
    renderers={"footnote_reference": render_footnote},
)
"""The construct, for the parser and the extension."""
