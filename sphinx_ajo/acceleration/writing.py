"""Write the pages of an ExL repository faster than Sphinx's HTML builder does.

It is that builder, or the one that takes its place, with a few of its methods: they do less work,
in several processes if it is told to, and the output is the same.
"""

from __future__ import annotations

from functools import partial
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from docutils import nodes
from sphinx.builders import Builder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.display import status_iterator
from sphinx.util.parallel import ParallelTasks

from sphinx_ajo.build.increments.ledger import has_current_index
from sphinx_ajo.build.toc.project import keeps_ledger
from sphinx_ajo.foreign.search_index import (
    can_exchange,
    complete_index,
    exchange,
    extend_index,
    part_of,
    start_index,
)
from sphinx_ajo.foreign.sphinx import mix_in, translator_with_handlers, write_page
from sphinx_ajo.project.state import state_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.search import IndexBuilder

PAGE_BY_PAGE: Final = frozenset(
    {
        "alabaster",
        "docutils",
        "furo",
        "myst_parser",
        "pydata_sphinx_theme",
        "sphinx",
        "sphinx_ajo",
        "sphinx_book_theme",
        "sphinx_copybutton",
        "sphinx_design",
        "sphinx_rtd_theme",
    }
)
"""Packages that keep nothing of a page when its references are resolved."""

COLLECTING: Final = frozenset({"sphinx.ext.imgconverter"})
"""Modules of these packages that do."""

SHARE: Final = 4
"""How many tasks there are for each process: so none of them waits long for the others."""

FEWEST: Final = 16
"""The fewest pages of a task: a process is not started for less."""

EXCHANGED: Final = 4
"""The part of all pages up to which the words of pages are exchanged in the search index."""

_Written: TypeAlias = "tuple[dict[str, str], dict[str, Any]]"
"""The images of some pages, and their part of the search index."""


class AjoBuilder(StandaloneHTMLBuilder):
    """What is put in front of the HTML builder of a build.

    Titles are rendered once. Where Sphinx resolves all pages and collects their words in one
    process while others write, each process does all that there is to do for its pages.
    """

    ajo_written: frozenset[str] | None = None
    """The pages that are written while the search index has not been loaded."""

    ajo_keeps_index = False
    """Whether the search index in the output folder stays as it is."""

    ajo_app: Sphinx
    ajo_titles: dict[int, tuple[nodes.title, dict[str, str]]]
    """The HTML of titles, by identity; with the titles, so that they stay."""
    ajo_tags: dict[tuple[str, str], dict[Any, str]]
    """The tags of files, by function and by the way from the page to the root of the site."""

    def prepare_writing(self, docnames: AbstractSet[str]) -> None:
        """Prepare to write, with what this build has read.

        :param docnames: The pages that are going to be written.
        """
        self.ajo_titles = {}
        self.ajo_tags = {}
        super().prepare_writing(docnames)

    def render_partial(self, node: nodes.Node | None) -> dict[str, str]:
        """Render a node by itself; a title, which stands on many pages, once."""
        if not isinstance(node, nodes.title):
            return super().render_partial(node)
        if id(node) not in self.ajo_titles:
            parts = super().render_partial(node)
            if not _is_plain(node):
                return parts
            # a copy: Sphinx 8 fills the same dictionary each time
            self.ajo_titles[id(node)] = (node, parts.copy())
        return self.ajo_titles[id(node)][1].copy()

    def create_translator(self, *args: Any) -> nodes.NodeVisitor:
        """Create a translator that does not look for the stylesheets of docutils.

        Sphinx uses none, but each translator looks for their files. Where nothing else takes part,
        it is of a class that has the handlers of all nodes.

        :param args: The document, and the builder.
        """
        args[0].settings.stylesheet_path = ""
        create: Any = super().create_translator
        if create.__func__ is Builder.create_translator:
            class_ = translator_with_handlers(self, self.ajo_app.registry)
            if class_ is not None:
                return class_(*args)
        visitor: nodes.NodeVisitor = create(*args)
        return visitor

    def write_documents(self, docnames: AbstractSet[str]) -> None:
        """Write pages."""
        processes = self.ajo_app.parallel
        alone = not self.parallel_ok or len(docnames) < 2 * FEWEST
        if alone or not self._writes_page_by_page():
            super().write_documents(docnames)
            return
        first, *others = sorted(docnames)
        # what all pages share is made with the first one, before there are other processes
        write_page(self, first)
        size = max(FEWEST, ceil(len(others) / (processes * SHARE)))
        tasks = [others[start : start + size] for start in range(0, len(others), size)]
        parts: dict[str, _Written] = {}
        progress = status_iterator(tasks, "writing output... ", "darkgreen", len(tasks))

        def done(pages: list[str], written: _Written) -> None:
            parts[pages[0]] = written
            next(progress)

        pool = ParallelTasks(processes)
        # it starts the last one first
        for pages in reversed(tasks):
            pool.add_task(self._write_there, pages, done)
        pool.join()
        next(progress, None)
        # in the order in which one process collects them
        for pages in tasks:
            self._take(parts[pages[0]])

    def _writes_page_by_page(self) -> bool:
        stock = super().write_documents.__func__ is Builder.write_documents  # type: ignore[attr-defined]
        return stock and is_page_by_page(self.ajo_app)

    def _write_there(self, pages: list[str]) -> _Written:
        """Write pages in a process of their own, and return what the first process needs."""
        self.images = {}
        start_index(self.indexer)
        for docname in pages:
            write_page(self, docname)
        return self.images, part_of(self.indexer)

    def _take(self, written: _Written) -> None:
        images, index = written
        self.images.update(images)
        extend_index(self.indexer, index)

    def load_indexer(self, docnames: AbstractSet[str]) -> None:
        """Load the search index that is there, or put it off.

        :param docnames: The pages that are going to be written.
        """
        self.ajo_keeps_index = not docnames and has_current_index(self)
        self.ajo_written = None
        if 0 < len(docnames) * EXCHANGED < len(self.env.all_docs):
            self.ajo_written = frozenset(docnames)
        elif not self.ajo_keeps_index:
            super().load_indexer(docnames)

    def dump_search_index(self) -> None:
        """Write the search index, unless it is there; exchange a few pages in it if possible."""
        if self.ajo_keeps_index:
            return
        if self.indexer is not None and not self._exchange(self.indexer):
            complete_index(self.indexer, self.env)
        super().dump_search_index()

    def _exchange(self, indexer: IndexBuilder) -> bool:
        pages, self.ajo_written = self.ajo_written, None
        if pages is None:
            return False
        file = _read_index(self)
        if can_exchange(indexer, file, pages, self.env.all_docs.keys()):
            exchange(indexer, file)
            indexer.prune = lambda docnames: None  # type: ignore[method-assign]
            indexer.freeze = lambda: file  # type: ignore[method-assign]
            return True
        # now as Sphinx does it; what has been collected meanwhile comes on top
        part = part_of(indexer)
        start_index(indexer)
        super().load_indexer(pages)
        extend_index(indexer, part)
        return False


