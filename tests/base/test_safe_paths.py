"""Text becomes a path that stays in its folder, on every system."""

from __future__ import annotations

import posixpath
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_ajo.base.safe_paths import MOST_NAME, MOST_PATH, is_safe, safe_path, same_file

ORDINARY = ["start", "get-started", "v1.2", "Ökad", "a/b/c", "x_y", "index", "设置", "console"]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_names_stay(text):
    assert safe_path(text) == text
    assert safe_path(text, "help/guide") == f"help/guide/{text}"
    assert is_safe(text)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("/etc/x", "etc/x"),
        ("../../x", "x"),
        ("a/../b", "a/b"),
        ("a//./b/", "a/b"),
        ("..", ""),
        ("...", ""),
        ("", ""),
        ("c:/x", "c-/x"),
        (r"..\..\x", "-..-x"),
        ("con", "con-"),
        ("NUL.txt.x", "NUL-.txt.x"),
        ("com1/lpt9", "com1-/lpt9-"),
        ("com¹", "com¹-"),
        ("con .x", "con-.x"),
        ("x. ", "x"),
        (" x", "x"),
        (".git", "git"),
        ("page.html", "page-html"),
        ("page.DOCTREE", "page-DOCTREE"),
        ("<b>", "-b-"),
        ('"', "-"),
        ("a#b?c%d", "a-b-c-d"),
        ("a\nb\x00c\x7f", "a-b-c-"),
        ("a\u202eb\u200bc", "a-b-c"),
        ("a\u2028b\ud800", "a-b-"),
        ("a\u00a0b", "a b"),
    ],
)
def test_what_is_changed(text, path):
    assert safe_path(text) == path
    assert not is_safe(text) or not text


def test_what_files_may_be_called():
    """Of what is asked for by letter, no more is refused than some system refuses."""
    for name in ("what's-new", "a&b", "50%", "c#", "[x]"):
        assert is_safe(name)
        assert safe_path(name) != name


@pytest.mark.parametrize("letter", ["x", "é", "设"])
def test_long_names(letter):
    """They are shortened, and stay apart."""
    one, other = safe_path(letter * 300), safe_path(letter * 301)
    assert one != other
    assert one.startswith(letter * 50)
    assert one == safe_path(letter * 300)
    assert len(one.encode()) + len(".md.txt") <= MOST_NAME


def test_long_paths():
    """So are paths, however deep they become, one below the other."""
    folder, seen = "help", set()
    for number in range(2000):
        folder = safe_path(f"group-{number % 3}", folder)
        assert len(folder.encode()) <= MOST_PATH
        seen.add(folder)
    assert len(seen) == 2000


def test_same_file():
    assert same_file("A/É") == same_file("a/e\u0301")
    assert same_file("a") != same_file("b")


PARTS = st.sampled_from([*'/\\.:<>"|?*# %&\n\x00\x1f ', "con", "com1", ".html", "x" * 90])
TEXTS = st.lists(st.one_of(PARTS, st.text(max_size=3)), max_size=20).map("".join)


@given(TEXTS)
def test_any_text(text):
    """Whatever is written, no system refuses the path, and it stays in its folder."""
    path = safe_path(text, "out")
    assert path == posixpath.normpath(path)
    assert path == "out" or path.startswith("out/")
    assert len(path.encode()) <= MOST_PATH
    assert not re.search(r'[<>:"|?*\\#%&\x00-\x1f\x7f]', path)
    for name in path.split("/"):
        assert len(name.encode()) + len(".md.txt") <= MOST_NAME
        assert name == name.strip(" ").rstrip(".")
        assert not re.fullmatch(r"(con|prn|aux|nul|(com|lpt)\d)( *\..*)?", name.lower())
    assert safe_path(path) == path
