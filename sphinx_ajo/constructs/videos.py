"""``>[!VIDEO](url){transcript=true}`` (section 4.3 of the reference).

In HTML a frame that loads when the reader gets there; elsewhere a link.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from docutils import nodes

from sphinx_ajo.attributes import clean_text, parse_attributes
from sphinx_ajo.construct import Construct, add_problem
from sphinx_ajo.constructs._blocks import INTERRUPTS, is_attributes
from sphinx_ajo.constructs._embeds import ajo_embed, depart_embed, fill_embed, is_frameless
from sphinx_ajo.constructs._quotes import (
    lift_from_quotes,
    match_marker,
    push_malformed,
    push_text,
    render_text,
)
from sphinx_ajo.front_matter import parse_flag
from sphinx_ajo.i18n import _
from sphinx_ajo.warnings_ import AjoWarnings

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.tree import SyntaxTreeNode
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_ajo.dialect import Dialect
    from sphinx_ajo.renderer import AjoRenderer

_MARKER = re.compile(r"\[![ \t]*VIDEO\b", re.IGNORECASE)
_VIDEO = re.compile(
    r"\[![ \t]*VIDEO[ \t]*"
    r"(?:\][ \t]*\((?P<target>[^()]*(?:\([^()]*\)[^()]*)*)\)"
    # the same video as other dialects with this marker write it
    r"|[ \t](?P<argument>[^\[\]\s]+)[ \t]*\])"
    r"[ \t]*(?P<attributes>\{[^{}]*\})?(?P<rest>.*)",
    re.IGNORECASE,
)
_COMMENTS = re.compile(r"<!--.*?-->")
_TITLE_QUOTES: Final = "\"'“”()"
_START = re.compile(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?$")
"""How YouTube writes where a video starts: ``90``, ``90s``, ``1m30s``."""

_YOUTUBE: Final = frozenset({"youtube.com", "youtube-nocookie.com", "youtu.be"})
_YOUTUBE_FOLDERS: Final = frozenset({"embed", "shorts", "live", "v"})
_ADOBE: Final = "video.tv.adobe.com"


class ajo_video(ajo_embed):
    """A video: ``label`` and ``url``, the address ``player`` of its frame, ``title``."""


def videos_plugin(md: MarkdownIt, *, dialect: Dialect) -> None:
    """Add videos: a line ``>[!VIDEO](url)``, in any quote or list item.

    A video ends a block quote that it stands in, and is part of any other block. Tokens:
    ``ajo_video``, and ``ajo_video_text_open/close`` around text that is no video.

    :param md: The parser.
    :param dialect: The dialect it reads; the syntax is the same in both.
    """
    md.block.ruler.before("blockquote", "ajo_video", _video_rule, INTERRUPTS)
    md.core.ruler.after("block", "ajo_video_lift", partial(lift_from_quotes, name="ajo_video"))


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
    token.attrs = {"src": player_address(url)}
    token.meta["title"] = title
    braces, rest = match["attributes"] or "", match["rest"]
    if not is_attributes(braces):
        braces, rest = "", f"{braces}{rest}"
    attributes = parse_attributes(braces[1:-1])
    token.meta["transcript"] = parse_flag(attributes.get("transcript", "")) is True
    state.line = start_line + 1
    rest = _COMMENTS.sub("", rest).strip()
    if rest:
        message = "%r stands behind a video; it is shown below the video"
        add_problem(token, AjoWarnings.VIDEO, message, rest)
        push_text(state, "ajo_video_text", start_line, rest)
    return True


def _target(match: re.Match[str] | None) -> tuple[str, str]:
    """Return the address and the title that a video is written with."""
    if match is None:
        return "", ""
    url, _space, title = (
        clean_text(match["target"] or match["argument"] or "").strip().partition(" ")
    )
    if url.startswith("//"):
        url = f"https:{url}"
    return url.strip("<>"), title.strip().strip(_TITLE_QUOTES)


def is_web_address(url: str) -> bool:
    """Tell whether an address is one that a frame may show.

    :param url: The address as written.
    :returns: Whether it is ``http`` or ``https``, and has a host.
    """
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def host_of(url: str) -> str:
    """Return the host of an address, without what says nothing to readers.

    :param url: An address with a host.
    :returns: The host without ``www.`` or ``m.``.
    """
    host = urlsplit(url).hostname or ""
    return host.removeprefix("www.").removeprefix("m.")


def player_address(url: str) -> str:
    """Return the address that shows a video in a frame.

    :param url: The address as written. Its query is kept: ``captions``, ``quality``, ...
    :returns: The address of the player; for YouTube, of the one that sets no cookies.
    """
    host = host_of(url)
    if host in _YOUTUBE:
        return _youtube_player(url) or url
    if host == _ADOBE:
        return urlunsplit(urlsplit(url)._replace(scheme="https"))
    return url


def _youtube_player(url: str) -> str | None:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    path = [part for part in parts.path.split("/") if part]
    if path and path[0] in _YOUTUBE_FOLDERS:
        path.pop(0)
    video = query.pop("v", "") or (path[0] if path else "")
    if not video or video in ("watch", "playlist", "channel"):
        return None
    start = query.pop("t", "")
    if (match := _START.match(start)) and start:
        hours, minutes, seconds = (int(group or 0) for group in match.groups())
        query["start"] = str(hours * 3600 + minutes * 60 + seconds)
    for name in ("autoplay", "feature", "si"):
        query.pop(name, None)
    player = f"https://www.youtube-nocookie.com/embed/{quote(video, safe='')}"
    return f"{player}?{urlencode(query)}" if query else player


def render_video(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render a video as a link that HTML shows as a frame.

    :param renderer: The renderer.
    :param token: The ``ajo_video`` token.
    """
    url = token.content
    title = token.meta["title"]
    node = ajo_video(player=token.attrs["src"], transcript=token.meta["transcript"])
    node["title"] = title or str(_("Video from %s")) % host_of(url)
    fill_embed(renderer, token, node, f"{title}:" if title else str(_("Video:")), url)


def visit_video_html(self: HTML5Translator, node: ajo_video) -> None:
    """Show a video in a frame.

    :param self: The HTML writer.
    :param node: The video.
    """
    if is_frameless(self):
        self.visit_paragraph(node)
        return
    box: dict[str, Any] = {"CLASS": "ajo-video", "data-label": node["label"]}
    box["data-url"] = node["url"]
    if node["transcript"]:
        box["data-transcript"] = "true"
    frame = {
        "src": node["player"],
        "title": node["title"],
        "loading": "lazy",
        "referrerpolicy": "strict-origin-when-cross-origin",  # YouTube refuses to play without
        "allow": "fullscreen; picture-in-picture; encrypted-media",
        "allowfullscreen": "allowfullscreen",
    }
    self.body.append(self.starttag(node, "div", "", **box))
    self.body.append(self.starttag(nodes.Element(), "iframe", "", **frame))
    self.body.append("</iframe></div>\n")
    raise nodes.SkipNode


def setup_videos(app: Sphinx) -> None:
    """Register the node; other writers show it as the paragraph that it is.

    :param app: The Sphinx application.
    """
    app.add_node(ajo_video, html=(visit_video_html, depart_embed))


CONSTRUCT = Construct(
    name="videos",
    plugin=videos_plugin,
    renderers={"ajo_video": render_video, "ajo_video_text": render_text},
    setup=setup_videos,
)
"""The construct, for the parser and the extension."""
