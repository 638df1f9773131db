"""Build the tree of a site from the toctrees of its pages. No HTML.

For each page, Sphinx stores a list of its sections, which includes its toctrees (``env.tocs``).
Here, these are assembled into one tree, once, by the rules that Sphinx follows when it does so for
each page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from docutils import nodes
from sphinx import addnodes
from sphinx.domains.std import StandardDomain
from sphinx.util import logging, url_re
from sphinx.util.nodes import clean_astext

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.environment import BuildEnvironment
    from sphinx.util.tags import Tags

LOGGER: Final = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class Branch:
    """A list of entries, and its parent."""

    level: int
    parent: Branch | None
    entries: list[Entry] | None = None
    """The children; ``None`` if there is no list, empty if all of them are hidden."""
    void: bool = False
    """Whether there is a list, but none of its pages exists."""


@dataclass(slots=True, eq=False)
class Tree(Branch):
    """The entries of one toctree of the start page."""

    caption: nodes.title | None = None
    maxdepth: int = -1


@dataclass(slots=True, eq=False)
class Entry(Branch):
    """One link."""

    reference: nodes.reference = field(default_factory=nodes.reference)
    """The link, with its title."""
    owner: str = ""
    """The page whose list of sections and toctrees contains this entry."""
    capped: bool = False
    """Whether that page has set ``tocdepth``."""

    @property
    def target(self) -> str:
        """The page that it leads to, or an address."""
        return str(self.reference["refuri"])

    @property
    def anchor(self) -> str:
        """The anchor on that page, with ``#``; empty for its top."""
        return str(self.reference["anchorname"])

    @property
    def is_address(self) -> bool:
        """Whether it leads to an address outside the site."""
        return url_re.match(self.target) is not None


@dataclass(slots=True)
class Forest:
    """All trees of a start page."""

    trees: list[Tree]
    places: dict[str, list[Entry]]
    """The entries for each page and its sections."""


def build_forest(
    env: BuildEnvironment,
    tags: Tags,
    root: str,
    *,
    titles_only: bool,
    includehidden: bool,
    warned: set[str] | None = None,
) -> Forest:
    """Assemble the toctrees of a site.

    :param env: The build environment; all pages have been read.
    :param tags: The tags of the build, for ``only`` nodes.
    :param root: The start page; empty for the root of the site.
    :param warned: The warnings given so far; without it, there are no warnings.
    :returns: The trees, in order.
    """
    # toctrees of the root come from its doctree, as in Sphinx; those of other pages from
    # `env.tocs`. `env.master_doctree` is not used: it would be pickled with the environment, and be
    # outdated in the next build
    document: nodes.Element = env.tocs[root] if root else env.get_doctree(env.config.root_doc)
    forest = Forest([], {})
    for node in document.findall(addnodes.toctree):
        if node.get("hidden", False) and not includehidden:
            continue
        grower = _Grower(
            env,
            tags,
            titles_only=titles_only or node.get("titlesonly", False),
            includehidden=includehidden or node.get("includehidden", False),
            warned=warned,
        )
        tree = Tree(0, None, caption=_caption(node), maxdepth=node.get("maxdepth", -1))
        tree.entries = list(grower.toctree(node, (), tree))
        if tree.entries:
            forest.trees.append(tree)
    for entry in walk(forest):
        forest.places.setdefault(entry.target, []).append(entry)
    return forest


def walk(forest: Forest) -> Iterator[Entry]:
    """Walk through all entries.

    :returns: The entries, in their order.
    """
    stack = [entry for tree in reversed(forest.trees) for entry in reversed(tree.entries or ())]
    while stack:
        entry = stack.pop()
        yield entry
        stack.extend(reversed(entry.entries or ()))


def parents_of(env: BuildEnvironment) -> dict[str, str]:
    """Return the parent of each page, as in breadcrumbs.

    :returns: Page → page with a toctree that lists it; the last one of several.
    """
    parents: dict[str, str] = {}
    # sorted as Sphinx sorts them before writing
    for name, children in sorted(env.toctree_includes.items()):
        parents |= dict.fromkeys(children, name)
    return parents


def ancestors_of(parents: dict[str, str], page: str) -> list[str]:
    """Return a page and its ancestors.

    :returns: From the page upwards, without the root; empty for a page in no toctree.
    """
    found: dict[str, None] = {}
    while page in parents and page not in found:
        found[page] = None
        page = parents[page]
    return list(found)


def _caption(node: addnodes.toctree) -> nodes.title | None:
    text = node.get("caption")
    if not text:
        return None
    caption = nodes.title(text, "", nodes.Text(text))
    caption.source, caption.line = node.source, node.line
    return caption


def _link(title: str, target: str, *, internal: bool) -> nodes.reference:
    return nodes.reference(
        "", "", nodes.Text(title), internal=internal, refuri=target, anchorname=""
    )


