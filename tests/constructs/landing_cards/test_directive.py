"""The grid as a directive."""

from __future__ import annotations

import lxml.html
import pytest
from docutils import nodes

from sphinx_ajo.constructs.landing_cards.nodes import ajo_card_title

MARKDOWN = """\
# T

`````{landing-cards-container}
:columns: 2
:gutter: 1
:class: mine
:name: the-cards

:::
![icon](https://cdn.experienceleague.adobe.com/icons/gear.svg)

A

Text [Go](https://example.com).
:::

:::
B

```python
x = 1
```
:::
`````
"""

NESTED = """\
# T

`````{landing-cards-container}

````{landing-card}
:class: first

A

Text.
````

````{landing-card}
B
````
`````
"""

RST = """\
T
=

.. landing-cards-container::
   :columns: 1 2 4

   .. landing-card::
      :class: first

      .. image:: https://example.com/lamp.svg
         :alt: icon

      A

      Text.

   .. landing-card::

      B
"""


def grid(build, page="index"):
    root = lxml.html.fromstring(build.text(f"{page}.html"))
    return root.find_class("ajo-cards")[0]


def titles(element):
    return [title.text_content().strip() for title in element.find_class("sd-card-title")]


@pytest.mark.parametrize("dialect", ["exl", "mixed"])
def test_markdown(build_page, dialect):
    """Bare colon lines are cards, as in a container; options override the configuration."""
    build = build_page(MARKDOWN, ajo_dialect=dialect)
    found = grid(build)
    assert titles(found) == ["A", "B"]
    assert {"mine", "landing-cards-container"} <= set(found.get("class").split())
    assert found.get("id") == "the-cards"
    row = found.find_class("sd-row")[0].get("class").split()
    assert {"sd-row-cols-sm-1", "sd-row-cols-md-2", "sd-row-cols-lg-2", "sd-g-1"} <= set(row)
    assert found.xpath(".//svg[@data-icon='gear']")
    code = next(iter(build.doctrees["index"].findall(lambda n: n.tagname == "literal_block")))
    assert code.line == 20


def test_nested_directives(build_page):
    """Cards can be directives, too."""
    found = grid(build_page(NESTED))
    assert titles(found) == ["A", "B"]
    assert len(found.find_class("first")) == 1


def test_restructuredtext(project):
    """The same in reStructuredText."""
    project.write_files({"index.rst": RST})
    found = grid(project.build())
    assert titles(found) == ["A", "B"]
    assert found.xpath(".//img/@src") == ["https://example.com/lamp.svg"]
    assert "sd-row-cols-lg-4" in found.find_class("sd-row")[0].get("class")


def test_same_tree_both_ways(build_page):
    """Container and directive build the same tree."""
    fence = build_page(":::: landing-cards-container\n:::\nA\n\nText.\n:::\n::::\n")
    directive = build_page("```{landing-cards-container}\n\n:::\nA\n\nText.\n:::\n```\n")
    assert fence.doctrees["index"].pformat() == directive.doctrees["index"].pformat()


def test_stray_and_empty(build_page):
    """Wrong content is kept and reported as in a container."""
    build_page(
        "# T\n\n```{landing-cards-container}\nStray\n\n:::\n:::\n```\n",
        warnings=[
            "index.md:4: WARNING: this stands in",
            "index.md:6: WARNING: this landing card is",
        ],
    )


def test_empty_directive(build_page):
    """A directive without content is reported."""
    build_page(
        "# T\n\n```{landing-cards-container}\n```\n",
        warnings=["index.md:3: WARNING: this landing-cards-container has no cards"],
    )


@pytest.mark.parametrize(
    "option", ["columns: 13", "columns: 1 2", "columns: x", "gutter: 6", "gutter: x"]
)
def test_wrong_option(build_page, option):
    """A wrong option is reported; the cards are there."""
    build = build_page(
        f"# T\n\n```{{landing-cards-container}}\n:{option}\n\n:::\nA\n:::\n```\n",
        warnings=["'landing-cards-container': Invalid option value"],
    )
    assert titles(grid(build)) == ["A"]


COLON_FENCE = {"ajo_dialect": "mixed", "myst_enable_extensions": ["colon_fence"]}


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        (":::: landing-cards-container", "::::"),
        ("```{landing-cards-container}", "```"),
        ("::::{landing-cards-container}", "::::"),
    ],
)
def test_cards_beside_colon_fences(project, opening, closing):
    """MyST's own fences of colons do not take the container, in any of its forms."""
    # MyST 5.0 takes colons right below the opening line for options
    cards = "\n:::\nFirst\n\nText.\n:::\n\n:::\nSecond\n:::"
    project.write(index=f"# Page\n\n{opening}\n{cards}\n{closing}\n\n:::{{tip}}\nA tip.\n:::\n")
    doctree = project.build(**COLON_FENCE).doctrees["index"]
    titles = [node.astext() for node in doctree.findall(ajo_card_title)]
    assert titles == ["First", "Second"]
    assert len(list(doctree.findall(nodes.tip))) == 1
