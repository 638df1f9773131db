"""Turn the navigation of a repository into toctrees."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from sphinx_ajo.base.assets import note_use
from sphinx_ajo.base.problems import AjoWarnings
from sphinx_ajo.build.toc.project import DIRECTIVE, RepositoryProject, keeps_ledger
from sphinx_ajo.build.toc.unlisted import setup_unlisted
from sphinx_ajo.build.toc.untitled import setup_untitled
from sphinx_ajo.config import get_limits
from sphinx_ajo.constructs.landing_cards.nodes import ajo_card, ajo_card_grid, ajo_card_title
from sphinx_ajo.language.paths import local_path
from sphinx_ajo.project.boundary import boundary_of
from sphinx_ajo.project.contents import contents_of
from sphinx_ajo.project.domain import AjoDomain
from sphinx_ajo.project.navigation import description_of, site_of
from sphinx_ajo.project.originals import original_of
from sphinx_ajo.project.repository import has_root, repository_of
from sphinx_ajo.project.state import state_of
from sphinx_ajo.site.repository import plain_repository
from sphinx_ajo.site.toc.site import Site
from sphinx_ajo.site.urls.pages import Pages
from sphinx_ajo.warnings_ import LOGGER, warn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_ajo.site.repository import Repository
    from sphinx_ajo.site.toc.site import Link


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
        "%r differs in case or blanks from the page; the entry leads there",
    ),
    "group": (
        AjoWarnings.TOC_ENTRY,
        "the group %r has no entries; it is left out of the navigation",
    ),
    "line": (
        AjoWarnings.TOC_ENTRY,
        "this line is not an entry; it is left out of the navigation: %r",
    ),
    "id": (
        AjoWarnings.TOC_ENTRY,
        "the id %r cannot be the name of a folder; the folder of the group gets another name",
    ),
    "absent": (
        AjoWarnings.TOC_ABSENT,
        (
            "%r has no TOC.md, so the start page and the navigation list its pages by folder; "
            "write a TOC.md to choose titles and order"
        ),
    ),
}
"""The warning for each kind of problem."""

_LIMITS: Final = {
    "toc_entries": "more than %d lines of entries; what follows is left out of the navigation",
    "toc_groups": "more than %d groups; this group and later ones get no page of their own",
    "toc_depth": "more than %d levels; deeper entries move up to the deepest level",
    "toc_line": "a line of more than %d characters; the rest of it is left out",
}
"""The warnings for a ``TOC.md`` that exceeds a limit."""

_PLAIN: Final = (
    "%s has no start page and no TOC.md; a start page is generated that lists its pages by folder"
)

_EMPTY: Final = "no page in %s: pages are files in it or below it whose names end in %s"


def toctree(docname: str, entries: Iterable[Link]) -> nodes.compound:
    """Build a hidden toctree.

    :param entries: Titles, each with a page or an address.
    :returns: The node that Sphinx's own directive builds.
    """
    entries = list(entries)
    node = addnodes.toctree(
        parent=docname,
        entries=[(title or None, target) for title, target in entries],
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
    """The title of a ``TOC.md`` entry, without Markdown; ``original``: before translation."""

    def preserve_original_messages(self) -> None:
        """Keep the original title for translators."""
        self.setdefault("original", self.astext())

    def apply_translated_message(self, original_message: str, translated_message: str) -> None:
        """Insert the translation."""
        if self["original"] == original_message:
            self[:] = [nodes.Text(translated_message)]

    def extract_original_messages(self) -> Sequence[str]:
        """Return the messages for translators."""
        return [self["original"]] if self.get("original") else []


class ajo_description(nodes.paragraph):  # noqa: N801 (writers dispatch on the name)
    """The description of another page: ``docname``."""


def _set_toc_line(env: BuildEnvironment, node: nodes.Node) -> None:
    """Set the ``TOC.md`` as the source of a node, because translators see its name."""
    page = site_of(env).pages.get(env.docname)
    if page is not None:
        node.source, node.line = str(Path(env.srcdir, page.path)), page.line


class TocDirective(SphinxDirective):
    """A directive for the content of a generated page: its entries as cards, and as a toctree."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Build the cards.

        :returns: A grid of cards and a hidden toctree.
        """
        content = json.loads("\n".join(self.content))
        within = content.get("within", {}) if isinstance(content, dict) else {}
        entries = _links(content["entries"] if isinstance(content, dict) else content)
        source, line = self.get_source_info()
        if not entries:
            return []
        below = {name: _links(items) for name, items in within.items()}
        return listing(self.env, entries, source, line, below)


def _links(items: Iterable[Iterable[str]]) -> list[Link]:
    return [(title, target) for title, target in items]


def listing(
    env: BuildEnvironment,
    entries: Sequence[Link],
    source: str,
    line: int,
    within: Mapping[str, Sequence[Link]],
) -> list[nodes.Node]:
    """Build the content that shows the entries below a page on that page.

    :param env: The build environment, reading the page.
    :param entries: Titles, each with a page or an address.
    :param within: The child entries of pages that are shown in their cards.
    :returns: A grid of cards and a hidden toctree.
    """
    note_use(env)
    grid = ajo_card_grid(classes=["ajo-toc"])
    grid.source, grid.line = source, line
    for title, target in entries:
        card = _card(env, title, target, source, line)
        if target in within:
            card += _list(env, within[target], source, line, within)
        grid += card
    tree = toctree(env.docname, entries)
    _set_toc_line(env, tree[0])
    return [grid, tree]


def _list(
    env: BuildEnvironment,
    entries: Sequence[Link],
    source: str,
    line: int,
    within: Mapping[str, Sequence[Link]],
) -> nodes.bullet_list:
    """Build a list of the contents of a folder; its depth is limited like that of groups."""
    found = nodes.bullet_list()
    for title, target in entries:
        paragraph = nodes.paragraph("", "", _link(env, title, target, source, line))
        paragraph["translatable"] = False
        item = nodes.list_item("", paragraph)
        if target in within:
            item += _list(env, within[target], source, line, within)
        found += item
    for node in found.findall():
        if isinstance(node, (nodes.bullet_list, nodes.list_item, nodes.paragraph)):
            node.source, node.line = source, line
    return found


def _card(env: BuildEnvironment, title: str, target: str, source: str, line: int) -> ajo_card:
    link = _link(env, title, target, source, line)
    # not parsed as Markdown, unlike other paragraphs: its title is translated, see above
    heading = ajo_card_title("", "", link, translatable=False)
    card = ajo_card("", heading)
    if "://" not in target:
        card += ajo_description("", docname=target, translatable=False)
    for node in (heading, card):
        node.source, node.line = source, line
    return card


def _link(env: BuildEnvironment, title: str, target: str, source: str, line: int) -> nodes.Element:
    # when the link is resolved, an empty text becomes the title of the page
    label = ajo_entry_title("", title) if title else nodes.inline()
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
            refdoc=env.docname,
            refexplicit=True,
            ajo_path=target,
            ajo_anchor="",
            ajo_href=target,
        )
    link.source, link.line = source, line
    _set_toc_line(env, label)
    return link


class TocTransform(SphinxTransform):
    """Give a page with child entries in ``TOC.md`` its toctree."""

    # before Sphinx collects the messages of all toctrees (PreserveTranslatableMessages, 10), and
    # translates them (Locale, 20)
    default_priority = 5

    def apply(self, **_kwargs: Any) -> None:
        """Append the toctree."""
        site = site_of(self.env)
        docname = self.env.docname
        page = site.pages.get(docname)
        # all its child entries may be hidden
        if page is not None and page.entries and not page.generated:
            section = next(iter(self.document.findall(nodes.section)), self.document)
            if page.listing:
                section.extend(
                    listing(self.env, page.entries, self.document["source"], 1, page.within)
                )
            else:
                tree = toctree(docname, page.entries)
                _set_toc_line(self.env, tree[0])
                section.append(tree)
        if docname in site.hidden:
            # it is reachable by its address, so Sphinx should not warn
            self.env.metadata[docname].setdefault("orphan", "")


class DescriptionTransform(SphinxPostTransform):
    """Fill in the descriptions of other pages."""

    default_priority = 100

    def run(self, **_kwargs: Any) -> None:
        """Replace each placeholder by the description of that page."""
        for node in list(self.document.findall(ajo_description)):
            if text := description_of(self.env, node["docname"]):
                node.replace_self(nodes.paragraph("", text))
            else:
                node.parent.remove(node)


def _use_repository(app: Sphinx) -> None:
    """Make Sphinx find the generated pages."""
    repository = repository_of(app)
    if repository is not None and app.config.ajo_dialect != "mixed":
        _use_project(app, repository)


def _use_folders(app: Sphinx) -> None:
    """Make Sphinx find a start page where there is none."""
    if isinstance(app.project, RepositoryProject):
        return
    if has_root(app):
        state_of(app.env).site = None
        return
    repository = plain_repository(Path(app.srcdir))
    app.ajo_repository = repository  # type: ignore[attr-defined]
    _use_project(app, repository)


def _use_project(app: Sphinx, repository: Repository) -> None:
    project = RepositoryProject(
        Path(app.srcdir),
        app.config.source_suffix,
        repository=repository,
        folder=Path(app.doctreedir) / "ajo",
        root_doc=app.config.root_doc,
        title=app.config.project,
        known=state_of(app.env).heads,
        contents=contents_of(app),
        limits=get_limits(app.config),
        original=original_of(app.env),
    )
    project.guard(app, boundary_of(app.env))
    project.reports = True
    project.restore(app.project)
    # builders check the files of all known pages before Sphinx looks for pages again
    project.site = site_of(app.env)
    app.project = app.env.project = project


def _outdated(
    app: Sphinx,
    env: BuildEnvironment,
    _added: AbstractSet[str],
    _changed: AbstractSet[str],
    _removed: AbstractSet[str],
) -> list[str]:
    """Name the pages whose entries in the navigation have changed."""
    new = getattr(app.project, "site", None) or Site()
    old = site_of(env)
    state_of(env).site = new
    if isinstance(app.project, RepositoryProject):
        app.project.changed = new.pages != old.pages
    if new.problems != old.problems:
        _report(app, new)
    _report_empty(app, new)
    names = {name for name, page in (new.pages | old.pages).items() if not page.generated}
    changed = {name for name in names if _entries(new, name) != _entries(old, name)}
    if new.start != old.start:
        # the new file may be older than the one that the page was read from
        changed.add(app.config.root_doc)
    return sorted((changed | (new.hidden ^ old.hidden)) & env.found_docs)


def _entries(site: Site, name: str) -> tuple[list[Link], dict[str, list[Link]]]:
    page = site.pages.get(name)
    return (page.entries, page.within) if page else ([], {})


def _updated(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Name the pages to be written again: all of them if the navigation has changed.

    If there is a ledger (:mod:`sphinx_ajo.build.increments`), that decides instead.
    """
    if keeps_ledger(app):
        return ()
    changed = isinstance(app.project, RepositoryProject) and app.project.changed
    return sorted(env.all_docs) if changed else ()


