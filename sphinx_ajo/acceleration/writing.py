"""Write the pages of an ExL repository faster than Sphinx's HTML builder does.

A mixin overrides a few methods of the build's HTML builder. They do less work, in several processes
with ``-j``, and the output is the same.
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

from sphinx_ajo.acceleration.extensions import (
    is_page_by_page,
    keeps_no_nodes,
    resolves_by_methods,
)
from sphinx_ajo.build.increments.ledger import has_current_index
from sphinx_ajo.build.toc.project import keeps_ledger
from sphinx_ajo.foreign.docutils import (
    free_page,
    search_by_index,
    search_faster,
    stop_caching,
    take_apart,
)
from sphinx_ajo.foreign.search_index import (
    can_exchange,
    collect_words_once,
    complete_index,
    exchange,
    extend_index,
    part_of,
    start_index,
)
from sphinx_ajo.foreign.sphinx import mix_in, translator_with_handlers, write_page
from sphinx_ajo.foreign.templates import free_contexts, note_contexts
from sphinx_ajo.project.state import state_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.search import IndexBuilder

SHARE: Final = 4
"""The number of tasks for each process; with several, no process waits long for the others."""

FEWEST: Final = 16
"""The minimum number of pages in a task; fewer are not worth a process."""

EXCHANGED: Final = 4
"""The largest share of pages for which the search index is updated in place."""

_Written: TypeAlias = "tuple[dict[str, str], dict[str, Any]]"
"""The images of some pages, and their part of the search index, from another process."""


class AjoBuilder(StandaloneHTMLBuilder):
    """A mixin for the HTML builder of a build.

    It renders titles once. Sphinx resolves all pages and indexes them in the main process while
    forked processes write; here, each process does all steps for its own pages.
    """

    ajo_written: frozenset[str] | None = None
    """The pages that are written before the search index has been loaded."""

    ajo_keeps_index = False
    """Whether the search index in the output folder stays unchanged."""

    ajo_frees: bool | None = None
    """Whether doctrees are taken apart; ``None`` if that is not known yet."""

    ajo_indexes = False
    """Whether an index answers searches of a page from its resolving until its writing."""

    ajo_app: Sphinx
    ajo_titles: dict[int, tuple[nodes.title, dict[str, str]]]
    """The HTML of titles, by the identity of the title; holds the titles, too, so that identities
    stay unique."""
    ajo_tags: dict[tuple[str, str], dict[Any, str]]
    """The tags of files, by function and by the relative path from the page to the root of the
    site."""
    ajo_translators: list[nodes.NodeVisitor] | None = None
    """The translators of the page that is written; ``None`` if nothing is freed."""
    ajo_contents: list[nodes.Node] | None = None
    """The table of contents of the page whose context is created; ``None`` if it is not freed."""

    def write_doctree(self, docname: str, doctree: nodes.document, **options: Any) -> None:  # type: ignore[misc]
        """Write a doctree to its file, and free it in a process that only reads."""
        super().write_doctree(docname, doctree, **options)
        if options.get("_cache", True):
            return
        if self.ajo_frees is None:
            self.ajo_frees = keeps_no_nodes(self.ajo_app)
        if self.ajo_frees:
            free_page(doctree)

    def prepare_writing(self, docnames: AbstractSet[str]) -> None:
        """Prepare for writing.

        :param docnames: The pages that are going to be written.
        """
        self.ajo_titles = {}
        self.ajo_tags = {}
        self.ajo_frees = keeps_no_nodes(self.ajo_app)
        self.ajo_translators = [] if self.ajo_frees else None
        self.ajo_indexes = resolves_by_methods(self.ajo_app)
        if self.ajo_frees:
            note_contexts(self)
        super().prepare_writing(docnames)
        collect_words_once(self.indexer)

    def render_partial(self, node: nodes.Node | None) -> dict[str, str]:
        """Render a node by itself; render a title only once, because it is on many pages."""
        if not isinstance(node, nodes.title):
            if node is not None and self.ajo_contents is not None:
                self.ajo_contents.append(node)
            return super().render_partial(node)
        if id(node) not in self.ajo_titles:
            parts = super().render_partial(node)
            if not _is_plain(node):
                return parts
            # a copy: Sphinx 8 reuses the same dictionary
            self.ajo_titles[id(node)] = (node, parts.copy())
        return self.ajo_titles[id(node)][1].copy()

    def handle_page(self, pagename: str, *args: Any, **options: Any) -> None:
        """Write a page, and free the contexts of its templates."""
        super().handle_page(pagename, *args, **options)
        free_contexts(self)

    def get_doc_context(self, docname: str, body: str, metatags: str) -> dict[str, Any]:
        """Return the context of a page, and free its table of contents, which Sphinx copies."""
        self.ajo_contents = None if self.ajo_translators is None else []
        context = super().get_doc_context(docname, body, metatags)
        for node in self.ajo_contents or ():
            if node.document is not None:
                take_apart(node.document)
        self.ajo_contents = None
        return context

    def create_translator(self, *args: Any) -> nodes.NodeVisitor:
        """Create a translator that does not look for the stylesheets of docutils.

        Sphinx does not use them, but each new translator looks for their files. If no other builder
        class is involved, the translator has a class with the handlers of all nodes.

        :param args: The document, and the builder.
        """
        args[0].settings.stylesheet_path = ""
        # the document of a title or of a table of contents is new
        search_faster(args[0])
        create: Any = super().create_translator
        if create.__func__ is Builder.create_translator:
            class_ = translator_with_handlers(self, self.ajo_app.registry)
            if class_ is not None:
                create = class_
        visitor: nodes.NodeVisitor = create(*args)
        if self.ajo_translators is not None:
            self.ajo_translators.append(visitor)
        return visitor

    def write_doc_serialized(self, docname: str, doctree: nodes.document) -> None:
        """Index a page that is resolved. From then on, it may change in other ways."""
        super().write_doc_serialized(docname, doctree)
        search_by_index(None)

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Write a page, and free it."""
        super().write_doc(docname, doctree)
        if self.ajo_translators is not None:
            for translator in self.ajo_translators:
                stop_caching(translator)
            self.ajo_translators.clear()
            free_page(doctree)

    def write_documents(self, docnames: AbstractSet[str]) -> None:
        """Write pages."""
        processes = self.ajo_app.parallel
        alone = not self.parallel_ok or len(docnames) < 2 * FEWEST
        if alone or not self._writes_page_by_page():
            super().write_documents(docnames)
            return
        first, *others = sorted(docnames)
        # the first page creates what all pages share, before processes are forked
        write_page(self, first)
        size = max(FEWEST, ceil(len(others) / (processes * SHARE)))
        tasks = [others[start : start + size] for start in range(0, len(others), size)]
        parts: dict[str, _Written] = {}
        progress = status_iterator(tasks, "writing output... ", "darkgreen", len(tasks))

        def done(pages: list[str], written: _Written) -> None:
            parts[pages[0]] = written
            next(progress)

        pool = ParallelTasks(processes)
        # it starts the last task first
        for pages in reversed(tasks):
            pool.add_task(self._write_there, pages, done)
        pool.join()
        next(progress, None)
        # in the order in which a single process would collect them
        for pages in tasks:
            self._take(parts[pages[0]])

    def _writes_page_by_page(self) -> bool:
        stock = super().write_documents.__func__ is Builder.write_documents  # type: ignore[attr-defined]
        return stock and is_page_by_page(self.ajo_app)

    def _write_there(self, pages: list[str]) -> _Written:
        """Write pages in a forked process, and return what the main process needs."""
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
        """Load the existing search index now, or defer it.

        :param docnames: The pages that are going to be written.
        """
        self.ajo_keeps_index = not docnames and has_current_index(self)
        self.ajo_written = None
        if 0 < len(docnames) * EXCHANGED < len(self.env.all_docs):
            self.ajo_written = frozenset(docnames)
        elif not self.ajo_keeps_index:
            super().load_indexer(docnames)

    def dump_search_index(self) -> None:
        """Write the search index unless it is unchanged; update a few pages in it if possible."""
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
        # now as Sphinx does it; what has been collected in the meantime is added
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
    """Tell whether a title has the same HTML on all pages, because it has no relative addresses."""
    return not any(
        isinstance(node, (nodes.image, nodes.reference, nodes.raw)) for node in title.findall()
    )


