"""Read the list of pages of another site, ``ajo-pages.json``. No Sphinx.

Such a list is untrusted. All of it is checked here before use: an address must be below the address
of its site, and everything else is treated as plain text.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import quote, unquote

from sphinx_ajo.language.slugs import safe_id, slugify
from sphinx_ajo.site.urls.official import parse_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SCHEMA: Final = "urn:sphinx-ajo:pages:1"
"""The name of the schema of lists. With a new number, programs that read lists must change."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_PATH = re.compile(r"(?!/)[\w.~!$&'()*+,;=@%/-]*", re.ASCII)
# characters of addresses, except those that begin a scheme, another host, a query or a fragment

_MOST_TEXT: Final = 2_000
"""The maximum length of a title or a description."""


class ManifestError(ValueError):
    """A list that cannot be used at all."""


@dataclass(frozen=True)
class Page:
    """A page of another site."""

    name: str
    path: str
    """Its address, relative to that of the site."""
    id: str = ""
    title: str = ""
    description: str = ""
    official: str = ""
    """Its path on the official site, below ``docs/``."""
    elements: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """The unchecked data about its elements, which is needed for few pages."""

    @cached_property
    def anchors(self) -> Mapping[str, str]:
        """All names of its elements → their ids."""
        return dict(_anchors(self.elements))

    def anchor(self, wanted: str) -> str:
        """Find an element.

        :returns: Its id; empty if there is no such element.
        """
        for name in (wanted, safe_id(wanted), wanted.casefold(), slugify(wanted)):
            if name in self.anchors:
                return self.anchors[name]
        return ""


class Guide(NamedTuple):
    """The start page of a guide."""

    title: str
    path: str
    description: str = ""


@dataclass(frozen=True)
class OtherSite:
    """A site, by the list of its pages."""

    name: str
    """Its name in ``ajo_sites``."""
    url: str
    """Its address: absolute, or relative to the root of the site being built."""
    language: str
    product: str = ""
    project: str = ""
    root: str = ""
    """The address of its start page."""
    pages: tuple[Page, ...] = ()
    guides: tuple[Guide, ...] = ()
    moved: Mapping[str, str] = field(default_factory=dict)
    """Old paths on the official site, below ``docs/`` → addresses from that of the site."""
    bad: int = 0
    """The number of invalid pages that were left out."""

    def address(self, path: str, anchor: str = "") -> str:
        """Return the address of a page.

        :param path: Its address from that of the site.
        :param anchor: The id of an element of it, or nothing.
        :returns: The address: absolute, or relative to the root of the site being built.
        """
        # a path must never replace the address of the site
        address = f"{self.url.rstrip('/')}/{path}"
        return f"{address}#{quote(anchor)}" if anchor else address

    @cached_property
    def by_path(self) -> Mapping[str, Page]:
        """The pages by their addresses."""
        return {page.path: page for page in self.pages}


def read_manifest(name: str, entry: Mapping[str, str], text: str, most: int) -> OtherSite:
    """Read the list of a site.

    :param name: The name of the site in ``ajo_sites``.
    :raises ManifestError: If it is not a valid list.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        msg = "is not JSON"
        raise ManifestError(msg) from None
    if not isinstance(data, dict) or data.get("$schema") != SCHEMA:
        msg = f"does not have the schema {SCHEMA}"
        raise ManifestError(msg)
    language = entry.get("language", data.get("language"))
    if not isinstance(language, str) or not _LANGUAGE.fullmatch(language):
        msg = "names no language"
        raise ManifestError(msg)
    items = data.get("pages")
    if not isinstance(items, list):
        msg = "has no pages"
        raise ManifestError(msg)
    read = [_page(item) for item in items[:most]]
    pages = tuple(page for page in read if page is not None)
    paths = {page.path for page in pages}
    root = data.get("root")
    return OtherSite(
        name,
        entry.get("url", ""),
        language,
        _text(data.get("product")),
        _text(data.get("project")),
        root if root in paths else "",
        pages,
        tuple(_guides(data, pages)),
        dict(_moved(data.get("moved"), paths)),
        len(items) - len(pages),
    )


def _page(item: Any) -> Page | None:
    if not isinstance(item, dict):
        return None
    name, path = item.get("name"), item.get("path")
    if not isinstance(name, str) or not isinstance(path, str) or not _is_path(path):
        return None
    return Page(
        name,
        path,
        _text(item.get("id")),
        _text(item.get("title")) or name,
        _text(item.get("description")),
        _official(item.get("url")),
        {key: item.get(key) for key in ("headings", "anchors", "slugs")},
    )


def _is_path(path: str) -> bool:
    """Tell whether an address is below its site for every reader of the address."""
    return (
        len(path) <= _MOST_TEXT
        and _PATH.fullmatch(path) is not None
        and ".." not in unquote(path).replace("\\", "/").split("/")
        and not unquote(path).startswith("/")
    )


def _text(value: object) -> str:
    return " ".join(value.split())[:_MOST_TEXT] if isinstance(value, str) else ""


def _official(url: object) -> str:
    address = parse_address(url) if isinstance(url, str) else None
    return address.path if address else ""


def _path_of(link: object) -> str:
    path = link.get("path") if isinstance(link, dict) else None
    return path if isinstance(path, str) and _is_path(path) else ""


def _anchors(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield all names of the elements of a page, in increasing precedence."""
    ids = [heading.get("id") for heading in _dicts(item.get("headings"))]
    ids += _list(item.get("anchors"))
    known = {id_ for id_ in ids if isinstance(id_, str) and id_ and not _has_blank(id_)}
    yield from ((id_.casefold(), id_) for id_ in sorted(known, reverse=True))
    slugs = item.get("slugs")
    if isinstance(slugs, dict):
        yield from ((slug, id_) for slug, id_ in slugs.items() if id_ in known)
    yield from ((id_, id_) for id_ in known)


def _has_blank(text: str) -> bool:
    return any(map(str.isspace, text))


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _dicts(value: object) -> Iterator[dict[str, Any]]:
    return (item for item in _list(value) if isinstance(item, dict))


def _guides(data: Mapping[str, Any], pages: Iterable[Page]) -> Iterator[Guide]:
    """Yield the guides; for an old list, those of its pages."""
    by_path = {page.path: page for page in pages}
    links = _list(data.get("guides")) or [item.get("guide") for item in _dicts(data["pages"])]
    seen = set()
    for link in _dicts(links):
        path = _path_of(link)
        if path not in seen and (page := by_path.get(path)):
            seen.add(path)
            yield Guide(
                _text(link.get("title")) or page.title, path, _text(link.get("description"))
            )


def _moved(value: object, paths: set[str]) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for old, new in value.items():
            if isinstance(new, str) and new.partition("#")[0] in paths and not _has_blank(new):
                yield old, new
