"""What pages tell Pagefind."""

from __future__ import annotations

import os
import shutil
import subprocess

import lxml.html
import pytest
from search_site import FILES, site

from sphinx_ajo import testing

PAGE = """\
---
role: Admin, User
level: Beginner
feature: <b>Dimmers</b> & more
product: Lamps
badgeNew: label="New" type="Positive"
---
# Title [!BADGE Beta]{type=Caution}

Text [!BADGE Soon]{type=Caution url="https://example.com"} of the page.

:::: landing-cards-container
:::
![icon](https://cdn.experienceleague.adobe.com/icons/gear.svg)

Elsewhere

[Go there](one.md)
:::
::::
"""
NAME = "help/guide/start.html"


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site") / "src"
    return site(folder, FILES | {"help/guide/start.md": PAGE}, ajo_pagefind=True)


def told(page, kind):
    return [
        (meta.get(f"data-pagefind-{kind}").removesuffix("[content]"), meta.get("content"))
        for meta in page.iter("meta")
        if f"data-pagefind-{kind}" in meta.attrib
    ]


def test_filters(build):
    """The guide, and what the front matter says, whatever it says."""
    page = lxml.html.fromstring(build.text(NAME))
    assert told(page, "meta") == [("title", "Title"), ("guide", "Lamp Guide")]
    assert told(page, "filter") == [
        ("guide", "Lamp Guide"),
        ("product", "Lamps"),
        ("role", "Admin"),
        ("role", "User"),
        ("level", "Beginner"),
        ("topic", "<b>Dimmers</b> & more"),
    ]


def test_text(build):
    """The text of the page is indexed, without cards and badges; nothing of the navigation is."""
    page = lxml.html.fromstring(build.text(NAME))
    (body,) = page.xpath("//*[@data-pagefind-body]")
    ignored = page.xpath("//*[@data-pagefind-ignore]")
    assert {node.tag for node in ignored} == {"div", "span"}
    assert sorted("".join(node.itertext()).split()[0] for node in ignored) == [
        "Beta",
        "Elsewhere",
        "New",
        "Soon",
        "Topics:",
    ]
    for node in ignored:
        assert body in node.iterancestors()
        node.getparent().remove(node) if not node.tail else node.clear(keep_tail=True)
    assert body.text_content().replace("¶", "").split() == ["Title", "Text", "of", "the", "page."]


def test_generated_pages(build):
    """They have no text of their own, and are left out, as the search page is."""
    for name in ("help/guide/dimmers/index.html", "index.html", "search.html", "genindex.html"):
        assert "data-pagefind" not in build.text(name)


def test_off(build, tmp_path):
    """Nothing is in the pages unless it is asked for, and nothing else changes."""
    off = site(tmp_path / "src", FILES | {"help/guide/start.md": PAGE})
    assert "pagefind" not in off.text(NAME)
    again = testing.build(tmp_path / "src", ajo_pagefind=True)
    assert again.text(NAME) == build.text(NAME)


@pytest.mark.parametrize("builder", ["singlehtml", "epub", "latex", "text"])
def test_other_builders(tmp_path, builder):
    build = site(tmp_path / "src", builder=builder, ajo_pagefind=True, version="1", copyright="us")
    for path in build.outdir.rglob("*"):
        if path.suffix in {".html", ".xhtml", ".tex", ".txt"}:
            assert "pagefind" not in path.read_text("utf-8")


def test_pagefind_itself(build):
    """It reads what we write."""
    program = os.environ.get("AJO_PAGEFIND") or shutil.which("pagefind")
    if program is None:
        pytest.skip("no pagefind here")
    command = [program, "--site", str(build.outdir), "--exclude-selectors", ".headerlink"]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    assert "Indexed 5 pages" in done.stdout
    assert "Indexed 5 filters" in done.stdout
