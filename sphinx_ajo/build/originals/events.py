"""Find the original of a translated repository, and complete pages from it."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

from sphinx.addnodes import pending_xref
from sphinx.transforms import SphinxTransform

from sphinx_ajo.base.pages import headings_of_page, note_heading
from sphinx_ajo.base.problems import AjoWarnings
from sphinx_ajo.build.originals.headings import OriginalPage, read_original
from sphinx_ajo.build.originals.links import update_addresses
from sphinx_ajo.config import get_option
from sphinx_ajo.language.paths import is_local, local_path
from sphinx_ajo.language.slugs import safe_id
from sphinx_ajo.project.contents import contents_of
from sphinx_ajo.project.missing_files import note_missing_file
from sphinx_ajo.project.originals import RENAMED, UNPLACED, original_of
from sphinx_ajo.project.repository import repository_of, source_prefix
from sphinx_ajo.project.state import state_of
from sphinx_ajo.site.originals.align import Heading, align
from sphinx_ajo.site.originals.model import find_original, find_twins, make_original
from sphinx_ajo.site.originals.renamed import find_renamed
from sphinx_ajo.warnings_ import warn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_ajo.site.originals.model import Original
    from sphinx_ajo.site.repository import Repository


def _use_original(app: Sphinx) -> None:
    """Look for the original, before the navigation is built."""
    env = app.env
    repository = repository_of(app)
    original = None
    if repository is not None and app.config.ajo_dialect != "mixed":
        folder = _folder(app, repository)
        if folder is not None:
            original = make_original(folder, repository, Path(app.srcdir))
            if original.root == os.path.realpath(repository.root):
                original = None
    state_of(env).original = original


def _folder(app: Sphinx, repository: Repository) -> Path | None:
    setting = get_option(app.config, "original")
    if setting is None:
        return find_original(repository)
    if not setting:
        return None
    folder = Path(app.confdir, setting)
    if folder.is_dir():
        return folder
    message = "ajo_original = %r: there is no such folder; the original is not used"
    warn(AjoWarnings.CONFIG, message, setting, location=None)
    return None


def _outdated(
    app: Sphinx,
    env: BuildEnvironment,
    _added: AbstractSet[str],
    _changed: AbstractSet[str],
    _removed: AbstractSet[str],
) -> list[str]:
    """Find the originals of all pages; name the pages whose original is now another one."""
    state = state_of(env)
    old, new = state.original_read, state.original
    state.original_read = new
    if new is None:
        return [] if old is None else sorted(env.found_docs)
    if old is new:
        # a second build of the same application uses the results of the first
        old = replace(new, twins=dict(new.twins))
    new.twins.clear()
    new.twins.update(find_twins(new, _pages(env), state.original_heads, contents_of(app)))
    if old is None or old.root != new.root:
        return sorted(env.found_docs)
    names = old.twins.keys() | new.twins.keys()
    changed = {name for name in names if old.twins.get(name) != new.twins.get(name)}
    return sorted(changed & env.found_docs)


def _pages(env: BuildEnvironment) -> Iterator[tuple[str, str, str]]:
    for docname in sorted(env.found_docs):
        path = env.doc2path(docname, base=False)
        if not path.is_absolute():  # as those of generated pages are
            yield docname, path.as_posix(), str(env.doc2path(docname))


class OriginalIdsTransform(SphinxTransform):
    """Give headings the ids of the original, too: ids in links are not translated."""

    # after the page has all its ids, before the domains record them (SphinxDomains, 850)
    default_priority = 840

    def apply(self, **_kwargs: Any) -> None:
        """Add the ids, except those that the page uses elsewhere."""
        original = original_of(self.env)
        if original is None:
            return
        page = _original_page(self.env, original)
        if renamed := find_renamed(self._links(), page.links):
            RENAMED.of(self.env)[self.env.docname] = renamed
        self._add_ids(page.headings)

    def _links(self) -> Iterator[tuple[str, str]]:
        """Yield the links of the page that have an id."""
        for node in self.document.findall(pending_xref):
            if node.get("ajo_path") and node["ajo_anchor"]:
                yield node["ajo_path"], node["ajo_anchor"]

    def _add_ids(self, theirs: list[Heading]) -> None:
        headings = headings_of_page(self.env)
        ours = [Heading(level, next(iter(node["ids"]), "")) for level, node, _ in headings]
        ids = self.document.ids
        for index, other in align(ours, theirs):
            level, node, _ = headings[index]
            heading = theirs[other]
            id_ = safe_id(heading.id) if heading.id else ""
            if id_ and id_ not in ids:
                node["ids"].append(id_)
                ids[id_] = node
            if heading.slug:
                note_heading(self.env, level, node, heading.slug)
        known = {*ids, *(slug for _, _, slug in headings_of_page(self.env)), ""}
        wanted = {id_ for heading in theirs for id_ in (heading.id, heading.slug)}
        self.env.temp_data[UNPLACED] = frozenset(wanted - known)


class _Page(NamedTuple):
    """The original of a page."""

    headings: list[Heading]
    links: list[tuple[str, str]]
    """The pages and ids that it links to, with paths as in the translation."""


def _original_page(env: BuildEnvironment, original: Original) -> _Page:
    path = env.doc2path(env.docname, base=False)
    if path.is_absolute():
        return _Page([], [])
    file = original.page(env.docname, path.as_posix())
    if not original.file(path.as_posix()):
        note_missing_file(env, os.path.normpath(os.path.join(original.srcdir, path)))  # noqa: PTH118
    found = read_original(env, file, original.root) if file else OriginalPage([], [])
    place = os.path.relpath(file, original.srcdir).replace(os.sep, "/") if file else ""
    links = []
    for target in found.links:
        is_path = target.startswith("#") or is_local(target)
        other = local_path(place, target, source_prefix(env)) if is_path else ""
        anchor = unquote(target.partition("#")[2])
        links.append((path.as_posix() if other == place else other, anchor))
    return _Page(found.headings, links)


def setup_originals(app: Sphinx) -> None:
    """Register what translated repositories need."""
    # before the navigation (500)
    app.connect("builder-inited", _use_original, priority=400)
    app.connect("env-get-outdated", _outdated)
    app.add_transform(OriginalIdsTransform)
    app.connect("env-get-updated", update_addresses)
