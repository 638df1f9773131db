"""What a page shows of other pages, except the navigation, which navigation/state.py digests."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING

from sphinx import addnodes

from sphinx_ajo.base.pages import parents_of
from sphinx_ajo.config import get_ajo_config
from sphinx_ajo.navigation.tree import build_forest, walk
from sphinx_ajo.project.articles import articles_of
from sphinx_ajo.project.domain import ajo_domain
from sphinx_ajo.project.links import resolver_of
from sphinx_ajo.project.navigation import description_of, site_of
from sphinx_ajo.project.originals import RENAMED
from sphinx_ajo.project.twins import shown_of_sites

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_ajo.project.domain import Link


class PageDigests:
    """Digests of what the pages of a repository show of each other."""

    def __init__(self, app: Sphinx) -> None:
        """Prepare.

        :param app: The Sphinx application; its pages have been read.
        """
        self._env = env = app.env
        self._tags = app.tags
        domain = ajo_domain(env)
        self._domain = domain
        self._articles = articles_of(env)
        self._official = resolver_of(env).official
        self._permalinks = get_ajo_config(app.config).permalinks
        self._canonical = get_ajo_config(app.config).canonical
        self._relations = (
            env.collect_relations() if get_ajo_config(app.config).machine_metadata else {}
        )
        self._listing = pages_with_lists(env)
        self._images: dict[str, list[str]] = {}
        for path in sorted(env.images):
            docnames, name = env.images[path]
            for docname in docnames:
                self._images.setdefault(docname, []).append(f"{path}={name}")
        # there are far fewer targets than links
        self._target = cache(self._find_target)

    def digest(self, docname: str) -> str:
        """Digest what a page shows of other pages."""
        text = "\0".join(self._parts(docname))
        return hashlib.blake2b(text.encode(), digest_size=8).hexdigest() if text else ""

    def _parts(self, docname: str) -> Iterator[str]:
        for link in sorted(self._domain.links.get(docname, ())):
            yield self._target(link)
        yield from self._articles.targets(docname)
        for path, anchor in sorted(RENAMED.of(self._env).get(docname, ())):
            if found := resolver_of(self._env).resolve(path, ""):
                yield self._domain.renamed(docname, found, path, anchor)
        page = site_of(self._env).pages.get(docname)
        if page is not None and (page.generated or page.listing):
            yield from (description_of(self._env, target) for _, target in page.entries)
        if self._canonical:
            yield self._official.url(docname)
        for parent in parents_of(docname, self._relations):
            yield f"{parent}={self._env.titles[parent].astext()}"
        yield from shown_of_sites(self._env, docname)
        if self._permalinks and (id_ := self._articles.ids.get(docname)):
            yield self._articles.pages[id_]
        yield from self._images.get(docname, ())
        if docname in self._listing:
            yield from self._lists(docname)

    def _find_target(self, link: Link) -> str:
        found = self._domain.find(link)
        if found is None:
            place = self._domain.elsewhere(link)
            return place.address if place else ""
        target, anchor = found
        title = "" if link.titled else self._domain.title(target, anchor)
        return f"{target}#{anchor}\1{title}"

    def _lists(self, docname: str) -> Iterator[str]:
        """Yield what the toctrees in the text of a page show."""
        forest = build_forest(
            self._env, self._tags, docname, titles_only=False, includehidden=False
        )
        depths = {id(tree): tree.maxdepth for tree in forest.trees}
        for entry in walk(forest):
            top = entry.parent
            while top is not None and top.parent is not None:
                top = top.parent
            depth = depths.get(id(top), -1)
            if depth <= 0 or entry.level <= depth:
                yield str(entry.reference)


def pages_with_lists(env: BuildEnvironment) -> set[str]:
    """Return the pages that have a toctree in their text."""
    return {
        docname
        for docname in env.toctree_includes
        if docname in env.tocs
        and any(not node.get("hidden") for node in env.tocs[docname].findall(addnodes.toctree))
    }
