"""One parser reads page after page, and nothing of a page is left in it."""

from __future__ import annotations

import gc
import weakref

import pytest
from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from sphinx.config import Config
from sphinx.testing.util import SphinxTestApp

from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.reading import markdown
from sphinx_ajo.reading.markdown import borrow_markdown
from sphinx_ajo.testing import CONF


@pytest.fixture
def created(monkeypatch):
    """The parsers that a build makes."""
    made = []

    def create(*arguments):
        made.append(arguments)
        return original(*arguments)

    original = markdown.create_markdown
    monkeypatch.setattr(markdown, "create_markdown", create)
    return made


def lend(owner, config, dialect=Dialect.EXL):
    return borrow_markdown(owner, config, dialect, RendererHTML)


def test_one_after_another():
    """The next text gets the parser of the last."""
    owner, config = Config(), MdParserConfig()
    with lend(owner, config) as first:
        pass
    with lend(owner, config) as second:
        assert second is first


def test_one_inside_another():
    """A text inside another gets a parser of its own."""
    owner, config = Config(), MdParserConfig()
    with lend(owner, config) as outer, lend(owner, config) as inner:
        assert inner is not outer


def test_not_for_others():
    """Another project, dialect or set-up of MyST has other parsers."""
    owner, config = Config(), MdParserConfig()
    with lend(owner, config) as first:
        pass
    for other in (
        lend(Config(), config),
        lend(owner, config, Dialect.MIXED),
        lend(owner, MdParserConfig()),
    ):
        with other as second:
            assert second is not first


def test_pages_share_a_parser(project, created):
    """A site of many pages has one parser."""
    pages = {f"p{number}": f"# Page {number}\n\n>[!NOTE]\n>\n>Text.\n" for number in range(5)}
    project.write(index="# Home\n\n```{toctree}\n:glob:\n\np*\n```\n", **pages)
    project.build()
    assert [arguments[2] for arguments in created] == [markdown.create_renderer]


def test_pages_do_not_meet(project):
    """Ids, footnotes, references, settings and problems of a page are not those of the next."""
    page = "{0}# Same\n\n## Same\n\nText[^1] and [link].\n\n{1}[^1]: Note.\n"
    project.write(
        index="# Home\n\n```{toctree}\na\nb\nc\n```\n",
        a=page.format("", "[link]: https://example.com/\n"),
        b=page.format("---\nmyst:\n  enable_extensions: [dollarmath]\n---\n", "$x$\n"),
        c=page.format("", "$x$\n"),
    )
    build = project.build()
    html = {name: build.text(f"{name}.html") for name in "abc"}
    assert all('id="same"' in text and 'id="id1"' in text for text in html.values())
    assert "https://example.com/" not in html["b"]
    assert "[link]" in html["b"]
    assert "math" in html["b"]
    assert "$x$" in html["c"]


def test_page_inside_a_page(project):
    """A page that reStructuredText on a page includes does not disturb it."""
    rest = "```{eval-rst}\n.. include:: part.txt\n   :parser: myst_parser.sphinx_\n```\n"
    project.write(index=f"# Home\n\n{rest}\n## After\n\n>[!NOTE]\n>\n>Text.\n")
    project.write_files({"part.txt": "Some **bold** words.\n"})
    html = project.build().text("index.html")
    assert html.index("<strong>bold</strong>") < html.index("After") < html.index("Text.")


@pytest.mark.parametrize("accelerate", [True, False])
def test_a_build_is_freed(project, tmp_path, accelerate):
    """Parsers are kept as long as their configuration, which no page of theirs may keep."""
    project.write_files({"conf.py": CONF, "index.md": "# Title\n\n>[!NOTE]\n>\n>text\n"})
    conf = {"ajo_accelerate": accelerate}
    apps = []
    for number in range(4):
        out = tmp_path / f"{number}"
        app = SphinxTestApp(srcdir=project.folder, builddir=out, confoverrides=conf)
        app.build()
        app.cleanup()
        apps.append(weakref.ref(app))
        del app
    gc.collect()
    # Sphinx and docutils may know the last ones
    assert apps[0]() is None
    assert apps[1]() is None
