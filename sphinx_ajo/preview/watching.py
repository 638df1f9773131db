"""Watch for changed files, and for a source folder that is removed or created again."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final

from watchfiles import DefaultFilter, watch

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet

    from watchfiles import Change

STEP: Final = 20
"""The pause in milliseconds without further changes before a change is reported."""

LOOK: Final = 500
"""The time in milliseconds between checks whether the folders still exist."""


class SourceFilter(DefaultFilter):
    """Ignores files that no page depends on, and files that the preview writes itself."""

    def __init__(self, output: Path) -> None:
        """Prepare."""
        super().__init__(ignore_paths=[output])


class Watcher(threading.Thread):
    """Watches folders until it is stopped."""

    def __init__(self, source: Path, output: Path, tell: Callable[[set[Path]], None]) -> None:
        """Prepare.

        :param tell: Called with the changed files; with the source folder if it was created or
            removed; with nothing if files may have changed while no folder was watched.
        """
        super().__init__(name="ajo-preview-watcher", daemon=True)
        self._source = source
        self._filter = SourceFilter(output)
        self._tell = tell
        self._folders: frozenset[Path] = frozenset({source})
        self._end = threading.Event()
        self._again = threading.Event()
        self.ready = threading.Event()
        """Set when the folders are watched for the first time."""

    def watch_folders(self, folders: AbstractSet[Path]) -> None:
        """Watch other folders."""
        if folders and frozenset(folders) != self._folders:
            self._folders = frozenset(folders)
            self._again.set()

    def stop(self) -> None:
        """End."""
        self._end.set()
        self._again.set()

    def run(self) -> None:
        """Watch."""
        while not self._end.is_set():
            try:
                self._watch()
            except OSError as error:
                # a folder was removed, or the system cannot watch more folders
                self._wait(str(error))

    def _wait(self, _reason: str) -> None:
        self.ready.set()
        self._tell({self._source})
        while not self._end.wait(LOOK / 1000) and not self._source.is_dir():
            pass
        self._tell({self._source})

    def _watch(self) -> None:
        self._again.clear()
        identity, begins = _identity(self._source), True
        folders = [folder for folder in self._folders if folder.is_dir()]
        for changes in watch(
            *folders,
            watch_filter=self._filter,
            step=STEP,
            stop_event=self._again,
            rust_timeout=LOOK,
            yield_on_timeout=True,
            raise_interrupt=False,
        ):
            if self.ready.is_set() and begins:
                self._tell(set())
            begins = False
            self.ready.set()
            self._note(changes)
            if _identity(self._source) != identity:
                message = "the folder has gone"
                raise OSError(message)

    def _note(self, changes: set[tuple[Change, str]]) -> None:
        paths = {Path(path) for _, path in changes}
        if paths:
            self._tell(paths)


def _identity(folder: Path) -> tuple[int, int]:
    """Return the identity of a folder, even if another folder gets the same name."""
    status = folder.stat()
    return status.st_dev, status.st_ino
