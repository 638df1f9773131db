"""Create the link resolver, and give pages their official addresses."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_ajo.base.problems import AjoWarnings
from sphinx_ajo.build.toc.project import RepositoryProject
from sphinx_ajo.build.urls.edit import setup_edit_links
from sphinx_ajo.build.urls.one_file import setup_one_file
from sphinx_ajo.build.urls.redirect_pages import setup_redirect_pages
from sphinx_ajo.config import get_ajo_config
from sphinx_ajo.language.encodings import read_text
from sphinx_ajo.language.languages import language_segment
from sphinx_ajo.project.boundary import UNREAD, boundary_of
from sphinx_ajo.project.domain import ajo_domain
from sphinx_ajo.project.encodings import report_misfit
from sphinx_ajo.project.links import resolver_of
from sphinx_ajo.project.navigation import site_of
from sphinx_ajo.project.state import state_of
from sphinx_ajo.site.urls.official import Official, product_of
from sphinx_ajo.site.urls.pages import Pages
from sphinx_ajo.site.urls.redirects import REDIRECTS, parse_redirects, resolve_redirects
from sphinx_ajo.site.urls.resolver import Resolver
from sphinx_ajo.warnings_ import warn

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_ajo.site.boundary import Boundary
    from sphinx_ajo.site.repository import Repository
    from sphinx_ajo.site.urls.redirects import RedirectProblem


def _make_resolver(
    app: Sphinx,
    env: BuildEnvironment,
    _added: AbstractSet[str],
    _changed: AbstractSet[str],
    _removed: AbstractSet[str],
) -> list[str]:
    """Create the resolver, and name the pages that must be read again because it has changed."""
    state = state_of(env)
    old = state.resolver or Resolver()
    pages = Pages(
        frozenset(env.found_docs),
        tuple(app.config.source_suffix),
        site_of(env).guide_pages,
        app.config.root_doc,
    )
    official = Official()
    if isinstance(app.project, RepositoryProject):
        official = _make_official(app, env, app.project)
    new = Resolver(pages, official, get_ajo_config(app.config).localize_urls)
    state.resolver, state.resolver_before = new, old
    if new.localize != old.localize:
        return sorted(env.found_docs)
    # whether an address may be one of ours is decided while a page is read
    wanted = cache(lambda url: (old.wants(url), new.wants(url)))
    changed = []
    for docname, addresses in ajo_domain(env).addresses.items():
        if any(before is not now for before, now in map(wanted, addresses)):
            changed.append(docname)
    return sorted(changed)


def _make_official(app: Sphinx, env: BuildEnvironment, project: RepositoryProject) -> Official:
    repository = project.repository
    language = language_segment(app.config.language)
    languages = {language, language_segment(repository.language or language)}
    official = Official(product_of(repository), language, frozenset(languages), project.paths)
    redirects, problems = _read_redirects(repository, official, boundary_of(env))
    if problems != state_of(env).redirect_problems:
        for problem in problems:
            location = f"{repository.root / REDIRECTS}:{problem.line}"
            warn(AjoWarnings.REDIRECT, problem.message, problem.text, location=location)
    state_of(env).redirect_problems = problems
    return replace(official, redirects=redirects, outside=project.outside)


def _read_redirects(
    repository: Repository, official: Official, boundary: Boundary
) -> tuple[dict[str, str], list[RedirectProblem]]:
    path = Path(repository.root, REDIRECTS)
    if not boundary.file(path):
        # a folder or a pipe may have this name
        if path.is_file():
            warn(AjoWarnings.OUTSIDE, UNREAD, str(path), location=None)
        return {}, []
    report_misfit(path)
    lines, problems = parse_redirects(read_text(path))
    redirects, more = resolve_redirects(lines, official.is_page, official.languages)
    return redirects, sorted(problems + more)


def _updated(_app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Name the pages whose links have a new target."""
    state = state_of(env)
    old = state.resolver_before or Resolver()
    state.resolver_before = None  # it is not needed in the saved environment
    new = resolver_of(env)
    if old == new:
        return []
    moved = cache(lambda path, url: old.resolve(path, url) != new.resolve(path, url))
    return [
        docname
        for docname, links in sorted(ajo_domain(env).links.items())
        if any(moved(link.path, link.url) for link in links)
    ]


def _set_canonical(
    app: Sphinx,
    pagename: str,
    _templatename: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Set the official address of a page: all themes read it from ``pageurl``."""
    if app.builder.name in ("singlehtml", "epub") or not get_ajo_config(app.config).canonical:
        return
    if url := resolver_of(app.env).official.url(pagename):
        context["pageurl"] = url


def setup_urls(app: Sphinx) -> None:
    """Register the handlers."""
    # after the navigation has been built (500)
    app.connect("env-get-outdated", _make_resolver, priority=600)
    app.connect("env-get-updated", _updated)
    # after the themes (500), some of which correct the address of the page
    app.connect("html-page-context", _set_canonical, priority=700)
    setup_edit_links(app)
    setup_one_file(app)
    setup_redirect_pages(app)
