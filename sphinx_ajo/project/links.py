"""What the links of a build are resolved with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_ajo.project.state import state_of
from sphinx_ajo.site.urls.pages import Pages
from sphinx_ajo.site.urls.resolver import Resolver

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


def resolver_of(env: BuildEnvironment) -> Resolver:
    """Return what the links of a build are resolved with.

    :returns: The resolver; one that knows just the names of all pages where nothing has made one.
    """
    return state_of(env).resolver or Resolver(Pages(frozenset(env.found_docs)))