def _share_tags(
    app: Sphinx,
    pagename: str,
    _templatename: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Create the tags of stylesheets and scripts once for all pages at the same depth.

    Sphinx looks up the file of each tag for each page.
    """
    if isinstance(app.builder, AjoBuilder):
        for name in ("css_tag", "js_tag"):
            tags = app.builder.ajo_tags.setdefault((name, context["content_root"]), {})
            context[name] = partial(_tag, context[name], pagename.partition("/")[0], tags)


def _tag(stock: Callable[[Any], str], folder: str, tags: dict[Any, str], file: Any) -> str:
    name = str(getattr(file, "filename", file))
    if name.partition("/")[0] == folder:
        return stock(file)  # its address depends on the page
    if file not in tags:
        tags[file] = stock(file)
    return tags[file]


def _begin_searches(app: Sphinx, doctree: nodes.document, _docname: str) -> None:
    """Let an index answer the searches of a page whose links are resolved."""
    if isinstance(app.builder, AjoBuilder) and app.builder.ajo_indexes:
        search_by_index(doctree)


def _put_in_front(app: Sphinx) -> None:
    """Mix our methods into the builder, whatever its class is."""
    builder: Any = app.builder
    if state_of(app.env).accelerated and keeps_ledger(app):
        mix_in(builder, AjoBuilder)
        builder.ajo_app = app


def setup_writing(app: Sphinx) -> None:
    """Write the pages of ExL repositories with our builder."""
    # after the project of the repository has been created
    app.connect("builder-inited", _put_in_front, priority=900)
    # before all others
    app.connect("doctree-resolved", _begin_searches, priority=0)
    # after handlers that have functions of their own
    app.connect("html-page-context", _share_tags, priority=900)
