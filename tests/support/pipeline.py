"""One process that turns any number of documents into HTML and text, without writing a site."""

from __future__ import annotations

import gc
import inspect
import re
import time
from typing import NamedTuple

from sphinx.testing.util import SphinxTestApp

from sphinx_ajo import testing
from sphinx_ajo.foreign.search_index import start_index

PAGE = "help/page"

FILES = {
    "conf.py": testing.CONF,
    "metadata.md": "---\nsolution: Name\n---\n",
    "help/TOC.md": "# Guide {#guide}\n\n- [Page](page.md)\n- [Other](other.md)\n",
    "help/page.md": "# Page\n",
    "help/other.md": "# Other\n\n## Section\n",
    "help/x.png": "",
    "help/_includes/page.md": "",
    "help/_includes/text.md": "# Title\n\nText.\n\n- [other](../other.md)\n\n{{snip}}\n",
    "help/_includes/snippets.md": "## Snippet {#snip}\n\n>[!NOTE]\n>\n>Snippet.\n\n- one\n",
}
"""A repository for one document at a time, and what that may link to or include."""

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


class Output(NamedTuple):
    """What becomes of a document."""

    html: str
    """The body of its page."""
    toc: str
    """Its local table of contents, as HTML."""
    title: str
    """Its title, as HTML."""
    text: str
    """What the builder ``text`` writes."""
    warnings: str
    seconds: float
    """The CPU time that all of it took."""


class Pipeline:
    """A Sphinx application that is made once."""

    def __init__(self, folder, **conf):
        """Build the repository.

        :param folder: Where it is; nothing must be there yet.
        :param conf: Configuration values.
        """
        testing.write_files(folder, FILES)
        self._runs = 0
        self._page = folder / f"{PAGE}.md"
        self._include = folder / "help/_includes/page.md"
        conf = {"ajo_warnings": "all", "html_theme": "alabaster", **conf}
        self.app = SphinxTestApp(
            "html", srcdir=folder, builddir=folder / "_build", confoverrides=conf
        )
        self.app.build()
        self.env = self.app.env
        self.html = self.app.builder
        self.html.prepare_writing({PAGE})
        self.text = self.app.registry.create_builder(self.app, "text", self.env)
        self.text.init()
        # Newer versions of Sphinx ask for the tags.
        parameters = inspect.signature(self.env.get_and_resolve_doctree).parameters
        _set_aside()
        self._tags = {"tags": self.app.tags} if "tags" in parameters else {}

    def close(self):
        """Give up the application."""
        gc.unfreeze()
        self.app.cleanup()

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.close()

    def run(self, document):
        """Turn a document into HTML and text.

        :param document: A :class:`grammar.Document`.
        :returns: The :class:`Output`.
        """
        self._free_memory()
        self._write(document)
        for stream in (self.app.warning, self.app.status):
            stream.seek(0)
            stream.truncate()
        start = time.process_time()
        self.app.emit("env-purge-doc", self.env, PAGE)
        self.env.clear_doc(PAGE)
        self.html.read_doc(PAGE, _cache=False)
        self.env._pickled_doctree_cache.pop(PAGE, None)
        html = self._translate(self.html)
        context = self.html.get_doc_context(PAGE, "", "")
        text = self._translate(self.text)
        seconds = time.process_time() - start
        warnings = _COLOURS.sub("", self.app.warning.getvalue())
        return Output(
            "".join(html.fragment), context["toc"], context["title"], text.body, warnings, seconds
        )

    def _free_memory(self):
        """Let go of what a build keeps to its end: it has one page as often as another one."""
        self._runs += 1
        if self._runs % 100 == 0:
            # the builder remembers the titles and the words of all pages that it has written
            getattr(self.html, "ajo_titles", {}).clear()
            start_index(self.html.indexer)
            _set_aside()

    def _write(self, document):
        text = document.text
        if document.included:
            self._include.write_text(f"# Title\n\n{text}", encoding="utf-8")
            text = "# Title\n\n{{$include /help/_includes/page.md}}\n"
        self._page.write_text(document.front_matter + text, encoding="utf-8")

    def _translate(self, builder):
        """Resolve a document for a builder, and translate it as ``write_doc`` does."""
        self.app.builder, self.env._builder_cls = builder, type(builder)
        try:
            doctree = self.env.get_and_resolve_doctree(PAGE, builder, **self._tags)
            doctree.settings = self.html.docsettings
            builder.secnumbers = builder.fignumbers = {}
            builder.imgpath, builder.dlpath = "../_images", "../_downloads"
            builder.current_docname = PAGE
            if builder is self.html:
                builder.write_doc_serialized(PAGE, doctree)
            visitor = builder.create_translator(doctree, builder)
            doctree.walkabout(visitor)
            return visitor
        finally:
            self.app.builder, self.env._builder_cls = self.html, type(self.html)


def _set_aside():
    """Keep what is there out of later collections, whose time would be that of a document."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
