"""How well a translation follows its original: the builder ``ajo-l10n``.

:mod:`.outline` reads what is compared of a page from its tokens; :mod:`.structure`, :mod:`.english`
and :mod:`.damage` compare, :mod:`.kinds` is the table of what they find. None of these knows
Sphinx. :mod:`.reading` runs them while pages are read, :mod:`.project` looks at all pages together:
:mod:`.history` asks git, :mod:`.manifest` stands in for an original that is not there.
:mod:`.builder` reports, and :mod:`.tables` writes that for people.
"""
