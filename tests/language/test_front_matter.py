"""The tolerant reader of front matter (exl-markdown.md, 2.5)."""

from __future__ import annotations

import pytest
from effort import check_linear
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.front_matter import front_matter_plugin

from sphinx_ajo.language.front_matter import (
    find_head,
    flatten,
    front_matter_text,
    parse_flag,
    plain_text,
    read_front_matter,
    read_page_front_matter,
)


def test_everything_is_text():
    """YAML's own types would change what was written."""
    found = read_front_matter(
        "number: 00123\nday: 2026-11-23\nflag: no\nshare: 3%\nempty:\nquoted: '540'\n"
    )
    assert found.entries == {
        "number": "00123",
        "day": "2026-11-23",
        "flag": "no",
        "share": "3%",
        "empty": "",
        "quoted": "540",
    }
    assert found.problems == []


def test_lists_of_maps():
    """The taxonomy keys are block lists of maps."""
    found = read_front_matter(
        "feature_v2:\n  - id: a\n    internal-label: Lamps\n  - id: b\n    internal-label: Bulbs\n"
        "role: [User, Admin]\n"
    )
    assert found.text("feature_v2") == "Lamps, Bulbs"
    assert found.text("role") == "User, Admin"


BROKEN = {
    "colon in a value": ("title: A: B", "A: B"),
    "marker": ("title: [!DNL Lamp] guide", "[!DNL Lamp] guide"),
    "text after a quoted text": ('title: "a" b', '"a" b'),
    "backtick": ("title: `a` b", "`a` b"),
    "at sign": ("title: @home", "@home"),
    "map on one line": ("title: id: abc", "id: abc"),
    "unclosed quote": ('title: "a', '"a'),
    "tab": ("title:\ta: b", "a: b"),
    "quoted with a colon": ('title: "a": "b"', '"a": "b"'),
}


@pytest.mark.parametrize(("line", "value"), BROKEN.values(), ids=BROKEN)
def test_broken_entry(line, value):
    """A value that YAML cannot read is its text; all other entries are read as ever."""
    found = read_front_matter(f"exl-id: 1\n{line}\nlist:\n- a\n- b\n")
    assert found.entries == {"exl-id": "1", "title": value, "list": ["a", "b"]}
    assert [(problem.line, problem.key) for problem in found.problems] == [(3, "title")]


BADGES = {
    "plain": 'badge: label="Beta" type="Informative"',
    "colon": 'badge: label="A: b" type="Caution"',
    "hash": 'badge: label="A # b" url="https://x.y/z#a newtab=true"',
    "single quotes": "badge: label='A # b: c'",
}


@pytest.mark.parametrize("line", BADGES.values(), ids=BADGES)
def test_badges_are_whole(line):
    """The attributes of a badge are neither cut nor reported, whatever YAML makes of them."""
    found = read_front_matter(f"{line}\ntitle: T\n")
    assert found.entries == {"badge": line.removeprefix("badge: "), "title": "T"}
    assert found.problems == []


def test_line_that_is_no_entry():
    """Text between the entries is reported and costs nothing else."""
    found = read_front_matter("title: T\nsome text\nexl-id: 1\n")
    assert found.entries == {"title": "T", "exl-id": "1"}
    assert [(problem.line, problem.key) for problem in found.problems] == [(3, "")]


def test_second_entry_of_a_key():
    """The first one counts; the second one is reported."""
    found = read_front_matter("title: One\nexl-id: 1\ntitle: Two\n")
    assert found.entries == {"title": "One", "exl-id": "1"}
    assert found.lines == {"title": 2, "exl-id": 3}
    assert [(problem.line, problem.key) for problem in found.problems] == [(4, "title")]


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "- a\n- b\n", "text\n"])
def test_no_entries(text):
    """Front matter without entries is no error in itself."""
    assert read_front_matter(text).entries == {}


def test_block_text():
    """Text over several lines is kept by YAML and flattened for readers."""
    found = read_front_matter("description: |\n  One\n  two\nfolded: >\n  a\n  b\n")
    assert found.text("description") == "One two"
    assert found.text("folded") == "a b"


@given(st.text(alphabet=st.sampled_from("ab:-#\"'[]{}!&*|> \n,%@`=k"), max_size=80))
def test_never_fails(text):
    """Any text between the fences is read without an error."""
    found = read_front_matter(text)
    assert all(isinstance(flatten(value), str) for value in found.entries.values())


