"""The HTML of the parts of a toctree, as the theme renders them.

Themes may have their own translators. So the builder renders small samples, and all titles at once,
and the result is split at characters that no text contains.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from docutils import nodes
from sphinx import addnodes

from sphinx_ajo.navigation.tree import walk

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.builders.html import StandaloneHTMLBuilder

    from sphinx_ajo.navigation.tree import Entry, Forest

_CUT: Final = "\ue0f0"
_HREF: Final = "\ue0f1"
_CLASS: Final = "\ue0f2"

_ESCAPES: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", '"': "&quot;", ">": "&gt;", "@": "&#64;"}
)
"""The characters that docutils escapes."""


class Skin:
    """The HTML of tags and titles."""

    def __init__(self, builder: StandaloneHTMLBuilder) -> None:
        """Render the samples.

        :param builder: The builder; it has been prepared for writing.
        """
        self._builder = builder
        self._links: dict[int, tuple[str, str]] = {}
        self._captions: dict[int, str] = {}
        self._current: dict[str, str] = {}
        # keep references alive, because their parts are cached by identity
        self._kept: list[nodes.Node] = []
        one, two = self._sample(1), self._sample(2)
        opened = one[0]
        start = opened.index("<li")
        self._item_open = opened[start:]
        self.item_close = two[1][: two[1].index("<li")]
        self.list_close = one[1].removeprefix(self.item_close)
        ul = opened[:start]
        self._list_open = {
            True: ul.replace(_CLASS, "current"),
            False: self._sample(1, [])[0][: -len(self._item_open)],
        }
        self.list_void = self._render(self._partial(nodes.bullet_list()))
        self._items: dict[tuple[int, bool], str] = {}

    def list_open(self, *, current: bool, more: str = "") -> str:
        """Return the start tag of a list.

        :param current: Whether the page, or an ancestor of it, is in the list.
        :param more: If the list is incomplete: how many levels it has, ``0`` for all.
        """
        tag = self._list_open[current]
        # after the class, because furo's library sorts attributes
        return tag.replace(">", f' data-ajo-more="{more}">', 1) if more else tag

    def item_open(self, level: int, *, current: bool, closed: str = "") -> str:
        """Return the start tag of an item.

        :param current: Whether it is the page or an ancestor of it.
        :param closed: If children are missing, but can be opened: how many levels, ``0`` for all.
        """
        key = (level, current)
        if key not in self._items:
            classes = f"toctree-l{level} current" if current else f"toctree-l{level}"
            self._items[key] = self._item_open.replace(_CLASS, classes)
        tag = self._items[key]
        return tag.replace("<li", f'<li data-ajo-nav="{closed}"', 1) if closed else tag

    def link(self, entry: Entry, href: str, *, current: bool = False) -> str:
        """Return a link.

        :param entry: The entry. Titles that have not been rendered are rendered now, list by list.
        :param href: The address, relative to the page.
        """
        if id(entry.reference) not in self._links:
            beside = entry.parent.entries if entry.parent is not None else None
            self._prepare(beside or [entry])
        head, tail = self._links[id(entry.reference)]
        if current:
            head = self._current.get(head) or self._current_head(entry, head)
        return f"{head}{href.translate(_ESCAPES)}{tail}"

    def title(self, entry: Entry) -> str:
        """Return the HTML of a title."""
        return self._links[id(entry.reference)][1].partition(">")[2].removesuffix("</a>")

    def caption(self, title: nodes.title) -> str:
        """Return the HTML of a caption."""
        if id(title) not in self._captions:
            self._kept.append(title)
            self._captions[id(title)] = self._render(self._partial(title.deepcopy()))
        return self._captions[id(title)]

    def prepare(self, forest: Forest) -> None:
        """Render all titles at once, which is faster than list by list."""
        self._prepare(walk(forest))

    def _prepare(self, entries: Iterable[Entry]) -> None:
        fresh = {
            id(entry.reference): entry.reference
            for entry in entries
            if id(entry.reference) not in self._links
        }
        self._kept.extend(fresh.values())
        parts = self._links_of(list(fresh.values()))
        self._links.update(zip(fresh, parts, strict=True))

    def _links_of(self, references: list[nodes.reference]) -> list[tuple[str, str]]:
        wrapper = addnodes.compact_paragraph()
        for reference in references:
            link = reference.deepcopy()
            link["refuri"] = _HREF
            wrapper += addnodes.compact_paragraph("", "", link)
            wrapper += addnodes.compact_paragraph("", "", nodes.Text(_CUT))
        found = []
        for html in self._render(wrapper).split(_CUT)[:-1]:
            head, _, tail = html.partition(_HREF)
            found.append((head, tail))
        return found

    def _current_head(self, entry: Entry, head: str) -> str:
        """Return the start of a link to the page itself."""
        link = entry.reference.deepcopy()
        link["classes"].append("current")
        self._current[head] = self._links_of([link])[0][0]
        return self._current[head]

    def _sample(self, count: int, classes: list[str] | None = None) -> list[str]:
        """Render a list of a few items, and split it at their links."""
        items = nodes.bullet_list(classes=[_CLASS] if classes is None else classes)
        for _ in range(count):
            link = nodes.reference("", _CUT, internal=True, refuri=_HREF, anchorname="")
            items += nodes.list_item("", addnodes.compact_paragraph("", "", link), classes=[_CLASS])
        return re.split(f"<a\\b[^>]*>{_CUT}</a>", self._render(self._partial(items)))

    def _partial(self, node: nodes.Node) -> addnodes.compact_paragraph:
        wrapper = addnodes.compact_paragraph("", "", node)
        wrapper["toctree"] = True
        return wrapper

    def _render(self, node: nodes.Node) -> str:
        return self._builder.render_partial(node)["fragment"]
