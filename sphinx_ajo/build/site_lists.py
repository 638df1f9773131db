"""Read the lists of pages of other sites (``ajo_sites``), once for a build.

A list is a file or has a web address. A build downloads it only with ``ajo_sites_fetch``, and
caches it beside the doctrees for later builds.
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
"""The formats that can show the guides of other sites."""

FILE_NAME: Final = "ajo-pages.json"
"""The file name of a list."""

CACHE: Final = "ajo-sites"
"""The folder beside the doctrees for downloaded lists."""

_WEB = re.compile(r"https?://", re.IGNORECASE)
_TIMEOUT: Final = (10, 30)
"""The timeout for a connection, and for each part of the response, in seconds."""

_PIECE: Final = 65_536


class _UnreadError(Exception):
    """A list cannot be read; the message says why."""


class _Reader:
    """Reads the lists for one build."""

    def __init__(self, app: Sphinx) -> None:
        self._app = app
        self._config = get_ajo_config(app.config)
        self._limits = get_limits(app.config)
        self._own = _identity(app)
        self.digest = hashlib.blake2b(digest_size=8)

    def sites(self) -> Iterator[OtherSite]:
        """Yield the sites whose lists can be read; warn about each of the others once."""
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
                message = "ajo_sites: entry %r: %d pages of %s have an invalid address, or "
                message += "exceed the limit site_pages; they are left out"
                warn(AjoWarnings.SITES, message, name, site.bad, entry["pages"], location=None)
            self.digest.update(repr((name, sorted(entry.items()))).encode() + data)
            yield site

    def _is_own(self, entry: Mapping[str, str]) -> bool:
        """Tell whether an entry is this site: so all sites can share one ``ajo_sites``."""
        url = entry["url"].rstrip("/")
        base = self._app.config.html_baseurl.rstrip("/")
        pages = Path(self._app.confdir, entry["pages"])
        return url in ("", ".", base) or pages.resolve() == Path(self._app.outdir, FILE_NAME)

    def _data(self, pages: str) -> bytes:
        """Return the bytes of a list, up to the limit."""
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
                    "has not been fetched yet (-D ajo_sites_fetch=1 fetches it)"
                ) from error
            raise _UnreadError("does not exist, or cannot be read") from error
        if len(data) > most:
            raise _UnreadError("has more bytes than the limit site_list_bytes")
        return data

    def _cached(self, url: str) -> Path:
        name = hashlib.blake2b(url.encode(errors="replace"), digest_size=16).hexdigest()
        return Path(self._app.doctreedir, CACHE, f"{name}.json")

    def _fetch(self, url: str, path: Path) -> None:
        """Download a list to the cache; if that fails, keep the cached one."""
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
        reason = "is not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
        message = "ajo_sites: entry %r: the list of pages %s %s; the site is left out"
        together = "ajo_sites: the lists of pages of %(count)d sites cannot be read, such as "
        together += "%(samples)s; these sites are left out. -D ajo_warnings=all lists each"
        group = Group(f"{AjoWarnings.SITES.value} lists", together, name)
        warn(AjoWarnings.SITES, message, name, pages, reason, location=None, group=group)


def _identity(app: Sphinx) -> tuple[str, str, str]:
    """Return the identity of the site being built: product, language and project."""
    repository = repository_of(app)
    product = product_of(repository) if repository else ""
    return product, app.config.language.replace("_", "-"), app.config.project


def _read(app: Sphinx) -> None:
    """Read the lists before processes are forked, each of which would warn."""
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
