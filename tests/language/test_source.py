"""Assembling pages: what is inserted, and where each line comes from."""

from __future__ import annotations

import copy
import pickle
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_ajo.base.limits import DEFAULT_LIMITS, make_limits
from sphinx_ajo.base.problems import AjoWarnings
from sphinx_ajo.language.source import (
    Fragment,
    IncludeError,
    Line,
    Placeholder,
    assemble,
)

_ALONE = re.compile(r"[\s>*\d.]*\{\{(\w+)\}\}")


def find(text):
    """Find placeholders without a Markdown parser."""
    matches = ((line, _ALONE.fullmatch(part)) for line, part in enumerate(text.split("\n")))
    return [Placeholder(line, match[1], is_snippet=True) for line, match in matches if match]


def library(**texts):
    """Return a ``load`` function for texts; the lines of each count from 10."""

    def load(placeholder, _origin):
        name = placeholder.name
        if name not in texts:
            raise IncludeError(AjoWarnings.INCLUDE_MISSING, "no %r", name)
        lines = [Line(line, number) for number, line in enumerate(texts[name], 10)]
        return Fragment(f"{name}.md", name, lines)

    return load


def run(text, limits=DEFAULT_LIMITS, **texts):
    source = assemble(text, "page.md", find, library(**texts), limits)
    assert source is not None
    return source


def places(source):
    return [source.place(at) for at in range(1, source.text.count("\n") + 2)]


def warnings(source):
    return [(problem.warning, problem.path, problem.line) for problem in source.problems]


def test_no_placeholder():
    assert assemble("a\n{{b}} c\n", "page.md", find, library()) is None


def test_lines_and_places():
    source = run("a\n{{x}}\nb\n", x=["one", "two"])
    assert source.text == "a\none\ntwo\nb\n"
    assert places(source) == [
        ("page.md", 1),
        ("x.md", 10),
        ("x.md", 11),
        ("page.md", 3),
        ("page.md", 4),
    ]
    assert source.problems == ()


def test_place_out_of_range():
    source = run("{{x}}", x=["one", "two"])
    assert source.place(0) == ("x.md", 10)
    assert source.place(9) == ("x.md", 11)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("   {{x}}", ["   - a", "", "     b"]),
        ("> {{x}}", ["> - a", ">", ">   b"]),
        ("* {{x}}", ["* - a", "", "    b"]),
        ("10. {{x}}", ["10. - a", "", "      b"]),
        ("* > {{x}}", ["* > - a", "  >", "  >   b"]),
    ],
)
def test_every_line_is_indented(line, expected):
    """What stands before a placeholder stands before each line, list markers as spaces."""
    assert run(line, x=["- a", "", "  b"]).text.split("\n") == expected


def test_nested():
    source = run("a\n  {{x}}\nb", x=["1", " {{y}}", "2"], y=["deep", "er"])
    assert source.text == "a\n  1\n   deep\n   er\n  2\nb"
    assert places(source)[2:5] == [("y.md", 10), ("y.md", 11), ("x.md", 12)]


def test_missing_leaves_a_blank_line():
    source = run("a\n> {{x}}\nb", y=["{{z}}"])
    assert source.text == "a\n>\nb"
    assert warnings(source) == [(AjoWarnings.INCLUDE_MISSING, "page.md", 2)]


def test_empty_text():
    assert run("a\n{{x}}\nb", x=[]).text == "a\n\nb"


def test_missing_within_an_included_text():
    """One mistake is one warning, however often the text is included."""
    source = run("{{x}}\n{{x}}", x=["a", "{{z}}"])
    assert warnings(source) == [(AjoWarnings.INCLUDE_MISSING, "x.md", 11)]


@pytest.mark.parametrize(
    "texts", [{"x": ["a", "{{x}}"]}, {"x": ["a", "{{y}}"], "y": ["{{z}}"], "z": ["{{x}}"]}]
)
def test_cycle(texts):
    source = run("{{x}}", **texts)
    assert source.text == "a\n"
    assert [problem.warning for problem in source.problems] == [AjoWarnings.INCLUDE_CYCLE]


