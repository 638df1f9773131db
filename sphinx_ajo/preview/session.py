"""The scheduler: it shows saved pages at once, builds in pauses, and does the rest when idle."""

from __future__ import annotations

import queue
import threading
import time
from typing import TYPE_CHECKING, Final

from sphinx_ajo.preview.status import Status, describe, say, say_warnings

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_ajo.preview.hub import Hub
    from sphinx_ajo.preview.options import Options
    from sphinx_ajo.preview.resident import Resident
    from sphinx_ajo.preview.watching import Watcher

SHORTEST: Final = 0.3
"""The pause in seconds without a saved file before the site is built."""

LONGEST: Final = 3.0
"""The maximum pause for large sites, where the pause is as long as a build."""

IDLE: Final = (2.0, 20.0)
"""The idle time before the remaining work: three times as long as it takes, within these limits."""

RETRY: Final = 2.0
"""The time in seconds before a failed build is repeated: a disk may have room again."""


class Session(threading.Thread):
    """The thread that builds."""

    def __init__(self, options: Options, status: Status) -> None:
        """Prepare."""
        super().__init__(name="ajo-preview-builder", daemon=True)
        self._options = options
        self._status = status
        self._changes: queue.SimpleQueue[set[Path]] = queue.SimpleQueue()
        self._unbuilt: set[Path] = set()
        self._unwatched = False
        self._waits = False
        self._ending = False
        self._resident: Resident | None = None
        self._took = 0.0
        self._settling_took = 0.0
        self._said = ""
        self._last_warnings: list[str] = []
        self.hub: Hub | None = None
        self.watcher: Watcher | None = None

    def tell(self, paths: set[Path]) -> None:
        """Report changed files; any thread may call this."""
        self._changes.put(paths)

    def end(self) -> None:
        """Ask the process to end; any thread may call this."""
        self._ending = True
        if self._resident is not None:
            self._resident.stopping = True
        self._changes.put(set())

    def run(self) -> None:
        """Build until the process ends."""
        # loading Sphinx takes a while: the server already answers
        from sphinx_ajo.preview.resident import Resident, StopBuildingError

        resident = self._resident = Resident(self._options, self._status)
        resident.stopping = self._ending
        resident.is_busy = self._is_busy
        if self.hub is not None:
            resident.wanted = self.hub.wanted
            resident.written = self.hub.changed
        try:
            if self.watcher is not None:
                # from now on, saved files are noticed
                self.watcher.ready.wait(2)
            self._build(resident)
            while not self._ending:
                self._step(resident)
        except StopBuildingError:
            pass
        except Exception as error:
            # only a bug of the preview gets here
            self._status.problem = describe(error)
            self._note("")
        finally:
            resident.stopping = False
            resident.is_busy = bool
            if not resident.settled:
                resident.settle()
            resident.close()

    def _step(self, resident: Resident) -> None:
        """Do the next piece of work."""
        paths = self._next(resident)
        if self._ending:
            return
        if paths is not None:
            self._unbuilt |= paths
            # an empty set: files may have changed while no folder was watched
            self._unwatched = self._unwatched or not paths
            self._waits = True
            if paths:
                self._show_or_build(resident, paths)
        elif self._waits or (self._status.problem and resident.may_mend_itself):
            self._build(resident)
        elif not resident.settled:
            self._settle(resident)

    def _next(self, resident: Resident) -> set[Path] | None:
        """Wait for changes.

        :returns: The files; ``None`` if there is time for other work.
        """
        wait: float | None = None
        if self._waits:
            wait = min(max(SHORTEST, self._took), LONGEST)
        elif self._status.problem:
            wait = max(RETRY, 3 * self._took) if resident.may_mend_itself else None
        elif not resident.settled:
            wait = min(max(IDLE[0], 3 * self._settling_took), IDLE[1])
        try:
            found = self._changes.get(timeout=wait)
        except queue.Empty:
            return None
        while not self._changes.empty():
            found = found | self._changes.get()
        return found

    def _show_or_build(self, resident: Resident, paths: set[Path]) -> None:
        start = time.monotonic()
        if not resident.show(paths):
            self._build(resident)
            return
        names = ", ".join(sorted(path.name for path in paths)[:3])
        say(f"{names}: shown after {time.monotonic() - start:.2f} s")
        if any(path.suffix.lower() != ".md" for path in paths):
            self._note_assets()
        self._note("")

    def _build(self, resident: Resident) -> None:
        paths, self._unbuilt, self._waits = self._unbuilt, set(), False
        unwatched, self._unwatched = self._unwatched, False
        retry = not paths and bool(self._status.problem)
        start = time.monotonic()
        if not self._status.problem:
            self._note("The site is being built.")
        done = resident.build(None if unwatched else paths)
        if resident.interrupted:
            self._unbuilt |= paths
            self._unwatched = unwatched
            self._waits = True
            self._note("")
            return
        self._took = time.monotonic() - start
        warnings = resident.warnings.take()
        if done:
            self._status.warnings = len(warnings)
            say_warnings(warnings)
            count = f"{len(warnings):,} warning{'' if len(warnings) == 1 else 's'}"
            say(f"built in {self._took:.2f} s, {count}")
            self._said = ""
        elif not retry or self._status.problem != self._said:
            say_warnings(warnings)
            say(f"{self._status.problem}\nThe preview continues when the error is fixed.")
            self._said = self._status.problem
        if any(path.suffix.lower() != ".md" for path in paths):
            self._note_assets()
        self._note("")
        if self.watcher is not None:
            self.watcher.watch_folders(resident.folders())

    def _settle(self, resident: Resident) -> None:
        start = time.monotonic()
        if not resident.settle():
            say(self._status.problem)
        warnings = resident.warnings.take()
        if warnings != self._last_warnings:
            say_warnings(warnings)
        self._last_warnings = warnings
        self._settling_took = time.monotonic() - start
        self._note("")

    def _is_busy(self) -> bool:
        return self._ending or not self._changes.empty()

    def _note_assets(self) -> None:
        if self.hub is not None:
            self.hub.assets += 1

    def _note(self, step: str) -> None:
        self._status.note(step)
