"""Digests of the contents of files, saved from build to build.

The times and the size of a file, its *stamp*, only save reading it again. They never decide whether
it has changed: a clone gives all files new times, and two changes can have the same time.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_SECOND: Final = 1_000_000_000

_FINE: Final = _SECOND // 64
"""How far the clock of a file system may be behind Python's clock. A tick of Linux takes 10 ms."""

_COARSE: Final = 2 * _SECOND
"""The resolution of file times on file systems without fractions of seconds."""

Stamp = tuple[int, int, int]
"""The times of the last change of contents and of properties of a file, and its size."""


class FileContents:
    """The digests of files, each from the first time that the build read it."""

    def __init__(self, known: dict[str, tuple[Stamp, str]] | None = None) -> None:
        """Start with saved digests.

        :param known: File → its stamp, and the digest of its contents at that time.
        """
        self._known = known or {}
        self._seen: dict[str, str] = {}
        self._reading = 0
        self._doubtful: set[str] = set()
        self._fresh: set[str] = set()
        self.changed = False
        """Whether the digests have changed."""

    def digest(self, path: str) -> str:
        """Digest the contents of a file.

        :returns: The digest, which does not depend on times; empty if it cannot be read, or is not
            a file.
        """
        if path not in self._seen:
            self._seen[path] = self._look(path)
        return self._seen[path]

    def note_reading(self) -> None:
        """Record that pages are read from now on.

        A later digest may differ from the contents that a page was made from.
        """
        self._reading = time.time_ns()

    def is_doubtful(self, path: str) -> bool:
        """Tell whether a file may have changed after a page was made from it.

        :param path: Its absolute path, which has been digested.
        """
        return path in self._doubtful

    def finish(self) -> None:
        """Forget which files this build has read: the next one in this process checks again."""
        fresh, self._fresh = self._fresh, set()
        for path in fresh:
            # files that were written just before they were digested, such as generated pages
            self._look(path)
        for path in [path for path in self._known if path not in self._seen]:
            if not os.path.lexists(path):
                del self._known[path]
                self.changed = True
        self._seen.clear()
        self._doubtful.clear()
        self._fresh.clear()
        self._reading = 0

    def _look(self, path: str) -> str:
        try:
            status = os.stat(path)  # noqa: PTH116 (for each file in each build)
        except (OSError, ValueError):
            return ""
        # reading a pipe would block forever
        if not stat.S_ISREG(status.st_mode):
            return ""
        last = max(status.st_mtime_ns, status.st_ctime_ns)
        if self._reading and not _is_before(last, self._reading):
            self._doubtful.add(path)
        stamp = (status.st_mtime_ns, status.st_ctime_ns, status.st_size)
        known = self._known.get(path)
        return known[1] if known and known[0] == stamp else self._read(path, stamp, last)

    def _read(self, path: str, stamp: Stamp, last: int) -> str:
        now = time.time_ns()
        try:
            with open(path, "rb") as file:  # noqa: PTH123
                found = hashlib.file_digest(file, _hash).hexdigest()
        except OSError:
            return ""
        if _is_before(last, now):
            self._known[path] = (stamp, found)
            self.changed = True
        else:
            # it may change again with the same stamp
            self._fresh.add(path)
            if self._known.pop(path, None):
                self.changed = True
        return found

    def write(self, path: Path) -> None:
        """Save the digests for the next build."""
        data = {name: [*stamp, found] for name, (stamp, found) in sorted(self._known.items())}
        path.write_text(json.dumps(data, ensure_ascii=False, indent=0), encoding="utf-8")
        self.changed = False


def read_contents(path: Path) -> FileContents:
    """Read the digests of an earlier build.

    :returns: The digests; none if the file does not exist or is damaged.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        known = {
            str(name): ((int(mtime), int(ctime), int(size)), str(found))
            for name, (mtime, ctime, size, found) in data.items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return FileContents()
    return FileContents(known)


def _hash() -> hashlib.blake2b:
    return hashlib.blake2b(digest_size=16)


def _is_before(changed: int, now: int) -> bool:
    """Tell whether a file changed so long ago that a later change must change its time."""
    return changed < now - (_FINE if changed % _SECOND else _COARSE)
