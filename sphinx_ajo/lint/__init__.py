"""Check how Markdown files are written: the AM rules of ExL's authors, and a few more.

:mod:`.model` says what a rule and a finding are, :mod:`.page` what a rule sees of a file. The
``rules_*`` modules hold the rules, :mod:`.rules` their table. None of these knows Sphinx.
:mod:`.settings` reads which rules are on, :mod:`.events` runs them in every build, :mod:`.builder`
is ``sphinx-build -b ajo-lint``, and :mod:`.report` writes what that found.
"""
