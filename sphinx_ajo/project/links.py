"""The link resolver of a build."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_ajo.project.state import state_of
from sphinx_ajo.site.urls.pages import Pages
from sphinx_ajo.site.urls.resolver import Resolver

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


def resolver_of(env: BuildEnvironment) -> Resolver:
    """Return the link resolver of a build.

    :returns: The resolver; if none was created, one that knows only the names of all pages.
    """
    return state_of(env).resolver or Resolver(Pages(frozenset(env.found_docs)))
