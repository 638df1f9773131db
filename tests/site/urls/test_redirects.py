"""Reading ``redirects.csv``."""

from __future__ import annotations

import pytest
from effort import check_linear

from sphinx_ajo.language.languages import SITE
from sphinx_ajo.site.urls.redirects import parse_redirects, resolve_redirects


def resolve(*lines, pages=(), languages=()):
    redirects, problems = parse_redirects("\n".join(lines))
    assert problems == []
    found, problems = resolve_redirects(redirects, set(pages).__contains__, languages)
    return found, [(line, message % text) for line, message, text in problems]


def row(source, dest):
    return f"{SITE}/docs/{source}.html,{SITE}/docs/{dest}.html"


def test_sloppy_lines():
    """Blanks, quotes, empty lines, a second header, more columns, paths without host."""
    text = f"""\
\ufeffSource , Dest
{SITE}/docs/a/b.html , {SITE}/en/docs/a/c

 "{SITE}/docs/a/d.html", "{SITE}/docs/a/e.html#x" ,
source,dest
/docs/a/f.html?lang=sv,https://example.com/g,note
,
""".removeprefix("\ufeff")
    redirects, problems = parse_redirects(text)
    assert redirects == [
        (2, "a/b", "", f"{SITE}/en/docs/a/c"),
        (4, "a/d", "", f"{SITE}/docs/a/e.html#x"),
        (6, "a/f", "sv", "https://example.com/g"),
    ]
    assert problems == []


@pytest.mark.parametrize(
    "header", ["source,destination", "Source URL,Target URL,Note", "from , to", '"old","new"']
)
def test_header(header):
    """The first line may name the columns, whatever it calls them, and again further down."""
    lines = ["", header, row("a/1", "a/2"), header, row("a/3", "a/4")]
    redirects, problems = parse_redirects("\n".join(lines))
    assert [redirect.line for redirect in redirects] == [3, 5]
    assert problems == []


@pytest.mark.parametrize("line", ["old.html,/docs/a/b.html", "help/a.md,help/b.md", "only", "a,"])
def test_no_header(line):
    """A path or an address is no name."""
    assert [problem.line for problem in parse_redirects(line)[1]] == [1]


def test_malformed_lines():
    lines = [
        "source,dest",
        f"{SITE}/docs/a/b.html",
        f"{SITE}/docs/a/b.html,",
        f"https://example.com/a,{SITE}/docs/a/b.html",
        f"{SITE}/docs/a/b.html,javascript:alert(1)",
        f"{SITE}/docs/../b.html,{SITE}/docs/a/b.html",
        f'"{SITE}/docs/a/b.html,{SITE}/docs/a/b.html',
        row("a/x", "a/y"),
    ]
    redirects, problems = parse_redirects("\n".join(lines))
    assert [redirect.line for redirect in redirects] == [8]
    assert [problem.line for problem in problems] == [2, 3, 4, 5, 6, 7]
    assert all(problem.message % problem.text for problem in problems)


def test_chains_end_at_once():
    found, problems = resolve(row("a/1", "a/2"), row("a/2", "a/3"), row("a/3", "b/x"))
    assert set(found.values()) == {f"{SITE}/docs/b/x.html"}
    assert set(found) == {"a/1", "a/2", "a/3"}
    assert problems == []


def test_pages_end_chains():
    """What is a page is not redirected."""
    found, problems = resolve(row("a/1", "a/2"), row("a/2", "a/3"), pages=["a/2"])
    assert found == {"a/1": f"{SITE}/docs/a/2.html"}
    assert problems == [(2, "a page has the address 'a/2'; the redirect is not used")]


def test_loops():
    found, problems = resolve(
        row("a/0", "a/1"), row("a/1", "a/2"), row("a/2", "a/1"), row("a/5", "a/2"), row("a/7", "b")
    )
    assert found == {"a/7": f"{SITE}/docs/b.html"}
    assert problems == [(2, "the redirect from 'a/1' leads back to itself; it is not used")]


def test_same_page_in_other_words():
    assert resolve(f"/docs/a/b.html,{SITE}/en/docs/a/b") == ({}, [])


def test_duplicates():
    found, problems = resolve(row("a/1", "a/2"), row("a/1", "a/2"), row("a/1", "a/3"))
    assert found == {"a/1": f"{SITE}/docs/a/2.html"}
    message = "'a/1' is redirected in line 1 already; this line is left out"
    assert problems == [(3, message)]


def test_languages():
    """Lines for English are for all; those for another language are for its site only."""
    rows = [f"/{language}/docs/{language}/1,/docs/a/2" for language in ("en", "sv", "de")]
    assert set(resolve(*rows, languages=["sv"])[0]) == {"en/1", "sv/1"}


def test_long_chains():
    """Work grows with the number of lines only."""

    def chain(size):
        return [row(f"a/{n}", f"a/{n + 1}") for n in range(size)]

    found, _ = resolve(*chain(2000))
    assert set(found.values()) == {f"{SITE}/docs/a/2000.html"}
    check_linear(lambda rows: resolve(*rows), chain)