_KEYS = st.text(alphabet="abcdefgh-_", min_size=1, max_size=8).filter(
    lambda key: not key.startswith("-")
)
_VALUES = st.text(alphabet="ab :#\"'[]{}!&*|>,%@`", max_size=20)


@given(st.dictionaries(_KEYS, _VALUES, max_size=6))
def test_no_key_is_lost(entries):
    """Whatever the values are, each key is there."""
    text = "".join(f"{key}: {value}\n" for key, value in entries.items())
    assert set(read_front_matter(text).entries) == set(entries)


@pytest.mark.parametrize(
    ("value", "flag"),
    [
        *((word, True) for word in ("true", "Yes", "y", "ON")),
        *((word, False) for word in ("false", "no", "N", "off")),
        *((word, None) for word in ("maybe", "")),
    ],
)
def test_flags(value, flag):
    """All spellings of yes and no, in any case."""
    assert parse_flag(value) is flag


def test_plain_text():
    """Markers, entities and zero-width spaces are for tools, not for readers."""
    text = "Use [!DNL Lamp] &amp; [!UICONTROL  Save]\u200b &#x200B;now"
    assert plain_text(text) == "Use Lamp & Save now"


PAGES = [
    "---\na: b\n---\ntext\n",
    "---\na: b\n\n---\n\ntext\n",
    "---  \na: b\n---  \n",
    "-----\na: b\n---\nc: d\n-----\n",
    "---\na: b\n...\ntext\n",
    "---\na: b\n",
    "---\n---\ntext\n",
    "\n---\na: b\n---\n",
    " ---\na: b\n---\n",
    "--\na: b\n--\n",
    "---\na: |\n  x\n    ---\n---\n",
    "text\n",
]


@pytest.mark.parametrize("page", PAGES)
def test_same_front_matter_as_markdown(page):
    """We find what the rule of mdit-py-plugins finds."""
    tokens = MarkdownIt("commonmark").use(front_matter_plugin).parse(page)
    theirs = next((token.content for token in tokens if token.type == "front_matter"), None)
    ours = front_matter_text(page)
    assert (ours is None) == (theirs is None)
    # mdit-py-plugins before 0.6 keeps the line that ends the document
    assert (ours or "").strip() == (theirs or "").removesuffix("...").strip()


@pytest.mark.parametrize(
    "page", ["---\n\n# Title\n\n---\n", "---\ntext\n---\n", "---\n- a\n- b\n---\n"]
)
def test_line_across(page):
    """Text between two lines that has no entry is no front matter."""
    assert front_matter_text(page) is None


MISPLACED = "does not begin on the first line"
UNCLOSED = "has no closing line"
OPENING = "three hyphens at the margin"
UNOPENED = "has no opening line"


@pytest.mark.parametrize(
    ("page", "line", "problem", "body"),
    [
        ("\n---\ntitle: T\n---\n# A\n", 2, MISPLACED, 4),
        ("\n \t\n---\ntitle: T\n---\n# A\n", 3, MISPLACED, 5),
        ("<!-- c -->\n---\ntitle: T\n---\n# A\n", 2, MISPLACED, 4),
        ("<!-- c\n\nd -->\n\n<!-- e -->\n---\ntitle: T\n---\n", 6, MISPLACED, 8),
        (" ---\ntitle: T\n ---\n# A\n", 1, OPENING, 3),
        ("   ---\t\ntitle: T\n---\n# A\n", 1, OPENING, 3),
        ("\t---\ntitle: T\n\nrole: x\n\n---\n# A\n", 1, OPENING, 6),
        (" ---\n title: T\n role: x\n ---\n# A\n", 1, OPENING, 4),
        ("--\ntitle: T\n---\n# A\n", 1, OPENING, 3),
        ("\u200b---\ntitle: T\n---\n# A\n", 1, OPENING, 3),
        ("<!-- c --> ---\ntitle: T\n---\n# A\n", 1, OPENING, 3),
        ("\n\ufeff---\ntitle: T\n---\n# A\n", 2, MISPLACED, 4),
        ("\xa0\n---\ntitle: T\n---\n# A\n", 2, MISPLACED, 4),
        ("<!-- c --> <!-- d -->\n---\ntitle: T\n---\n# A\n", 2, MISPLACED, 4),
        ("---\ntitle: T\nrole: x\n--\n\n# A\n", 1, UNCLOSED, 4),
        ("---\ntitle: T\n--- <!-- c -->\n\n# A\n", 1, UNCLOSED, 3),
        ("—\ntitle: T\n—\n\n# A\n", 1, UNCLOSED, 3),
        ("---\ntitle: T\n", 1, UNCLOSED, 2),
        ("---\ntitle: T\n\n# A\n", 1, UNCLOSED, 2),
        ("---\ntitle: T\n# A\n", 1, UNCLOSED, 2),
        ("---\ntitle: T\nlevel: |\n  x\ntext\n", 1, UNCLOSED, 4),
        ("---\ntitle: T\n\n# A\n\na\n\n---\n\nb\n", 1, UNCLOSED, 2),
        ("\n---\ntitle: T\n\n# A\n", 2, UNCLOSED, 3),
    ],
)
def test_misplaced_and_unclosed(page, line, problem, body):
    """What begins below blank lines and comments, or is not closed, is read and reported."""
    head = find_head(page)
    assert (head.start + 1, head.end) == (line, body)
    found = read_page_front_matter(page)
    assert found.entries["title"] == "T"
    assert found.lines["title"] == line + 1
    (first,) = found.problems
    assert (first.line, first.whole) == (line, True)
    assert problem in first.reason


