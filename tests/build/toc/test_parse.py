"""Reading `TOC.md`."""

from __future__ import annotations

import re

import pytest

from sphinx_ajo.build.toc import inline
from sphinx_ajo.build.toc.project import read_inline
from sphinx_ajo.site.toc.parse import parse_toc


def read(text):
    return parse_toc(text, read_inline)


def outline(entries):
    return [
        (entry.title, entry.target, *([outline(entry.children)] if entry.children else []))
        for entry in entries
    ]


def test_everything():
    """Each form of an entry (exl-markdown.md, 1.1), with front matter and a comment."""
    guide = read(
        "---\nuser-guide-title: Lamps\n---\n\n# All about lamps {#lamps}\n\n"
        "+ [Home](home.md)\n"
        "+ Get [!DNL Lamp]{#get-started}\n"
        "   + [Install](./install/install.md)\n"
        "   + {hide-from-toc} [Hidden](/help/lamps/hidden.md)\n"
        '+ [Elsewhere](https://example.com/x){target="_blank"}\n'
    )
    assert (guide.title, guide.id, guide.line) == ("All about lamps", "lamps", 5)
    assert outline(guide.entries) == [
        ("Home", "home.md"),
        (
            "Get Lamp",
            "",
            [("Install", "./install/install.md"), ("Hidden", "/help/lamps/hidden.md")],
        ),
        ("Elsewhere", "https://example.com/x"),
    ]
    group = guide.entries[1]
    assert group.id == "get-started"
    assert [entry.hidden for entry in group.children] == [False, True]
    assert [entry.line for entry in guide.entries] == [7, 8, 11]
    assert guide.entries[2].is_external
    assert guide.problems == []


@pytest.mark.parametrize("steps", [(2, 4, 6), (3, 6, 9), (4, 8, 12), (4, 7, 11), (1, 2, 3)])
def test_mixed_indents(steps):
    """Any deeper indent is a level."""
    one, two, three = steps
    guide = read(
        f"- A\n{' ' * one}- [B](b.md)\n{' ' * one}- C\n{' ' * two}- D\n"
        f"{' ' * three}- [E](e.md)\n{' ' * one}- [F](f.md)\n- [G](g.md)\n"
    )
    assert outline(guide.entries) == [
        (
            "A",
            "",
            [("B", "b.md"), ("C", "", [("D", "", [("E", "e.md")])]), ("F", "f.md")],
        ),
        ("G", "g.md"),
    ]


def test_comments_hide_subtrees():
    """What a comment holds is not there, wherever it begins, and lines stay true."""
    guide = read(
        "+ A {#a}\n   + [B](b.md)\n<!--\n   + C {#c}\n      + [D](d.md)\n-->\n   + [E](e.md)\n"
        "   <!-- + [F](f.md) -->\n+ [G](g.md)\n"
    )
    assert outline(guide.entries) == [("A", "", [("B", "b.md"), ("E", "e.md")]), ("G", "g.md")]
    assert guide.entries[0].children[1].line == 7


def test_two_entries_on_one_line():
    """Both are there."""
    guide = read("+ [A](a.md)+ [B](b.md)\n+ [C](c.md)\n")
    assert outline(guide.entries) == [("A", "a.md"), ("B", "b.md"), ("C", "c.md")]


def test_titles_are_plain():
    """Markup of a title is for the sidebar of the official site only."""
    guide = read("+ [**Bold** `code` [!UICONTROL Save] &amp; more](a.md)\n+ *Group* {#g}\n")
    assert [entry.title for entry in guide.entries] == ["Bold code Save & more", "Group"]


def test_what_is_no_entry():
    """Other text is noted with its line."""
    guide = read("# T\n\nSome text.\n\n+ [A](a.md)\n# Second\n")
    assert guide.problems == [(3, "Some text."), (6, "Second")]
    assert outline(guide.entries) == [("A", "a.md")]


def test_walk():
    """All entries, each with its parents."""
    guide = read("+ A\n  + B\n    + [C](c.md)\n+ [D](d.md)\n")
    assert [
        (entry.title, [parent.title for parent in parents]) for entry, parents in guide.walk()
    ] == [("A", []), ("B", ["A"]), ("C", ["A", "B"]), ("D", [])]


@pytest.mark.parametrize("text", ["", "---\n", "<!--", "+ ", "#", "---\na: b\n---\n", "+ {#x}"])
def test_nothing_fails(text):
    """Odd files are read without an error."""
    read(text)


def test_numbered_entries():
    """A numbered list is a list, too."""
    guide = read("# T\n\n1. [A](a.md)\n2) B {#b}\n   1. [C](c.md)\n")
    assert outline(guide.entries) == [("A", "a.md"), ("B", "", [("C", "c.md")])]
    assert not guide.problems


@pytest.mark.parametrize(
    "text",
    [
        "[Set up](a/b-c.md)",
        "[A 1, b](/help/a_b.md)",
        "Get started, now",
        "[a  b](x.md)",
        "[a](x.md) ",
        "[a ](x.md)",
        "[1](//host/x)",
        "1. a",
        "a_b_c",
        "[AM](../x.md)",
        "a" * 50 + " " * 50,
    ],
)
def test_simple_lines(text, monkeypatch):
    """Lines without markup are read without the parser, and alike."""
    fast = inline.read(text)
    monkeypatch.setattr(inline, "_SIMPLE", re.compile("(?!)"))
    assert inline.read(text) == fast
