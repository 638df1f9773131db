from __future__ import annotations

import pytest

from sphinx_ajo.language.paths import is_inside, rebase, remove_inside, write_if_changed

PAGE = "/repo/help/guide/page.md"
INCLUDE = "/repo/help/_includes/note.md"


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("x.md", "../_includes/x.md"),
        ("./x.md#part", "../_includes/x.md#part"),
        ("../assets/a.png?x=../y", "../assets/a.png?x=../y"),
        ("../guide/other.md", "other.md"),
        ("../guide/", "./"),
        ("sub/", "../_includes/sub/"),
        ("a%20b.md", "../_includes/a%20b.md"),
        ("../assets//a.png", "../assets/a.png"),
        ("#part", "#part"),
        ("?x", "?x"),
        ("", ""),
        ("/help/x.md", "/help/x.md"),
        ("//host/x", "//host/x"),
        ("https://example.org/x.md", "https://example.org/x.md"),
        ("mailto:a@example.org", "mailto:a@example.org"),
    ],
)
def test_rebase(target, expected):
    assert rebase(target, INCLUDE, PAGE) == expected


def test_rebase_in_the_same_folder():
    assert rebase("./x.md", "/repo/help/guide/part.md", PAGE) == "./x.md"


def test_rebase_with_relative_paths():
    assert rebase("a.png", "help/_includes/note.md", "index.md") == "help/_includes/a.png"
    assert rebase("a.png", "note.md", "help/index.md") == "../a.png"


def test_is_inside(tmp_path):
    root = tmp_path / "repo"
    (root / "sub").mkdir(parents=True)
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "file").touch()
    (root / "link").symlink_to(tmp_path / "secret")
    (root / "inner").symlink_to(root / "sub")
    assert is_inside(root / "sub" / "file", root)
    assert is_inside(root / "inner" / "file", root)
    assert not is_inside(root / "link" / "file", root)
    assert not is_inside(root / ".." / "secret" / "file", root)
    assert not is_inside(tmp_path / "repository", root)


def test_nothing_is_written_outside(tmp_path):
    """Whatever a path was made of, it is not followed out of its folder."""
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "link").symlink_to(tmp_path)
    write_if_changed(folder / "a" / "b.txt", "x", folder)
    assert (folder / "a" / "b.txt").read_text(encoding="utf-8") == "x"
    for path in (folder / ".." / "c.txt", tmp_path / "c.txt", folder / "link" / "c.txt"):
        with pytest.raises(PermissionError):
            write_if_changed(path, "x", folder)
    assert not (tmp_path / "c.txt").exists()


def test_nothing_is_removed_outside(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    (tmp_path / "kept.txt").touch()
    (folder / "gone.txt").touch()
    (folder / "link").symlink_to(tmp_path / "kept.txt")
    (folder / "folder").symlink_to(tmp_path)
    for name in ("gone.txt", "link", "no such file", "../kept.txt", "folder/kept.txt"):
        remove_inside(folder / name, folder)
    assert (tmp_path / "kept.txt").exists()
    assert [path.name for path in folder.iterdir()] == ["folder"]
