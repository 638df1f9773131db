"""Find pages in the sites of a documentation set. No Sphinx.

All look-ups use dictionaries that are created once for a build, so that the time for a page does
not depend on the number of sites.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from sphinx_ajo.language.languages import ENGLISH, language_segment
from sphinx_ajo.site.urls.official import Address, parse_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_ajo.site.manifests import OtherSite, Page


class Own(NamedTuple):
    """A page of the site being built, which is looked up in other sites."""

    id: str
    """Its ``exl-id``, or nothing."""
    name: str
    """Its name, which is compared between repositories of one product."""
    product: str


class Place(NamedTuple):
    """A page of another site, and an element of it."""

    site: OtherSite
    page: Page
    anchor: str = ""
    missing: str = ""
    """The id that a link asks for, if the page has no such element."""

    @property
    def address(self) -> str:
        """The address: whole, or from the root of the site that is built."""
        return self.site.address(self.page.path, self.anchor)


class Choice(NamedTuple):
    """Where the language menu of a page leads."""

    language: str
    address: str
    """Absolute, or relative to the root of the site being built."""
    is_twin: bool
    """Whether it is the same page; otherwise it is the start page of its guide, or of the site."""


@dataclass(frozen=True)
class SiteSet:
    """All other sites, from the point of view of the site being built."""

    sites: tuple[OtherSite, ...] = ()
    language: str = ENGLISH
    """The language of the site being built."""
    project: str = ""
    digest: str = field(default="", compare=False)
    """A digest of the lists."""
    linked: bool = True
    """Whether pages can link to other sites: books cannot."""

    def __bool__(self) -> bool:
        """Tell whether there is anything to link to."""
        return self.linked and bool(self.sites)

    @cached_property
    def _by_id(self) -> dict[str, list[Place]]:
        found: dict[str, list[Place]] = {}
        for site in self.sites:
            for page in site.pages:
                if page.id:
                    found.setdefault(page.id, []).append(Place(site, page))
        return found

    @cached_property
    def _by_name(self) -> dict[tuple[str, str], list[Place]]:
        found: dict[tuple[str, str], list[Place]] = {}
        for site in self.sites:
            for page in site.pages:
                found.setdefault((site.product, page.name), []).append(Place(site, page))
        return found

    @cached_property
    def _by_address(self) -> dict[tuple[str, str], Place]:
        """Language and path on the official site → the page there."""
        found: dict[tuple[str, str], Place] = {}
        for site in self.sites:
            language = language_segment(site.language)
            for page in site.pages:
                if page.official:
                    found.setdefault((language, page.official), Place(site, page))
        for site in self.sites:
            for old, new in site.moved.items():
                path, _, anchor = new.partition("#")
                place = Place(site, site.by_path[path], anchor)
                found.setdefault((language_segment(site.language), old), place)
        return found

    def places(self, own: Own) -> list[Place]:
        """Find a page in all other sites.

        :returns: The pages with the same id; else, in repositories of the same product, those of
            the same name.
        """
        found = list(self._by_id.get(own.id, ())) if own.id else []
        known = {place.site.name for place in found}
        same = self._by_name.get((own.product, own.name), ())
        return found + [place for place in same if place.site.name not in known]

    def twins(self, own: Own) -> list[Choice]:
        """Find a page in other languages.

        :returns: One for each language, sorted.
        """
        found: dict[str, Choice] = {}
        for place in self.places(own):
            language = place.site.language
            if language != self.language:
                found.setdefault(language, Choice(language, place.address, is_twin=True))
        return [found[language] for language in sorted(found)]

    def choices(self, own: Own, guide: Own | None) -> list[Choice]:
        """Find the targets of the language menu.

        :param guide: The start page of its guide, if it is in one.
        :returns: For each language the same page, or else the start page of its guide, or of the
            site.
        """
        found = {choice.language: choice for choice in self.twins(own)}
        starts = {choice.language: choice for choice in self.twins(guide)} if guide else {}
        for site in self._of_product(own.product):
            language = site.language
            if language in found:
                continue
            start = starts.get(language)
            address = start.address if start else site.address(site.root)
            found[language] = Choice(language, address, is_twin=False)
        return [found[language] for language in sorted(found)]

    def _of_product(self, product: str) -> Iterable[OtherSite]:
        """Return the sites that are this one in other languages."""
        return self._others.get(product or f"\0{self.project}", ())

    @cached_property
    def _others(self) -> dict[str, list[OtherSite]]:
        found: dict[str, list[OtherSite]] = {}
        for site in self.sites:
            if site.language != self.language:
                found.setdefault(site.product or f"\0{site.project}", []).append(site)
        return found

    def by_id(self, id_: str, anchor: str) -> Place | None:
        """Find an article.

        :param anchor: That of an element of it, or nothing.
        :returns: Its page, in the language of the site being built, or else in English.
        """
        found = self._best(self._by_id.get(id_, ()))
        return found and _at(found, anchor)

    def original(self, name: str, product: str, anchor: str) -> Place | None:
        """Find a page that only the English site has.

        :param anchor: The id of an element of it, or nothing.
        """
        for place in self._by_name.get((product, name), ()):
            if product and place.site.language != self.language and _is_english(place.site):
                return _at(place, anchor)
        return None

    def by_address(self, url: str) -> Place | None:
        """Find the page with an address on the official site.

        :returns: The page in the language of the address. If the address has no language, or that
            of the site being built, the page in this language, or else in English.
        """
        address = parse_address(url)
        if address is None:
            return None
        found = self._at_address(address)
        return found and _at(found, address.anchor or found.anchor)

    def _at_address(self, address: Address) -> Place | None:
        own = language_segment(self.language)
        wanted = (own, ENGLISH) if address.language in ("", own) else (address.language,)
        for language in wanted:
            if found := self._by_address.get((language, address.path)):
                return found
        return None

    def _best(self, places: Sequence[Place]) -> Place | None:
        def rank(place: Place) -> int:
            if place.site.language == self.language:
                return 0
            return 1 if _is_english(place.site) else 2

        return min(places, key=rank, default=None)


def _is_english(site: OtherSite) -> bool:
    return language_segment(site.language) == ENGLISH


def _at(place: Place, anchor: str) -> Place:
    """Return an element of a page."""
    id_ = place.page.anchor(anchor) if anchor else ""
    return place._replace(anchor=id_, missing="" if id_ else anchor)


def from_page(uri: str, address: str) -> str:
    """Return an address relative to a page.

    :param uri: The address of the page, relative to the root of its site.
    :param address: An absolute address, or one relative to the same root.
    """
    scheme, colon, _ = address.partition(":")
    if address.startswith("/") or (colon and "/" not in scheme):
        return address
    return "../" * uri.count("/") + address or "./"
