"""Correct links and ids in formats with all pages in one HTML file.

In these formats, Sphinx links to ``#document-page#id``, an address with two fragments. Several
pages may have the same id, such as ``next-steps``. A page that is in no toctree is not in the file.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from docutils import nodes
from sphinx.builders.singlehtml import SingleFileHTMLBuilder

from sphinx_ajo.base.pages import elements_with_pages
from sphinx_ajo.project.links import resolver_of
from sphinx_ajo.project.navigation import site_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

PREFIX: Final = "#document-"
"""The prefix of Sphinx's links to pages in the file."""

_LISTS: Final = ("ids", "backrefs")


class _Ids:
    """The ids of all pages, and the new ids for those that several pages have."""

    def __init__(self, document: nodes.document, root: str) -> None:
        self.elements = list(elements_with_pages(document, root))
        self.pages = {page for _, page in self.elements}
        owners: dict[str, dict[str, None]] = defaultdict(dict)
        for node, page in self.elements:
            for id_ in node["ids"]:
                owners[id_].setdefault(page)
        self._new: dict[tuple[str, str], str] = {}
        taken = set(owners)
        for id_, pages in owners.items():
            for page in list(pages)[1:]:
                # two page names may give the same id
                new = base = f"{re.sub(r'[^0-9A-Za-z]+', '-', page)}-{id_}"
                number = 1
                while new in taken:
                    number += 1
                    new = f"{base}-{number}"
                taken.add(new)
                self._new[page, id_] = new

    def new(self, page: str, id_: str) -> str:
        """Return the id in the file for an id of a page."""
        return self._new.get((page, id_), id_)


def _join(app: Sphinx, document: nodes.document, docname: str) -> None:
    """Correct the ids and the links of the file."""
    if not isinstance(app.builder, SingleFileHTMLBuilder) or not site_of(app.env).pages:
        return
    ids = _Ids(document, docname)
    official = resolver_of(app.env).official
    for node, page in ids.elements:
        for name in _LISTS:
            if node.get(name):
                node[name] = [ids.new(page, id_) for id_ in node[name]]
        if "refid" in node:
            node["refid"] = ids.new(page, node["refid"])
        if not isinstance(node, nodes.reference):
            continue
        uri = node.get("refuri", "")
        if not uri.startswith(PREFIX):
            continue
        target, _, anchor = uri.removeprefix(PREFIX).partition("#")
        if target not in ids.pages:
            _link_outside(node, official.url(target), anchor)
        elif anchor:
            node["refuri"] = f"#{ids.new(target, anchor)}"


def _link_outside(node: nodes.reference, url: str, anchor: str) -> None:
    """Make a link to a page that is not in the file lead to the official site."""
    if url:
        node["refuri"] = f"{url}#{anchor}" if anchor else url
        node["internal"] = False
    else:
        node.replace_self(nodes.inline("", "", *node.children))


def setup_one_file(app: Sphinx) -> None:
    """Register the handler."""
    app.connect("doctree-resolved", _join)
