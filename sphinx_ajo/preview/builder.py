"""The HTML builder of the preview: some pages first, and what no page is made of later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx.builders.html import StandaloneHTMLBuilder

from sphinx_ajo.build.increments.ledger import note_written
from sphinx_ajo.foreign.sphinx import write_page

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

BATCH: Final = 20
"""After how many written pages it is looked whether somebody waits for one."""

INLINE: Final = 4
"""From this part of all pages on, the search index is written by the build itself."""


class Director:
    """Tells the builder what to write, and is told what has been written."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.limit: set[str] | None = None
        """The only pages that this build writes, if it does not write all."""
        self.settling = False
        """Whether what no page is made of is being written."""
        self.unindexed: set[str] = set()
        """The pages that have been written since the search index was."""
        self.between: set[str] = set()
        """The files that have been written since the last build that has been finished."""

    def choose(self, docnames: AbstractSet[str]) -> set[str]:
        """Return the pages that are written now.

        :returns: These, or only those that somebody waits for.
        """
        raise NotImplementedError

    def check(self, what: str, number: int, of: int) -> None:
        """Say how far a build is, and end it if it is to end."""
        raise NotImplementedError

    def check_busy(self) -> None:
        """Leave the build for later if there is something better to do."""
        raise NotImplementedError

    def take_wanted(self, pages: AbstractSet[str]) -> list[str]:
        """Return the pages that somebody waits for, and this build has not shown yet.

        :returns: The pages, the latest first.
        """
        raise NotImplementedError

    def note_shown(self, page: str) -> None:
        """Note that a page can be looked at before the others."""
        raise NotImplementedError


class PreviewBuilder(StandaloneHTMLBuilder):
    """What is put in front of the HTML builder.

    It writes the pages first that somebody waits for, and leaves to the director what no
    page is made of.
    """

    preview: Director
    preview_indexed: frozenset[str] | None = None
    """The pages that are written with the search index; without it if ``None``."""

    preview_copied: frozenset[str] = frozenset()
    """The images that have been copied with their pages."""

    def begin(self) -> None:
        """Begin another build."""
        self.images = {}
        self.preview_copied = frozenset()

    def copy_image_files(self) -> None:
        """Copy the images of the pages that have been written, once."""
        if self.preview_copied != frozenset(self.images):
            super().copy_image_files()

    def load_indexer(self, docnames: AbstractSet[str]) -> None:
        """Load the search index, if this build is going to write it.

        :param docnames: The pages that are going to be written.
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
            # a page is written when its images are there
            self.copy_image_files()
            self.preview_copied = frozenset(self.images)
            preview.between.update(f"{self.imagedir}/{name}" for name in self.images.values())
            note_written(self, done)
            # until the index has been written, which may not come to pass
            preview.unindexed |= done

    def _write_early(self, left: AbstractSet[str]) -> None:
        """Write the pages that somebody waits for; they are written once more in their turn."""
        for docname in self.preview.take_wanted(left):
            self.show(docname)

    def show(self, docname: str) -> None:
        """Write one page and its images, and nothing else."""
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
        """Write the indices, but not those of a few pages."""
        if self.preview.limit is None:
            super().gen_indices()

    def gen_pages_from_extensions(self) -> None:
        """Write the pages of extensions, which may ask for pages that have not been read."""
        if self.preview.limit is None:
            super().gen_pages_from_extensions()

    def gen_additional_pages(self) -> None:
        """Write other pages, such as that of the search."""
        if self.preview.limit is None:
            super().gen_additional_pages()

    def dump_search_index(self) -> None:
        """Write the search index, or leave it for later."""
        if self.preview_indexed is not None:
            super().dump_search_index()
            self.preview.unindexed -= self.preview_indexed

    def dump_inventory(self) -> None:
        """Write the list of objects, or leave it for later."""
        if self.preview.settling:
            super().dump_inventory()
