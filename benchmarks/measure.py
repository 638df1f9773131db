"""Run commands, and measure them."""

from __future__ import annotations

import os
import statistics
import subprocess
import threading
import time
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

import psutil

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

POLL: float = 0.05
"""How many seconds pass between two looks at the memory of a process and those below it."""

_CORES = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
"""The cores that may be used; only Linux tells."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a command took."""

    user: float
    """CPU seconds in user mode, of all its processes."""
    system: float
    """CPU seconds in the kernel."""
    wall: float
    """Seconds that passed."""
    rss: int
    """The most bytes that all its processes had in memory at a time."""
    failed: str = ""
    """Why there is no result."""

    def as_dict(self) -> dict[str, Any]:
        """Return the fields by name."""
        return asdict(self)


def run(
    command: Sequence[str],
    *,
    cwd: Path,
    log: Path,
    cores: int = 1,
    env: Mapping[str, str] | None = None,
    limit: float | None = None,
) -> Run:
    """Run a command on its own processor cores.

    :param command: The command.
    :param cwd: Where to run it.
    :param log: Where all it prints goes.
    :param cores: On how many cores it may run. The first ones are taken, the others are left
        to the caller.
    :param env: Environment variables, added to the present ones.
    :param limit: How many seconds it may take.
    :returns: What it took.
    """
    start = time.perf_counter()
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 (our own commands)
            command, cwd=cwd, stdout=output, stderr=output, env={**os.environ, **(env or {})},
            start_new_session=True, preexec_fn=lambda: _pin(cores),
        )  # fmt: skip
    watch = _Watch(process.pid, start + limit if limit else None)
    watch.start()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    watch.stop()
    failed = ""
    if watch.expired:
        failed = f"more than {limit:.0f} s"
    elif process.returncode:
        failed = f"exit code {process.returncode}"
    # the kernel knows the peak of each process exactly, polling that of the sum roughly
    peak = max(watch.peak, usage.ru_maxrss * 1024)
    return Run(usage.ru_utime, usage.ru_stime, wall, peak, failed)


def _pin(cores: int) -> None:
    if _CORES:
        os.sched_setaffinity(0, _CORES[:cores])


class _Watch(threading.Thread):
    """Looks at the memory of a process and those below it until told to stop."""

    def __init__(self, pid: int, deadline: float | None) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self.expired = False
        self._pid = pid
        self._deadline = deadline
        self._done = threading.Event()

    def run(self) -> None:
        """Poll, not on the core of a process that has but one."""
        if _CORES:
            os.sched_setaffinity(0, _CORES[1:] or _CORES)
        try:
            root = psutil.Process(self._pid)
        except psutil.NoSuchProcess:
            return
        while not self._done.wait(POLL):
            family = _family(root)
            self.peak = max(self.peak, sum(map(_rss, family)))
            if self._deadline and time.perf_counter() > self._deadline:
                self.expired = True
                for process in family:
                    _kill(process)
                return

    def stop(self) -> None:
        """Stop, and wait for the end."""
        self._done.set()
        self.join()


def _family(root: psutil.Process) -> list[psutil.Process]:
    try:
        return [root, *root.children(recursive=True)]
    except psutil.Error:
        return []


def _rss(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0


def _kill(process: psutil.Process) -> None:
    try:
        process.kill()
    except psutil.Error:
        return


def median(runs: Iterable[Run]) -> Run:
    """Return the medians of runs, each figure for itself.

    :param runs: The runs; those that failed do not count.
    :returns: The medians, or the first failure if nothing else is there.
    """
    runs = list(runs)
    good = [each for each in runs if not each.failed]
    if not good:
        return runs[0]
    names = [each.name for each in fields(Run) if each.name != "failed"]
    return Run(**{name: statistics.median(getattr(each, name) for each in good) for name in names})
