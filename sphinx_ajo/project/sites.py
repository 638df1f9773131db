"""Other sites of the same documentation, in other languages: known by their lists of pages."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from weakref import WeakKeyDictionary

from sphinx_ajo.base.problems import AjoWarnings
from sphinx_ajo.config import get_ajo_config
from sphinx_ajo.language.languages import ENGLISH
from sphinx_ajo.project.articles import articles_of
from sphinx_ajo.project.links import resolver_of
from sphinx_ajo.warnings_ import warn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx.application import Sphinx

SCHEMA: Final = "urn:sphinx-ajo:pages:1"
"""The name of the schema of lists. A new number means that readers must be changed."""

DEFAULT: Final = "x-default"
"""What stands for all languages that a page is not in."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


class Twin(NamedTuple):
    """The same page in another language."""

    language: str
    address: str
    """Whole, or from the root of this site."""


@dataclass(frozen=True)
class OtherSite:
    """A site, by the list of its pages."""

    language: str
    product: str
    url: str
    by_id: Mapping[str, str] = field(default_factory=dict)
    """Id → address below that of the site."""
    by_name: Mapping[str, str] = field(default_factory=dict)

    def twin(self, id_: str, name: str, product: str) -> Twin | None:
        """Find a page of this site in the other one.

        :param id_: Its ``exl-id``, or nothing.
        :param name: Its name, which counts between repositories of one product.
        :param product: The product.
        :returns: The page there; ``None`` if there is none.
        """
        path = self.by_id.get(id_) if id_ else None
        if path is None and product == self.product:
            path = self.by_name.get(name)
        if path is None:
            return None
        # never in place of the address of the site
        return Twin(self.language, f"{self.url.rstrip('/')}/{path.lstrip('/')}")


_sites: WeakKeyDictionary[Sphinx, tuple[OtherSite, ...]] = WeakKeyDictionary()


def other_sites(app: Sphinx) -> tuple[OtherSite, ...]:
    """Return the sites that ``ajo_sites`` names, read once for a build.

    :param app: The Sphinx application.
    :returns: Those in other languages whose lists can be read; there is a warning for others.
    """
    if app not in _sites:
        own = app.config.language.replace("_", "-")
        entries = sorted((get_ajo_config(app.config).sites or {}).items())
        found = (_read(app, name, entry) for name, entry in entries)
        _sites[app] = tuple(site for site in found if site and site.language != own)
    return _sites[app]


def _read(app: Sphinx, name: str, entry: Mapping[str, str]) -> OtherSite | None:
    path = Path(app.confdir, entry.get("pages", ""))
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data.get("$schema") != SCHEMA:
            raise ValueError
        language = entry.get("language", data["language"])
        if not _LANGUAGE.fullmatch(language):
            raise ValueError
        return OtherSite(
            language,
            str(data.get("product", "")),
            entry.get("url", ""),
            {page["id"]: page["path"] for page in _pages(data) if "id" in page},
            {page["name"]: page["path"] for page in _pages(data)},
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        message = "ajo_sites: entry %r: %r is no list of pages that this release can read; the site"
        message += " is left out. Build it first, with ajo_manifest"
        warn(AjoWarnings.SITES, message, name, str(path), location=None)
        return None


def _pages(data: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    for page in data["pages"]:
        known = {key: page[key] for key in ("id", "name", "path") if key in page}
        if all(isinstance(value, str) for value in known.values()):
            yield known


def twins_of(app: Sphinx, docname: str) -> list[Twin]:
    """Find a page in other languages.

    :param app: The Sphinx application; all pages have been read.
    :param docname: The page.
    :returns: One for each language, sorted.
    """
    id_ = articles_of(app.env).ids.get(docname, "")
    product = resolver_of(app.env).official.product
    found: dict[str, Twin] = {}
    for site in other_sites(app):
        if twin := site.twin(id_, docname, product):
            found.setdefault(twin.language, twin)
    return [found[language] for language in sorted(found)]


def alternates_of(app: Sphinx, docname: str, own: str) -> list[Twin]:
    """Return a page in all of its languages, its own included.

    :param app: The Sphinx application.
    :param docname: The page.
    :param own: Its own address.
    :returns: The languages with addresses; the English page stands for all others. Nothing if the
        page is in no other language.
    """
    twins = twins_of(app, docname)
    if not twins:
        return []
    mine = Twin(app.config.language.replace("_", "-"), own)
    found = sorted([*twins, mine])
    english = [twin for twin in found if twin.language.split("-")[0] == ENGLISH]
    return [*found, *(Twin(DEFAULT, twin.address) for twin in english[:1])]
