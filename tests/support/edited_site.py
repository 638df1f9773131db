"""A repository that is edited, and the output of its builds."""

from __future__ import annotations

import copy
import dataclasses as dc
import difflib
import filecmp
import os
import shutil

import pytest
from edited import Repository

from sphinx_ajo import testing


def output(folder):
    """Return all files of an output folder: path → content."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in (".buildinfo", ".buildinfo.bak")
    }


@dc.dataclass
class Result:
    """What a build did."""

    read: set[str]
    written: set[str]
    warnings: list[str]


class Site:
    """A repository and the output of one builder."""

    def __init__(self, folder, builder="html", **conf):
        self.folder = folder / "src"
        self.folder.mkdir()
        self.out = folder / "out"
        self.builder = builder
        conf = {"extensions": ["sphinx_ajo"]} | conf
        # the application for tests takes "basic" for alabaster, unless told so
        self.theme = conf.pop("html_theme", "alabaster")
        text = "".join(f"{name} = {value!r}\n" for name, value in conf.items())
        (self.folder / "conf.py").write_text(text, encoding="utf-8")
        self.repository = Repository()
        self.files = {}

    def build(self, out=None, parallel=0):
        """Write the files that have changed, and build."""
        self.files = self.repository.write(self.folder, self.files)
        return self.run(out or self.out, parallel)

    def run(self, out, parallel=0):
        read, written = set(), set()
        app = testing.SphinxTestApp(
            buildername=self.builder,
            srcdir=self.folder,
            builddir=out,
            confoverrides={"html_theme": self.theme},
            parallel=parallel,
        )
        try:
            app.connect("source-read", lambda _app, docname, _source: read.add(docname))
            app.connect("html-page-context", lambda _app, name, *_: written.add(name))
            app.build()
            warnings = testing._warnings(app.warning.getvalue(), self.folder)
            return Result(read, written & app.env.all_docs.keys(), sorted(warnings))
        finally:
            app.cleanup()

    def set_times(self, when=1_000_000_000):
        """Give all source files the same time."""
        for path in self.folder.rglob("*"):
            if path.is_file():
                os.utime(path, (when, when))
        # it knows what files hold by their times, as long as the process lasts
        filecmp.clear_cache()

    def keep(self):
        """Keep sources and output as they are now."""
        for name in ("src", "out"):
            shutil.copytree(self.folder.with_name(name), self.folder.with_name(f"kept-{name}"))
        self.kept = copy.deepcopy((self.repository, self.files))

    def restore(self):
        """Go back to what was kept."""
        for name in ("src", "out"):
            shutil.rmtree(self.folder.with_name(name))
            shutil.copytree(self.folder.with_name(f"kept-{name}"), self.folder.with_name(name))
        self.repository, self.files = copy.deepcopy(self.kept)

    def file(self, page):
        """Return where a page is in the output."""
        if self.builder == "html":
            return f"{page}.html"
        return "index.html" if page == "index" else f"{page.removesuffix('/index')}/index.html"

    def output(self, out=None):
        return output((out or self.out) / self.builder)

    def clean(self, parallel=0):
        """Return what a clean build writes, and what it did."""
        out = self.out.with_name("clean")
        shutil.rmtree(out, ignore_errors=True)
        result = self.run(out, parallel)
        return self.output(out), result


def compare(again, clean):
    """Tell two outputs apart."""
    lines = [f"stale: {name}" for name in again.keys() - clean.keys()]
    lines += [f"missing: {name}" for name in clean.keys() - again.keys()]
    for name in again.keys() & clean.keys():
        if again[name] != clean[name]:
            diff = difflib.unified_diff(
                *(
                    data.decode(errors="replace").replace(">", ">\n").split("\n")
                    for data in (again[name], clean[name])
                ),
                n=0,
                lineterm="",
            )
            lines += [f"differs: {name}", *(f"   {line[:300]}" for line in list(diff)[3:14])]
    return lines


@pytest.fixture
def differences():
    """Tell two outputs apart."""
    return compare


@pytest.fixture
def make_site(tmp_path):
    def make(**options):
        return Site(tmp_path, **options)

    return make
