"""What git tells of an original: which files have changed since it was translated."""

from __future__ import annotations

import os
import re
import subprocess
from typing import Final, NamedTuple

TIMEOUT: Final = 120
"""The seconds after which git is not waited for."""

_COMMIT = re.compile(r"[0-9a-f]{7,64}")
_SAFE: Final = ("-c", "core.fsmonitor=false", "-c", "core.quotePath=false", "--no-pager")
# no program that the configuration of a repository names


class Changed(NamedTuple):
    """What has changed since a commit."""

    date: str
    """The day of the commit."""
    paths: frozenset[str]
    """Files, from the root of the repository."""


class History:
    """The history of a folder; each question is asked once."""

    def __init__(self, folder: str) -> None:
        """Look at a folder."""
        self._folder = folder
        self._since: dict[str, Changed | None] = {}
        self._last: dict[str, tuple[int, str]] | None = None

    def since(self, commit: str) -> Changed | None:
        """Find out what has changed since a commit.

        :param commit: Its name, from anywhere.
        :returns: The files; ``None`` if git knows no such commit.
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
        """Find out when a file has changed for the last time.

        :param path: The file, from the root.
        :returns: The time in seconds, and the day; ``None`` if git cannot tell.
        """
        if self._last is None:
            self._last = self._ask_last()
        return self._last.get(path)

    def _ask_last(self) -> dict[str, tuple[int, str]]:
        # the oldest commit that a shallow clone has seems to have changed all files
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
        """Ask git; return nothing if it does not answer."""
        # a hook of git sets variables that name another repository
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
