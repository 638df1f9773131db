"""The pages of other sites to which a page links or refers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from sphinx_ajo.language.languages import ENGLISH
from sphinx_ajo.project.articles import articles_of, links_domain
from sphinx_ajo.project.links import resolver_of
from sphinx_ajo.project.navigation import site_of
from sphinx_ajo.project.sites import page_at, sites_of
from sphinx_ajo.project.state import PageRecords
from sphinx_ajo.site.manifests import Guide
from sphinx_ajo.site.set import Choice, Own

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.environment import BuildEnvironment

SHOWS_GUIDES: Final = PageRecords[bool]("guides")
"""Whether a page lists the guides of the set."""

DEFAULT: Final = "x-default"
"""The key for all languages in which a page does not exist."""


def twins_of(env: BuildEnvironment, docname: str) -> list[Choice]:
    """Find a page in other languages.

    :param env: The build environment; all pages have been read.
    :returns: One for each language, sorted.
    """
    sites = sites_of(env)
    return sites.twins(_own(env, docname)) if sites else []


def choices_of(env: BuildEnvironment, docname: str) -> list[Choice]:
    """Find the targets of the language menu.

    :param env: The build environment; all pages have been read.
    :returns: For each language the same page, or else the start page of its guide, or of the site.
    """
    sites = sites_of(env)
    if not sites:
        return []
    navigation = site_of(env)
    guide = navigation.guide_pages.get(navigation.guides.get(docname, ""))
    return sites.choices(_own(env, docname), _own(env, guide) if guide else None)


def _own(env: BuildEnvironment, docname: str) -> Own:
    id_ = articles_of(env).ids.get(docname, "")
    return Own(id_, docname, resolver_of(env).official.product)


def alternates_of(env: BuildEnvironment, docname: str, own: str) -> list[Choice]:
    """Return the addresses of a page in all its languages, including its own.

    :returns: Languages and addresses; the English page stands for all other languages. Empty if the
        page has no translation.
    """
    twins = twins_of(env, docname)
    if not twins:
        return []
    mine = Choice(sites_of(env).language, own, is_twin=True)
    found = sorted([*twins, mine])
    english = [twin for twin in found if twin.language.split("-")[0] == ENGLISH]
    return [*found, *(Choice(DEFAULT, twin.address, is_twin=True) for twin in english[:1])]


class Guides(NamedTuple):
    """The guides of one site."""

    product: str
    project: str
    language: str
    url: str
    """The address of the site; empty for the site being built, whose pages are given by name."""
    guides: tuple[Guide, ...]


def guides_of(env: BuildEnvironment) -> list[Guides]:
    """Return the guides of all sites, beginning with the project being built.

    :param env: The build environment; all pages have been read.
    :returns: Only those of sites that have any.
    """
    sites = sites_of(env)
    own = tuple(_own_guides(env))
    language = env.config.language.replace("_", "-")
    product = resolver_of(env).official.product
    found = [Guides(product, env.config.project, language, "", own)] if own else []
    return found + [
        Guides(site.product, site.project, site.language, site.url, site.guides)
        for site in sites.sites
        if site.guides
    ]


def _own_guides(env: BuildEnvironment) -> Iterator[Guide]:
    navigation = site_of(env)
    for docname in dict.fromkeys(navigation.guide_pages.values()):
        if title := env.titles.get(docname):
            page = navigation.pages.get(docname)
            texts = (env.metadata[docname].get("description"), page.description if page else "")
            # some only repeat the title
            found = (str(text) for text in texts if text and text != title.astext())
            yield Guide(title.astext(), docname, next(found, ""))


def shown_of_sites(env: BuildEnvironment, docname: str) -> Iterator[str]:
    """Yield what a page shows of other sites, except links by id.

    :param env: The build environment; all pages have been read.
    """
    sites = sites_of(env)
    if docname in SHOWS_GUIDES.of(env):
        yield from map(repr, guides_of(env))
    if not sites:
        return
    for choice in choices_of(env, docname):
        yield f"{choice.language}={choice.address}={choice.is_twin}"
    for url in sorted(links_domain(env).outward.get(docname, ())):
        if place := page_at(env, url):
            yield f"{url}={place.address}"
