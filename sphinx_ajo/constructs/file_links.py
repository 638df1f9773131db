"""Links to files: ``[Plan](assets/plan.pdf#page=2){target="_blank"}``.

The file is copied to the site, as Sphinx does it with downloads. What follows its path (a query, a
place in the file), the window and the hover words of the link are kept.
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
"""The attribute of a link whose author wants the file to be saved: the name it is saved under."""


class ajo_file_link(addnodes.download_reference):
    """A link to a file: Sphinx copies the file; maybe a ``target``, ``rel`` and ``reftitle``."""


def target_suffix(href: str) -> str:
    """Return what follows the path in a target."""
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
        # a browser that saves the file opens no window, and shows no place in it
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
    """Register the node; the other writers take it for a download of Sphinx."""
    app.add_node(ajo_file_link, html=(visit_file_link_html, depart_file_link_html))
    show_as_text_in_contents(ajo_file_link)


CONSTRUCT = Construct(name="file links", setup=setup_file_links)
"""The construct, for the extension."""
