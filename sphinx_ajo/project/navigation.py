"""The navigation of a build."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_ajo.project.state import state_of
from sphinx_ajo.site.toc.site import Site

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


def site_of(env: BuildEnvironment) -> Site:
    """Return the navigation that the pages were read with.

    :returns: The tree; an empty one for a project without ``TOC.md``.
    """
    return state_of(env).site or Site()


def is_generated(env: BuildEnvironment, docname: str) -> bool:
    """Tell whether a page is generated for the navigation and has no file."""
    page = site_of(env).pages.get(docname)
    return page is not None and page.generated


def guide_page(env: BuildEnvironment, docname: str) -> str | None:
    """Return the page of the guide that a page belongs to.

    :returns: The page at the top of the guide; ``None`` for a page of no guide.
    """
    site = site_of(env)
    page = site.guide_pages.get(site.guides.get(docname, ""))
    return page if page in env.all_docs else None


def forget_site(env: BuildEnvironment) -> None:
    """Make the next build report mistakes in the navigation again.

    :param env: The build environment, before anything is read.
    """
    state_of(env).site = None


def description_of(env: BuildEnvironment, target: str) -> str:
    """Return the description of a page for a generated page above it.

    :param target: The page, or an address.
    :returns: The description; empty if there is none, or if it only repeats the title.
    """
    text = str(env.metadata.get(target, {}).get("description", ""))
    title = env.titles.get(target)
    return "" if title is not None and text == title.astext() else text
