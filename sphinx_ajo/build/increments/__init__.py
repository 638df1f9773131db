"""Incremental builds: read and write only what has changed, and remove outdated files.

Sphinx reads a page again when its file, or a dependency, is newer. This package keeps what Sphinx
does not record: digests of the files of a page (:mod:`.changes`), what a page shows of other pages
(:mod:`.page_digests`), what the pages of an output folder were made from (:mod:`.ledger`),
including the theme (:mod:`.theme_digest`), which output files exist (:mod:`.outputs`), and which
files no page needs any more (:mod:`.events`). It applies to ExL repositories only.
"""
