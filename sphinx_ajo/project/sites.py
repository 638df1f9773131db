"""The other sites of a documentation set (``ajo_sites``), during a build."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from sphinx_ajo.project.links import resolver_of
from sphinx_ajo.site.manifests import SCHEMA as SCHEMA
from sphinx_ajo.site.set import SiteSet

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_ajo.site.manifests import OtherSite
    from sphinx_ajo.site.set import Place

_sets: WeakKeyDictionary[BuildEnvironment, SiteSet] = WeakKeyDictionary()
# not in the environment, which is saved: each build reads the lists again

_NONE = SiteSet(linked=False)


def sites_of(env: BuildEnvironment) -> SiteSet:
    """Return the other sites.

    :returns: Those whose lists could be read; none if ``ajo_sites`` names none.
    """
    return _sets.get(env, _NONE)


def set_sites(env: BuildEnvironment, sites: SiteSet) -> None:
    """Set the other sites, before processes are forked."""
    _sets[env] = sites


def other_sites(app: Sphinx) -> tuple[OtherSite, ...]:
    """Return the sites in other languages."""
    sites = sites_of(app.env)
    return tuple(site for site in sites.sites if site.language != sites.language)


def page_at(env: BuildEnvironment, url: str) -> Place | None:
    """Find the page of another site with an official address.

    :returns: The page; ``None`` if no other site has it, or if links keep official addresses.
    """
    sites = sites_of(env)
    resolver = resolver_of(env)
    if not sites or not resolver.localize:
        return None
    return sites.by_address(resolver.official.redirected(url))


def original_page(env: BuildEnvironment, path: str, anchor: str) -> Place | None:
    """Find the page of the English site that a translation lacks.

    :param path: The path that a link has, from the source directory.
    :param anchor: The id of an element of it, or nothing.
    :returns: The page; ``None`` if the set has no such page.
    """
    sites = sites_of(env)
    if not sites or not path.endswith(".md"):
        return None
    product = resolver_of(env).official.product
    return sites.original(path.removesuffix(".md"), product, anchor)


def article_elsewhere(env: BuildEnvironment, id_: str, anchor: str) -> Place | None:
    """Find an article in the other sites.

    :param anchor: That of an element of it, or nothing.
    :returns: Its page; ``None`` if no other site has it.
    """
    sites = sites_of(env)
    return sites.by_id(id_, anchor) if sites else None
