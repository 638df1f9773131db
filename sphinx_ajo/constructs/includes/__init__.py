"""``{{$include /help/_includes/x.md}}`` and ``{{snippet-id}}`` (exl-markdown.md, 6).

:mod:`sphinx_ajo.language.source` describes how a page is composed. This package has the parts that
are specific to ExL: :mod:`.syntax` parses placeholders, :mod:`.fragments` extracts texts from
files, and :mod:`.library` finds the files and registers dependencies.

In the *mixed* dialect ``{{…}}`` belongs to MyST's substitutions. There, only ``$include`` works,
and only if the ``substitution`` extension is off, so that the syntax is free.
"""

from __future__ import annotations

from sphinx_ajo.constructs.includes.library import expand
from sphinx_ajo.constructs.includes.snippets import setup_snippets
from sphinx_ajo.constructs.includes.syntax import includes_plugin, render_placeholder
from sphinx_ajo.markup.construct import Construct

__all__ = ["CONSTRUCT", "expand"]

CONSTRUCT = Construct(
    name="includes",
    plugin=includes_plugin,
    renderers={"ajo_placeholder": render_placeholder},
    setup=setup_snippets,
)
"""The construct, for the parser and the extension."""
