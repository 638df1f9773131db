"""A preview in a process of its own, as a writer starts it."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
import threading
import time
from importlib.util import find_spec
from pathlib import Path

import pytest
from edited_site import differences, make_site

from sphinx_ajo.testing import write_files

__all__ = ["differences", "make_site"]

LIBRARIES = ("starlette", "uvicorn", "watchfiles", "platformdirs")

if not all(map(find_spec, LIBRARIES)):
    collect_ignore = ["test_server.py"]

PATIENCE = 300
"""Seconds until a test gives up: other processes may use the machine."""

FILES = {
    "README.md": "# About\n",
    "metadata.md": "---\nsolution: Product\n---\n",
    "help/TOC.md": "---\nuser-guide-title: Guide\n---\n\n# Guide\n\n"
    "+ [First](first.md)\n+ [Second](second.md)\n",
    "help/first.md": "---\ntitle: First\ndescription: One.\n---\n\n# First\n\nOld text.\n",
    "help/second.md": "---\ntitle: Second\ndescription: Two.\n---\n\n# Second\n\nSee <first.md>.\n",
}


class Preview:
    """A preview, and a client of it."""

    def __init__(self, folder, *arguments):
        self.folder = folder
        self.output = folder.with_name(f"{folder.name}-output")
        root = Path(__file__).parents[2]
        path = os.pathsep.join([str(root), os.environ.get("PYTHONPATH", "")])
        command = ["-m", "sphinx_ajo", "preview", str(folder), "--port", "0"]
        self.process = subprocess.Popen(
            [sys.executable, "-u", *command, "--output", str(self.output), *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            env=os.environ | {"PYTHONPATH": path},
            cwd=folder.parent,
        )
        self.lines = []
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()
        found = self.wait(lambda: re.search(r"127\.0\.0\.1:(\d+)", self.log()))
        self.port = int(found[1])

    def _read(self):
        self.lines.extend(self.process.stdout)

    def log(self):
        return "".join(self.lines)

    def wait(self, check):
        """Wait until something is so, and return it."""
        end = time.monotonic() + PATIENCE
        while not (found := check()):
            assert time.monotonic() < end, self.log()
            assert self.process.poll() is None, self.log()
            time.sleep(0.02)
        return found

    def get(self, path="/help/first.html", method="GET", **headers):
        """Return the status and the text of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            names = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, headers=names)
            answer = connection.getresponse()
            self.headers = answer.headers
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def events(self, page):
        """Connect as a browser does that shows a page; yield what it is told, line by line."""
        digest, assets = re.search(r'data-digest="(\w+)" data-assets="(\d+)"', page).groups()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        query = f"path=/help/first.html&digest={digest}&assets={assets}"
        connection.request("GET", f"/_ajo-preview/events?{query}")
        answer = connection.getresponse()
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        try:
            yield from answer
        finally:
            connection.close()

    def wait_for(self, text, path="/help/first.html", status=200):
        def check():
            found = self.get(path)
            return found if found[0] == status and text in found[1] else None

        return self.wait(check)[1]

    def wait_until_said(self, text):
        """Wait until it writes something, which it does after pages are served."""
        self.wait(lambda: text in self.log())

    def wait_until_built(self):
        """Wait until all pages are written: each is served as soon as it is."""
        self.wait_until_said("built in")

    def write(self, name, text):
        write_files(self.folder, {name: text})

    def page(self, text, title="First"):
        return f"---\ntitle: {title}\ndescription: One.\n---\n\n# {title}\n\n{text}\n"

    def stop(self, kind=signal.SIGINT):
        self.process.send_signal(kind)
        code = self.process.wait(PATIENCE)
        self.thread.join(PATIENCE)
        self.process.stdout.close()
        return code


@pytest.fixture(scope="module")
def make_preview(tmp_path_factory):
    made = []

    def make(files=FILES, *arguments):
        folder = tmp_path_factory.mktemp("preview") / "src"
        write_files(folder, files)
        made.append(Preview(folder, *arguments))
        return made[-1]

    yield make
    for preview in made:
        if preview.process.poll() is None:
            preview.stop()


@pytest.fixture(scope="module")
def preview(make_preview):
    """A preview that tests share: each leaves it whole."""
    made = make_preview()
    made.wait_until_built()
    return made
