"""Footnotes whose text is nowhere (section 4.11 of the reference).

MyST takes every ``[^x]`` for a reference to a footnote, so that docutils reports the ones that
it does not find. In ExL text most of these are no footnotes at all: ``[^a-z]``, ``[^/]``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdit_py_plugins.footnote.index import footnote_ref

from sphinx_ajo.construct import Construct
from sphinx_ajo.dialect import Dialect

if TYPE_CHECKING:
    from markdown_it import MarkdownIt


def footnotes_plugin(md: MarkdownIt, *, dialect: Dialect) -> None:
    """Leave ``[^x]`` as text where no ``[^x]:`` is on the page.

    :param md: The parser.
    :param dialect: The dialect it reads; nothing changes in the mixed one.
    """
    if dialect is Dialect.EXL and "footnote_ref" in md.inline.ruler.get_all_rules():
        # all texts are known by now: they are blocks
        md.inline.ruler.at("footnote_ref", footnote_ref)


CONSTRUCT = Construct(name="footnotes", plugin=footnotes_plugin)
"""The construct, for the parser and the extension."""
