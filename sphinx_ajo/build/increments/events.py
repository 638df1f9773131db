"""Make Sphinx write the outdated pages, and remove files that are no longer needed."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx.builders.html import StandaloneHTMLBuilder

from sphinx_ajo.build.increments.changes import Changes
from sphinx_ajo.build.increments.files import page_files, remove_files, shared_files
from sphinx_ajo.build.increments.ledger import (
    Ledger,
    ledger_file,
    note_current_index,
    note_outdated_index,
    read_ledger,
    was_written,
    write_ledger,
    written_between,
)
from sphinx_ajo.build.increments.outputs import setup_outputs
from sphinx_ajo.build.increments.page_digests import PageDigests, pages_with_lists
from sphinx_ajo.build.increments.theme_digest import digest_theme
from sphinx_ajo.build.toc.project import RepositoryProject, keeps_ledger
from sphinx_ajo.config import get_ajo_config
from sphinx_ajo.foreign.sphinx import forget_checksums
from sphinx_ajo.navigation.mode import navigation_mode
from sphinx_ajo.project.inheritance import own_keys
from sphinx_ajo.project.links import resolver_of
from sphinx_ajo.project.missing_files import note_missing_file, setup_missing_files
from sphinx_ajo.project.navigation import site_of
from sphinx_ajo.project.sites import sites_of
from sphinx_ajo.project.state import state_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

_COARSE: Final = 2_000_000_000
"""The coarsest resolution of file times, in nanoseconds."""


class Increment:
    """The event handlers of one application."""

    def __init__(self) -> None:
        """Start with nothing known."""
        self._read: Sequence[str] = ()
        self._ledger: Ledger | None = None
        self._made_from = ""
        self._theme = ""
        self._wanted: dict[str, str] = {}
        self._start = 0
        self._rebuilds: dict[str, set[str]] = {}

    def connect(self, app: Sphinx) -> None:
        """Connect all handlers."""
        setup_missing_files(app)
        Changes().connect(app)
        setup_outputs(app)
        app.connect("env-before-read-docs", self.note_docs)
        app.connect("env-updated", self.settle)
        # after Sphinx has numbered the sections
        app.connect("env-get-updated", self.updated, priority=900)
        app.connect("write-started", self.start)
        # before redirect pages are written
        app.connect("build-finished", self.finish, priority=400)

    def note_docs(self, _app: Sphinx, _env: BuildEnvironment, docnames: Sequence[str]) -> None:
        """Record which pages will be read."""
        self._read = tuple(docnames)

    def settle(self, app: Sphinx, env: BuildEnvironment) -> None:
        """Make data that depends on the order of reading independent of it.

        :param env: The build environment; all pages have been read.
        """
        if not isinstance(app.project, RepositoryProject):
            return
        _name_images(env)
        for docname in self._read:
            if docname in own_keys(env):
                _drop_missing_files(env, docname)

    def updated(self, app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
        """Name the pages whose output is outdated.

        :returns: The pages, to be written again.
        """
        self._ledger = None
        if not keeps_ledger(app):
            return ()
        self._ledger = ledger = read_ledger(ledger_file(app))
        ledger.files |= written_between(app.builder)
        theme, self._theme = ledger.theme, digest_theme(app)
        if theme != self._theme:
            forget_checksums()
        # a complete search index needs all pages to be written
        if theme != self._theme or not _has_index(app) or _built(app) < ledger.built:
            ledger.made_from, ledger.pages = "", {}
        self._made_from = _made_from(app)
        if ledger.made_from == self._made_from:
            self._wanted = ledger.pages
            return ()
        shown = PageDigests(app)
        whole = _whole_navigation(app)
        self._wanted = {
            docname: f"{read} {shown.digest(docname)}{whole}"
            for docname, read in env.all_docs.items()
        }
        return [name for name, what in self._wanted.items() if ledger.pages.get(name) != what]

    def start(self, app: Sphinx, builder: Builder) -> None:
        """Remove files that are no longer needed, before new ones may take their place."""
        self._start = time.time_ns()
        ledger = self._ledger
        if ledger is None:
            return
        outdir = Path(app.outdir)
        if not (outdir / ".buildinfo").exists():
            # the files in the folder are not the ones that we have written
            ledger.files.clear()
        if ledger.made_from != self._made_from:
            wanted = shared_files(app).union(*page_files(app, app.env.all_docs).values())
            remove_files(outdir, ledger.files - wanted)
            ledger.files &= wanted
            note_outdated_index(builder)
        else:
            note_current_index(builder)
        self._narrow(app.env)

    def _narrow(self, env: BuildEnvironment) -> None:
        """Keep Sphinx from writing all ancestors of a page: digests tell which are outdated.

        Pages with toctrees in their text are left to Sphinx.
        """
        self._rebuilds = env.files_to_rebuild
        if not state_of(env).accelerated:
            return
        lists = pages_with_lists(env)
        env.files_to_rebuild = {
            docname: names & lists for docname, names in self._rebuilds.items() if names & lists
        }

    def finish(self, app: Sphinx, exception: Exception | None) -> None:
        """Save what the pages were made from."""
        ledger, self._ledger = self._ledger, None
        if ledger is None or not self._start:
            return
        app.env.files_to_rebuild = self._rebuilds
        old = (ledger.made_from, ledger.theme, dict(ledger.pages), set(ledger.files))
        changed = [name for name, what in self._wanted.items() if ledger.pages.get(name) != what]
        files = page_files(app, {*changed, *(self._wanted.keys() - ledger.pages.keys())})
        ledger.pages = {name: ledger.pages.get(name, "") for name in self._wanted}
        outdir = Path(app.outdir)
        complete = exception is None
        for docname in changed:
            page, *others = files[docname]
            written = was_written(app.builder, docname)
            if self._is_new(outdir / page) if written is None else written:
                ledger.pages[docname] = self._wanted[docname]
                ledger.files.update((page, *others))
            else:
                complete = False
                if written is not None:
                    # a failed step may have written it
                    there = (name for name in files[docname] if (outdir / name).is_file())
                    ledger.files.update(there)
        if exception is None:
            ledger.files |= shared_files(app, written=True)
        ledger.made_from, ledger.theme = self._made_from if complete else "", self._theme
        if (ledger.made_from, ledger.theme, ledger.pages, ledger.files) != old:
            ledger.built = _built(app)
            write_ledger(ledger_file(app), ledger)

    def _is_new(self, path: Path) -> bool:
        try:
            return path.stat().st_mtime_ns > self._start - _COARSE
        except OSError:
            return False


def _has_index(app: Sphinx) -> bool:
    builder = app.builder
    return (
        not isinstance(builder, StandaloneHTMLBuilder)
        or not builder.search
        or Path(app.outdir, builder.searchindex_filename).is_file()
    )


def _built(app: Sphinx) -> int:
    """Return when an output folder was last built, by a file that Sphinx writes in each build.

    If this is before the time of the ledger, the folder comes from an earlier build.
    """
    try:
        return int(Path(app.outdir, ".buildinfo").stat().st_mtime)
    except OSError:
        return 0


def _made_from(app: Sphinx) -> str:
    """Digest the input that all pages share: what was read, and how links are resolved."""
    env = app.env
    official = resolver_of(env).official
    # ordered data is not sorted: if nothing changed, it comes from the last build in the same order
    what = (
        env.all_docs,
        sorted(env.found_docs ^ env.all_docs.keys()),
        site_of(env).guide_pages,
        official.product,
        official.language,
        sorted(official.languages),
        official.paths,
        official.redirects,
        get_ajo_config(app.config).canonical,
        get_ajo_config(app.config).localize_urls,
        navigation_mode(app),
        sites_of(env).digest,
    )
    return hashlib.blake2b(repr(what).encode(), digest_size=8).hexdigest()


def _whole_navigation(app: Sphinx) -> str:
    """Digest the titles of all pages, if every page may show all of them."""
    if navigation_mode(app) != "off":
        return ""
    env = app.env
    site = site_of(env)
    what = (
        sorted(env.toctree_includes.items()),
        [(name, str(title)) for name, title in sorted(env.titles.items())],
        [(name, page.title, page.entries) for name, page in sorted(site.pages.items())],
    )
    return hashlib.blake2b(repr(what).encode(), digest_size=8).hexdigest()


def _name_images(env: BuildEnvironment) -> None:
    """Name images in the order of their paths, not in the order of reading."""
    images = type(env.images)()
    for path in sorted(env.images):
        for docname in sorted(env.images[path][0]):
            images.add_file(docname, path)
    env.images = images


def _drop_missing_files(env: BuildEnvironment, docname: str) -> None:
    """Remove missing files from the dependencies of a page: each build would read it again."""
    dependencies = env.dependencies.get(docname, set())
    for path in list(dependencies):
        file = Path(env.srcdir, path)  # in Sphinx 8 they can be relative
        if not os.path.isfile(file):  # noqa: PTH113 (False, too, for names no file can have)
            dependencies.discard(path)
            note_missing_file(env, file, docname)


def setup_increments(app: Sphinx) -> None:
    """Register the handlers."""
    Increment().connect(app)
