"""The Sphinx domain that resolves links between ExL pages.

Targets are document names and ids, each looked up in one step; nothing is searched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from docutils import nodes
from sphinx.domains import Domain
from sphinx.util.nodes import clean_astext, make_refnode

from sphinx_ajo.warnings_ import AjoWarnings, warn

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

LINK_ATTRIBUTES = ("classes", "ids", "names", "reftitle")
"""What a resolved link keeps of the pending one."""


class AjoDomain(Domain):
    """Pages and their ids.

    A link is a ``pending_xref`` with ``reftarget`` (a document name), ``ajo_anchor`` (an id, or
    nothing) and ``ajo_href`` (the target as written).
    """

    name = "ajo"
    label = "Experience League"
    initial_data: ClassVar[dict[str, Any]] = {"anchors": {}}
    data_version = 1

    @property
    def anchors(self) -> dict[str, dict[str, str]]:
        """The ids of each page, with the title of what they stand for."""
        found: dict[str, dict[str, str]] = self.data.setdefault("anchors", {})
        return found

    def clear_doc(self, docname: str) -> None:
        """Forget a page.

        :param docname: Its name.
        """
        self.anchors.pop(docname, None)

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process has read.

        :param docnames: The pages it has read.
        :param otherdata: The data of its domain.
        """
        theirs = otherdata["anchors"]
        self.anchors.update({name: theirs[name] for name in docnames if name in theirs})

    def process_doc(self, _env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Note the ids of a page.

        :param docname: Its name.
        :param document: Its tree.
        """
        self.anchors[docname] = {id_: _title(node) for id_, node in document.ids.items()}

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        _typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference:
        """Resolve a link.

        :param env: The build environment.
        :param fromdocname: The page it stands on.
        :param builder: The builder.
        :param target: The page it leads to.
        :param node: The link.
        :param contnode: A copy of its content.
        :returns: The reference; the content if there is no such page.
        """
        anchor = node["ajo_anchor"]
        if target not in env.all_docs:
            warn(
                AjoWarnings.LINK_MISSING,
                "no page or file %r; the text of the link stays",
                node["ajo_href"],
                location=node,
            )
            # Sphinx puts in what it is given; None would make it search, and warn again with -n
            return cast("nodes.reference", contnode)
        if anchor and anchor not in self.anchors.get(target, ()):
            warn(
                AjoWarnings.LINK_ANCHOR,
                "no heading or id %r on page %r; the link leads to the top of that page",
                anchor,
                target,
                location=node,
            )
            anchor = ""
        if not contnode.children:
            title = self.anchors[target].get(anchor) or env.titles[target].astext()
            contnode += nodes.Text(title)
        reference = make_refnode(builder, fromdocname, target, anchor, contnode)
        for name in LINK_ATTRIBUTES:
            if name in node:
                reference[name] = node[name]
        return reference

    def resolve_any_xref(self, *_args: Any, **_kwargs: Any) -> list[tuple[str, nodes.reference]]:
        """Take no part in the search for targets.

        :returns: Nothing.
        """
        return []


def _title(node: nodes.Element) -> str:
    """Return what a link to a node shows if it has no text of its own."""
    title = node.next_node(nodes.title) if isinstance(node, nodes.section) else node
    return clean_astext(title) if isinstance(title, (nodes.title, nodes.rubric)) else ""


def setup_domain(app: Sphinx) -> None:
    """Register the domain.

    :param app: The Sphinx application.
    """
    app.add_domain(AjoDomain)