@pytest.mark.parametrize(
    ("page", "body"),
    [
        ("title: T\n---\n# A\n", 2),
        ("title: T\nrole: x\n\n# A\n", 2),
        ("\ntitle: T\n\nrole: x\n\n---\n# A\n", 6),
        ("<!-- c -->\ntitle: T\nlevel: |\n  x\n---\n# A\n", 5),
    ],
)
def test_unopened(page, body):
    """Where the opening line is missing, entries at the very top are read and reported."""
    found = read_page_front_matter(page)
    assert found.entries["title"] == "T"
    assert page.split("\n")[found.lines["title"] - 1] == "title: T"
    (first,) = found.problems
    assert (first.line, first.whole) == (found.lines["title"], True)
    assert UNOPENED in first.reason
    assert find_head(page).end == body


def test_twice():
    """A second front matter below the first adds to it; what stands in both is reported."""
    page = "---\ntitle: T\n---\n\n---\ntitle: U\nrole: x\n---\n# A\n"
    found = read_page_front_matter(page)
    assert found.entries == {"title": "T", "role": "x"}
    assert [(problem.line, problem.key) for problem in found.problems] == [(6, "title")]
    assert find_head(page).end == 8


@pytest.mark.parametrize(
    "page",
    [
        "---\n title: T\n role: x\n---\n",
        "---\ntitle: T\nlist:\n\t- a\n\t- b\n---\n",
        "---\n\ttitle: T\n\trole: x\n---\n",
        "\ufeff---\ntitle: T\n---\n",
        "---\t\ntitle:\tT\n---\n",
        "---\n\ntitle: T\n\n# comment\nrole: x\n---\n",
    ],
)
def test_nothing_wrong(page):
    """A byte order mark, tabs, indentation, blank lines and comments between entries are fine."""
    found = read_page_front_matter(page)
    assert found.entries["title"] == "T"
    assert found.problems == []


@pytest.mark.parametrize(
    "page",
    [
        "\n---\nNote: x\n---\n",
        "<!-- c -->\n---\nNote: x\n---\n",
        "---\nNote: x\n\ntext\n",
        "text\n---\ntitle: T\n---\n",
        "    ---\nNote: x\n---\n",
        "--\nNote: x\n---\n",
        "Note: x\nlevel: y\n\ntext\n",
        "title: T\n\ntext\n\n---\n",
        "---\n\n# A\n\nNote: x\n\n---\n",
        "<!-- c --> text\n---\ntitle: T\n---\n",
        "<!-- c\n---\ntitle: T\n---\n",
    ],
)
def test_no_front_matter(page):
    """Text that has no key of ExL pages, or stands below other text, is text."""
    assert find_head(page) is None


def test_one_mistake_is_not_the_end():
    """A line that is not an entry is reported; entries below it are read."""
    found = read_page_front_matter("---\ntitle: T\n\noops\nrole: x\n---\n# A\n")
    assert found.entries == {"title": "T", "role": "x"}
    assert [(problem.line, problem.whole) for problem in found.problems] == [(4, False)]


def test_many_blocks():
    """Front matter that is repeated often is read as one, and takes linear time."""
    check_linear(find_head, "---\ntitle: x\n---\n".__mul__)
    head = find_head("---\ntitle: x\n---\n" * 2000)
    assert (head.start, head.end) == (0, 6000)


@pytest.mark.parametrize("text", ["---\n\t\n", "--\n\t", "---\n\t\n\n---\n\t \n"])
def test_only_tabs(text):
    assert find_head(text) is None or not find_head(text).text.strip()
