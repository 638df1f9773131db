"""Check the source of Markdown files: the AM rules of ExL authors, and a few more.

:mod:`.model` defines rules and findings, and :mod:`.page` is the input of a rule. The ``rules_*``
    modules contain the rules, and :mod:`.rules` is their table. None of these depends on Sphinx.
    :mod:`.settings` reads which rules are on, :mod:`.events` runs them in every build,
    :mod:`.builder` is ``sphinx-build -b ajo-lint``, and :mod:`.report` writes its findings.
"""