class _Grower:
    """Builds the tree of one toctree."""

    def __init__(
        self,
        env: BuildEnvironment,
        tags: Tags,
        *,
        titles_only: bool,
        includehidden: bool,
        warned: set[str] | None,
    ) -> None:
        self.env = env
        self.tags = tags
        self.titles_only = titles_only
        self.includehidden = includehidden
        self.warned = warned

    def toctree(
        self, node: addnodes.toctree, parents: tuple[str, ...], below: Branch
    ) -> Iterator[Entry]:
        """Return the entries of a toctree, with all their descendants.

        :param parents: The ancestors of the toctree, innermost first.
        """
        virtual = getattr(StandardDomain, "_virtual_doc_names", {})
        for title, ref in node["entries"]:
            link = None
            if url_re.match(ref):
                link = _link(ref if title is None else title, ref, internal=False)
            elif ref == "self":
                page = node["parent"]
                link = _link(title or clean_astext(self.env.titles[page]), page, internal=True)
            elif ref in virtual:
                target, name = virtual[ref]
                link = _link(title or str(name), target, internal=True)
            if link is not None:
                yield Entry(below.level + 1, below, reference=link)
            elif ref in parents:
                message = "circular toctree references detected, ignoring: %s <- %s"
                self._warn("circular", message, ref, " <- ".join(parents), location=ref)
            elif ref in self.env.tocs:  # otherwise, the toctree itself has warned
                yield from self._page(node, title, ref, parents, below)

    def _page(
        self,
        node: addnodes.toctree,
        title: str | None,
        page: str,
        parents: tuple[str, ...],
        below: Branch,
    ) -> Iterator[Entry]:
        depth = self.env.metadata[page].get("tocdepth", 0)
        toc = list(self.visible(self.env.tocs[page].children))
        if not toc:
            message = (
                "toctree contains reference to document %r that "
                "doesn't have a title: no link will be generated"
            )
            self._warn("no_title", message, page, location=node)
        grown = _Page(self, page, depth, (page, *parents))
        for entry in grown.entries(toc, 1, below):
            if title and len(toc) == 1 and not entry.anchor and entry.owner == page:
                # the title in the toctree takes precedence; the number is kept
                entry.reference = entry.reference.copy()
                entry.reference += nodes.Text(title)
            yield entry

    def visible(self, children: Iterable[nodes.Node]) -> Iterator[nodes.Element]:
        """Remove ``only`` nodes for other builds, and unwrap the others."""
        for child in children:
            if isinstance(child, addnodes.only):
                if self._wanted(child):
                    yield from self.visible(child.children)
            elif isinstance(child, nodes.Element):
                yield child

    def _wanted(self, node: addnodes.only) -> bool:
        try:
            return bool(self.tags.eval_condition(node["expr"]))
        except Exception:  # any exception of the expression; Sphinx has warned about it
            return True

    def _warn(self, subtype: str, message: str, *args: object, location: str | nodes.Node) -> None:
        key = message % args
        if self.warned is not None and key not in self.warned:
            self.warned.add(key)
            LOGGER.warning(message, *args, location=location, type="toc", subtype=subtype)


@dataclass(frozen=True, slots=True)
class _Page:
    """The list of sections and toctrees of one page."""

    grower: _Grower
    name: str
    maxdepth: int
    parents: tuple[str, ...]
    """The page and its ancestors."""

    def entries(
        self, children: Iterable[nodes.Element], depth: int, below: Branch
    ) -> Iterator[Entry]:
        """Return the entries of a list of sections and toctrees.

        :param depth: The nesting depth of the list in the page.
        """
        for node in children:
            if isinstance(node, addnodes.toctree):
                if not self._is_hidden(node):
                    yield from self.grower.toctree(node, self.parents, below)
            elif (link := node.next_node(nodes.reference)) is not None:
                entry = Entry(
                    below.level + 1,
                    below,
                    reference=link,
                    owner=self.name,
                    capped=self.maxdepth > 0,
                )
                self._fill(entry, list(self._nested(node, depth)), depth + 1)
                yield entry

    def _fill(self, entry: Entry, nested: list[nodes.Element], depth: int) -> None:
        if self.grower.titles_only:
            nested = list(self._toctrees(nested, depth))
        if nested:
            entry.entries = list(self.entries(nested, depth, entry))
            if not entry.entries:
                hidden = sum(map(self._is_hidden, nested))
                entry.void = not hidden
                if hidden == 1:  # Sphinx leaves out a list that contains only this
                    entry.entries = None

    def _nested(self, node: nodes.Element, depth: int) -> Iterator[nodes.Element]:
        """Return the entries in the list of an item, unless it is too deep."""
        if self.maxdepth <= 0 or depth < self.maxdepth:
            for child in node.children:
                if isinstance(child, nodes.bullet_list):
                    yield from self.grower.visible(child.children)

    def _toctrees(self, children: Iterable[nodes.Element], depth: int) -> Iterator[nodes.Element]:
        """Return the toctrees of a list, from all levels."""
        for node in children:
            if isinstance(node, addnodes.toctree):
                yield node
            else:
                yield from self._toctrees(self._nested(node, depth), depth + 1)

    def _is_hidden(self, node: nodes.Element) -> bool:
        return (
            isinstance(node, addnodes.toctree)
            and node.get("hidden", False)
            and not self.grower.includehidden
        )
