"""``{{$include /help/_includes/x.md}}`` and ``{{snippet-id}}`` (exl-markdown.md, 6).

How a page is put together is told in :mod:`sphinx_ajo.language.source`. Here is what is particular
to ExL: :mod:`.syntax` knows placeholders, :mod:`.fragments` cuts texts out of files,
:mod:`.library` finds the files and tells Sphinx about them.

In the *mixed* dialect ``{{…}}`` belongs to MyST's substitutions. There, only ``$include`` works,
and only where the ``substitution`` extension is off: then it has no meaning of its own.
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
