"""Compare a translation with its original: the builder ``ajo-l10n``.

:mod:`.outline` extracts the comparable parts of a page from its tokens; :mod:`.structure`,
    :mod:`.english` and :mod:`.damage` compare them, and :mod:`.kinds` is the table of findings.
    None of these depends on Sphinx. :mod:`.reading` runs them while pages are read, and
    :mod:`.project` compares all pages: :mod:`.history` asks git, and :mod:`.manifest` replaces an
    original that is not available. :mod:`.builder` reports findings, and :mod:`.tables` writes them
    as tables for people.
"""
