"""All pages in one file, or in a book."""

from __future__ import annotations

from collections import Counter

import lxml.html
import pytest

FILES = {
    "metadata.md": "---\nsolution: Lamp\nlanding-page-name: lamp\n---\n",
    "help/a/TOC.md": (
        "# A {#a}\n\n+ [Home](home.md)\n+ [Other](other.md)\n"
        "+ {hide-from-toc} [Secret](secret.md)\n"
    ),
    "help/a/home.md": (
        "# Home\n\n## Next steps\n\n[own](#next-steps) [other](other.md#next-steps) "
        "[top](other.md) [named](other.md#mine) [secret](secret.md#part) [lost](lost.md)\n"
    ),
    "help/a/other.md": (
        "# Other\n\n[up](#next-steps)\n\n## Next steps\n\n## Mine {#mine}\n\n"
        "A note[^1].\n\n[^1]: X\n"
    ),
    "help/a/secret.md": "# Secret\n\n## Part\n",
    "help/a/lost.md": "---\nhide: true\n---\n# Lost\n",
    "help/b/TOC.md": "# B {#b}\n\n+ [Next](a-other.md)\n",
    "help/b/a-other.md": "# Next steps\n\nA note[^1].\n\n[^1]: Y\n\n[own](#next-steps)\n",
}

SECRET = "https://experienceleague.adobe.com/en/docs/lamp/a/secret#part"


@pytest.fixture
def repository(project):
    project.write_files(FILES)
    return project


def test_single_file(repository):
    """Each link leads to the place that it means, each id is there once."""
    root = lxml.html.fromstring(repository.build("singlehtml").text("index.html"))
    ids = Counter(root.xpath("//@id"))
    assert [id_ for id_, number in ids.items() if number > 1] == []
    links = [(a.text_content(), a.get("href")) for a in root.find_class("body")[0].iter("a")]
    local = [href for _, href in links if href.startswith("#")]
    assert [href for href in local if href[1:] not in ids] == []
    found = {}
    for text, href in links:
        found.setdefault(text, []).append(href)
    assert found["own"] == ["#next-steps", "#help-b-a-other-next-steps"]
    assert found["other"] == found["up"] == ["#help-a-other-next-steps"]
    assert found["named"] == ["#mine"]
    assert found["top"] == ["#document-help/a/other"]
    assert found["secret"] == [SECRET]
    assert "lost" not in found
    assert "lost" in root.text_content()


def test_book(repository):
    """A page that is not in the book is linked on the official site."""
    tex = repository.build("latex").text("lamp.tex")
    assert SECRET.replace("#", r"\#") in tex
    assert "lost" in tex


def test_other_projects(project):
    """They are left alone."""
    project.write(index="# I\n\n```{toctree}\na\n```\n\n## Same\n", a="# A\n\n## Same\n\nText.\n")
    assert 'id="same"' in project.build("singlehtml").text("index.html")
