"""Write redirect pages: for each line of ``redirects.csv``, and for each id of an article.

The first lead from an old address to the new one. The others, ``exl/ID/``, are permanent addresses
(``ajo_permalinks``).
"""

from __future__ import annotations

import json
import posixpath
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from sphinx.builders.epub3 import Epub3Builder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.builders.singlehtml import SingleFileHTMLBuilder
from sphinxcontrib.serializinghtml import SerializingHTMLBuilder

from sphinx_ajo.base.problems import AjoWarnings
from sphinx_ajo.base.safe_paths import is_safe
from sphinx_ajo.base.templates import template
from sphinx_ajo.config import get_ajo_config
from sphinx_ajo.i18n import _
from sphinx_ajo.language.identities import is_uuid
from sphinx_ajo.language.languages import SITE
from sphinx_ajo.language.paths import is_inside, write_if_changed
from sphinx_ajo.project.articles import articles_of
from sphinx_ajo.project.later import do_later
from sphinx_ajo.project.links import resolver_of
from sphinx_ajo.project.sites import page_at
from sphinx_ajo.site.set import from_page
from sphinx_ajo.warnings_ import warn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

MANIFEST: Final = ".ajo-redirects"
"""The file in the output directory that lists the redirect pages that we have written."""

MARK: Final = '<meta name="generator" content="sphinx_ajo redirects">'
"""The mark by which we recognize pages that we have written."""


def permalink(id_: str) -> str:
    """Return the page with the permanent address of an article.

    :returns: The name of the page; empty if the id is not a UUID and could be any path.
    """
    return f"exl/{id_}/index" if is_uuid(id_) else ""


class _Writer:
    """Writes the redirect pages of one build."""

    def __init__(self, app: Sphinx, builder: StandaloneHTMLBuilder) -> None:
        self._app = app
        self._builder = builder
        self._outdir = Path(app.outdir)
        self._official = resolver_of(app.env).official
        self._canonical = get_ajo_config(app.config).canonical
        self._pages = set(map(builder.get_target_uri, app.env.all_docs))
        self._head = {"language": app.config.language.replace("_", "-"), "mark": MARK, "text": ""}

    def write(self) -> None:
        """Write the pages, and remove outdated ones."""
        old = self._read_manifest()
        new = []
        for name, context in (*self._redirect_pages(), *self._permalink_pages()):
            path = self._output(name)
            if self._write_page(path, template("redirect.html").render(context)):
                new.append(path.relative_to(self._outdir).as_posix())
        for entry in sorted(old - set(new)):
            self._remove(self._outdir / entry)
        self._write_manifest(new)

    def _redirect_pages(self) -> Iterator[tuple[str, dict[str, str]]]:
        """Yield the name and the content of each page for a redirect."""
        for old_path in self._redirects():
            name = old_path.partition("/")[2]
            if not self._is_page(name) and self._is_possible(old_path, name):
                yield name, self._context(old_path, name)

    def _permalink_pages(self) -> Iterator[tuple[str, dict[str, str]]]:
        """Yield the name and the content of each page for an article."""
        if not get_ajo_config(self._app.config).permalinks:
            return
        for id_, docname in sorted(articles_of(self._app.env).pages.items()):
            name = permalink(id_)
            if name and not self._is_page(name):
                yield name, self._page_context(name, docname)

    def _is_page(self, name: str) -> bool:
        """Tell whether a page of the project has the address, and so the same file."""
        return self._builder.get_target_uri(name) in self._pages

    def _redirects(self) -> Iterator[str]:
        """Yield the old paths that lie below our product."""
        return filter(self._official.is_below, sorted(self._official.redirects))

    def _is_possible(self, old_path: str, name: str) -> bool:
        """Tell whether a page can have the name of a redirect; warn if it cannot."""
        if is_safe(name):
            return True
        message = "no page can have the address %r on every system; no redirect page is written"
        warn(AjoWarnings.REDIRECT, message, old_path, location=None)
        return False

    def _output(self, name: str) -> Path:
        return Path(self._builder.get_outfilename(name))

    def _context(self, path: str, name: str) -> dict[str, str]:
        """Return the variables of the template for a redirect."""
        text = _("This page has moved to a new address.")
        if local := self._official.find(f"{SITE}/docs/{quote(path)}"):
            return {**self._page_context(name, local.docname, local.anchor), "text": text}
        url = self._official.redirects[path]
        if place := page_at(self._app.env, url):
            # a page of another site of the set
            url = from_page(self._builder.get_target_uri(name), place.address)
            return {
                **self._head,
                "text": text,
                "title": place.page.title,
                "url": url,
                "canonical": url,
            }
        return {**self._head, "text": text, "title": url, "url": url, "canonical": url}

    def _page_context(self, name: str, docname: str, anchor: str = "") -> dict[str, str]:
        """Return the variables of the template for the target page."""
        url = self._builder.get_relative_uri(name, docname) or "./"
        url += f"#{quote(anchor)}" if anchor else ""
        return {
            **self._head,
            "title": self._app.env.titles[docname].astext(),
            "url": url,
            "canonical": self._address(docname) or url,
        }

    def _address(self, docname: str) -> str:
        """Return the canonical address of a page; empty if none is set."""
        if self._canonical and (url := self._official.url(docname)):
            return url
        base = self._app.config.html_baseurl
        return posixpath.join(base, self._builder.get_target_uri(docname)) if base else ""

    def _write_page(self, path: Path, text: str) -> bool:
        """Write a page; tell whether it exists now."""
        try:
            # never overwrite another page, even one of a theme or an extension
            if path.exists() and not _is_ours(path):
                return False
            write_if_changed(path, text, self._outdir)
        except OSError as error:
            message = "the page %r cannot be written: %s"
            name = path.relative_to(self._outdir).as_posix()
            warn(AjoWarnings.REDIRECT, message, name, error.strerror, location=None)
            return False
        return True

    def _remove(self, path: Path) -> None:
        """Remove a page of an earlier build, and the folders that it leaves empty."""
        if not is_inside(path, self._outdir) or not _is_ours(path):
            return
        path.unlink()
        for folder in path.parents:
            if folder == self._outdir or any(folder.iterdir()):
                break
            folder.rmdir()

    def _read_manifest(self) -> set[str]:
        try:
            names = json.loads((self._outdir / MANIFEST).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return set()
        return {name for name in names if isinstance(name, str)}

    def _write_manifest(self, names: list[str]) -> None:
        path = self._outdir / MANIFEST
        if names:
            write_if_changed(path, json.dumps(sorted(names), indent=0) + "\n", self._outdir)
        else:
            path.unlink(missing_ok=True)


def _is_ours(path: Path) -> bool:
    try:
        return MARK in path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False


def _write_pages(app: Sphinx, exception: Exception | None) -> None:
    if exception is None and isinstance(app.builder, StandaloneHTMLBuilder):
        # these formats have one file, or no web server for old addresses
        no_site = (SingleFileHTMLBuilder, Epub3Builder, SerializingHTMLBuilder)
        if not isinstance(app.builder, no_site):
            do_later(app, MANIFEST, partial(_write_now, app, app.builder))


def _write_now(app: Sphinx, builder: StandaloneHTMLBuilder) -> None:
    _Writer(app, builder).write()


def setup_redirect_pages(app: Sphinx) -> None:
    """Register the handler."""
    app.connect("build-finished", _write_pages)
