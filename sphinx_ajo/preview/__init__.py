"""Show a site while it is written: ``python -m sphinx_ajo preview``.

One process keeps the environment, the parser and the theme of Sphinx. When a file is saved, the
pages that are made from it are read and written first (:mod:`.resident`); then the site is built as
usual, and what no page is made of, such as the search index, is written when there is time.
:mod:`.session` says what is done when, :mod:`.server` shows it to browsers. Nothing else imports
this package; it needs the optional dependencies ``preview``.
"""

from __future__ import annotations
