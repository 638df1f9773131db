"""Micro-benchmarks of the parser, the navigation and links; the ordinary tests leave them out.

python -m pytest benchmarks/test_micro.py --benchmark-timer=time.process_time
"""

from __future__ import annotations

import itertools
import posixpath
from collections import defaultdict
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

import pytest
from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.utils import new_document
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import LoggingReporter
from sphinx.util.tags import Tags

from benchmarks.generate import Generator, write
from sphinx_ajo.language.dialect import DIALECT_KEY, Dialect
from sphinx_ajo.navigation.sidebar import Sidebar, read_request
from sphinx_ajo.navigation.skin import Skin
from sphinx_ajo.navigation.tree import ancestors_of, build_forest, parents_of, walk
from sphinx_ajo.project.domain import AjoDomain
from sphinx_ajo.reading.markdown import create_markdown, create_renderer
from sphinx_ajo.reading.parser import AjoParser
from sphinx_ajo.testing import markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_benchmark.fixture import BenchmarkFixture

PAGES: Final = 60
"""How many pages there really are."""

TREE: Final = 10_000
FAN: Final = 10
"""How many pages are below each of the tree."""

LINKS: Final = 10_000


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Sphinx:
    """Read a generated repository."""
    folder = tmp_path_factory.mktemp("micro")
    write(folder / "src", PAGES)
    config = {"extensions": ["sphinx_ajo"]}
    app = Sphinx(
        folder / "src", None, folder / "out", folder / "doctrees", "html", config,
        status=None, warning=None,
    )  # fmt: skip
    app.builder.read()
    return app


@pytest.fixture(scope="session")
def text() -> str:
    """A page of the average number of words, with tables, code and alerts."""
    generator = Generator(PAGES)
    texts = [generator.page(guide, page)[0] for guide in generator.guides for page in guide.pages]
    # the front matter is not what is measured
    bodies = [text.split("---\n", 2)[-1].lstrip() for text in texts]
    fit = [body for body in bodies if 900 < len(body.split()) < 1400]
    return max(fit, key=lambda body: body.count("\n|") + body.count("```") + body.count(">[!"))


@pytest.fixture
def document(app: Sphinx) -> Iterator[nodes.document]:
    """An empty document, while Sphinx reads a page."""
    name = sorted(app.env.found_docs)[0]
    app.env.prepare_settings(name)
    app.env.temp_data[DIALECT_KEY] = Dialect.EXL
    settings = get_default_settings(AjoParser())
    vars(settings).update(app.env.settings, env=app.env, record_dependencies=None)
    document = new_document(str(app.env.doc2path(name)), settings)
    document.reporter = LoggingReporter.from_reporter(document.reporter)
    yield document
    app.env.temp_data.clear()


def test_create_parser(benchmark: BenchmarkFixture) -> None:
    """A parser, as each page needs one."""
    benchmark(markdown)


def test_tokens(benchmark: BenchmarkFixture, text: str) -> None:
    """A page to tokens."""
    md = markdown()
    tokens = benchmark(lambda: md.parse(text))
    assert len(tokens) > 100


def test_doctree(
    benchmark: BenchmarkFixture, app: Sphinx, document: nodes.document, text: str
) -> None:
    """The tokens of a page to its doctree."""
    md = create_markdown(app.env.myst_config, Dialect.EXL, create_renderer)  # type: ignore[attr-defined]
    md.options["ajo_html"] = "convert"
    built = []

    def prepare() -> tuple[tuple[Any, ...], dict[str, Any]]:
        # rendering changes both
        fresh = document.copy()
        fresh.reporter, fresh.settings = document.reporter, document.settings
        md.options["document"] = fresh
        sandbox: dict[str, Any] = {}
        built.append(fresh)
        return (md.parse(text, sandbox), md.options, sandbox), {}

    benchmark.pedantic(md.renderer.render, setup=prepare, rounds=30)
    assert len(list(built[-1].findall(nodes.paragraph))) > 10


def _tree() -> Any:
    """Return what the navigation reads of the environment of a large site."""
    env = SimpleNamespace(
        tocs={}, titles={}, toctree_includes={}, metadata=defaultdict(dict), master_doctree=None
    )
    names = ["index"]
    for number in range(1, TREE):
        parent = names[(number - 1) // FAN]
        names.append(posixpath.join("" if parent == "index" else parent, f"page-{number}"))
    for number, name in enumerate(names):
        below = names[number * FAN + 1 : number * FAN + FAN + 1]
        link = nodes.reference("", f"Page {number}", internal=True, refuri=name, anchorname="")
        item = nodes.list_item("", addnodes.compact_paragraph("", "", link))
        if below:
            toctree = addnodes.toctree(entries=[(None, each) for each in below], hidden=True)
            item += nodes.bullet_list("", toctree)
            env.toctree_includes[name] = below
            if name == "index":
                env.master_doctree = nodes.section("", toctree.deepcopy())
        env.tocs[name] = nodes.bullet_list("", item)
    return env


def _forest(env: Any) -> Any:
    return build_forest(env, Tags(), "", titles_only=True, includehidden=True)


def test_forest(benchmark: BenchmarkFixture) -> None:
    """The tree of a site of 10,000 pages."""
    env = _tree()
    forest = benchmark.pedantic(_forest, (env,), rounds=5)
    assert len(forest.places) == TREE - 1


def test_branch(benchmark: BenchmarkFixture, app: Sphinx) -> None:
    """The branch of a page of 10,000, each time of another one."""
    env = _tree()
    forest = _forest(env)
    skin = Skin(app.builder)  # type: ignore[arg-type]
    skin.prepare(forest, walk(forest))
    # as furo asks
    arguments = {"collapse": False, "titles_only": True, "includehidden": True}
    request = read_request(arguments, branch=True)
    assert request is not None
    sidebar = Sidebar(forest, request, skin, app.builder.get_relative_uri, posixpath.dirname)
    parents = parents_of(env)
    pages = itertools.cycle(sorted(parents)[::7])

    def render() -> str:
        page = next(pages)
        return sidebar.render(page, ancestors_of(parents, page))

    assert benchmark(render).count("<li") < 6 * FAN


def test_links(benchmark: BenchmarkFixture, app: Sphinx) -> None:
    """10,000 links to pages and headings."""
    domain = app.env.domains[AjoDomain.name]
    found = [
        (name, node)
        for name in sorted(app.env.found_docs)
        for node in app.env.get_doctree(name).findall(addnodes.pending_xref)
        if node.get("refdomain") == AjoDomain.name
    ]
    links = list(itertools.islice(itertools.cycle(found), LINKS))

    def resolve() -> list[object]:
        return [
            domain.resolve_xref(
                app.env, name, app.builder, "page", node["reftarget"], node,
                nodes.inline("", "text"),
            )
            for name, node in links
        ]  # fmt: skip

    resolved = benchmark.pedantic(resolve, rounds=5)
    assert all(isinstance(node, nodes.reference) for node in resolved)