def test_page_includes_itself():
    def load(_placeholder, origin):
        return Fragment(origin, origin, [Line("again", 1)])

    source = assemble("a\n{{x}}", "page.md", find, load)
    assert source.text == "a\n"
    assert warnings(source) == [(AjoWarnings.INCLUDE_CYCLE, "page.md", 2)]


def test_the_same_text_twice_is_no_cycle():
    assert run("{{x}}\n{{y}}\n{{y}}", x=["{{y}}"], y=["a"]).problems == ()


def test_deep_nesting():
    depth = DEFAULT_LIMITS.include_depth
    chain = {f"x{level}": [f"{{{{x{level + 1}}}}}"] for level in range(depth + 1)}
    chain[f"x{depth - 1}"] = ["end"]
    source = run("{{x0}}", **chain)
    assert (source.text, source.problems) == ("end", ())
    chain[f"x{depth - 1}"] = [f"{{{{x{depth}}}}}"]
    assert [problem.warning for problem in run("{{x0}}", **chain).problems] == [
        AjoWarnings.INCLUDE_LIMIT
    ]


def test_a_bomb_is_defused():
    bomb = {f"x{level}": [f"{{{{x{level + 1}}}}}"] * 10 for level in range(20)}
    limits = make_limits({"include_characters": 50_000})
    source = run("{{x0}}", limits, **bomb, x20=["boom"])
    assert len(source.text) < 2 * limits.include_characters
    assert [problem.warning for problem in source.problems] == [AjoWarnings.INCLUDE_LIMIT]


def test_source_line():
    source = run("a\n{{x}}\nb", x=["one", "two"])
    line = source.line(2)
    assert (line, line.path) == (10, "x.md")
    assert (line + 1, (line + 1).path) == (11, "x.md")
    assert (2 + line, (2 + line).path) == (3, "page.md")
    assert (line - 1, (line - 1).path) == (1, "page.md")
    assert source.line(4) - line == 2  # lines of the page that is read


@pytest.mark.parametrize(
    "renew", [copy.copy, copy.deepcopy, lambda x: pickle.loads(pickle.dumps(x))]
)
def test_source_line_is_stored_as_a_number(renew):
    line = renew(run("{{x}}", x=["a"]).line(1))
    assert line == 10
    assert type(line) is int


_TEXTS = st.lists(
    st.one_of(
        st.text("ab >*\n`{}", max_size=8).map(lambda text: text.replace("\n", " ")),
        st.sampled_from(["{{x}}", "  {{y}}", "> {{z}}", "* {{x}}", "{{missing}}"]),
    ),
    max_size=6,
)


@given(page=_TEXTS, x=_TEXTS, y=_TEXTS, z=_TEXTS)
def test_each_line_comes_from_its_place(page, x, y, z):
    """Nothing but indentation and quote marks is added to a line, and none is lost."""
    files = {"page.md": (page, 1), "x.md": (x, 10), "y.md": (y, 10), "z.md": (z, 10)}
    text = "\n".join(page)
    source = assemble(text, "page.md", find, library(x=x, y=y, z=z))
    if source is None:
        assert not find(text)
        return
    lines = source.text.split("\n")
    assert find(source.text) == []
    for line, (path, number) in zip(lines, places(source), strict=True):
        content, first = files[path]
        original = content[number - first] if content else ""
        if _ALONE.fullmatch(original):
            assert not re.search(r"[^\s>*]", line)  # nothing was inserted
        else:
            assert line.rstrip().endswith(original.rstrip())
            assert not re.search(r"[^\s>*]", line.rstrip()[: -len(original.rstrip()) or None])
    own = [number for path, number in places(source) if path == "page.md"]
    assert own == sorted(set(own))
    assert {number for number, line in enumerate(page, 1) if not _ALONE.fullmatch(line)} <= set(own)
