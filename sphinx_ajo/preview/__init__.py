"""Preview a site while you write: ``python -m sphinx_ajo preview``.

One process keeps Sphinx's environment, parser and theme in memory. When a file is saved, the pages
that depend on it are read and written first (:mod:`.resident`). Then the site is built as usual,
and files that no page needs, such as the search index, are written when the process is idle.
:mod:`.session` schedules this work, and :mod:`.server` serves the pages to browsers. No other part
imports this package; it needs the optional dependencies ``preview``.
"""

from __future__ import annotations
