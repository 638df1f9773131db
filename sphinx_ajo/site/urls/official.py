"""Addresses on the official site (exl-markdown.md, 1.2). No Sphinx.

``https://experienceleague.adobe.com/{language}/docs/{product}/{guide id}/{group id}/…/{stem}``:
the path comes from ``TOC.md``; folders on disk do not count.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qs, quote, unquote

from sphinx_ajo.language.languages import ENGLISH, SITE, language_segment

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping

    from sphinx_ajo.site.repository import Repository
    from sphinx_ajo.site.toc.site import Source

_ADDRESS = re.compile(
    r"https?://experienceleague\.adobe\.com(?::\d*)?"
    r"(?:/(?P<language>[a-z]{2}(?:-[a-z]{2,4})?))?/+docs/"
    r"(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?(?:#(?P<anchor>.*))?$",
    re.IGNORECASE | re.DOTALL,
)
_SITE_PATH = re.compile(r"/(?:[a-z]{2}(?:-[a-z]{2,4})?/)?docs/", re.IGNORECASE)
_SUFFIX = re.compile(r"\.(?:html?|md)$", re.IGNORECASE)
_UNSAFE = re.compile(r"^\.\.$|[\x00-\x1f\\]")
_PRODUCT = re.compile(r"[\w.-]+$")


class Address(NamedTuple):
    """The address of a page of the official site."""

    language: str
    """As in addresses; empty if it names none."""
    path: str
    """The path below ``docs/``: decoded, in lower case, without suffix."""
    anchor: str


class Local(NamedTuple):
    """A page of the project with an official address."""

    docname: str
    anchor: str


def absolute(target: str) -> str:
    """Return the address of a target on the official site.

    :param target: An address; or a path that begins with ``/docs/`` or ``/sv/docs/``, which is
        not one of the repository.
    :returns: The address; empty if the target means none.
    """
    if _ADDRESS.match(target):
        return target
    return f"{SITE}{target}" if _SITE_PATH.match(target) else ""


def parse_address(url: str) -> Address | None:
    """Read an address.

    :returns: Its parts; ``None`` if it is not that of a page in the documentation.
    """
    match = _ADDRESS.match(url.strip())
    if match is None:
        return None
    names = [name for name in unquote(match["path"]).split("/") if name not in ("", ".")]
    if not names or any(_UNSAFE.search(name) for name in names):
        return None
    names[-1] = _SUFFIX.sub("", names[-1])
    language = match["language"] or ""
    # the site moves the language into the path
    given = parse_qs(match["query"] or "").get("lang", [])
    if given and not language:
        language = given[0]
    return Address(
        language_segment(language) if language else "",
        "/".join(names).lower(),
        unquote(match["anchor"] or ""),
    )


def product_name(texts: Iterable[str]) -> str:
    """Choose the name of the product in addresses.

    :param texts: The candidates from front matter, the best first.
    :returns: The first one that is valid in an address; empty if there is none.
    """
    return next((text.lower() for text in texts if _PRODUCT.match(text)), "")


def product_of(repository: Repository) -> str:
    """Return the name of the product of a repository.

    :returns: Its name in official addresses; empty if it is not known.
    """
    front = [repository.metadata, *repository.guides]
    return product_name(m.text(key) for m in front for key in ("landing-page-name", "product"))


def official_paths(
    sources: Iterable[Source],
    docnames: Container[str],
    page_of: Callable[[str, str], str],
) -> dict[str, str]:
    """Return the paths of the pages of all guides on the official site.

    :param page_of: Finds a page: (file that contains a target, target) → its name.
    :returns: Page → its path below the name of the product.
    """
    paths: dict[str, str] = {}
    for source in sources:
        guide = source.guide.id or posixpath.basename(source.folder)
        for entry, parents in source.guide.walk():
            if not entry.target or entry.is_external:
                continue
            docname = page_of(source.path, entry.target)
            if docname in docnames:
                groups = [group.id for group in parents if group.id]
                names = [guide, *groups, posixpath.basename(docname)]
                paths.setdefault(docname, "/".join(filter(None, names)).lower())
    return paths


@dataclass(frozen=True)
class Official:
    """The addresses of a project on the official site."""

    product: str = ""
    """The name of its product; empty if it is not known."""
    language: str = "en"
    languages: frozenset[str] = frozenset({"en"})
    """The languages whose addresses belong to pages of this project."""
    paths: Mapping[str, str] = field(default_factory=dict)
    """Page → its path below the name of the product."""
    redirects: Mapping[str, str] = field(default_factory=dict)
    """Old paths below ``docs/`` → the addresses they lead to in the end."""
    outside: Mapping[str, str] = field(default_factory=dict)
    """The same as ``paths``, for pages that are not built; the keys are their paths."""

    def url(self, docname: str) -> str:
        """Return the address of a page.

        :returns: Its address; empty if it has none.
        """
        path = self.paths.get(docname) or self.outside.get(docname)
        if not self.product or not path:
            return ""
        path = quote(f"{self.product}/{path}")
        return f"{SITE}/{self.language}/docs/{path}"

    def find(self, url: str) -> Local | None:
        """Find the page that an address stands for.

        :returns: The page, and the anchor in it; ``None`` if it is not one of this project.
        """
        address = self._own(url)
        if address is None:
            return None
        anchor = address.anchor
        if address.path not in self._pages and address.path in self.redirects:
            # the file is written for the English site, but used for all languages
            address = self._own(self.redirects[address.path], ENGLISH)
            if address is None:
                return None
            anchor = address.anchor or anchor
        docname = self._pages.get(address.path)
        return None if docname is None else Local(docname, anchor)

    def redirected(self, url: str) -> str:
        """Follow the redirects from an address.

        :returns: Where it leads now; the same if no redirect begins there.
        """
        address = self._own(url)
        if address is None or address.path in self._pages:
            return url
        end = self.redirects.get(address.path, url)
        return end if "#" in end or not address.anchor else f"{end}#{quote(address.anchor)}"

    def moved(self, path: str) -> Local | None:
        """Find the page that replaces a deleted page, by its redirect.

        A deleted page has no address, so the names in its path are compared with those of old
        addresses.

        :param path: The path of the file that does not exist, from the source directory.
        :returns: The target of the only redirect with its name and most of its folders.
        """
        *folders, name = path.lower().removesuffix(".md").split("/")
        ranked: dict[int, set[str]] = {}
        for old in self._redirects_by_name.get(name, ()):
            common = len(set(folders) & set(old.split("/")))
            ranked.setdefault(common, set()).add(self.redirects[old])
        best = ranked[max(ranked)] if ranked else set()
        if len(best) != 1:
            return None
        url = best.pop()
        return self.find(url) if self.product else self._find_below_any(url)

    def _find_below_any(self, url: str) -> Local | None:
        """Find the page of an address if the name of the product is not known."""
        address = self._own(url, ENGLISH)
        if address is None:
            return None
        below = address.path.partition("/")[2]
        docname = next((name for name, path in self.paths.items() if path == below), None)
        return None if docname is None else Local(docname, address.anchor)

    @cached_property
    def _redirects_by_name(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for old in self.redirects:
            found.setdefault(old.rpartition("/")[2], []).append(old)
        return found

    def concerns(self, url: str) -> bool:
        """Tell whether an address can belong to a page of this project.

        :returns: Whether it is below the product, or is redirected.
        """
        address = self._own(url)
        return address is not None and (
            self.is_below(address.path) or address.path in self.redirects
        )

    def is_below(self, path: str) -> bool:
        """Tell whether a path lies below the name of the product.

        :param path: A path below ``docs/``.
        """
        return bool(self.product) and path.startswith(f"{self.product}/")

    def is_page(self, path: str) -> bool:
        """Tell whether a page of this project has a path.

        :param path: A path below ``docs/``.
        """
        return path in self._pages

    def _own(self, url: str, *languages: str) -> Address | None:
        address = parse_address(url)
        if address is None or address.language not in ("", *self.languages, *languages):
            return None
        return address

    @cached_property
    def _pages(self) -> dict[str, str]:
        found: dict[str, str] = {}
        if self.product:
            for docname, path in self.paths.items():
                found.setdefault(f"{self.product}/{path}", docname)
        return found
