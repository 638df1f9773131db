"""No regular expression of ours takes quadratic time, whatever it is given."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from pathlib import Path
from re import _constants as constants
from re import _parser as parser

import pytest

import sphinx_ajo

LENGTH = 5_000
"""How long the texts are: linear takes half a millisecond, quadratic 25 and more."""

SECONDS = 0.015

ENDS = ("\0", "")

GENERAL = (
    *" \ta1-_./<>[](){}#\"'=:`\\*&!\n\u200b,;|",
    *("<!--", "a ", "[a", "](", "](a)", "a=", "{#", "[!a "),
)
"""What is repeated in texts for all patterns, besides what each of them repeats itself."""

TRUSTED = {
    "sphinx_ajo.navigation._furo._PARTS": "it reads what docutils has written: all tags are closed",
    "sphinx_ajo.lint.page.HTML_TAG_RE": "it is markdown-it's",
    "sphinx_ajo.navigation.tree.url_re": "it is Sphinx's",
}
"""Patterns that get no text of authors, or that are not ours; and why that is no harm."""


def modules():
    yield sphinx_ajo
    for info in pkgutil.walk_packages(sphinx_ajo.__path__, "sphinx_ajo."):
        yield importlib.import_module(info.name)


def inside(value):
    """Yield the patterns in a constant."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from inside(part)
    elif isinstance(value, (tuple, list)):
        for part in value:
            yield from inside(part)


def searches(module):
    """Return the names of what a module searches with; with all others it only matches."""
    source = Path(module.__file__).read_text(encoding="utf-8")
    return set(re.findall(r"\b(\w+)\.(?:find\w+|search|split|subn?)\b", source))


def patterns():
    """Return each pattern of the package, and whether it is searched for in a text."""
    found = {}
    for module in modules():
        searched = searches(module)
        for name, value in vars(module).items():
            for pattern in inside(value):
                found.setdefault(f"{module.__name__}.{name}", (pattern, name in searched))
    return {name: found[name] for name in found if name not in TRUSTED}


PATTERNS = patterns()


def char_of(items):
    """Return a character that a set has."""
    if items[0][0] is constants.NEGATE:
        return next(c for c in "a 1-._\n" if not any(in_set(c, item) for item in items[1:]))
    for kind, value in items:
        if kind is constants.LITERAL:
            return chr(value)
        if kind is constants.RANGE:
            return chr(value[0])
        if kind is constants.CATEGORY:
            return category(value)
    raise AssertionError(items)


def category(value):
    name = str(value)
    if "NOT" in name:
        return "a" if "SPACE" in name or "DIGIT" in name else " "
    return "1" if "DIGIT" in name else " " if "SPACE" in name else "a"


def in_set(char, item):
    kind, value = item
    if kind is constants.LITERAL:
        return ord(char) == value
    if kind is constants.RANGE:
        return value[0] <= ord(char) <= value[1]
    name = str(value)
    has = (
        char.isspace()
        if "SPACE" in name
        else char.isdigit()
        if "DIGIT" in name
        else char.isalnum() or char == "_"
    )
    return has != ("NOT" in name)


def sample(tree, pumps, before=""):
    """Return a text that a pattern matches; note what it repeats, and what stands before that."""
    text = ""
    for kind, value in tree:
        prefix = before + text
        if kind is constants.LITERAL:
            text += chr(value)
        elif kind in {constants.NOT_LITERAL, constants.ANY}:
            text += "a"
        elif kind is constants.IN:
            text += char_of(value)
        elif kind is constants.BRANCH:
            texts = [sample(branch, pumps, prefix) for branch in value[1]]
            text += texts[0]
        elif kind is constants.SUBPATTERN:
            text += sample(value[-1], pumps, prefix)
        elif kind is constants.ATOMIC_GROUP:
            text += sample(value, pumps, prefix)
        elif kind in {constants.MAX_REPEAT, constants.MIN_REPEAT, constants.POSSESSIVE_REPEAT}:
            unit = sample(value[2], pumps, prefix)
            if value[1] > 10 and unit:
                pumps.add((prefix, unit))
                for char in characters(value[2]):
                    pumps.add((prefix, char))
            text += unit * max(value[0], 1)
    return text


def characters(tree):
    """Yield some of the characters that a repeated set has."""
    if len(tree) == 1 and tree[0][0] is constants.IN:
        items = tree[0][1]
        if items[0][0] is constants.NEGATE:
            yield from (c for c in " a.<[({" if not any(in_set(c, item) for item in items[1:]))
        else:
            yield from (chr(value) for kind, value in items[:6] if kind is constants.LITERAL)
            yield from (category(value) for kind, value in items if kind is constants.CATEGORY)


def attacks(pattern):
    """Return texts that make patterns with overlapping parts slow, or those that start anew."""
    pumps = set()
    tree = parser.parse(pattern.pattern, pattern.flags)
    whole = sample(tree, pumps)
    units = {("", unit) for unit in (*GENERAL, whole) if unit} | pumps
    units |= {("", prefix + unit) for prefix, unit in pumps}
    units |= {("", prefix) for prefix, _ in pumps if prefix}
    return [prefix + unit * (LENGTH // len(unit)) + end for prefix, unit in units for end in ENDS]


def seconds(work, text):
    start = time.process_time()
    work(text)
    return time.process_time() - start


def slow(work, text):
    """Tell whether something takes long: three times, as other programs run, too."""
    return all(seconds(work, text) > SECONDS for _ in range(3))


@pytest.mark.parametrize("name", PATTERNS)
def test_pattern_is_linear(name):
    """Neither a match nor, where it is used for that, a search takes long."""
    pattern, searched = PATTERNS[name]
    works = (pattern.match, pattern.search, pattern.findall) if searched else (pattern.match,)
    for text in attacks(pattern):
        for work in works:
            assert not slow(work, text), (work.__name__, pattern.pattern, text[:60])


@pytest.mark.parametrize(
    "pattern", [r"[ \t]*x", r"<!--.*?-->", r"(\w+)\s*=", r"\u200b[ \u200b]*\Z", r"<\s*/?\s*br"]
)
def test_bad_patterns_are_found(pattern):
    """The test would find them."""
    found = re.compile(pattern)
    assert any(seconds(found.findall, text) > SECONDS for text in attacks(found))
