"""Bring the navigation of a repository into Sphinx."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from sphinx_ajo.assets import note_use
from sphinx_ajo.constructs.landing_cards.nodes import ajo_card, ajo_card_grid, ajo_card_title
from sphinx_ajo.domain import AjoDomain
from sphinx_ajo.guard import boundary_of
from sphinx_ajo.increments.ledger import keeps_ledger
from sphinx_ajo.originals.state import original_of
from sphinx_ajo.repository import repository_of
from sphinx_ajo.toc.project import DIRECTIVE, RepositoryProject
from sphinx_ajo.toc.site import Site
from sphinx_ajo.toc.state import description_of, site_of
from sphinx_ajo.toc.unlisted import setup_unlisted
from sphinx_ajo.toc.untitled import setup_untitled
from sphinx_ajo.warnings_ import AjoWarnings, warn

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_ajo.toc.site import Link


_PROBLEMS: Final = {
    "link": (
        AjoWarnings.TOC_MISSING,
        "no page %r; the entry is left out of the navigation",
    ),
    "address": (
        AjoWarnings.LINK_UNSAFE,
        "the address %r has a scheme that is not allowed; the entry is left out of the navigation",
    ),
    "case": (
        AjoWarnings.LINK_CASE,
        "%r is spelled otherwise than the page; the entry leads there",
    ),
    "group": (
        AjoWarnings.TOC_ENTRY,
        "the group %r has no entries; it is left out of the navigation",
    ),
    "line": (
        AjoWarnings.TOC_ENTRY,
        "this line is no entry; it is left out of the navigation: %r",
    ),
    "id": (
        AjoWarnings.TOC_ENTRY,
        "the id %r cannot be the name of a folder; the page of the group lies in another one",
    ),
}
"""What is said of each kind of problem."""


def toctree(docname: str, entries: Iterable[Link]) -> nodes.compound:
    """Build a hidden toctree.

    :param docname: The page it stands on.
    :param entries: Titles, each with a page or an address.
    :returns: The node that Sphinx's own directive builds.
    """
    entries = list(entries)
    node = addnodes.toctree(
        parent=docname,
        entries=entries,
        includefiles=[target for _, target in entries if "://" not in target],
        maxdepth=-1,
        caption=None,
        glob=False,
        hidden=True,
        includehidden=False,
        numbered=0,
        titlesonly=True,
        rawentries=[],
    )
    return nodes.compound("", node, classes=["toctree-wrapper"])


class ajo_entry_title(nodes.inline, addnodes.translatable):  # noqa: N801
    """The title of an entry of ``TOC.md``, no Markdown; ``original`` before it is translated."""

    def preserve_original_messages(self) -> None:
        """Keep the title for translators."""
        self.setdefault("original", self.astext())

    def apply_translated_message(self, original_message: str, translated_message: str) -> None:
        """Put the translation in place.

        :param original_message: The title that was translated.
        :param translated_message: Its translation.
        """
        if self["original"] == original_message:
            self[:] = [nodes.Text(translated_message)]

    def extract_original_messages(self) -> Sequence[str]:
        """Return what translators get.

        :returns: The title.
        """
        return [self["original"]] if self.get("original") else []


class ajo_description(nodes.paragraph):  # noqa: N801 (writers dispatch on the name)
    """The description of another page: ``docname``."""


def _set_toc_line(env: BuildEnvironment, node: nodes.Node) -> None:
    """Let a node tell which ``TOC.md`` its texts stand in: translators get its name."""
    page = site_of(env).pages.get(env.docname)
    if page is not None:
        node.source, node.line = str(Path(env.srcdir, page.path)), page.line


class TocDirective(SphinxDirective):
    """The content of a generated page: its entries as cards, and as a toctree."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Build the cards.

        :returns: A grid of cards and a hidden toctree.
        """
        entries: list[Link] = [tuple(item) for item in json.loads("\n".join(self.content))]
        note_use(self.env)
        grid = ajo_card_grid(classes=["ajo-toc"])
        self.set_source_info(grid)
        for title, target in entries:
            grid += self._card(title, target)
        if not entries:
            return []
        tree = toctree(self.env.docname, entries)
        _set_toc_line(self.env, tree[0])
        return [grid, tree]

    def _card(self, title: str, target: str) -> ajo_card:
        label = ajo_entry_title("", title)
        link: nodes.Element
        if "://" in target:
            link = nodes.reference("", "", label, refuri=target)
        else:
            link = addnodes.pending_xref(
                "",
                label,
                refdomain=AjoDomain.name,
                reftype="page",
                reftarget=target,
                refdoc=self.env.docname,
                refexplicit=True,
                ajo_path=target,
                ajo_anchor="",
                ajo_href=target,
            )
        # not as Markdown, as other paragraphs are: its title is translated, see above
        heading = ajo_card_title("", "", link, translatable=False)
        card = ajo_card("", heading)
        if "://" not in target:
            card += ajo_description("", docname=target, translatable=False)
        for node in (link, heading, card):
            self.set_source_info(node)
        _set_toc_line(self.env, label)
        return card


class TocTransform(SphinxTransform):
    """Give a page that has entries below it in ``TOC.md`` its toctree."""

    # before Sphinx keeps the messages of all toctrees (PreserveTranslatableMessages, 10), and
    # translates them (Locale, 20)
    default_priority = 5

    def apply(self, **_kwargs: Any) -> None:
        """Append the toctree."""
        site = site_of(self.env)
        docname = self.env.docname
        page = site.pages.get(docname)
        # all that is below it may be hidden
        if page is not None and page.entries and not page.generated:
            section = next(iter(self.document.findall(nodes.section)), self.document)
            tree = toctree(docname, page.entries)
            _set_toc_line(self.env, tree[0])
            section.append(tree)
        if docname in site.hidden:
            # it is reachable by its address: no reason to warn
            self.env.metadata[docname].setdefault("orphan", "")


class DescriptionTransform(SphinxPostTransform):
    """Fill in what other pages say of themselves."""

    default_priority = 100

    def run(self, **_kwargs: Any) -> None:
        """Replace each description by the text of that page."""
        for node in list(self.document.findall(ajo_description)):
            if text := description_of(self.env, node["docname"]):
                node.replace_self(nodes.paragraph("", text))
            else:
                node.parent.remove(node)


def _use_repository(app: Sphinx) -> None:
    """Let Sphinx see the generated pages."""
    repository = repository_of(app)
    if repository is None or app.config.ajo_dialect == "mixed":
        app.env.ajo_site = None  # type: ignore[attr-defined]
        return
    project = RepositoryProject(
        Path(app.srcdir),
        app.config.source_suffix,
        repository=repository,
        folder=Path(app.doctreedir) / "ajo",
        root_doc=app.config.root_doc,
        title=app.config.project,
        known=app.env.__dict__.setdefault("ajo_heads", {}),
        original=original_of(app.env),
    )
    project.guard(app, boundary_of(app.env))
    project.reports = True
    project.restore(app.project)
    # builders look at the files of all pages that are known, before these are looked for again
    project.site = site_of(app.env)
    app.project = app.env.project = project


def _outdated(
    app: Sphinx,
    env: BuildEnvironment,
    _added: AbstractSet[str],
    _changed: AbstractSet[str],
    _removed: AbstractSet[str],
) -> list[str]:
    """Name the pages whose place in the navigation has changed."""
    new = getattr(app.project, "site", None) or Site()
    old = site_of(env)
    env.ajo_site = new  # type: ignore[attr-defined]
    if isinstance(app.project, RepositoryProject):
        app.project.changed = new.pages != old.pages
    if new.problems != old.problems:
        _report(app, new)
    names = {name for name, page in (new.pages | old.pages).items() if not page.generated}
    changed = {name for name in names if _entries(new, name) != _entries(old, name)}
    return sorted((changed | (new.hidden ^ old.hidden)) & env.found_docs)


def _entries(site: Site, name: str) -> list[Link]:
    page = site.pages.get(name)
    return page.entries if page else []


def _updated(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Name the pages to be written again: all of them if the navigation has changed.

    Where more is known of what pages show (:mod:`sphinx_ajo.increments`), just that counts.
    """
    if keeps_ledger(app):
        return ()
    changed = isinstance(app.project, RepositoryProject) and app.project.changed
    return sorted(env.all_docs) if changed else ()


def _report(app: Sphinx, site: Site) -> None:
    for problem in site.problems:
        location = f"{Path(app.srcdir) / problem.path}:{problem.line}"
        warn(*_PROBLEMS[problem.kind], problem.target, location=location)


def setup_toc(app: Sphinx) -> None:
    """Register what the navigation needs.

    :param app: The Sphinx application.
    """
    app.add_node(ajo_description)
    app.add_node(ajo_entry_title)
    app.add_directive(DIRECTIVE, TocDirective)
    setup_untitled(app)
    app.add_transform(TocTransform)
    app.add_post_transform(DescriptionTransform)
    # the environment is there, and nothing has been looked for yet
    app.connect("builder-inited", _use_repository)
    app.connect("env-get-outdated", _outdated)
    app.connect("env-get-updated", _updated)
    setup_unlisted(app)
