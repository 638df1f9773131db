"""Content of other sites: a still image or a frame in HTML, a link in other formats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from myst_parser.mdit_to_docutils.base import token_line

from sphinx_ajo.base.assets import note_use
from sphinx_ajo.base.problems import AjoWarnings
from sphinx_ajo.config import get_ajo_config
from sphinx_ajo.i18n import _
from sphinx_ajo.language.players import (
    FRAME,
    autoplay_address,
    is_allowed,
    parse_address,
    player_address,
)
from sphinx_ajo.warnings_ import warn

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_ajo.markup.renderer import AjoRenderer


class ajo_embed(nodes.paragraph):
    """A paragraph such as ``Video: https://…``, its address being a link.

    This is what every writer shows that has nothing better; ``label`` and ``url`` hold the two.
    """


def fill_embed(
    renderer: AjoRenderer, token: SyntaxTreeNode, node: ajo_embed, label: str, url: str
) -> None:
    """Write the label and the link of an embedded thing, and add it to the page.

    :param node: Its node, still empty.
    :param label: What it is, with a colon.
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
    """Tell whether the output is HTML that must work without a network."""
    return bool(translator.builder.name == "epub")


def depart_embed(self: Any, node: ajo_embed) -> None:
    """End the paragraph."""
    self.depart_paragraph(node)


def find_player(renderer: AjoRenderer, token: SyntaxTreeNode, url: str) -> dict[str, str] | None:
    """Find the player for an address; warn if only a link may be shown.

    :returns: The address of its frame (``player``), and the ``url`` that links lead to; ``None`` if
        the host is not in ``ajo_video_hosts``.
    """
    page, address = parse_address(url), player_address(url)
    if page is None or address is None:
        message = (
            "%r is shown as a link: a frame needs an https address without a user and a port; "
            "correct the address"
        )
        what = url
    elif is_allowed(address, get_ajo_config(renderer.sphinx_env.config).video_hosts):
        note_use(renderer.sphinx_env)
        return {"player": address.url, "url": page.url}
    else:
        message = (
            "a video of %r is shown as a link; add that host to `ajo_video_hosts` to show it in "
            "the page"
        )
        what = address.host
    location = renderer.location(token_line(token, 0))
    warn(AjoWarnings.VIDEO, message, what, location=location)
    return None


def write_player(
    translator: HTML5Translator, node: nodes.Element, tag: str, box: dict[str, Any]
) -> None:
    """Write a still or a frame, as ``ajo_videos`` says.

    :param node: The embedded thing: ``player``, ``title``, ``label`` and ``url``.
    :param tag: The element around it; ``span`` in a paragraph.
    """
    # what is printed
    box |= {"class": "ajo-video", "data-label": node["label"], "data-url": node["url"]}
    translator.body.append(translator.starttag(node, tag, "", **box))
    if get_ajo_config(translator.config).videos == "load":
        _write_frame(translator, node)
    else:
        _write_still(translator, node)
    translator.body.append(f"</{tag}>")


def frame_title(node: nodes.Element) -> str:
    """Return the title of a frame.

    :returns: What the author wrote, or where it comes from.
    """
    return str(node["title"] or str(_("Video from %s")) % _host(node))


def _host(node: nodes.Element) -> str:
    address = parse_address(node["player"])
    return address.host.removeprefix("www.") if address else ""


def _write_frame(translator: HTML5Translator, node: nodes.Element) -> None:
    attributes: dict[str, Any] = {"src": node["player"], "title": frame_title(node), **FRAME}
    attributes["loading"] = "lazy"
    attributes["allowfullscreen"] = "allowfullscreen"
    translator.body.append(translator.starttag(nodes.Element(), "iframe", "", **attributes))
    translator.body.append("</iframe>")


def _write_still(translator: HTML5Translator, node: nodes.Element) -> None:
    """Write a link that ajo.js turns into a button, which puts the frame in its place."""
    link: dict[str, Any] = {
        "class": "ajo-video-still",
        "href": node["url"],
        "data-video": autoplay_address(node["player"]),
        "data-title": frame_title(node),
    }
    lines = [("title", node["title"]), ("play", str(_("Play video"))), ("host", _host(node))]
    translator.body.append(translator.starttag(nodes.Element(), "a", "", **link))
    for name, text in lines:
        if text:
            line = translator.starttag(nodes.Element(), "span", "", CLASS=f"ajo-video-{name}")
            translator.body.append(f"{line}{translator.encode(text)}</span> ")
    translator.body.append("</a>")
