"""Any tags in any order: nothing breaks, nothing is lost, and the work stays linear."""

from __future__ import annotations

import re

import pytest
from effort import check_linear, tries
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from justhtml import JustHTML
from markdown_it.tree import SyntaxTreeNode

from sphinx_ajo.language.html.names import words
from sphinx_ajo.testing import markdown

NAMES = words(
    "table tr td th tbody thead caption ul ol li p div span b i u a code pre h2 h3 br hr img dl dt "
    "dd blockquote details summary center font title select option textarea button x-y form "
    "noscript sub kbd math figure col colgroup P UL body template style-guide"
)
GLUE = [
    *("\n", "\n\n", " ", "\n\n- ", "\n\n> ", "\n\n| a | b |\n|---|---|\n| ", "**", "*", "`", "\\"),
    *("\n## ", "\n\n    ", "[!DNL x]", "&lt;", "{target=_blank}", "[t](u)", "<!-- c -->", "\n1. "),
]
TAG = st.builds(
    str.format,
    st.sampled_from(["<{0}>", "</{0}>", '<{0} class="a" style="color:red" id=i>', "<{0}/>"]),
    st.sampled_from(sorted(NAMES)),
)
PARTS = st.lists(st.one_of(TAG, st.just("WORD"), st.sampled_from(GLUE)), max_size=40)


def number(parts):
    """Give each word a number of its own."""
    numbered, result = [], []
    for part in parts:
        if part == "WORD":
            part = f"word{len(numbered)}z"
            numbered.append(part)
        result.append(part)
    return "".join(result), numbered


def visible(html):
    return re.sub(r"<[^>]*>", " ", html)


@settings(max_examples=tries(300))
@given(PARTS)
def test_no_text_is_lost(parts):
    text, written = number(parts)
    assume("```" not in text)  # a word behind it is the language of code
    html = markdown().render(text)
    found = visible(html)
    assert [word for word in written if word not in found] == []
    assert "ajo-slot" not in html


@settings(max_examples=tries(300))
@given(st.lists(st.one_of(TAG, st.just("WORD ")), max_size=40))
def test_text_is_that_of_the_parser(parts):
    """Within one block, the words are those that a browser shows."""
    text, _words = number(parts)
    text = f"<div>{text}".replace("\n", " ")
    expected = JustHTML(text, fragment=True, sanitize=False, scripting_enabled=False).root
    shown = set(re.findall(r"word\d+z", expected.to_text()))
    found = set(re.findall(r"word\d+z", visible(markdown().render(text))))
    assert shown <= found


@settings(max_examples=tries(300))
@given(PARTS)
def test_tokens_are_sound(parts):
    text, _words = number(parts)
    tokens = markdown().parse(text)
    SyntaxTreeNode(tokens)
    last = text.count("\n") + 2
    level = 0
    for token in tokens:
        level += min(token.nesting, 0)
        assert token.level == level
        level += max(token.nesting, 0)
        if token.map:
            assert 0 <= token.map[0] <= token.map[1] <= last


def test_what_is_not_linear_is_found():
    """Work for each pair, and calls within calls."""

    def pairs(text):
        for _ in text:
            for _ in text:
                len(text)

    def deep(text):
        return text and deep(text[1:])

    with pytest.raises(pytest.fail.Exception, match="calls: "):
        check_linear(pairs, "x".__mul__)
    with pytest.raises(RecursionError):
        check_linear(deep, "x".__mul__)


CASES = {
    "nested boxes": lambda n: "<div>" * n + "x" + "</div>" * n,
    "nested boxes, blank lines": lambda n: "<div>\n\n" * n + "x\n\n" + "</div>\n\n" * n,
    "unclosed boxes": lambda n: "<div>\n\nx\n\n" * n,
    "nested inline": lambda n: "a " + "<span class=a>" * n + "x" + "</span>" * n,
    "unclosed inline": lambda n: "a " + "<b>" * n + "x",
    "stray closing tags": lambda n: "a <b>" + "</i>" * n + "x",
    "nested tables": lambda n: "<table><tr><td>" * n + "x",
    "spans": lambda n: "<table>" + "<tr><td rowspan=9999 colspan=99>a" * n + "<td>x",
    "nested lists": lambda n: "<ul><li>a" * n + "x",
    "unclosed comments": lambda n: "a <!-- b\n" * n + "x",
    "comments": lambda n: "a <!-- b --> " * n + "x",
    "unclosed scripts": lambda n: "<script>\n\n" * n + "x",
    "unclosed declarations": lambda n: "<?\n\n" * n + "x",
    "unclosed attributes": lambda n: "<div>" + "<a b='" * n + "x",
    "placeholders": lambda n: "a <x-y> " * n + "x",
    "unclosed links": lambda n: "a <a href=b> " * n + "x",
    "brackets in a cell": lambda n: "| a |\n|---|\n| " + "[" * n + "<ul><li>x |",
    "indented cells": lambda n: "<table>\n" + "<tr>\n\n    <td>a</td>\n</tr>\n\n" * n + "x",
    "indented code in boxes": lambda n: "<div>\n\n    <b>a</b>\n\n" * n + "x",
    "alerts in boxes": lambda n: "<div>\n>[!NOTE]\n>a\n" * n + "x",
    "unclosed code in cells": lambda n: "<table>\n" + "<tr><td><pre>\n\na\n\n" * n + "x",
    "code with blank lines": lambda n: "<div><pre>\n" + "a\n\n" * n + "</pre></div>\n\nx",
    "unclosed code in a list": lambda n: "- a\n\n" + "  <div><pre>\n\n  b\n\n" * n + "x",
    "images": lambda n: "<div>" + "<svg>" * n + "</svg>" * n + "x",
}


@pytest.mark.parametrize("case", CASES)
def test_work_is_linear(case):
    """Nothing recursive, nothing quadratic; and what is deep is there."""
    parser = markdown()

    def render(text):
        assert "x" in visible(parser.render(text))

    # markdown-it reads brackets within each other by calls within each other, to a limit
    limits = {"depth": 450, "size": 50} if case.startswith("brackets") else {}
    check_linear(render, CASES[case], **limits)
