"""Builds after a build: read and write just what has changed, and leave nothing behind.

Sphinx reads a page again when its file, or one that it depends on, is newer. What it does not know
is kept here: what a page shows of others (:mod:`.shown`), what the pages of an output folder were
made from (:mod:`.ledger`), files that pages looked for in vain (:mod:`.absent`), and what an
output folder holds that no page wants any more (:mod:`.events`). Only for ExL repositories.
"""
