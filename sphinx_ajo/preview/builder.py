"""The HTML builder of the preview: some pages first, and files that no page needs later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx.builders.html import StandaloneHTMLBuilder

from sphinx_ajo.build.increments.ledger import note_written
from sphinx_ajo.foreign.sphinx import write_page

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

BATCH: Final = 20
"""The number of pages after which the builder checks whether a browser waits for a page."""

INLINE: Final = 4
"""The share of pages from which on the build itself writes the search index."""


class Director:
    """Tells the builder what to write, and records what has been written."""

    def __init__(self) -> None:
        """Start without a build."""
        self.limit: set[str] | None = None
        """The only pages that this build writes; ``None`` for all."""
        self.settling = False
        """Whether the files that no page needs are being written."""
        self.unindexed: set[str] = set()
        """The pages that have been written since the search index."""
        self.between: set[str] = set()
        """The files that have been written since the last finished build."""

    def choose(self, docnames: AbstractSet[str]) -> set[str]:
        """Return the pages that are written now.

        :returns: All of them, or only those that browsers wait for.
        """
        raise NotImplementedError

    def check(self, what: str, number: int, of: int) -> None:
        """Report the progress of a build, and stop it if the process is to end."""
        raise NotImplementedError

    def check_busy(self) -> None:
        """Postpone the build if there is more urgent work."""
        raise NotImplementedError

    def take_wanted(self, pages: AbstractSet[str]) -> list[str]:
        """Return the pages that browsers wait for, and that this build has not written yet.

        :returns: The pages, the latest first.
        """
        raise NotImplementedError

    def note_shown(self, page: str) -> None:
        """Record that a page can be shown before the others."""
        raise NotImplementedError


class PreviewBuilder(StandaloneHTMLBuilder):
    """A mixin for the HTML builder.

    It first writes the pages that browsers wait for, and leaves files that no page needs to the
    director.
    """

    preview: Director
    preview_indexed: frozenset[str] | None = None
    """The pages that the search index includes; ``None`` if it is not written."""

    preview_copied: frozenset[str] = frozenset()
    """The images that have been copied with their pages."""

    def begin(self) -> None:
        """Start another build."""
        self.images = {}
        self.preview_copied = frozenset()

    def copy_image_files(self) -> None:
        """Copy the images of the written pages, each once."""
        if self.preview_copied != frozenset(self.images):
            super().copy_image_files()

    def load_indexer(self, docnames: AbstractSet[str]) -> None:
        """Load the search index, if this build will write it.

        :param docnames: The pages that will be written by this build.
        """
        few = len(docnames) * INLINE < len(self.env.all_docs)
        if not self.preview.settling and (few or self.preview.limit is not None):
            self.preview_indexed = None
            return
        self.preview_indexed = frozenset(docnames)
        super().load_indexer(docnames)

    def write_documents(self, docnames: AbstractSet[str]) -> None:
        """Write pages."""
        preview = self.preview
        pages = preview.choose(docnames)
        todo = sorted(pages)
        done: set[str] = set()
        try:
            for start in range(0, len(todo), BATCH):
                preview.check("written", start, len(todo))
                preview.check_busy()
                if preview.limit is None:
                    self._write_early(set(todo[start:]))
                batch = set(todo[start : start + BATCH])
                super().write_documents(batch)
                done |= batch
        finally:
            # a page is written after its images
            self.copy_image_files()
            self.preview_copied = frozenset(self.images)
            preview.between.update(f"{self.imagedir}/{name}" for name in self.images.values())
            note_written(self, done)
            # until the index has been written, which may never happen
            preview.unindexed |= done

    def _write_early(self, left: AbstractSet[str]) -> None:
        """Write the pages that browsers wait for; they are written again in their turn."""
        for docname in self.preview.take_wanted(left):
            self.show(docname)

    def show(self, docname: str) -> None:
        """Write only one page and its images."""
        indexer, images = self.indexer, self.images
        self.indexer, self.images = None, {}
        try:
            write_page(self, docname)
            super().copy_image_files()
            self.preview.between.update(f"{self.imagedir}/{name}" for name in self.images.values())
        finally:
            self.indexer, self.images = indexer, {**images, **self.images}
        self.preview.note_shown(docname)

    def gen_indices(self) -> None:
        """Write the general indices, unless this build writes only a few pages."""
        if self.preview.limit is None:
            super().gen_indices()

    def gen_pages_from_extensions(self) -> None:
        """Write the pages of extensions, which may need pages that have not been read."""
        if self.preview.limit is None:
            super().gen_pages_from_extensions()

    def gen_additional_pages(self) -> None:
        """Write other pages, such as the search page."""
        if self.preview.limit is None:
            super().gen_additional_pages()

    def dump_search_index(self) -> None:
        """Write the search index, or postpone it."""
        if self.preview_indexed is not None:
            super().dump_search_index()
            self.preview.unindexed -= self.preview_indexed

    def dump_inventory(self) -> None:
        """Write the inventory, or postpone it."""
        if self.preview.settling:
            super().dump_inventory()
