"""Measure the preview: edit files, ask the server until it answers with them, look at its memory.

    python -m benchmarks.preview [--pages 1300] [--edits 20] [--memory 0] [--repo FOLDER]

It starts `python -m sphinx_ajo preview` without a cache, asks for the start page until it is
there, waits until all pages have been built, and then edits: pages, one after the other as soon as
the last one has been served, the same with a pause in which the site is built, the same at any
moment of such a build, a snippet on many pages, and `--memory` times a page with a look at the
memory of the process now and then.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

import psutil

from benchmarks.generate import write

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PAUSE: Final = 0.01
"""Seconds between two requests."""

LONGEST: Final = 2.0
"""The longest pause between two edits, in seconds; the site is built after 0.3 s without any."""


class Preview:
    """A preview of a repository, and a client of it."""

    def __init__(self, folder: Path, output: Path) -> None:
        self.folder = folder
        self.log = output.with_suffix(".log")
        self.start = time.monotonic()
        command = [sys.executable, "-u", "-m", "sphinx_ajo", "preview", str(folder)]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(  # noqa: S603
                [*command, "--port", "0", "--output", str(output)],
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        port = self.wait(lambda: re.search(r"127\.0\.0\.1:(\d+)", self.log.read_text()))
        self.port = int(port[1])

    def wait(self, check: Callable[[], re.Match[str] | None]) -> re.Match[str]:
        """Wait for something."""
        while not (found := check()):
            if self.process.poll() is not None:
                raise SystemExit(self.log.read_text())
            time.sleep(PAUSE)
        return found

    def get(self, path: str) -> tuple[int, str]:
        """Ask for a page."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def wait_for(self, path: str, text: str) -> float:
        """Ask for a page until it is there and has a text; return how long that took."""
        start = time.monotonic()
        while True:
            status, page = self.get(path)
            if status == 200 and text in page:
                return time.monotonic() - start
            time.sleep(PAUSE)

    def builds(self) -> int:
        """Return how many builds have been finished."""
        return self.log.read_text().count("\nbuilt in ")

    def rest(self, before: int) -> None:
        """Wait until the site has been built once more."""
        while self.builds() <= before:
            time.sleep(PAUSE)

    def memory(self) -> float:
        """Return the memory of the process, in megabytes."""
        return psutil.Process(self.process.pid).memory_info().rss / 1e6

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait()


class Editor:
    """Saves files, and waits for what is served."""

    def __init__(self, preview: Preview, seed: int = 1) -> None:
        self.preview = preview
        self.random = Random(seed)
        self.count = 0
        self.pages = sorted(
            path
            for path in preview.folder.rglob("*.md")
            if path.name not in ("TOC.md", "metadata.md", "README.md")
            and "_includes" not in path.parts
            and preview.get(self._address(path))[0] == 200
        )

    def edit(self, file: Path, served: Path) -> float:
        """Add a word to a file, and wait until a page has it."""
        self.count += 1
        word = f"word{self.count}x{self.random.randrange(10**9)}"
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub(r"\n*(Edited \w+\.\n*)?$", "", text) + f"\n\nEdited {word}.\n")
        name = served.relative_to(self.preview.folder).with_suffix(".html")
        return self.preview.wait_for(f"/{name.as_posix()}", word)

    def edit_some(self, number: int, *, rest: bool) -> list[float]:
        """Edit pages, with or without a pause in which the site is built."""
        times = []
        for _ in range(number):
            page = self.random.choice(self.pages)
            before = self.preview.builds()
            times.append(self.edit(page, page))
            if rest:
                self.preview.rest(before)
        if not rest:
            self.preview.rest(before)
        return times

    def edit_at_any_moment(self, number: int) -> list[float]:
        """Edit pages after pauses of any length, so that the site is often being built."""
        times = []
        for _ in range(number):
            time.sleep(self.random.uniform(0, LONGEST))
            page = self.random.choice(self.pages)
            times.append(self.edit(page, page))
        return times

    def edit_snippet(self, pages: int) -> list[float]:
        """Edit a file that pages include; return how long it took until the last one was there."""
        snippet = self.preview.folder / "help/_includes/preview-benchmark.md"
        snippet.write_text("First text.\n", encoding="utf-8")
        some = self.random.sample(self.pages, min(pages, len(self.pages)))
        for page in some:
            with page.open("a", encoding="utf-8") as file:
                up = os.path.relpath(snippet, page.parent).replace(os.sep, "/")
                file.write(f"\n\n{{{{$include {up}}}}}\n")
        for page in some:
            self.preview.wait_for(self._address(page), "First text.")
        time.sleep(5)
        times = []
        for _ in range(3):
            start, before = time.monotonic(), self.preview.builds()
            self.edit(snippet, some[0])
            word = re.findall(r"Edited (\w+)", snippet.read_text())[-1]
            for page in some:
                self.preview.wait_for(self._address(page), word)
            times.append(time.monotonic() - start)
            self.preview.rest(before)
        return times

    def _address(self, page: Path) -> str:
        return "/" + page.relative_to(self.preview.folder).with_suffix(".html").as_posix()


def say(what: str, times: Sequence[float]) -> None:
    """Print the median and the most of some times."""
    print(f"{what:42} {statistics.median(times):7.2f} s {max(times):7.2f} s", flush=True)  # noqa: T201


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pages", type=int, default=1300)
    parser.add_argument("--edits", type=int, default=20)
    parser.add_argument("--snippet", type=int, default=50, help="pages with the snippet")
    parser.add_argument("--memory", type=int, default=0, help="edits between looks at the memory")
    parser.add_argument("--repo", type=Path, help="a repository; it is copied")
    args = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="ajo-preview-") as temporary:
        folder = Path(temporary, "repository")
        if args.repo:
            shutil.copytree(args.repo, folder, ignore=shutil.ignore_patterns(".git"))
        else:
            write(folder, args.pages)
        preview = Preview(folder, Path(temporary, "output"))
        try:
            _measure(preview, args)
        finally:
            preview.stop()


def _measure(preview: Preview, args: argparse.Namespace) -> None:
    print(f"{'':42} {'median':>9} {'most':>9}")  # noqa: T201
    preview.wait_for("/", "</html>")
    say("first page, without a cache", [time.monotonic() - preview.start])
    preview.wait(lambda: re.search(r"^built in ", preview.log.read_text(), re.MULTILINE))
    say("all pages, without a cache", [time.monotonic() - preview.start])
    editor = Editor(preview)
    say("an edit after the other", editor.edit_some(args.edits, rest=False))
    say("an edit, the site being built in between", editor.edit_some(args.edits, rest=True))
    say("an edit at any moment", editor.edit_at_any_moment(args.edits))
    say(f"a snippet on {args.snippet} pages, all of them", editor.edit_snippet(args.snippet))
    for number in range(0, args.memory + 1, max(1, args.memory // 10)):
        if number:
            editor.edit_some(max(1, args.memory // 10), rest=True)
        print(f"memory after {number:4} edits {preview.memory():20.0f} MB", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
