"""What git tells."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from sphinx_ajo.l10n.history import History

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")


class Git:
    """A repository of git in a folder."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir()
        self("init", "-q")

    def __call__(self, *arguments, day="2025-01-01"):
        env = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "GIT_CONFIG_NOSYSTEM": "1",
            **{f"GIT_{who}_DATE": f"{day}T12:00:00Z" for who in ("AUTHOR", "COMMITTER")},
        }
        settings = ("-c", "user.name=A", "-c", "user.email=a@example.com")
        command = ["git", "-C", str(self.folder), *settings, *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True, env=env).stdout

    def commit(self, day, **files):
        for name, text in files.items():
            (self.folder / f"{name}.md").write_text(text, encoding="utf-8")
        self("add", ".")
        self("commit", "-q", "-m", "x", day=day)
        return self("rev-parse", "HEAD").strip()


@pytest.fixture
def git(tmp_path):
    return Git(tmp_path / "a")


def test_since(git):
    first = git.commit("2025-01-01", a="1", b="1")
    second = git.commit("2025-02-01", a="2")
    history = History(str(git.folder))
    assert history.since(first) == ("2025-01-01", {"a.md"})
    assert history.since(first[:9]) == ("2025-01-01", {"a.md"})
    assert history.since(second) == ("2025-02-01", frozenset())


def test_folder_in_a_repository(git):
    """Paths begin at the folder."""
    (git.folder / "c").mkdir()
    first = git.commit("2025-01-01", a="1", **{"c/d": "1"})
    git.commit("2025-02-01", a="2", **{"c/d": "2"})
    history = History(str(git.folder / "c"))
    assert history.since(first).paths == {"d.md"}
    assert history.last("d.md")[1] == "2025-02-01"


@pytest.mark.parametrize("commit", ["", "HEAD", "--output=x", "f" * 40, "abc", "1234567\n"])
def test_unknown(git, commit):
    """Nothing but the name of a commit reaches git."""
    git.commit("2025-01-01", a="1")
    assert History(str(git.folder)).since(commit) is None
    assert not (git.folder / "x").exists()


def test_last(git):
    git.commit("2025-01-01", a="1", b="1")
    git.commit("2025-02-01", a="2")
    history = History(str(git.folder))
    assert [history.last(name)[1] for name in ("a.md", "b.md")] == ["2025-02-01", "2025-01-01"]
    assert history.last("c.md") is None


def test_shallow(git, tmp_path):
    """A clone without history cannot tell when files have changed."""
    git.commit("2025-01-01", a="1")
    git.commit("2025-02-01", a="2")
    copy = Git(tmp_path / "b")
    copy("fetch", "-q", "--depth", "1", f"file://{git.folder}", "HEAD")
    copy("checkout", "-q", "FETCH_HEAD")
    assert History(str(copy.folder)).last("a.md") is None


def test_no_repository(tmp_path):
    history = History(str(tmp_path))
    assert history.last("a.md") is None
    assert History(str(tmp_path / "gone")).since("f" * 40) is None


def test_no_program_of_the_repository_runs(git, tmp_path):
    """The configuration of a repository may have been written by anyone."""
    first = git.commit("2025-01-01", a="1")
    git.commit("2025-02-01", a="2")
    script = tmp_path / "script"
    script.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n", encoding="utf-8")
    script.chmod(0o755)
    for name in ("core.fsmonitor", "diff.external", "core.pager", "gpg.program"):
        git("config", name, str(script))
    git("config", "log.showSignature", "true")
    history = History(str(git.folder))
    assert history.since(first).paths == {"a.md"}
    assert history.last("a.md")
    assert not (tmp_path / "ran").exists()
