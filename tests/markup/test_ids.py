"""An id stands once on a page, and none that an author writes is lost."""

from __future__ import annotations

import re

import lxml.html
import pytest
from page_ids import repeated_ids

from sphinx_ajo.language.html.names import BLOCKS

TABLES = """\
# T

<table id="a1"><caption id="a2">One</caption><caption>Two</caption>
<thead id="a3"><tr id="a4"><th id="a5">x</th></tr></thead>
<tbody id="a6"><tr id="a7"><td id="a8">x</td></tr></tbody></table>

<div id="a9"><table><tr><td>x</td></tr></table></div>

<div id="a10" class="c"><table id="a11"><caption>Three</caption><tr><td>x</td></tr></table></div>

| a |
|---|
| <table id="a12"><tr><td>z</td></tr></table> |

| a |
|---|
| b |

{#a13 style="table-layout:auto"}

- item

  | a |
  |---|
  | b |

  {#a14 .wide}
"""
OTHERS = """\
# T

<img id="a1" src="https://example.com/a.png"> and <img id="a2" src="https://example.com/b.png"
zoomable="yes">

<ul id="a3"><li id="a4">a</li></ul>

<ol id="a5"><li id="a6">a</li></ol>

<details id="a7"><summary id="a8">s</summary>b</details>

<details><summary id="a9"></summary>b</details>

<dl id="a10"><dt id="a11">a</dt><dd id="a12">b</dd></dl>

<blockquote id="a13">q</blockquote>

<pre id="a14">x</pre>

<h2 id="a15">Head</h2>

<p id="a16">par</p>

<figure id="a17"><img src="https://example.com/c.png"><figcaption id="a18">c</figcaption></figure>

<a id="a19"></a><a name="a20">x</a> <span id="a21">y</span>

<hr id="a22">

text <b id="a23">b</b> <iframe id="a24" src="https://www.youtube.com/embed/x"></iframe>

### Other {#a25}

+++ Accordion

<table id="a26"><tr><td>z</td></tr></table>

+++

>[!NOTE]
>
><div id="a27"><table id="a28"><caption>x</caption><tr><td>z</td></tr></table></div>

>[!BEGINSHADEBOX]

<table id="a29"><tr><td>z</td></tr></table>

>[!ENDSHADEBOX]

>[!BEGINTABS]

>[!TAB One]

<table id="a30"><tr><td>z</td></tr></table>

>[!ENDTABS]

:::: landing-cards-container
:::
Card <a id="a31"></a>

<table id="a32"><tr><td>z</td></tr></table>

[link](#a1)
:::
::::
"""


@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml"])
@pytest.mark.parametrize("text", [TABLES, OTHERS])
def test_ids(build_page, text, builder):
    """Each is there, once; so are those that Sphinx makes for captions."""
    built = build_page(text, builder)
    assert repeated_ids(built.outdir) == {}
    ids = lxml.html.fromstring(built.text("index.html")).xpath("//@id")
    assert sorted(set(re.findall(r"\ba\d+\b", text)) - set(ids)) == []


THEMES = ["furo", "pydata_sphinx_theme", "sphinx_book_theme", "sphinx_rtd_theme"]


@pytest.mark.filterwarnings("ignore")  # of the themes
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("text", [TABLES, OTHERS])
def test_ids_in_themes(build_page, text, theme):
    """No theme puts one of them into the page a second time."""
    built = build_page(text, html_theme=theme)
    ids = lxml.html.fromstring(built.text("index.html")).xpath("//@id")
    wanted = set(re.findall(r"\ba\d+\b", text))
    assert sorted(id_ for id_ in ids if id_ in wanted) == sorted(wanted)


def test_repeated_ids_are_found(build_page):
    """The check finds what it looks for."""
    built = build_page("# T\n\ntext\n")
    (built.outdir / "other.html").write_text("<p id='x'>a</p><p id='x'>b</p>", encoding="utf-8")
    assert repeated_ids(built.outdir) == {"other.html": ["x"]}


@pytest.mark.parametrize("name", sorted(BLOCKS - {"col", "colgroup", "body", "html", "head"}))
def test_any_block(build_page, name):
    """A block with an id has it, whatever it is."""
    inner = {"table": "<tr><td>x</td></tr>", "dl": "<dt>x</dt>", "ul": "<li>x</li>"}.get(name, "x")
    outer = {"tr": "table", "td": "table", "th": "table", "dt": "dl", "dd": "dl"}.get(name, "div")
    if name in {"tbody", "thead", "tfoot", "tr"}:
        outer, inner = "table", "<tr><td>x</td></tr>" if name != "tr" else "<td>x</td>"
    if name == "caption":
        outer, inner = "table", "x"
    rest = "<tr><td>y</td></tr>" if outer == "table" else ""
    text = f'# T\n\n<{outer}>\n<{name} id="here">{inner}</{name}>{rest}\n</{outer}>\n'
    built = build_page(text)
    assert repeated_ids(built.outdir) == {}
    assert lxml.html.fromstring(built.text("index.html")).xpath("//@id").count("here") == 1
