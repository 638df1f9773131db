"""Links to files: ``[Plan](assets/plan.pdf#page=2){target="_blank"}``.

The file is copied to the site, like Sphinx's downloads. The part after its path (a query, a
fragment), the window and the tooltip of the link are kept.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from sphinx import addnodes

from sphinx_ajo.foreign.sphinx import show_as_text_in_contents
from sphinx_ajo.markup.construct import Construct

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

HREF: Final = "ajo_href"
"""The attribute of a link that holds its target as written."""

DOWNLOAD: Final = "ajo_download"
"""The attribute of a link whose file is saved by browsers: the name of the saved file."""


class ajo_file_link(addnodes.download_reference):
    """A link to a file that Sphinx copies; optionally with ``target``, ``rel`` and ``reftitle``."""


def target_suffix(href: str) -> str:
    """Return the part of a target after its path."""
    ends = [at for at in map(href.find, "?#") if at >= 0]
    return href[min(ends) :] if ends else ""


def visit_file_link_html(self: HTML5Translator, node: ajo_file_link) -> None:
    """Open a link to a file."""
    if not self.builder.download_support or "filename" not in node:
        self.context.append("")
        return
    suffix = target_suffix(node.get(HREF, ""))
    path = posixpath.join(self.builder.dlpath, quote(node["filename"]))
    attributes: dict[str, Any] = {"class": "reference download internal", "href": path + suffix}
    if DOWNLOAD in node:
        attributes["download"] = node[DOWNLOAD]
    elif "target" not in node and "#" not in suffix:
        # a browser that saves the file opens no window and ignores the fragment
        attributes["download"] = ""
    for name, key in (("target", "target"), ("rel", "rel"), ("title", "reftitle")):
        if key in node:
            attributes[name] = node[key]
    self.body.append(self.starttag(node, "a", "", **attributes))
    self.context.append("</a>")


def depart_file_link_html(self: HTML5Translator, _node: ajo_file_link) -> None:
    """Close a link to a file."""
    self.body.append(self.context.pop())


def setup_file_links(app: Sphinx) -> None:
    """Register the node; other writers treat it as a download of Sphinx."""
    app.add_node(ajo_file_link, html=(visit_file_link_html, depart_file_link_html))
    show_as_text_in_contents(ajo_file_link)


CONSTRUCT = Construct(name="file links", setup=setup_file_links)
"""The construct, for the extension."""
