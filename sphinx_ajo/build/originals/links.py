"""Resolve links to pages that only the original has: they lead to the official site."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_ajo.build.toc.project import read_sources
from sphinx_ajo.config import get_limits
from sphinx_ajo.language.paths import local_path
from sphinx_ajo.project.domain import AjoDomain, ajo_domain
from sphinx_ajo.project.links import resolver_of
from sphinx_ajo.project.originals import addresses_of, original_of
from sphinx_ajo.project.repository import source_prefix
from sphinx_ajo.project.state import state_of
from sphinx_ajo.site.originals.model import ENGLISH
from sphinx_ajo.site.repository import read_repository
from sphinx_ajo.site.toc.site import page_name
from sphinx_ajo.site.urls.official import Official, official_paths, product_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_ajo.site.originals.model import Original


def update_addresses(_app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Find the addresses of all pages that are only in the original.

    :param env: The build environment; all pages have been read.
    :returns: The pages whose links have a new target.
    """
    domain = ajo_domain(env)
    old = addresses_of(env)
    original = original_of(env)
    new = _addresses(env, original, _missing(env, domain)) if original else {}
    state_of(env).original_addresses = new
    if old == new:
        return []
    changed = {path for path in (*old, *new) if old.get(path) != new.get(path)}
    return [
        docname
        for docname, links in sorted(domain.links.items())
        if not changed.isdisjoint(link[0] for link in links)
    ]


def _missing(env: BuildEnvironment, domain: AjoDomain) -> set[str]:
    """Return the paths of links that lead to no page."""
    links = set().union(*domain.links.values())
    resolver = resolver_of(env)
    return {link[0] for link in links if link[0] and resolver.resolve(link[0], link[1]) is None}


def _addresses(
    env: BuildEnvironment, original: Original, paths: Iterable[str]
) -> Mapping[str, str]:
    docnames = {path: path.removesuffix(".md") for path in sorted(paths)}
    there = {name for name in docnames.values() if original.file(f"{name}.md")}
    srcdir = Path(original.srcdir)
    repository = read_repository(srcdir) if there else None
    if repository is None:
        return {}
    prefix = source_prefix(env)

    def resolve(page: str, target: str) -> str:
        return local_path(page, target, prefix)

    sources = read_sources(srcdir, repository, get_limits(env.config))
    official = Official(
        product_of(repository),
        ENGLISH,
        paths=official_paths(sources, there, partial(page_name, resolve)),
    )
    return {path: url for path, name in docnames.items() if (url := official.url(name))}
