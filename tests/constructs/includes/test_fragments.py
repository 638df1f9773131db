"""What is cut out of included files."""

from __future__ import annotations

import pytest

from sphinx_ajo.constructs.includes.fragments import included_lines, snippet_lines


def texts(lines):
    return [line.text for line in lines]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n", ["a"]),
        ("", []),
        ("\n\na\n\nb\n\n", ["a", "", "b"]),
        ("# Name {#id}\n\na\n", ["a"]),
        ("Name\n====\na\n", ["a"]),
        ("---\ntitle: x\n---\n# Name\n\na", ["a"]),
        ("---\ntitle: x\n---\na", ["a"]),
        ("---\n\na\n\n---\nb", ["---", "", "a", "", "---", "b"]),
        ("---\ntitle: x\n---\n", []),
        ("## Part\n\na", ["## Part", "", "a"]),
        ("a\n\n# Name", ["a", "", "# Name"]),
        ("<!-- c -->\n\n# Name\n\na", ["<!-- c -->", "", "", "a"]),
        ("<div>\n\n# Name\n\n</div>", ["<div>", "", "# Name", "", "</div>"]),
        ("```\n# no heading\n```", ["```", "# no heading", "```"]),
        ("* # in a list", ["* # in a list"]),
        ("    # code", ["    # code"]),
        ("# One\n# Two", ["# Two"]),
        ("\n  indented", ["  indented"]),
    ],
)
def test_included_lines(text, expected):
    assert texts(included_lines(text)) == expected


@pytest.mark.parametrize(
    "head",
    [
        "\n---\ntitle: x\n---\n",
        "<!-- c -->\n---\ntitle: x\n---\n",
        "<!-- c --> ---\ntitle: x\n---\n",
        " ---\ntitle: x\n ---\n",
        "\t---\ntitle: x\n---\n",
        "\u200b\n---\ntitle: x\n---\n",
        "---\ntitle: x\n\n",
        "title: x\n---\n",
    ],
)
def test_sloppy_front_matter(head):
    """It is left out like any other."""
    assert texts(included_lines(f"{head}# Name\n\na")) == ["a"]


def test_line_numbers_of_an_include():
    lines = included_lines("---\ntitle: x\n---\n# Name\n\na\n\nb\n")
    assert [line.number for line in lines] == [6, 7, 8]


SNIPPETS = """---
title: Snippets
---
# Snippets

lost

## One {#one}

first

### Sub without id

text

## Same level without id

more

```
## code {#code}
```

### Two { #2} {#two-2}

second

# Higher level

lost

## Three {#three}
## Four {#four}
> # quoted {#quoted}

Five {#five}
------------
fifth

## One again {#six}
old
## Six {#six}
new
"""


def test_snippets_end_at_the_next_heading_with_an_id():
    found = snippet_lines(SNIPPETS)
    assert list(found) == ["one", "two-2", "three", "four", "five", "six"]
    assert texts(found["one"])[:3] == ["first", "", "### Sub without id"]
    assert texts(found["one"])[-5:] == ["more", "", "```", "## code {#code}", "```"]
    assert texts(found["two-2"]) == ["second"]
    assert texts(found["three"]) == []
    assert texts(found["four"]) == ["> # quoted {#quoted}"]
    assert texts(found["five"]) == ["fifth"]
    assert texts(found["six"]) == ["new"]


def test_line_numbers_of_a_snippet():
    assert [line.number for line in snippet_lines(SNIPPETS)["two-2"]] == [26]


def test_no_snippets():
    assert snippet_lines("") == {}
    assert snippet_lines("# Title\n\n## No id\n") == {}
