"""The Sphinx domain of articles: pages identified by their ``exl-id``.

An id never changes and is the same in all translations, so a link by id survives moves. Through an
inventory, it leads to any site that has the article.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.domains import Domain, ObjType
from sphinx.roles import XRefRole

from sphinx_ajo.language.encodings import read_text
from sphinx_ajo.language.front_matter import read_page_front_matter
from sphinx_ajo.language.identities import IDENTITY, join_target, normal_id, split_target
from sphinx_ajo.project.domain import AjoDomain
from sphinx_ajo.project.sites import article_elsewhere
from sphinx_ajo.site.urls.resolver import Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment


class ArticleLink(NamedTuple):
    """A link to an article."""

    id: str
    anchor: str
    titled: bool
    """Whether it has its own text."""


class ArticleRole(XRefRole):
    """The role ``exl:page``: ``ID``, ``ID#anchor`` or ``text <ID#anchor>``."""

    def process_link(
        self,
        _env: BuildEnvironment,
        _refnode: nodes.Element,
        _has_explicit_title: bool,
        title: str,
        target: str,
    ) -> tuple[str, str]:
        """Parse the target of the role.

        :returns: The text, and the target in the form of links.
        """
        return title, join_target(*split_target(target))


class ArticleDomain(Domain):
    """The articles of a project by their ids."""

    name = "exl"
    label = "Experience League articles"
    object_types: ClassVar[dict[str, ObjType]] = {"page": ObjType("page", "page")}
    roles: ClassVar[dict[str, Any]] = {
        "page": ArticleRole(innernodeclass=nodes.inline, warn_dangling=True)
    }
    initial_data: ClassVar[dict[str, Any]] = {"ids": {}, "links": {}, "shown": {}}
    data_version = 0

    _pages: dict[str, str] | None = None

    @property
    def ids(self) -> dict[str, str]:
        """The id of each page that has one."""
        found: dict[str, str] = self.data["ids"]
        return found

    @property
    def links(self) -> dict[str, frozenset[ArticleLink]]:
        """The links of each page with links."""
        found: dict[str, frozenset[ArticleLink]] = self.data["links"]
        return found

    @property
    def pages(self) -> dict[str, str]:
        """The page of each id; of several pages, the one whose name comes first."""
        if self._pages is None:
            self._pages = {self.ids[name]: name for name in sorted(self.ids, reverse=True)}
        return self._pages

    def note(self, docname: str, document: nodes.document) -> None:
        """Record the id and the links of a page.

        :param document: Its tree; its metadata has been collected.
        """
        if id_ := normal_id(str(self.env.metadata[docname].get(IDENTITY, ""))):
            self.ids[docname] = id_
            self._pages = None
        links = frozenset(
            ArticleLink(*split_target(node["reftarget"]), bool(node["refexplicit"]))
            for node in document.findall(pending_xref)
            if node.get("refdomain") == self.name
        )
        if links:
            self.links[docname] = links

    def clear_doc(self, docname: str) -> None:
        """Forget a page."""
        self.ids.pop(docname, None)
        self.links.pop(docname, None)
        self._pages = None

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Merge the data of another process."""
        for key in ("ids", "links"):
            theirs = otherdata[key]
            self.data[key].update({name: theirs[name] for name in docnames if name in theirs})
        self._pages = None

    def shared(self) -> Iterator[tuple[str, str, str]]:
        """Yield each page with the id of another page: its name, the id, and the other page."""
        for docname, id_ in sorted(self.ids.items()):
            if self.pages[id_] != docname:
                yield docname, id_, self.pages[id_]

    def targets(self, docname: str) -> list[str]:
        """Return the targets and texts of the links of a page."""
        return sorted(map(self._target, self.links.get(docname, ())))

    def _target(self, link: ArticleLink) -> str:
        found = self.pages.get(link.id)
        if found is None:
            place = article_elsewhere(self.env, link.id, link.anchor)
            title = "" if place is None or link.titled else place.page.title
            return f"{place.address}\1{title}" if place else f"{link.id}?"
        domain = links_domain(self.env)
        target, anchor = domain.place(Target(found), link.anchor)
        title = "" if link.titled else domain.title(target, anchor)
        return f"{target}#{anchor}\1{title}"

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        _typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference | None:
        """Resolve a link.

        :param target: The id of an article, and optionally that of an element of it.
        :returns: The reference; ``None`` if no page has the id.
        """
        id_, anchor = split_target(target)
        docname = self.pages.get(id_)
        place = None if docname else article_elsewhere(env, id_, anchor)
        if not node.get("refexplicit", True) and (docname or place):
            contnode.clear()  # for the title of the page
        domain = links_domain(env)
        if place is not None:
            return domain.refer_to_site(builder, fromdocname, place, node, contnode)
        if docname is None:
            return None
        return domain.refer(builder, fromdocname, Target(docname), anchor, node, contnode)

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.reference]]:
        """Resolve a link of the role ``any``.

        :returns: The reference, if a page has such an id.
        """
        found = self.resolve_xref(env, fromdocname, builder, "", target, node, contnode)
        return [] if found is None else [(f"{self.name}:page", found)]

    def get_objects(self) -> Iterable[tuple[str, str, str, str, str, int]]:
        """Yield the articles for inventories.

        :returns: Name, title, type, page and anchor of each; searches do not find them.
        """
        for id_, docname in sorted(self.pages.items()):
            if not any(map(str.isspace, id_)):  # an inventory cannot contain these
                yield id_, self.env.titles[docname].astext(), "page", docname, "", -1


def links_domain(env: BuildEnvironment) -> AjoDomain:
    """Return the domain with the elements of each page."""
    domain = env.domains[AjoDomain.name]
    assert isinstance(domain, AjoDomain)  # noqa: S101 (for the type checker)
    return domain


def articles_of(env: BuildEnvironment) -> ArticleDomain:
    """Return the articles of a project."""
    domain = env.domains[ArticleDomain.name]
    assert isinstance(domain, ArticleDomain)  # noqa: S101 (for the type checker)
    return domain


def line_of_id(path: Path) -> int:
    """Return the line of the ``exl-id`` in a file, counted from 1; the first one if it has none."""
    return read_page_front_matter(read_text(path)).lines.get(IDENTITY, 1)
