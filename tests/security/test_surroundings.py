"""The same output, whatever surrounds the build."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from all_constructs import FILES
from digest import tree_digest

from sphinx_ajo.testing import write_files

OUTPUT = ("*.html", "*.js", "*.json", "*.css")


def command(source, out, *options):
    module = [sys.executable, "-m", "sphinx", "-q", "-C", "-D", "extensions=sphinx_ajo"]
    return [*module, *options, "-d", f"{out}-doctrees", str(source), str(out)]


def pages(out):
    """The bytes of what is written, by path."""
    found = (path for pattern in OUTPUT for path in Path(out).rglob(pattern))
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in found}


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "source"
    write_files(folder, {**FILES, "metadata.md": "---\nsolution: S\n---\n"})
    (folder / "help" / "übung.md").write_text("# Übung 日本\n\nWörter.\n", encoding="utf-8")
    return folder


def run(arguments, **environment):
    env = {**os.environ, **environment}
    result = subprocess.run(arguments, env=env, capture_output=True, check=False)
    assert result.returncode == 0, result.stderr.decode(errors="replace")
    return result


def test_two_builds_at_once(source, tmp_path):
    """They do not disturb each other, and leave the source as it was."""
    before = tree_digest(source)
    outs = [tmp_path / "one", tmp_path / "two"]
    running = [subprocess.Popen(command(source, out), stderr=subprocess.DEVNULL) for out in outs]
    assert [process.wait(timeout=800) for process in running] == [0, 0]
    assert pages(outs[0]) == pages(outs[1])
    assert tree_digest(source) == before


def test_read_only_source(source, tmp_path):
    """Nothing is written to the source, not even where it could be."""
    run(command(source, tmp_path / "plain"))
    for path in [source, *source.rglob("*")]:
        path.chmod(path.stat().st_mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))
    before = tree_digest(source)
    try:
        run(command(source, tmp_path / "out"))
    finally:
        for path in [source, *source.rglob("*")]:
            path.chmod(path.stat().st_mode | stat.S_IWUSR)
    assert tree_digest(source) == before
    assert pages(tmp_path / "out") == pages(tmp_path / "plain")


ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
"""Not even the names of files can be read; texts still can."""


@pytest.mark.parametrize("environment", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "cp1252"}, ASCII])
def test_other_locales(source, tmp_path, environment):
    """Files are read and written as UTF-8, whatever the locale says."""
    if environment is ASCII:
        (source / "help" / "übung.md").rename(source / "help" / "practice.md")
    run(command(source, tmp_path / "utf8"), LC_ALL="C.UTF-8")
    run(command(source, tmp_path / "other"), **environment)
    assert pages(tmp_path / "other") == pages(tmp_path / "utf8")
