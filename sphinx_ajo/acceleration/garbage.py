"""Run Python's garbage collector less often, and skip objects that stay alive.

Reading a page creates tens of thousands of objects. By default, the collector traverses the newest
objects after every 700, and sometimes all objects, including the environment and the doctrees of
all pages. This took a sixth of the time of a build.
"""

from __future__ import annotations

import atexit
import gc
from typing import TYPE_CHECKING, Final

from sphinx_ajo.acceleration.switch import is_accelerated
from sphinx_ajo.acceleration.trees import MOST

if TYPE_CHECKING:
    from sphinx.application import Sphinx

THRESHOLD: Final = 15_000
"""The number of new objects after which the collector runs. With a higher number, they no longer
fit into the processor's caches."""

PAGES: Final = 50
"""After how many pages existing objects are frozen: Sphinx keeps the doctrees of all pages."""

LOADING: Final = 1_000_000
"""The threshold while Sphinx loads a saved environment, none of which is garbage."""


class BuildGarbage:
    """The settings of the garbage collector while Sphinx builds."""

    def __init__(self) -> None:
        """Start without changes."""
        self._before: tuple[int, int, int] | None = None
        self._read = 0
        self._written = 0
        self._on = False

    def connect(self, app: Sphinx) -> None:
        """Connect all handlers."""
        app.connect("config-inited", self.begin)
        app.connect("builder-inited", self.keep_environment)
        app.connect("env-before-read-docs", self.keep)
        app.connect("source-read", self.keep_read)
        app.connect("write-started", self.keep)
        app.connect("doctree-resolved", self.keep_written)
        app.connect("build-finished", self.restore, priority=900)

    def begin(self, app: Sphinx, _config: object) -> None:
        """Raise the threshold."""
        self._on = is_accelerated(app)
        if not self._on:
            return
        before = gc.get_threshold()
        # 0: the collector is off; one of ours: an earlier application did not reach its build
        if before[0] and (before[0] < THRESHOLD or before[0] in (LOADING, THRESHOLD)):
            self._before = before if before[0] < THRESHOLD else (700, *before[1:])
            gc.set_threshold(LOADING, *before[1:])

    def keep_environment(self, app: Sphinx) -> None:
        """Freeze the environment that an earlier build has saved."""
        if self._before is not None:
            gc.set_threshold(THRESHOLD, *self._before[1:])
        if app.env.all_docs:
            self.keep()

    def keep(self, *_: object) -> None:
        """Freeze all existing objects: nearly all of them stay alive, and the rest is small."""
        if self._on:
            gc.freeze()

    def keep_read(self, *_: object) -> None:
        """Freeze what was read, at regular intervals."""
        self._read += 1
        # the doctrees of the first pages stay; later ones are garbage, unless they were taken apart
        self._keep_some(self._read, 0 if self._read <= MOST else 2)

    def keep_written(self, *_: object) -> None:
        """Freeze what is left of written pages, at regular intervals."""
        self._written += 1
        self._keep_some(self._written, 2)

    def _keep_some(self, pages: int, generation: int) -> None:
        """Freeze existing objects after some pages.

        :param generation: Which garbage is collected first, because it could never be freed once
            frozen: up to this generation of Python's collector.
        """
        if self._on and pages % PAGES == 0:
            gc.collect(generation)
            gc.freeze()

    def restore(self, *_: object) -> None:
        """Restore the settings: the process may go on after the build.

        Usually it ends. Python would then traverse all remaining objects, which took a twelfth of
        the time, so they are frozen once more when the process exits.
        """
        if not self._on:
            return
        gc.unfreeze()
        atexit.unregister(gc.freeze)
        atexit.register(gc.freeze)
        if self._before is not None:
            gc.set_threshold(*self._before)
            self._before = None


def setup_gc(app: Sphinx) -> None:
    """Make the garbage collector run less often while Sphinx builds."""
    BuildGarbage().connect(app)
