"""The resident Sphinx application: it builds repeatedly with one environment."""

from __future__ import annotations

import gc
import sys
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import unquote

from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.docutils import docutils_namespace, patch_docutils

from sphinx_ajo.build.increments.changes import read_again
from sphinx_ajo.build.increments.files import shared_files
from sphinx_ajo.build.increments.ledger import begin_written, note_outdated_index
from sphinx_ajo.build.toc.project import keeps_ledger
from sphinx_ajo.foreign.resident import (
    PageFiles,
    forget_environments,
    forget_trees,
    index_page,
    keep_in_memory,
    read_now,
    write_environment,
)
from sphinx_ajo.foreign.sphinx import mix_in
from sphinx_ajo.preview.builder import Director, PreviewBuilder
from sphinx_ajo.preview.status import WarningLog, describe
from sphinx_ajo.project.contents import contents_of
from sphinx_ajo.project.later import do_waiting, forget_waiting, let_wait, note_partial, note_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from collections.abc import Set as AbstractSet

    from sphinx.environment import BuildEnvironment

    from sphinx_ajo.preview.options import Options
    from sphinx_ajo.preview.status import Status

FEW: Final = 60
"""Up to this number, pages are read at once; with more, those that browsers wait for come first."""

GARBAGE: Final = 20
"""The number of builds after which garbage is collected if there is no idle time."""

SPECIAL: Final = frozenset({"toc.md", "metadata.md", "conf.py"})
"""Files that affect other pages."""


class StopBuildingError(SphinxError):
    """The process must end."""


class SomebodyWaitsError(SphinxError):
    """A build is postponed, at a point where that is safe."""


