"""Which files are pages, and which a build leaves alone."""

from __future__ import annotations

import os
import sys

import pytest

from sphinx_ajo.site.boundary import Boundary, make_boundary, repository_boundary
from sphinx_ajo.site.discovery import Finder, shown

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "src").mkdir()
    return tmp_path / "src"


def write(folder, *names):
    for name in names:
        path = folder / os.fsdecode(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("# Page\n", encoding="utf-8")


def find(folder, most=100, longest=2000, excluded=()):
    finder = Finder(
        make_boundary([folder]),
        (".md",),
        is_wanted=lambda path: "\n" not in path,
        is_excluded=set(excluded).__contains__,
        most_linked=most,
        longest=longest,
    )
    found = finder.find(str(folder))
    return found.paths, dict(found.problems)


def test_ordinary(folder):
    write(folder, "a.md", "b/c.md", "b/d.txt", "node.js/x.md", "v1.html/x.md", "e/skip.md")
    paths, problems = find(folder, excluded=["e/skip.md"])
    assert paths == ["a.md", "b/c.md", "node.js/x.md", "v1.html/x.md"]
    assert problems == {}


@pytest.mark.parametrize(
    "name",
    [
        b"bad\xff.md",
        b"b\xffd/x.md",
        b"new\nline.md",
        b"tab\t.md",
        b"<b>.md",
        b'q".md',
        b"back\\slash.md",
        b"\xc2\x85.md",
        b"x" * 252 + b".md",
        b"_static/x.md",
        b"searchindex.js/x.md",
        b"environment.pickle/x.md",
        b"index.html/x.md",
        b"a/index-2.html/x.md",
        b"search.html/x.md",
        b"ok.html/x.md",
        b"ok.doctree/y/x.md",
        b"OK.html/x.md",
        b"ok.md.txt/x.md",
    ],
)
def test_names_that_break_builds(folder, name):
    """One warning names each, as it can be printed."""
    write(folder, b"ok.md", name)
    paths, problems = find(folder)
    assert paths == ["ok.md"]
    (path,) = problems
    assert path == shown(os.fsdecode(name))
    path.encode()


def test_composed_names(folder):
    """Sphinx names pages by composed letters, and would not find this file again."""
    write(folder, "e\u0301.md")
    paths, problems = find(folder)
    if (folder / "é.md").exists():  # on some file systems it would
        assert paths == ["é.md"]
    else:
        assert problems == {"é.md": "it cannot be read"}


@pytest.mark.parametrize("name", ["a#b", "a?b", "a%b", "it's", "a&b", "c:d", "con", "x ", "é"])
def test_names_that_do_not(folder, name):
    write(folder, f"{name}.md", f"{name}/x.md")
    assert find(folder) == ([f"{name}.md", f"{name}/x.md"], {})


def test_long_paths(folder):
    write(folder, "abc/def.md")
    assert find(folder, longest=10)[0] == ["abc/def.md"]
    assert find(folder, longest=9) == ([], {"abc/def.md": "its name is too long"})


def test_no_files(folder):
    """What is no file is not opened, and a link to nowhere is none."""
    os.mkfifo(folder / "pipe.md")
    (folder / "gone.md").symlink_to("nowhere")
    (folder / "loop.md").symlink_to("loop.md")
    paths, problems = find(folder)
    assert paths == []
    assert problems.keys() == {"pipe.md", "gone.md", "loop.md"}


def test_links(folder):
    """Those that stay inside are followed; no others."""
    write(folder, "real/a.md")
    write(folder.parent, "else/b.md")
    (folder / "in.md").symlink_to("real/a.md")
    (folder / "inner").symlink_to("real")
    (folder / "out.md").symlink_to(folder.parent / "else/b.md")
    (folder / "outer").symlink_to(folder.parent / "else")
    paths, problems = find(folder)
    assert paths == ["in.md", "inner/a.md", "real/a.md"]
    assert problems == {"out.md": "outside", "outer": "outside"}


def test_links_to_folders_above(folder):
    write(folder, "a/b/x.md")
    (folder / "a/self").symlink_to(".")
    (folder / "a/b/top").symlink_to("../..")
    (folder / "c").mkdir()
    (folder / "c/to-d").symlink_to("../d")
    (folder / "d").mkdir()
    (folder / "d/to-c").symlink_to("../c")
    paths, problems = find(folder)
    assert paths == ["a/b/x.md"]
    assert {"a/self", "a/b/top", "c/to-d/to-c", "d/to-c/to-d"} == problems.keys()


def test_links_multiply(folder):
    """Twenty folders with two links each are a million folders; a budget ends that."""
    for number in range(20):
        write(folder, f"d{number}/x.md")
        for name in "ab":
            (folder / f"d{number}" / name).symlink_to(f"../d{number + 1}")
    paths, problems = find(folder, most=500)
    assert len(paths) <= 520
    assert {f"d{number}/x.md" for number in range(20)} <= set(paths)
    assert list(problems.values()).count("limit") == 1


def test_boundary(tmp_path):
    root = tmp_path / "repo"
    write(root, "a.md", ".git/config", "x/.GIT/config", "git~1/config", ".github/x.md")
    write(tmp_path, "repository/a.md", "more/a.md")
    boundary = make_boundary([root, tmp_path / "more"])
    for inside in ("a.md", ".github/x.md", "gone", "", "../more/a.md"):
        assert boundary.holds(root / inside)
        assert not boundary.is_left_by(root / inside)
    for outside in ("../repository/a.md", "..", ".git/config", "x/.GIT/config", "git~1/config"):
        assert not boundary.holds(root / outside)
        assert boundary.is_left_by(root / outside)
    for nowhere in ("a\0b", ""):
        assert not boundary.holds(nowhere)
        assert not boundary.is_left_by(nowhere)
    assert boundary.file(root / "a.md")
    assert not boundary.file(root)
    assert not boundary.file(root / ("x" * 300))


def test_a_repository_at_the_top(tmp_path):
    """The folder ``/help`` would make a repository of the whole file system."""
    assert repository_boundary(tmp_path, tmp_path / "help") == Boundary((str(tmp_path),))
    top = tmp_path / tmp_path.anchor
    assert repository_boundary(top, tmp_path) == Boundary((str(tmp_path),))
