"""The Sphinx domain that resolves links between ExL pages.

Targets are paths, addresses and ids, each looked up in one step, without a search.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple, cast
from urllib.parse import quote

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.domains import Domain
from sphinx.errors import NoUri
from sphinx.util.nodes import clean_astext, make_refnode

from sphinx_ajo.base.pages import headings_of_page
from sphinx_ajo.base.problems import AjoWarnings
from sphinx_ajo.config import get_option
from sphinx_ajo.language.slugs import safe_id, slugify
from sphinx_ajo.language.suggestions import nearest_name
from sphinx_ajo.project.boundary import boundary_of
from sphinx_ajo.project.links import resolver_of
from sphinx_ajo.project.originals import RENAMED, UNPLACED, addresses_of, original_of
from sphinx_ajo.project.sites import original_page, page_at
from sphinx_ajo.site.set import from_page
from sphinx_ajo.site.urls.official import absolute
from sphinx_ajo.warnings_ import Group, warn

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from sphinx_ajo.site.set import Place
    from sphinx_ajo.site.urls.resolver import Target

ENVIRONMENT: Final = "ajo-environment-made"
"""The name of our event, emitted after the environment exists and before Sphinx looks for files."""

LINK_ATTRIBUTES = ("classes", "ids", "names", "reftitle")
"""The attributes that a resolved link keeps from the pending one."""

BOOKS = frozenset({"latex", "texinfo"})
"""The builders whose documents can lack pages, and whose links can lead to the web."""

TRANSLATED: Final = "source-git-commit"
"""A metadata entry that only translations have."""


class Link(NamedTuple):
    """The data of a link that is resolved."""

    path: str
    """Its path from the source directory; empty if it has only an address."""
    url: str
    """Its address on the official site; empty if it has only a path."""
    anchor: str
    titled: bool
    """Whether it has its own text."""


ORIGINAL_HAS_IT: Final = " (its original has it, but the headings of the two differ)"
"""The end of the warning about a link whose id only the original of the page has."""


class AjoDomain(Domain):
    """Pages and their ids.

    A link is a ``pending_xref`` with ``ajo_href`` (the target as written), ``ajo_path`` (its path
    from the source directory, or empty), ``ajo_anchor`` (an id, or empty) and optionally
    ``ajo_url`` (an address on the official site). Its ``reftarget`` must be the same in a
    translation.
    """

    name = "ajo"
    label = "Experience League"
    initial_data: ClassVar[dict[str, Any]] = {
        "anchors": {},
        "links": {},
        "slugs": {},
        "unplaced": {},
        "addresses": {},
        "outward": {},
    }
    data_version = 5

    def setup(self) -> None:
        """Emit :data:`ENVIRONMENT` before Sphinx looks for files."""
        super().setup()
        self.env.events.emit(ENVIRONMENT, self.env)

    @property
    def anchors(self) -> dict[str, dict[str, str]]:
        """The ids of each page, with the titles of their elements."""
        found: dict[str, dict[str, str]] = self.data.setdefault("anchors", {})
        return found

    @property
    def links(self) -> dict[str, set[Link]]:
        """The links of each page."""
        found: dict[str, set[Link]] = self.data.setdefault("links", {})
        return found

    @property
    def slugs(self) -> dict[str, dict[str, str]]:
        """For each page, the automatic id of each heading → its real id."""
        found: dict[str, dict[str, str]] = self.data.setdefault("slugs", {})
        return found

    @property
    def unplaced(self) -> dict[str, frozenset[str]]:
        """The ids of headings in the original of a page that could not be assigned in the page."""
        found: dict[str, frozenset[str]] = self.data.setdefault("unplaced", {})
        return found

    @property
    def addresses(self) -> dict[str, set[str]]:
        """The official addresses in each page, whether they belong to our pages or not."""
        found: dict[str, set[str]] = self.data.setdefault("addresses", {})
        return found

    @property
    def outward(self) -> dict[str, frozenset[str]]:
        """The official addresses to which links of each page are resolved."""
        found: dict[str, frozenset[str]] = self.data.setdefault("outward", {})
        return found

    def note_address(self, docname: str, url: str) -> None:
        """Record that a page contains an address on the official site."""
        self.addresses.setdefault(docname, set()).add(url)

    def clear_doc(self, docname: str) -> None:
        """Forget a page."""
        for key in self.initial_data:
            self.data[key].pop(docname, None)

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Merge the data of another process."""
        for key in self.initial_data:
            theirs = otherdata[key]
            self.data[key].update({name: theirs[name] for name in docnames if name in theirs})

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Record the ids and the links of a page."""
        self.anchors[docname] = {id_: _title(node) for id_, node in document.ids.items()}
        links = {
            Link(
                node["ajo_path"],
                node.get("ajo_url", ""),
                node["ajo_anchor"],
                bool(node.children and node[0].children),
            )
            for node in document.findall(pending_xref)
            if node.get("refdomain") == self.name
        }
        if links:
            self.links[docname] = links
        urls = (str(node.get("refuri", "")) for node in document.findall(nodes.reference))
        if outward := frozenset(filter(absolute, urls)):
            self.outward[docname] = outward
        slugs = {slug: node["ids"][0] for _, node, slug in headings_of_page(env)[::-1] if slug}
        if slugs:
            self.slugs[docname] = slugs
        if unplaced := env.temp_data.get(UNPLACED):
            self.unplaced[docname] = unplaced

    def find(self, link: Link) -> tuple[str, str] | None:
        """Find the final target of a link.

        :returns: The page and the id there, which is empty if the id does not exist; ``None`` if
            there is no page.
        """
        found = resolver_of(self.env).resolve(link.path, link.url)
        return None if found is None else self.place(found, link.anchor)

    def elsewhere(self, link: Link) -> Place | None:
        """Find the target of a link that leads to no page of the project.

        :returns: The page of another site, if there is one.
        """
        url = link.url or addresses_of(self.env).get(link.path, "")
        place = page_at(self.env, _with_anchor(url, link.anchor)) if url else None
        return place or original_page(self.env, link.path, link.anchor)

    def _place(self, target: Target, anchor: str) -> tuple[str, str, str]:
        """Return the page, the id to link to, and the requested id if the page lacks it."""
        anchor = target.anchor or anchor
        anchors = self.anchors.get(target.docname, {})
        if anchor and anchor not in anchors and safe_id(anchor) in anchors:
            anchor = safe_id(anchor)
        if anchor and anchor not in anchors:
            slug = self.slugs.get(target.docname, {}).get(anchor)
            return target.docname, slug or self._similar(target.docname, anchor), anchor
        return target.docname, anchor, ""

    def _similar(self, docname: str, anchor: str) -> str:
        """Return the id on a page that differs from another only in case or punctuation, if any."""
        wanted = {anchor.casefold(), slugify(anchor)}
        return next((id_ for id_ in self.anchors.get(docname, ()) if id_.casefold() in wanted), "")

    def title(self, docname: str, anchor: str) -> str:
        """Return the text of a link without one.

        :param anchor: The id there, or empty.
        """
        title = self.anchors.get(docname, {}).get(anchor)
        return title or self.env.titles[docname].astext()

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        _typ: str,
        _target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference:
        """Resolve a link.

        :returns: The reference, which leads to an address if it is not one of our pages; the
            content if there is no such page.
        """
        href, anchor, url = node["ajo_href"], node["ajo_anchor"], node.get("ajo_url", "")
        found = resolver_of(env).resolve(node["ajo_path"], url)
        if found is None:
            return self._refer_outside(builder, fromdocname, node, contnode)
        if not found.exact:
            message = "%r differs in case or blanks from the page %r; the link leads there"
            args = (href, found.docname)
            warn(AjoWarnings.LINK_CASE, message, *args, location=node, page=fromdocname)
        if found.moved:
            message = "the page %r has moved, as redirects.csv says; the link leads to %r"
            args = (href, found.docname)
            warn(AjoWarnings.LINK_MOVED, message, *args, location=node, page=fromdocname)
        if other := self.renamed(fromdocname, found, node["ajo_path"], anchor):
            message = "no id %r on page %r; the link leads to %r, as that of the original does"
            names = (anchor, found.docname, other)
            warn(AjoWarnings.LINK_ANCHOR, message, *names, location=node, page=fromdocname)
        return self.refer(builder, fromdocname, found, other or anchor, node, contnode)

    def renamed(self, docname: str, found: Target, path: str, anchor: str) -> str:
        """Find the current name of an id in a link with an old name.

        :returns: The id of the corresponding link in the original, if the page has that id.
        """
        other = RENAMED.of(self.env).get(docname, {}).get((path, anchor), "")
        if not other or self.place(found, anchor)[1] or not self.place(found, other)[1]:
            return ""
        return other

    def _refer_outside(
        self, builder: Builder, fromdocname: str, node: pending_xref, contnode: nodes.Element
    ) -> nodes.reference:
        """Refer to a target that is not a page of the project, or keep the text of the link."""
        env = self.env
        href, anchor, url = node["ajo_href"], node["ajo_anchor"], node.get("ajo_url", "")
        if not url and (url := resolver_of(env).elsewhere(node["ajo_path"])):
            url = _with_anchor(url, anchor)
        if url:
            return _reference(node, contnode, url)
        place = original_page(env, node["ajo_path"], anchor)
        address = place.address if place else addresses_of(env).get(node["ajo_path"], "")
        if address:
            message = "the page %r is not translated; the link leads to the original, %s"
            args = (href, address)
            warn(AjoWarnings.UNTRANSLATED, message, *args, location=node, page=fromdocname)
            if place:
                return self.refer_to_site(builder, fromdocname, place, node, contnode)
            return _reference(node, contnode, f"{address}#{anchor}" if anchor else address)
        warn(*_missing(env, node), location=node, page=fromdocname)
        # Sphinx inserts the result; with None it would search, and warn again with -n
        return cast("nodes.reference", contnode)

    def refer_to_site(
        self,
        builder: Builder,
        fromdocname: str,
        place: Place,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference:
        """Create the reference to a page of another site.

        :param contnode: A copy of its content; if it is empty, it gets the title of the page.
        """
        warn_of_element(place, node, fromdocname)
        if not contnode.children:
            contnode += nodes.Text(place.page.title)
        uri = builder.get_target_uri(fromdocname)
        return _reference(node, contnode, from_page(uri, place.address))

    def refer(
        self,
        builder: Builder,
        fromdocname: str,
        found: Target,
        anchor: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference:
        """Create the reference to the page of a link.

        :param anchor: The requested id there, or empty.
        :param contnode: A copy of its content; if it is empty, it gets the title of the page.
        :raises NoUri: If the page is neither in the output nor on the official site.
        """
        target, anchor, missing = self._place(found, anchor)
        if missing:
            self._warn_of_anchor(self.env, fromdocname, target, missing, anchor, node)
        if not contnode.children:
            contnode += nodes.Text(self.title(target, anchor))
        try:
            reference = make_refnode(builder, fromdocname, target, anchor, contnode)
        except NoUri:
            # the page is not in this book
            address = resolver_of(self.env).official.url(target)
            if not address or builder.name not in BOOKS:
                raise
            return _reference(node, contnode, _with_anchor(address, anchor))
        return _with_attributes(reference, node)

    def place(self, target: Target, anchor: str) -> tuple[str, str]:
        """Find the final target of a link to a page.

        :param anchor: The requested id there, or empty.
        :returns: The page and the id there, which is empty if the id does not exist.
        """
        return self._place(target, anchor)[:2]

    def _warn_of_anchor(
        self,
        env: BuildEnvironment,
        page: str,
        docname: str,
        anchor: str,
        mended: str,
        node: pending_xref,
    ) -> None:
        """Warn about a link to a missing id, and say where it leads instead."""
        args = [anchor, docname]
        group = None
        if mended:
            message = "no id %r on page %r, where that heading has the id %r; the link leads there"
            args.append(mended)
        else:
            message = "no heading or id %r on page %r; the link leads to the top of that page"
            if nearest := nearest_name(anchor, self.anchors.get(docname, ())):
                message += "; did you mean %r?"
                args.append(nearest)
            else:
                reason = self._reason(env, docname, anchor)
                message += reason
                group = _group_of_anchors(docname, reason, anchor)
        warn(AjoWarnings.LINK_ANCHOR, message, *args, location=node, page=page, group=group)

    def _reason(self, env: BuildEnvironment, docname: str, anchor: str) -> str:
        if anchor in self.unplaced.get(docname, ()):
            return ORIGINAL_HAS_IT
        if (
            TRANSLATED in env.metadata[docname]
            and original_of(env) is None
            and get_option(env.config, "original") is None
        ):
            return " (is it an id of the original? see ajo_original)"
        return ""

    def resolve_any_xref(self, *_args: Any, **_kwargs: Any) -> list[tuple[str, nodes.reference]]:
        """Resolve nothing: ``any`` roles do not lead to ExL pages."""
        return []


def ajo_domain(env: BuildEnvironment) -> AjoDomain:
    """Return our domain."""
    return cast("AjoDomain", env.domains[AjoDomain.name])


def warn_of_element(place: Place, node: nodes.Element, page: str) -> None:
    """Warn about a link to an element that a page of another site does not have."""
    if place.missing:
        where = f"{place.page.name} ({place.site.name})"
        message = "no heading or id %r on page %r; the link leads to the top of that page"
        group = _group_of_anchors(where, "", place.missing)
        args = (place.missing, where)
        warn(AjoWarnings.LINK_ANCHOR, message, *args, location=node, page=page, group=group)


def _group_of_anchors(docname: str, reason: str, anchor: str) -> Group:
    """Return the common warning for all links to missing ids of one page."""
    where = docname.replace("%", "%%")
    message = (
        f"%(count)d links name ids that page '{where}' does not have, such as %(samples)s; they "
        f"lead to the top of that page{reason}; -D ajo_warnings=all lists each"
    )
    return Group(f"{AjoWarnings.LINK_ANCHOR.value} {docname}{reason}", message, anchor)


def _missing(
    env: BuildEnvironment, node: pending_xref
) -> tuple[AjoWarnings, str, *tuple[str, ...]]:
    """Return the problem of a link without a page: warning, message and values."""
    path = os.path.join(env.srcdir, node["ajo_path"])  # noqa: PTH118 (also what no file is called)
    href = node["ajo_href"]
    if not href:
        message = "this link has no target, only %r; the text stays"
        return AjoWarnings.LINK_MISSING, message, node.astext()
    if boundary_of(env).is_left_by(path):
        message = "%r leads outside the repository; the text of the link stays"
        return AjoWarnings.OUTSIDE, message, href
    message = "no page or file %r; the text of the link stays"
    if os.path.isdir(path):  # noqa: PTH112
        message = "the folder %r has no page of its own; the text of the link stays"
    elif os.path.isfile(path):  # noqa: PTH113
        message = "%r is a file, but not a page of this site; the text of the link stays"
    elif elsewhere := resolver_of(env).pages.namesake(node["ajo_path"]):
        return AjoWarnings.LINK_MISSING, f"{message}; did you mean page %r?", href, elsewhere
    return AjoWarnings.LINK_MISSING, message, href


def _reference(node: pending_xref, content: nodes.Element, url: str) -> nodes.reference:
    """Build a link to an address, as MyST does."""
    if not content.children:
        content += nodes.Text(url)
    reference = nodes.reference("", "", *content.children, refuri=url)
    reference.source, reference.line = node.source, node.line
    return _with_attributes(reference, node)


def _with_anchor(url: str, anchor: str) -> str:
    return f"{url}#{quote(anchor)}" if anchor else url


def _with_attributes(reference: nodes.reference, node: pending_xref) -> nodes.reference:
    for name in LINK_ATTRIBUTES:
        if name in node:
            reference[name] = node[name]
    return reference


def _title(node: nodes.Element) -> str:
    """Return the text for links to a node that have no text."""
    title = node.next_node(nodes.title) if isinstance(node, nodes.section) else node
    if not isinstance(title, (nodes.title, nodes.rubric)):
        return ""
    # clean_astext copies the title, to remove images and raw output
    is_plain = all(isinstance(child, nodes.Text) for child in title.children)
    return title.astext() if is_plain else clean_astext(title)


def setup_domain(app: Sphinx) -> None:
    """Register the domain."""
    app.add_domain(AjoDomain)
