"""A rule is tried wherever it may match, and nowhere else."""

from __future__ import annotations

import pytest
from all_constructs import FILES
from markdown_it import MarkdownIt
from myst_parser.config.main import MdParserConfig
from sphinx.testing.util import SphinxTestApp

from sphinx_ajo.acceleration.first_characters import AFTER, BLOCK, INLINE
from sphinx_ajo.foreign.markdown_it import try_by_character
from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.reading.markdown import create_markdown, create_renderer
from sphinx_ajo.testing import CONF

TEXT = """\
# One *two* `three` [four](five "six") ![seven](eight) <b>nine</b> <https://a.example> &amp; \\*

- a\\
  b ~~c~~
1. d

> e

    f

***

```py
g
```

<div>h</div>

| i | j |
|---|---|
| k | l |

Setext
===

[x]: y
"""


def described(tokens):
    return [(each.as_dict(), each.map) for each in tokens]


def tried(md, text):
    """Parse a text; return the tokens, and how often each rule was tried."""
    counts = {}
    for ruler in (md.block.ruler, md.inline.ruler):
        for rule in ruler.__rules__:
            rule.fn = counting(rule, counts)
        ruler.__cache__ = None
    return described(md.parse(text)), counts


def counting(rule, counts):
    function = rule.fn

    def count(*args):
        counts[rule.name] = counts.get(rule.name, 0) + 1
        return function(*args)

    return count


def test_same_tokens_by_fewer_rules():
    stock, fast = (MarkdownIt().enable(["table", "strikethrough"]) for _ in range(2))
    try_by_character(fast, BLOCK, INLINE, AFTER)
    (wanted, all_tried), (found, some_tried) = tried(stock, TEXT), tried(fast, TEXT)
    assert found == wanted
    assert all(some_tried.get(name, 0) <= count for name, count in all_tried.items())
    # where a paragraph may end, all rules that can end it are tried
    assert some_tried["fence"] < all_tried["fence"]
    assert sum(some_tried.values()) < 0.7 * sum(all_tried.values())


def test_rules_that_are_switched_off_later():
    md = MarkdownIt()
    try_by_character(md, BLOCK, INLINE, AFTER)
    assert "<em>" in md.render("*a*")
    md.disable("emphasis")
    assert md.render("*a*") == "<p>*a*</p>\n"
    md.enable("emphasis")
    assert "<em>" in md.render("*a*")


def test_text_in_text():
    """A rule may parse another text with the same parser."""

    def nested(state, silent):
        if state.src[state.pos] != "%":
            return False
        if not silent:
            state.push("text", "", 0).content = state.md.renderInline("*n* [l](u)")
        state.pos += 1
        return True

    md = MarkdownIt()
    md.inline.ruler.before("emphasis", "nested", nested)
    wanted = md.render("a % *b* [c % d](e)")
    try_by_character(md, BLOCK, INLINE, AFTER)
    assert md.render("a % *b* [c % d](e)") == wanted
    assert "&lt;em&gt;n" in wanted


@pytest.mark.parametrize("dialect", Dialect)
@pytest.mark.parametrize(
    "text", ["plain", " a. b - c: d ", "日本", "+1 #2 % = | $x$ 'y'", "a!", ""]
)
def test_plain_text(dialect, text):
    """A text without markup is one token, for which no rule is tried in the ExL dialect."""
    stock, fast = (create_markdown(MdParserConfig(), dialect, create_renderer) for _ in range(2))
    try_by_character(fast, BLOCK, INLINE, AFTER)
    wanted = described(stock.inline.parse(text, stock, {}, []))
    assert described(fast.inline.parse(text, fast, {}, [])) == wanted
    tried = []
    fast.inline.ruler2.at("balance_pairs", tried.append)
    fast.inline.parse(text, fast, {}, [])
    assert bool(tried) == (dialect is Dialect.MIXED or text in {"a!", ""})


@pytest.mark.parametrize(("where", "first"), [("ruler", "text"), ("ruler2", "balance_pairs")])
def test_plain_text_with_an_unknown_rule(where, first):
    """A rule of which nothing is known is always tried, and no longer once it is off."""

    def shout(state, *_):
        state.env["seen"] = True

    def seen():
        env = {}
        md.render("plain", env)
        return "seen" in env

    md = MarkdownIt()
    try_by_character(md, BLOCK, INLINE, AFTER)
    assert not seen()
    getattr(md.inline, where).before(first, "shout", shout)
    assert seen()
    getattr(md.inline, where).disable("shout")
    assert not seen()


def test_another_parser_stays():
    class Block(type(MarkdownIt().block)):
        pass

    md = MarkdownIt()
    md.block.__class__ = Block
    try_by_character(md, BLOCK, INLINE, AFTER)
    assert type(md.block) is Block


@pytest.mark.parametrize("dialect", Dialect)
def test_every_name_is_one(dialect):
    """The tables name rules of the parser, and all of them in the ExL dialect."""
    md = create_markdown(MdParserConfig(), dialect, create_renderer)
    names = {*md.block.ruler.get_all_rules()}, {*md.inline.ruler.get_all_rules()}
    names[1].add("myst_preserve_newline")  # comes with the first directive, in some versions
    left = BLOCK.keys() - names[0], INLINE.keys() - names[1]
    assert left == (set(), set()) or dialect is not Dialect.EXL


def test_no_rule_matches_elsewhere(project, tmp_path):
    """On pages with all constructs, no rule matches at a character that it is not tried at."""
    project.write_files({"conf.py": CONF, **FILES, "help/more.md": TEXT})
    wrong, seen = [], set()

    def watch(_app, _text, md, *_):
        for ruler, starts, at in (
            (md.block.ruler, BLOCK, lambda s, line, *_: s.bMarks[line] + s.tShift[line]),
            (md.inline.ruler, INLINE, lambda state, *_: state.pos),
        ):
            for rule in ruler.__rules__:
                if rule.name in starts and not hasattr(rule.fn, "watched"):
                    rule.fn = watching(rule, starts[rule.name], at)
            ruler.__cache__ = None

    def watching(rule, starts, at):
        function = rule.fn

        def watched(state, *args):
            position = at(state, *args)
            if not function(state, *args):
                return False
            seen.add(rule.name)
            if position < len(state.src) and state.src[position] not in starts:
                wrong.append((rule.name, state.src[position:][:20]))
            return True

        watched.watched = True
        return watched

    conf = {"ajo_accelerate": False}
    app = SphinxTestApp(srcdir=project.folder, builddir=tmp_path, confoverrides=conf)
    try:
        app.connect("ajo-page-read", watch)
        app.build()
    finally:
        app.cleanup()
    assert wrong == []
    assert {"ajo_marker", "ajo_tabs", "ajo_accordion", "emphasis", "fence", "list"} <= seen