def _read_index(builder: StandaloneHTMLBuilder) -> Any:
    path = Path(builder.outdir, builder.searchindex_filename)
    try:
        with path.open(encoding="utf-8") as stream:
            return builder.indexer_format.load(stream)
    except (OSError, ValueError):
        return None


def _is_plain(title: nodes.title) -> bool:
    """Tell whether a title looks the same on all pages: no addresses in it depend on the page."""
    return not any(
        isinstance(node, (nodes.image, nodes.reference, nodes.raw)) for node in title.findall()
    )


def is_page_by_page(app: Sphinx) -> bool:
    """Tell whether pages can be resolved in several processes.

    What an extension notes in one of them, for a list of all pages perhaps, would be lost. So this
    is for extensions only that are known to note nothing.

    :returns: Whether no other extension takes part in it.
    """
    handlers = [listener.handler for listener in app.events.listeners.get("doctree-resolved", ())]
    modules = [getattr(each, "__module__", "") for each in handlers]
    modules += [each.__module__ for each in app.registry.get_post_transforms()]
    return all(
        name.partition(".")[0] in PAGE_BY_PAGE and name not in COLLECTING for name in modules
    )


def _share_tags(
    app: Sphinx,
    pagename: str,
    _templatename: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Have the tags of stylesheets and scripts made once for all pages that are as deep.

    For each tag of each page, Sphinx looks where the file is.
    """
    if isinstance(app.builder, AjoBuilder):
        for name in ("css_tag", "js_tag"):
            tags = app.builder.ajo_tags.setdefault((name, context["content_root"]), {})
            context[name] = partial(_tag, context[name], pagename.partition("/")[0], tags)


def _tag(stock: Callable[[Any], str], folder: str, tags: dict[Any, str], file: Any) -> str:
    name = str(getattr(file, "filename", file))
    if name.partition("/")[0] == folder:
        return stock(file)  # its address depends on where in the folder the page is
    if file not in tags:
        tags[file] = stock(file)
    return tags[file]


def _put_in_front(app: Sphinx) -> None:
    """Give the builder our methods, whatever its class is."""
    builder: Any = app.builder
    if state_of(app.env).accelerated and keeps_ledger(app):
        mix_in(builder, AjoBuilder)
        builder.ajo_app = app


def setup_writing(app: Sphinx) -> None:
    """Write the pages of ExL repositories with our builder."""
    # after the project of the repository has been made
    app.connect("builder-inited", _put_in_front, priority=900)
    # after whoever has functions of their own
    app.connect("html-page-context", _share_tags, priority=900)
