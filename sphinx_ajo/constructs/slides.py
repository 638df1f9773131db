"""``>[!SLIDE](name)`` (exl-markdown.md, 4.4): slides on Experience League."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote

from docutils import nodes

from sphinx_ajo.base.problems import AjoWarnings
from sphinx_ajo.i18n import _
from sphinx_ajo.language.attributes import clean_text
from sphinx_ajo.language.languages import SITE, site_language
from sphinx_ajo.markup.blocks import INTERRUPTS, is_attributes
from sphinx_ajo.markup.construct import Construct
from sphinx_ajo.markup.embeds import ajo_embed, depart_embed, fill_embed, is_frameless
from sphinx_ajo.markup.quotes import (
    lift_from_quotes,
    match_marker,
    push_malformed,
    render_text,
)

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.tree import SyntaxTreeNode
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_ajo.language.dialect import Dialect
    from sphinx_ajo.markup.renderer import AjoRenderer

_MARKER = re.compile(r"\[![ \t]*SLIDES?\b", re.IGNORECASE)
_SLIDE = re.compile(
    r"\[![ \t]*SLIDES?[ \t]*\][ \t]*\([ \t]*/?(?P<name>[\w./%-]*[\w%-])/?[ \t]*\)"
    r"[ \t]*+(?:(?P<attributes>\{[^{}]*\})[ \t]*+)?(?:<!--(?:[^-]|-(?!->))*+-->[ \t]*+)*+$",
    re.IGNORECASE,
)


class ajo_slide(ajo_embed):
    """A set of slides: ``label``, ``url`` and the ``name`` of the slides."""


def slides_plugin(md: MarkdownIt, *, dialect: Dialect) -> None:
    """Add slides: a line ``>[!SLIDE](name)``, in any quote or list item.

    Tokens: ``ajo_slide``, and ``ajo_slide_text_open/close`` around text that names no slides.

    :param dialect: The dialect it reads; the syntax is the same in both.
    """
    md.block.ruler.before("blockquote", "ajo_slide", _slide_rule, INTERRUPTS)
    md.core.ruler.after("block", "ajo_slide_lift", partial(lift_from_quotes, name="ajo_slide"))


def _slide_rule(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    marker = match_marker(state, start_line, _MARKER)
    if marker is None:
        return False
    if silent:
        return True
    line = clean_text(state.src[marker.start() : state.eMarks[start_line]])
    match = _SLIDE.match(line)
    if match is None or not is_attributes(match["attributes"] or ""):
        message = "%r names no slides; its text is kept"
        push_malformed(state, "ajo_slide_text", start_line, AjoWarnings.SLIDE, message)
        return True
    token = state.push("ajo_slide", "a", 0)
    token.block = True
    token.map = [start_line, start_line + 1]
    token.content = match["name"]
    state.line = start_line + 1
    return True


def render_slide(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render slides as a link to them."""
    name = token.content
    language = site_language(renderer.sphinx_env.config.language)
    url = f"{SITE}/{language}/slides/{quote(name, safe='/%')}"
    fill_embed(renderer, token, ajo_slide(name=name), str(_("Slides:")), url)


def visit_slide_html(self: HTML5Translator, node: ajo_slide) -> None:
    """Show a link to slides as a block of its own."""
    if is_frameless(self):
        self.visit_paragraph(node)
        return
    link = {"CLASS": "reference external", "href": node["url"], "title": node["name"]}
    self.body.append(self.starttag(node, "p", "", CLASS="ajo-slide"))
    self.body.append(self.starttag(nodes.Element(), "a", "", **link))
    # no call inside an f-string: on Python 3.12, the extraction of strings does not find it
    label = self.encode(str(_("Slides")))
    self.body.append(f"{label}</a></p>\n")
    raise nodes.SkipNode


def setup_slides(app: Sphinx) -> None:
    """Register the node; other writers show it as the paragraph that it is."""
    app.add_node(ajo_slide, html=(visit_slide_html, depart_embed))


CONSTRUCT = Construct(
    name="slides",
    plugin=slides_plugin,
    renderers={"ajo_slide": render_slide, "ajo_slide_text": render_text},
    setup=setup_slides,
)
"""The construct, for the parser and the extension."""
