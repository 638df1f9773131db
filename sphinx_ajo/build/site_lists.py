"""Read the lists of pages of other sites (``ajo_sites``), once for a build.

A list is a file, or lies at an address. No build opens an address unless it is told to
(``ajo_sites_fetch``); it keeps what it got beside the doctrees, for those that follow.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import requests

from sphinx_ajo.base.pages import PAGE_BUILDERS
from sphinx_ajo.base.problems import AjoWarnings
from sphinx_ajo.config import get_ajo_config, get_limits
from sphinx_ajo.project.repository import repository_of
from sphinx_ajo.project.sites import set_sites
from sphinx_ajo.site.manifests import ManifestError, read_manifest
from sphinx_ajo.site.set import SiteSet
from sphinx_ajo.site.urls.official import product_of
from sphinx_ajo.warnings_ import Group, warn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx.application import Sphinx

    from sphinx_ajo.site.manifests import OtherSite

FORMATS: Final = ("html", "latex", "text", "man", "texinfo")
"""What can show the guides of other sites."""

FILE_NAME: Final = "ajo-pages.json"
"""How lists are called."""

CACHE: Final = "ajo-sites"
"""The folder, beside the doctrees, of what has been fetched."""

_WEB = re.compile(r"https?://", re.IGNORECASE)
_TIMEOUT: Final = (10, 30)
"""How long to wait for a connection, and for more of an answer, in seconds."""

_PIECE: Final = 65_536


class _UnreadError(Exception):
    """A list that cannot be read; what the exception says is why."""


class _Reader:
    """Reads the lists of one build."""

    def __init__(self, app: Sphinx) -> None:
        self._app = app
        self._config = get_ajo_config(app.config)
        self._limits = get_limits(app.config)
        self._own = _identity(app)
        self.digest = hashlib.blake2b(digest_size=8)

    def sites(self) -> Iterator[OtherSite]:
        """Yield the sites that can be read; warn of each of the others, once."""
        for name, entry in sorted((self._config.sites or {}).items()):
            if self._is_own(entry):
                continue
            try:
                data = self._data(entry["pages"])
                text = data.decode("utf-8")
                site = read_manifest(name, entry, text, self._limits.site_pages)
            except (ManifestError, UnicodeDecodeError, _UnreadError) as error:
                self._warn(name, entry["pages"], error)
                continue
            if (site.product, site.language, site.project) == self._own:
                continue
            if site.bad:
                message = "ajo_sites: entry %r: %d pages of %s have no address of a page, or are "
                message += "more than the limit site_pages; they are left out"
                warn(AjoWarnings.SITES, message, name, site.bad, entry["pages"], location=None)
            self.digest.update(repr((name, sorted(entry.items()))).encode() + data)
            yield site

    def _is_own(self, entry: Mapping[str, str]) -> bool:
        """Tell whether an entry is the site that is built: so all sites can share their entries."""
        url = entry["url"].rstrip("/")
        base = self._app.config.html_baseurl.rstrip("/")
        pages = Path(self._app.confdir, entry["pages"])
        return url in ("", ".", base) or pages.resolve() == Path(self._app.outdir, FILE_NAME)

    def _data(self, pages: str) -> bytes:
        """Return what a list says, at most as much as is allowed."""
        path = Path(self._app.confdir, pages)
        if _WEB.match(pages):
            path = self._cached(pages)
            if self._config.sites_fetch:
                self._fetch(pages, path)
        most = self._limits.site_list_bytes
        try:
            with path.open("rb") as file:
                data = file.read(most + 1)
        except (OSError, ValueError) as error:
            if _WEB.match(pages):
                raise _UnreadError(
                    "has not been fetched yet; -D ajo_sites_fetch=1 does so"
                ) from error
            raise _UnreadError("is not there, or cannot be read") from error
        if len(data) > most:
            raise _UnreadError("has more bytes than the limit site_list_bytes")
        return data

    def _cached(self, url: str) -> Path:
        name = hashlib.blake2b(url.encode(errors="replace"), digest_size=16).hexdigest()
        return Path(self._app.doctreedir, CACHE, f"{name}.json")

    def _fetch(self, url: str, path: Path) -> None:
        """Keep what is at an address; what is kept already stays if that cannot be read."""
        most = self._limits.site_list_bytes
        data = bytearray()
        try:
            with requests.get(url, stream=True, timeout=_TIMEOUT) as answer:
                answer.raise_for_status()
                for piece in answer.iter_content(_PIECE):
                    data += piece
                    if len(data) > most:
                        break
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        except (OSError, ValueError, requests.RequestException) as error:
            if not path.is_file():
                raise _UnreadError(f"cannot be fetched ({type(error).__name__})") from error
            message = "ajo_sites: %s cannot be fetched (%s); what was fetched before is used"
            warn(AjoWarnings.SITES, message, url, type(error).__name__, location=None)

    def _warn(self, name: str, pages: str, error: Exception) -> None:
        reason = "is no text in UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
        message = "ajo_sites: entry %r: the list of pages %s %s; the site is left out"
        together = "ajo_sites: the lists of pages of %(count)d sites cannot be read, such as "
        together += "%(samples)s; these sites are left out. -D ajo_warnings=all lists each"
        group = Group(f"{AjoWarnings.SITES.value} lists", together, name)
        warn(AjoWarnings.SITES, message, name, pages, reason, location=None, group=group)


def _identity(app: Sphinx) -> tuple[str, str, str]:
    """Return what tells the site that is built from all others: product, language and project."""
    repository = repository_of(app)
    product = product_of(repository) if repository else ""
    return product, app.config.language.replace("_", "-"), app.config.project


def _read(app: Sphinx) -> None:
    """Read the lists before other processes are made, which would each warn of them."""
    if app.builder.format not in FORMATS:
        return
    reader = _Reader(app)
    sites = tuple(reader.sites())
    language = app.config.language.replace("_", "-")
    linked = app.builder.name in PAGE_BUILDERS
    digest = reader.digest.hexdigest() if sites else ""
    set_sites(app.env, SiteSet(sites, language, app.config.project, digest, linked))


def setup_site_lists(app: Sphinx) -> None:
    """Register the handler."""
    # after the language of the project is known
    app.connect("builder-inited", _read, priority=950)
