"""``>[!VIDEO](url){transcript=true}`` (exl-markdown.md, 4.3).

In HTML, it is a placeholder that becomes a frame when a reader clicks it, or what ``ajo_videos``
sets; in other formats, it is a link.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from docutils import nodes

from sphinx_ajo.base.problems import AjoWarnings, add_problem
from sphinx_ajo.config import get_ajo_config
from sphinx_ajo.constructs.html.tokens.elements import frame
from sphinx_ajo.i18n import _
from sphinx_ajo.language.attributes import clean_text, parse_attributes
from sphinx_ajo.language.characters import cut_out
from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.language.front_matter import parse_flag, plain_text
from sphinx_ajo.markup.blocks import INTERRUPTS, is_attributes
from sphinx_ajo.markup.construct import Construct
from sphinx_ajo.markup.embeds import (
    ajo_embed,
    depart_embed,
    fill_embed,
    find_player,
    is_frameless,
    write_player,
)
from sphinx_ajo.markup.quotes import (
    lift_from_quotes,
    match_marker,
    push_malformed,
    push_text,
    render_text,
)

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.tree import SyntaxTreeNode
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_ajo.markup.renderer import AjoRenderer

_MARKER = re.compile(r"\[![ \t]*VIDEO\b", re.IGNORECASE)
_VIDEO = re.compile(
    r"\[![ \t]*VIDEO[ \t]*"
    r"(?:\][ \t]*\((?P<target>[^()]*(?:\([^()]*\)[^()]*)*)\)"
    # the syntax of other dialects for the same video
    r"|[ \t](?P<argument>[^\[\]\s]+)[ \t]*\])"
    r"[ \t]*(?P<attributes>\{[^{}]*\})?(?P<rest>.*)",
    re.IGNORECASE,
)
_INLINE = re.compile(
    r"\[![ \t]*VIDEO[ \t]*\][ \t]*\([ \t]*(?P<target>[^()\s]++(?:\([^()\s]*+\)[^()\s]*+)*+)[ \t]*\)"
    r"(?:\{(?P<attributes>[^{}\n]*+)\})?",
    re.IGNORECASE,
)
_TITLE_QUOTES: Final = "\"'“”()"


class ajo_video(ajo_embed):
    """A video: ``label`` and ``url``, the address ``player`` of its frame, maybe a ``title``."""


def videos_plugin(md: MarkdownIt, *, dialect: Dialect) -> None:
    """Add videos: a line ``>[!VIDEO](url)``, in any quote or list item.

    A video ends a block quote that it stands in, and is part of any other block. Tokens:
    ``ajo_video``, and ``ajo_video_text_open/close`` around text that is no video. On ExL pages,
    one in the midst of a text is an ``ajo_html_embed``.

    :param dialect: The dialect it reads; the syntax is the same in both.
    """
    md.block.ruler.before("blockquote", "ajo_video", _video_rule, INTERRUPTS)
    md.core.ruler.after("block", "ajo_video_lift", partial(lift_from_quotes, name="ajo_video"))
    if dialect is Dialect.EXL:
        md.inline.ruler.before("link", "ajo_video_inline", _inline_rule)


def _inline_rule(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("[!", state.pos) or state.linkLevel:
        return False
    match = _INLINE.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        _take_off_sign(state)
        url = clean_text(match["target"])
        if is_web_address(url):
            token = state.push("ajo_html_embed", "iframe", 0)
            token.attrs, token.meta = {"src": url}, frame("iframe", url, "")
            message = "the video %r stands in a text; put it on a line of its own"
        else:
            token = state.push("link_open", "a", 1)
            token.attrs = {"href": url}
            state.push("text", "", 0).content = url
            state.push("link_close", "a", -1)
            message = "%r names no video: an http(s) address is missing; a link is shown"
        add_problem(token, AjoWarnings.VIDEO, message, url)
    state.pos = match.end()
    return True


def _take_off_sign(state: StateInline) -> None:
    """Remove the ``>`` of a marker; in HTML, or as an entity, it is a token."""
    before = state.pending.rstrip(" \t")
    if before.endswith(">"):
        state.pending = before[:-1]
    elif not before and state.tokens and state.tokens[-1].type in {"text", "text_special"}:
        last = state.tokens[-1]
        if last.content.rstrip(" \t").endswith(">"):
            last.content = last.content.rstrip(" \t")[:-1]


def _video_rule(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    marker = match_marker(state, start_line, _MARKER)
    if marker is None:
        return False
    if silent:
        return True
    match = _VIDEO.match(state.src, marker.start(), state.eMarks[start_line])
    url, title = _target(match)
    if match is None or not is_web_address(url):
        message = "%r names no video: an http(s) address is missing; its text is kept"
        push_malformed(state, "ajo_video_text", start_line, AjoWarnings.VIDEO, message)
        return True
    token = state.push("ajo_video", "iframe", 0)
    token.block = True
    token.map = [start_line, start_line + 1]
    token.content = url
    token.attrs = {"src": url}
    token.meta["title"] = title
    braces, rest = match["attributes"] or "", match["rest"]
    if not is_attributes(braces):
        braces, rest = "", f"{braces}{rest}"
    attributes = parse_attributes(braces[1:-1])
    token.meta["transcript"] = parse_flag(attributes.get("transcript", "")) is True
    state.line = start_line + 1
    rest = cut_out(rest, "<!--", "-->").strip()
    if rest:
        message = "%r stands behind a video; it is shown below the video"
        add_problem(token, AjoWarnings.VIDEO, message, rest)
        push_text(state, "ajo_video_text", start_line, rest)
    return True


def _target(match: re.Match[str] | None) -> tuple[str, str]:
    """Return the written address and title of a video."""
    if match is None:
        return "", ""
    url, _space, title = (
        clean_text(match["target"] or match["argument"] or "").strip().partition(" ")
    )
    if url.startswith("//"):
        url = f"https:{url}"
    return url.strip("<>"), plain_text(title.strip().strip(_TITLE_QUOTES))


def is_web_address(url: str) -> bool:
    """Tell whether an address is a web address.

    :returns: Whether it is ``http`` or ``https``, and has any host.
    """
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def render_video(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render a video as a link that HTML shows as a frame."""
    url, title = token.content, token.meta["title"]
    label = f"{title}:" if title else str(_("Video:"))
    player = find_player(renderer, token, url)
    if player is None:
        fill_embed(renderer, token, ajo_embed(), label, url)
        return
    node = ajo_video(**player, title=title, transcript=token.meta["transcript"])
    fill_embed(renderer, token, node, label, node["url"])


def visit_video_html(self: HTML5Translator, node: ajo_video) -> None:
    """Show a video as ``ajo_videos`` says."""
    if is_frameless(self) or get_ajo_config(self.config).videos == "link":
        self.visit_paragraph(node)
        return
    box: dict[str, str] = {"data-transcript": "true"} if node["transcript"] else {}
    write_player(self, node, "div", box)
    self.body.append("\n")
    raise nodes.SkipNode


def setup_videos(app: Sphinx) -> None:
    """Register the nodes; other writers show them as the paragraphs that they are."""
    app.add_node(ajo_embed)
    app.add_node(ajo_video, html=(visit_video_html, depart_embed))


CONSTRUCT = Construct(
    name="videos",
    plugin=videos_plugin,
    renderers={"ajo_video": render_video, "ajo_video_text": render_text},
    setup=setup_videos,
)
"""The construct, for the parser and the extension."""
