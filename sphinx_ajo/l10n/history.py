"""The git history of an original: which files have changed since it was translated."""

from __future__ import annotations

import os
import re
import subprocess
from typing import Final, NamedTuple

TIMEOUT: Final = 120
"""The timeout for git in seconds."""

_COMMIT = re.compile(r"[0-9a-f]{7,64}")
_SAFE: Final = ("-c", "core.fsmonitor=false", "-c", "core.quotePath=false", "--no-pager")
# run no program that the configuration of a repository names


class Changed(NamedTuple):
    """What has changed since a commit."""

    date: str
    """The day of the commit."""
    paths: frozenset[str]
    """Files, as paths from the root of the repository."""


class History:
    """The history of a folder; each git command runs once."""

    def __init__(self, folder: str) -> None:
        """Prepare for a folder."""
        self._folder = folder
        self._since: dict[str, Changed | None] = {}
        self._last: dict[str, tuple[int, str]] | None = None

    def since(self, commit: str) -> Changed | None:
        """Find the changes since a commit.

        :param commit: Its name, which is untrusted.
        :returns: The changes; ``None`` if git does not know the commit.
        """
        if not _COMMIT.fullmatch(commit):
            return None
        if commit not in self._since:
            self._since[commit] = self._ask_since(commit)
        return self._since[commit]

    def _ask_since(self, commit: str) -> Changed | None:
        name = f"{commit}^{{commit}}"
        date = self._git("show", "-s", "--no-show-signature", "--format=%cs", name)
        options = ("-r", "-z", "--name-only", "--no-renames", "--relative")
        names = self._git("diff-tree", *options, name, "HEAD") if date else None
        if date is None or names is None:
            return None
        return Changed(date.strip(), frozenset(filter(None, names.split("\0"))))

    def last(self, path: str) -> tuple[int, str] | None:
        """Find the time of the last change of a file.

        :param path: The file, relative to the root.
        :returns: The time in seconds, and the day; ``None`` if git does not know it.
        """
        if self._last is None:
            self._last = self._ask_last()
        return self._last.get(path)

    def _ask_last(self) -> dict[str, tuple[int, str]]:
        # in a shallow clone, the oldest commit seems to change all files
        if (self._git("rev-parse", "--is-shallow-repository") or "").strip() != "false":
            return {}
        options = ("--no-show-signature", "--no-renames", "--name-only", "--relative")
        found: dict[str, tuple[int, str]] = {}
        time = (0, "")
        text = self._git("log", *options, "--format=%x01%ct %cs", "--", ".") or ""
        for line in text.split("\n"):
            if line.startswith("\1"):
                seconds, _, day = line[1:].partition(" ")
                time = (int(seconds), day)
            elif line:
                found.setdefault(line, time)
        return found

    def _git(self, *arguments: str) -> str | None:
        """Run git; return ``None`` if it fails."""
        # git hooks set variables that point to another repository
        env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        env |= {"GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
        try:
            result = subprocess.run(  # noqa: S603 (no shell, and no argument from a page is an option)
                ["git", *_SAFE, "-C", self._folder, *arguments],  # noqa: S607
                capture_output=True,
                check=False,
                env=env,
                stdin=subprocess.DEVNULL,
                timeout=TIMEOUT,
            )
        except (OSError, subprocess.TimeoutExpired):
            return None
        return result.stdout.decode(errors="replace") if result.returncode == 0 else None
