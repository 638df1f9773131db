"""Which pages are outdated: those whose files have other contents, not just newer times."""

from __future__ import annotations

import hashlib
import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import docutils
import markdown_it
import pygments
import sphinx

from sphinx_ajo.build.toc.project import RepositoryProject
from sphinx_ajo.project.contents import contents_of, keep_contents
from sphinx_ajo.project.state import PageRecords, state_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_ajo.base.contents import FileContents

CONTENTS: Final = PageRecords[str]("contents")
"""Page → a digest of its file and its dependencies; empty if a file may have changed meanwhile."""


class Changes:
    """What has changed since the last build: the event handlers of one application.

    Sphinx compares the time when it read a page with the times of its files. During this
    comparison, each page gets a time later than any file can have, so Sphinx only checks that the
    files and the doctree exist. Then the pages get their own times back.
    """

    def __init__(self) -> None:
        """Start with nothing known."""
        self._times: dict[str, int] = {}
        self._catalogs: dict[str, set[os.PathLike[str]]] = {}

    def connect(self, app: Sphinx) -> None:
        """Connect all handlers."""
        # after the project that asks has been created
        app.connect("builder-inited", self.begin, priority=950)
        # before other handlers read the records of pages
        app.connect("env-get-outdated", self.compare, priority=100)
        app.connect("env-before-read-docs", self.note, priority=900)
        # after other handlers have changed the dependencies of pages
        app.connect("env-updated", self.keep, priority=900)
        app.connect("build-finished", self.finish)

    def begin(self, app: Sphinx) -> None:
        """Wait until all pages have been found."""
        if isinstance(app.project, RepositoryProject):
            app.project.found = partial(self.hide_times, app.env)

    def hide_times(self, env: BuildEnvironment) -> None:
        """Keep Sphinx from comparing times.

        :param env: The build environment, before Sphinx looks for pages that have changed.
        """
        self._show_times(env)
        known = CONTENTS.of(env)
        self._times = {page: time for page, time in env.all_docs.items() if known.get(page)}
        env.all_docs.update(dict.fromkeys(self._times, sys.maxsize))

    def _show_times(self, env: BuildEnvironment) -> None:
        for page, time in self._times.items():
            if page in env.all_docs:
                env.all_docs[page] = time
        self._times = {}

    def compare(
        self,
        app: Sphinx,
        env: BuildEnvironment,
        added: AbstractSet[str],
        changed: AbstractSet[str],
        _removed: AbstractSet[str],
    ) -> list[str]:
        """Name the pages whose files have changed; all pages if a program has a new version."""
        self._show_times(env)
        if not isinstance(app.project, RepositoryProject):
            return []
        if _are_new(app, env):
            return sorted(env.found_docs - added)
        known = CONTENTS.of(env)
        waiting = (known.keys() & env.found_docs) - added - changed
        contents = contents_of(app)
        return [page for page in waiting if _made_from(env, contents, page) != known[page]]

    def note(self, app: Sphinx, env: BuildEnvironment, docnames: Sequence[str]) -> None:
        """Digest the files of the pages to be read, before Sphinx reads them."""
        if not isinstance(app.project, RepositoryProject):
            return
        contents = contents_of(app)
        for page in docnames:
            for file in _files(env, page):
                contents.digest(file)
        contents.note_reading()
        self._catalogs = {page: _catalogs(env, page) for page in docnames}

    def keep(self, app: Sphinx, env: BuildEnvironment) -> None:
        """Save the digests of the pages.

        :param env: The build environment; all pages have been read.
        """
        known = CONTENTS.of(env)
        if not isinstance(app.project, RepositoryProject):
            known.clear()
            return
        for page, catalogs in self._catalogs.items():
            if catalogs:
                # Sphinx records them before it reads a page, and then forgets them
                env.dependencies.setdefault(page, set()).update(catalogs)  # type: ignore[arg-type]
        contents = contents_of(app)
        for page in env.all_docs.keys() - known.keys():
            known[page] = _made_from(env, contents, page)

    def finish(self, app: Sphinx, _exception: Exception | None) -> None:
        """Save the digests of files for the next build."""
        self._show_times(app.env)
        self._catalogs = {}
        if isinstance(app.project, RepositoryProject):
            keep_contents(app)


def read_again(env: BuildEnvironment, pages: Iterable[str]) -> None:
    """Make the next build read pages again, even if their files are unchanged."""
    known = CONTENTS.of(env)
    for page in pages:
        known.pop(page, None)
        if page in env.all_docs:
            env.all_docs[page] = -1


def _are_new(app: Sphinx, env: BuildEnvironment) -> bool:
    """Tell whether the versions of Sphinx, its parsers or extensions have changed."""
    known = state_of(env).versions
    # extensions that read no pages, such as themes, may be missing with another builder
    now = {name: str(extension.version) for name, extension in app.extensions.items()}
    now |= {
        module.__name__: str(module.__version__)
        for module in (docutils, markdown_it, pygments, sphinx)
    }
    changed = any(known.get(name, version) != version for name, version in now.items())
    known.update(now)
    return changed


def _catalogs(env: BuildEnvironment, page: str) -> set[os.PathLike[str]]:
    """Return the existing catalogs that a page depends on."""
    files = env.dependencies.get(page, ())
    return {
        file for file in files if str(file).endswith(".mo") and Path(env.srcdir, file).is_file()
    }


def _files(env: BuildEnvironment, page: str) -> list[str]:
    """Return the file of a page and its dependencies."""
    srcdir = str(env.srcdir)
    files = sorted(os.path.join(srcdir, file) for file in env.dependencies.get(page, ()))  # noqa: PTH118
    return [str(env.doc2path(page)), *files]


def _made_from(env: BuildEnvironment, contents: FileContents, page: str) -> str:
    """Digest the file of a page and its dependencies.

    :returns: The digest; empty if one of them may have changed while pages were read.
    """
    found = hashlib.blake2b(digest_size=16)
    # relative to the sources: a generated page is in the doctree folder, which can be moved
    found.update(f"{env.doc2path(page, base=False)}\0".encode(errors="surrogateescape"))
    for file in _files(env, page):
        found.update(contents.digest(file).encode() + b"\0")
        if contents.is_doubtful(file):
            return ""
    return found.hexdigest()
