"""What furo gets is what it would have made itself."""

from __future__ import annotations

import random

import pytest
from effort import tries
from furo.navigation import get_navigation_tree

from sphinx_ajo.navigation import _furo

TITLES = (
    "Plain",
    "A &amp; B &lt;c&gt;",
    "&#64;home",
    '<code class="docutils literal notranslate"><span class="pre">code</span></code> &quot;q&quot;',
    "<em>a</em> <strong>b</strong>",
    "Åäö 日本",
)
LINKS = ("a.html", "../x/y.html#z", "https://example.com/?a=1&amp;b=2", "it's.html", "#")


def tree(numbers, depth=0):
    """Write a random tree, in the shape of Sphinx's."""
    if depth > 3 or (depth and numbers.random() < 0.4):
        return ""
    items = []
    for _ in range(numbers.randrange(1, 4)):
        current = numbers.choice(("", "", " current"))
        nav = numbers.choice(("", "", ' data-ajo-nav="0"'))
        title, href = numbers.choice(TITLES), numbers.choice(LINKS)
        link = f'<a class="reference internal" href="{href}">{title}</a>'
        below = tree(numbers, depth + 1)
        items.append(f'<li{nav} class="toctree-l{depth + 1}{current}">{link}{below}</li>\n')
    more = numbers.choice(("", "", ' data-ajo-more="0"'))
    return f'<ul class="{numbers.choice(("", "current"))}"{more}>\n{"".join(items)}</ul>\n'


def test_equals_furo():
    """Byte by byte, for trees of any shape."""
    caption = '<p aria-level="2" class="caption" role="heading"><span>A &amp; b</span></p>\n'
    for seed in range(tries(200)):
        numbers = random.Random(seed)
        html = "".join(numbers.choice(("", caption)) + tree(numbers) for _ in range(3))
        assert _furo.furo_tree(html) == get_navigation_tree(html), seed


def test_nothing():
    """A site without navigation has none."""
    assert _furo.furo_tree("") == get_navigation_tree("") == ""


def test_others_get_the_tree():
    """Furo asks in vain, others do not; and in the end everybody gets the tree."""
    asked = []

    def toctree(**arguments):
        asked.append(arguments)
        return '<ul><li class="toctree-l1"><a href="#">One</a></li></ul>'

    context = {"toctree": toctree}
    _furo.postpone(context)
    furos = {"collapse": False, "titles_only": True, "maxdepth": -1, "includehidden": True}
    assert context["toctree"](**furos) == ""
    assert context["toctree"](collapse=True).startswith("<ul>")
    assert asked == [{"collapse": True}]
    context[_furo.NAME] = ""
    _furo.adapt(context)
    assert context["toctree"] is toctree
    assert "One" in context[_furo.NAME]


def test_other_versions_of_furo():
    """Should furo once make its tree in another way, it has it."""
    context = {"toctree": lambda **_: "<ul></ul>"}
    _furo.postpone(context)
    context[_furo.NAME] = "its own"
    _furo.adapt(context)
    assert context[_furo.NAME] == "its own"


def test_furo_asks_as_expected(project, monkeypatch):
    """Furo parses nothing: it asks in the way that we know, and shows what we give it."""
    trees = []
    original = _furo.furo_tree
    monkeypatch.setattr(_furo, "furo_tree", lambda html: trees.append(html) or original(html))
    monkeypatch.setattr("furo.get_navigation_tree", lambda html: html and pytest.fail("it parses"))
    project.write(
        index="# Home\n\n```{toctree}\na\n```\n",
        a="# Above\n\n```{toctree}\nb\n```\n",
        b="# Below\n",
    )
    build = project.build(html_theme="furo")
    assert len(trees) >= 3
    assert 'aria-label="Toggle navigation of Above"' in build.text("b.html")