def _report(app: Sphinx, site: Site) -> None:
    pages = Pages(frozenset(app.env.found_docs))
    prefix = getattr(app.project, "prefix", "")
    for problem in site.problems:
        location = f"{Path(app.srcdir) / problem.path}:{problem.line}" if problem.path else None
        if problem.kind == "plain":
            LOGGER.info(_PLAIN, problem.target)
        elif problem.kind == "limit":
            name = problem.target
            message = f"{_LIMITS[name]} (the limit {name})"
            limit = getattr(get_limits(app.config), name)
            warn(AjoWarnings.LIMIT, message, limit, location=location)
        elif problem.kind == "link" and (
            page := pages.namesake(local_path(problem.path, problem.target, prefix))
        ):
            warning, message = _PROBLEMS["link"]
            message += "; did you mean page %r?"
            warn(warning, message, problem.target, page, location=location)
        elif problem.kind != "empty":
            warn(*_PROBLEMS[problem.kind], problem.target, location=location)


def _report_empty(app: Sphinx, site: Site) -> None:
    """End the build with an error if there is nothing to build."""
    for problem in site.problems:
        if problem.kind == "empty":
            LOGGER.error(_EMPTY, problem.target, " or ".join(app.config.source_suffix))
            app.statuscode = 1


def setup_toc(app: Sphinx) -> None:
    """Register what the navigation needs."""
    app.add_node(ajo_description)
    app.add_node(ajo_entry_title)
    app.add_directive(DIRECTIVE, TocDirective)
    setup_untitled(app)
    app.add_transform(TocTransform)
    app.add_post_transform(DescriptionTransform)
    # the environment exists, and Sphinx has not looked for pages yet
    app.connect("builder-inited", _use_repository)
    # after other extensions have created root documents
    app.connect("builder-inited", _use_folders, priority=900)
    app.connect("env-get-outdated", _outdated)
    app.connect("env-get-updated", _updated)
    setup_unlisted(app)
