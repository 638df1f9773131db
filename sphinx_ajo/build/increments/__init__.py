"""Builds after a build: read and write just what has changed, and leave nothing behind.

Sphinx reads a page again when its file, or one that it depends on, is newer. What it does not know
is kept here: what the files of a page held (:mod:`.changes`), what a page shows of others
(:mod:`.page_digests`), what the pages of an output folder were made from (:mod:`.ledger`),
the theme included (:mod:`.theme_digest`), which of them are there (:mod:`.outputs`), and which
files no page needs any more (:mod:`.events`). Only for ExL repositories.
"""
