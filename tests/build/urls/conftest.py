"""A small repository with links of all kinds."""

from __future__ import annotations

import lxml.html
import pytest

FILES = {
    "metadata.md": (
        "---\nsolution: Lamp\ngit-repo: https://github.com/example/lamp.en\n"
        "landing-page-name: lamp\n---\n"
    ),
    "README.md": "# Not a page\n",
    "help/_includes/part.md": "# Not a page\n",
    "help/user/TOC.md": (
        "# Lamp guide {#user}\n\n+ [Home](home.md)\n+ Start {#start}\n"
        "   + [Set up](setup/setup.md)\n+ [Links](links.md)\n"
    ),
    "help/user/home.md": "# Home\n\n## Light\n",
    "help/user/setup/setup.md": "# Set up\n",
    "help/user/links.md": "# Links\n",
    "help/prime/TOC.md": "# Prime guide {#prime}\n\n+ [First](first.md)\n",
    "help/prime/first.md": "# First\n",
    "help/user/assets/list.csv": "a,b\n",
}


@pytest.fixture
def repository(project):
    project.write_files(FILES)
    return project


@pytest.fixture
def links(repository):
    """Build a page of links; return the text and the target of each."""

    def links(*lines, **options):
        text = "# Links\n\n" + "\n\n".join(lines) + "\n"
        repository.write_files({"help/user/links.md": text})
        build = repository.build(**options)
        root = lxml.html.fromstring(build.text("help/user/links.html"))
        article = root.find_class("body")[0]
        return [
            (a.text_content(), a.get("href"))
            for a in article.iter("a")
            if "headerlink" not in a.classes
        ]

    return links
