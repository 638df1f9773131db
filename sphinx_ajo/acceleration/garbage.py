"""Python's garbage collector: look less often at what will stay.

Reading a page makes tens of thousands of objects. By default, Python looks through the newest ones
after each 700, and now and then through all there are, the environment and the trees of all pages
among them. That was a sixth of the time of a build.
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
"""After how many new objects it looks for garbage. With more, they are in no cache any longer."""

PAGES: Final = 50
"""After how many pages it leaves out what was read: Sphinx keeps the trees of all pages."""

LOADING: Final = 1_000_000
"""The same while Sphinx loads what an earlier build has saved: none of it is garbage."""


class BuildGarbage:
    """What is changed while Sphinx builds."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._before: tuple[int, int, int] | None = None
        self._pages = 0
        self._on = False

    def connect(self, app: Sphinx) -> None:
        """Connect all handlers."""
        app.connect("config-inited", self.begin)
        app.connect("builder-inited", self.keep_environment)
        app.connect("env-before-read-docs", self.keep)
        app.connect("source-read", self.keep_pages)
        app.connect("write-started", self.keep)
        app.connect("build-finished", self.restore, priority=900)

    def begin(self, app: Sphinx, _config: object) -> None:
        """Raise the threshold."""
        self._on = is_accelerated(app)
        if not self._on:
            return
        before = gc.get_threshold()
        # 0: somebody has turned it off; one of ours: there was an application that has not built
        if before[0] and (before[0] < THRESHOLD or before[0] in (LOADING, THRESHOLD)):
            self._before = before if before[0] < THRESHOLD else (700, *before[1:])
            gc.set_threshold(LOADING, *before[1:])

    def keep_environment(self, app: Sphinx) -> None:
        """Keep the environment that an earlier build has saved."""
        if self._before is not None:
            gc.set_threshold(THRESHOLD, *self._before[1:])
        if app.env.all_docs:
            self.keep()

    def keep(self, *_: object) -> None:
        """Take all that there is out of the way: it stays, or is so little that it may."""
        if self._on:
            gc.freeze()

    def keep_pages(self, *_: object) -> None:
        """Take what was read out of the way, now and then."""
        self._pages += 1
        if self._on and self._pages % PAGES == 0:
            # first the garbage of the last pages, which would stay otherwise: if trees are not
            # kept, they are part of it, and too old for a quick look
            gc.collect(1 if self._pages <= MOST else 2)
            gc.freeze()

    def restore(self, *_: object) -> None:
        """Look for garbage as before: this process may have other things to do.

        With most builds it ends. Python would look through all that is left then, which took a
        twelfth of the time; so that is taken out of the way once more, at the very end.
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
    """Let the garbage collector run less often while Sphinx builds."""
    BuildGarbage().connect(app)