class Resident(Director):
    """One site, in memory. All methods must be called from the same thread."""

    def __init__(self, options: Options, status: Status) -> None:
        """Begin without an application."""
        super().__init__()
        self.options = options
        self.status = status
        self.warnings = WarningLog()
        self.stopping = False
        """Whether the build must end soon. Another thread may set it."""
        self.wanted: Callable[[], list[str]] = list
        """Returns the addresses that browsers wait for or show, the latest first."""
        self.written: Callable[[], None] = lambda: None
        """Called after a page has been written before the others."""
        self.is_busy: Callable[[], bool] = bool
        """Tells whether there is more urgent work than to build or to settle."""
        self.may_mend_itself = False
        """Whether the error may disappear without an edit, such as a full disk."""
        self.interrupted = False
        """Whether the last build was postponed."""
        self.settled = True
        """Whether all files are those of a complete build."""
        self._app: Sphinx | None = None
        self._env: BuildEnvironment | None = None
        self._page_files: PageFiles
        self._stack = ExitStack()
        self._path = list(sys.path)
        self._reading: list[str] | None = None
        self._position = 0
        self._read: list[str] = []
        self._later: set[str] = set()
        self._shown: set[str] = set()
        self._failed = False
        self._was_partial = False
        self._limited = False
        self._removed = False
        self._builds = 0

    # queries of other parts

    def page_of(self, address: str) -> str:
        """Return the page with an address.

        :returns: Its name; empty if there is none.
        """
        app = self._app
        if app is None:
            return ""
        path = unquote(address).lstrip("/")
        root: str = app.config.root_doc
        names = [path.removesuffix(".html"), f"{path.rstrip('/')}/index".lstrip("/")]
        for name in (*names, path.rstrip("/"), *([root] if path in ("", "index.html") else [])):
            if name in app.env.found_docs:
                return name
        return ""

    def folders(self) -> set[Path]:
        """Return the folders with sources of pages."""
        source = self.options.source
        found = {source, self.options.confdir or source}
        if self._app is not None:
            config = self._app.config
            own = (*config.templates_path, *config.html_static_path)
            found.update(Path(self._app.confdir, name) for name in own)
            for files in self._app.env.dependencies.values():
                found.update(
                    Path(file).parent
                    for file in files
                    if not str(file).startswith((str(source), ".")) and Path(file).is_absolute()
                )
        whole = {folder.resolve() for folder in found if folder.is_dir()}
        return {
            each
            for each in whole
            if not any(other != each and each.is_relative_to(other) for other in whole)
            and "site-packages" not in each.parts
        }

    # builds

    def show(self, paths: Iterable[Path]) -> bool:
        """Read and write only the pages that are made from some files.

        The next build reads and writes them again, together with all dependent pages.

        :returns: Whether these files need no further work at once.
        """
        app = self._app
        if app is None or not self.status.complete or self._failed or self.status.problem:
            return False
        pages = self._pages_of(app, paths)
        if pages is None:
            return False
        self.settled = False
        self.warnings.muted = True
        wanted = [page for page in map(self.page_of, self.wanted()) if page in pages]
        first = list(dict.fromkeys([*wanted, *sorted(pages)]))[:FEW]
        try:
            for page in first:
                self._check_stop()
                read_again(app.env, [page])
                read_now(app.builder, page)
                read_again(app.env, [page])
                cast("PreviewBuilder", app.builder).show(page)
        except Exception:
            # the build reports the error
            self._failed = True
        finally:
            read_again(app.env, first)
            forget_trees(app.env)
            contents_of(app).finish()
            self.warnings.muted = False
        return not self._failed

    def _pages_of(self, app: Sphinx, paths: Iterable[Path]) -> set[str] | None:
        """Return the pages that are made from files; ``None`` if others may be affected."""
        env = app.env
        found: set[str] = set()
        others: set[str] = set()
        for path in paths:
            name = env.path2doc(str(path)) if path.is_relative_to(env.srcdir) else None
            if path.name.casefold() in SPECIAL or not path.is_file():
                return None
            if name in env.all_docs and path == Path(str(env.doc2path(str(name)))):
                found.add(str(name))
            else:
                others.add(str(path))
        known: set[str] = set()
        for page, files in env.dependencies.items() if others else ():
            if same := {str(Path(env.srcdir, file)) for file in files} & others:
                known |= same
                found.add(page)
        return found if known == others else None

    def build(self, paths: Iterable[Path] | None = ()) -> bool:
        """Build all that has changed.

        :param paths: Files that have changed since the last build; ``None`` if they are not known.
            :returns: Whether it has succeeded; if not, the status has the reason, or there is more
            urgent work.
        """
        self.settled = self.interrupted = False
        self._shown = set()
        try:
            app = None if self._failed or paths is None else self._app
            if app is None or self._pages_of(app, paths or ()) is None:
                self._open()
            self._limited = False
            while self._build_some():
                pass
        except StopBuildingError:
            self._fail()
            raise
        except SomebodyWaitsError:
            self.interrupted = True
            return False
        except (Exception, SystemExit) as error:
            self._fail()
            self.status.problem = describe(error)
            cause = getattr(error, "orig_exc", error.__cause__)
            self.may_mend_itself = isinstance(error, OSError) or isinstance(cause, OSError)
            return False
        self._failed = self._was_partial = False
        self.between.clear()
        self._builds += 1
        if self._builds % GARBAGE == 0:
            _collect_garbage()
        else:
            # or Python's collector would go through the whole environment during some edit
            gc.freeze()
        self.status.complete = True
        self.status.problem = ""
        return True

    def _fail(self) -> None:
        """Make the next build read pages that this one may have read in part."""
        self._failed = True
        self.warnings.muted = False
        if self._env is not None:
            read_again(self._env, self._read)

    def _open(self) -> None:
        """Create an application with the environment of the last one."""
        options = self.options
        if self._app is not None:
            forget_waiting(self._app)
            self._app = None
        for folder in (options.outdir, options.doctreedir):
            folder.mkdir(parents=True, exist_ok=True)
        if self._env is not None:
            write_environment(self._env, whole=False)
        confdir, settings = options.configuration()
        self._leave()
        _forget_modules(confdir)
        self._stack.enter_context(patch_docutils(confdir))
        self._stack.enter_context(docutils_namespace())
        app = Sphinx(
            options.source,
            confdir,
            options.outdir,
            options.doctreedir,
            options.builder,
            confoverrides=dict(settings),
            status=None,
            warning=cast("Any", self.warnings),
            tags=list(options.tags),
        )
        app.connect("env-get-outdated", self._note_removed, priority=1)
        app.connect("env-before-read-docs", self._begin_reading, priority=1)
        app.connect("env-purge-doc", self._next_page, priority=1)
        app.connect("env-updated", self._end_pages, priority=1)
        app.connect("env-get-updated", self._end_reading, priority=1)
        mix_in(app.builder, PreviewBuilder)
        builder = cast("PreviewBuilder", app.builder)
        builder.preview = self
        let_wait(app)
        self._page_files = PageFiles(builder)
        self._app, self._env = app, app.env

    def _build_some(self) -> bool:
        """Build the pages that browsers wait for, or else all."""
        try:
            return self._build()
        except (StopBuildingError, SomebodyWaitsError):
            raise
        except Exception:
            if self.limit is None or self._env is None:
                raise
            # an error while some pages are missing may disappear with all of them
            read_again(self._env, self._read)
            self._limited = True
            return True

    def _build(self) -> bool:
        app = self._app
        assert app is not None  # noqa: S101 (for the type checker)
        for folder in (self.options.outdir, self.options.doctreedir):
            folder.mkdir(parents=True, exist_ok=True)
        self._begin()
        begin_written(app.builder, self.between)
        cast("PreviewBuilder", app.builder).begin()
        self._page_files.restore()
        keep_in_memory(app.env)
        forget_trees(app.env)
        done = False
        try:
            # files that are not written again would be missing for other projects
            note_whole(app)
            unknown = self._failed or self._was_partial
            app.build(force_all=unknown and not keeps_ledger(app))
            done = True
        finally:
            if not done and keeps_ledger(app):
                # such as downloads, which are written before pages
                self.between |= shared_files(app)
            forget_trees(app.env)
            self._reading = None
            self.warnings.muted = False
            # also if the build was postponed
            self._was_partial = self._was_partial or self.limit is not None
            read_again(app.env, (self.limit or set()) | self._later)
        if self.limit is None:
            return False
        for page in self.limit:
            self.note_shown(page)
        return True

    def _begin(self) -> None:
        self.limit, self._reading, self._read, self._later = None, None, [], set()

    # callbacks of the builder and the environment during a build

    def check(self, what: str, number: int, of: int) -> None:
        """Say how far a build is, and end it if it is to end."""
        self._check_stop()
        if of > FEW:
            self.status.note(f"{number:,} of {of:,} pages have been {what}.")

    def check_busy(self) -> None:
        """Leave the build for later if there is something better to do.

        The result is the same as if it had not begun, or had written fewer pages.
        """
        app = self._app
        if app is None or not self.status.complete or not keeps_ledger(app):
            return
        # other progress with a number is reported only once
        if not (app.env.numbered_toctrees or app.config.numfig) and self.is_busy():
            message = "left for later"
            raise SomebodyWaitsError(message)

    def _check_reading(self) -> None:
        """Do the same while a few pages are read: the next build reads all of them again."""
        if self._env is None or len(self._read) > FEW:
            return
        try:
            self.check_busy()
        except SomebodyWaitsError:
            read_again(self._env, self._read)
            raise

    def _check_stop(self) -> None:
        if self.stopping:
            message = "stopped"
            raise StopBuildingError(message)

    def take_wanted(self, pages: AbstractSet[str]) -> list[str]:
        """Return the pages that somebody waits for, and this build has not shown yet.

        :returns: The pages, the latest first.
        """
        found = dict.fromkeys(map(self.page_of, self.wanted()))
        return [page for page in found if page in pages and page not in self._shown]

    def note_shown(self, page: str) -> None:
        """Note that a page can be looked at before the others."""
        self._shown.add(page)
        self.written()

    def choose(self, docnames: AbstractSet[str]) -> set[str]:
        """Return the pages that are written now.

        :returns: These, or only those that somebody waits for.
        """
        known = docnames & self._env.all_docs.keys() if self._env else docnames
        return set(known if self.limit is None else known & self.limit)

    def _note_removed(
        self, _app: Sphinx, _env: object, _added: object, _changed: object, removed: set[str]
    ) -> list[str]:
        # pages have not been compared with the last build yet
        self.check_busy()
        self._removed = self._removed or bool(removed)
        return []

    def _begin_reading(self, app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        self._read = list(docnames)
        self._reading, self._position = docnames, 0
        self._check_reading()
        if len(docnames) <= FEW or self._limited:
            return
        pages = self.take_wanted(set(docnames))[:FEW]
        if not pages and not env.all_docs and app.config.root_doc in docnames:
            pages = [app.config.root_doc]
        if pages:
            self._limit(pages, 0)

    def _limit(self, pages: list[str], position: int) -> None:
        """Read only some of the pages that have not been read yet."""
        assert self._reading is not None  # noqa: S101 (for the type checker)
        later = self._reading[position:]
        self._later = set(later)
        # this ends Sphinx's loop over pages to read
        self._reading[position:] = [page for page in pages if page in later]
        self.limit = set(pages)
        if self._app is not None:
            note_partial(self._app)

    def _next_page(self, _app: Sphinx, env: BuildEnvironment, _docname: str) -> None:
        self._check_stop()
        if self._reading is None:
            return
        self._position += 1
        self._check_reading()
        if self._position % 5 or self.limit is not None or self._limited:
            return
        self.check("read", self._position, len(self._reading))
        pages = self.take_wanted(env.found_docs) if len(self._reading) > FEW else []
        if pages:
            self._limit(pages[:FEW], self._position)

    def _end_pages(self, _app: Sphinx, _env: BuildEnvironment) -> None:
        # they have not been checked yet
        self._check_reading()

    def _end_reading(self, _app: Sphinx, _env: BuildEnvironment) -> list[str]:
        self._reading = None
        self.check_busy()
        # the next build reports the rest again
        self.warnings.muted = self.limit is not None
        return []

    # work for idle time

    def settle(self) -> bool:
        """Write the files that no page needs, and the environment, as after an ordinary build."""
        app = self._app
        if app is None or self._failed or self.settled:
            return not self._failed
        builder = cast("PreviewBuilder", app.builder)
        steps = (
            partial(self._write_index, builder),
            builder.dump_inventory,
            partial(do_waiting, app),
            partial(write_environment, app.env, whole=True),
            _collect_garbage,
        )
        self.settling = True
        try:
            for step in steps:
                if self.is_busy():
                    return True
                step()
        except (Exception, SystemExit) as error:
            self._failed = True
            self.status.problem = describe(error)
            self.may_mend_itself = isinstance(error, OSError)
            return False
        finally:
            self.settling = self.warnings.muted = False
        self.settled = True
        return True

    def _write_index(self, builder: PreviewBuilder) -> None:
        known = builder.env.all_docs.keys()
        pages = self.unindexed & known
        if not builder.search or not (pages or self._removed):
            return
        if not Path(builder.outdir, builder.searchindex_filename).is_file():
            pages = set(known)
        note_outdated_index(builder)
        self.warnings.muted = True
        forget_trees(builder.env)
        builder.prepare_writing(pages)
        for page in sorted(pages):
            index_page(builder, page)
        builder.dump_search_index()
        forget_trees(builder.env)
        self.warnings.muted = False
        self._removed = False
        self.unindexed.clear()

    def close(self) -> None:
        """End: unless everything is settled, no other process can load the environment."""
        self._app = self._env = None
        forget_environments()
        self._leave()

    def _leave(self) -> None:
        self._stack.close()
        self._stack = ExitStack()
        sys.path[:] = self._path


def _collect_garbage() -> None:
    """Free the garbage of builds, and freeze the remaining objects."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _forget_modules(confdir: Path | None) -> None:
    """Make Python load the modules beside ``conf.py`` again: they may have changed."""
    if confdir is None:
        return
    folder = confdir.resolve()
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if file and Path(file).is_relative_to(folder) and "site-packages" not in file:
            if name.partition(".")[0] in ("sphinx_ajo", "__main__"):
                continue
            del sys.modules[name]
