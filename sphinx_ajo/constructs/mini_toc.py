"""The contents list of a page (exl-markdown.md, 2.3).

``mini-toc-levels`` becomes Sphinx's ``tocdepth``, which all themes know. But if a theme collapses
its sidebar, or with a depth of one, Sphinx also applies it to the pages below: it leaves out the
toctrees of a page that has set it. So for such a page, the table of contents is shortened here, and
``tocdepth`` is not set.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docutils import nodes
from sphinx import addnodes

from sphinx_ajo.base.problems import AjoWarnings
from sphinx_ajo.language.dialect import DIALECT_KEY, Dialect
from sphinx_ajo.markup.construct import Construct
from sphinx_ajo.warnings_ import warn

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from sphinx_ajo.language.front_matter import FrontMatter

MINI_TOC_LEVELS: Final = "mini-toc-levels"
"""The entry with the number of heading levels in the contents list of a page."""

TOCDEPTH: Final = "tocdepth"
"""Sphinx's entry in the metadata of a page. It counts the title, too."""

_MOST_LEVELS: Final = 6
"""The number of heading levels."""


def mini_toc_levels(front_matter: FrontMatter, path: str = "", docname: str = "") -> int | None:
    """Return how many levels of headings, below the title, the contents list of a page shows.

    :param front_matter: The front matter of a page, or of a file that pages inherit from.
    :param path: That file; or else:
    :param docname: The page. An invalid value gives a warning, with either.
    :returns: 0 to 6; ``None`` if there is no valid value.
    """
    text = front_matter.text(MINI_TOC_LEVELS)
    if not text:
        return None
    if len(text) < 4 and text.isdecimal() and int(text) <= _MOST_LEVELS:
        return int(text)
    if MINI_TOC_LEVELS not in front_matter.inherited:
        line = front_matter.lines.get(MINI_TOC_LEVELS, 1)
        message = "%s: %r is not a number from 0 to %s; it is left out"
        location = f"{path}:{line}" if path else (docname, line)
        args = (MINI_TOC_LEVELS, text, _MOST_LEVELS)
        warn(AjoWarnings.FRONT_MATTER, message, *args, location=location)
    return None


def cut_off_contents(app: Sphinx, _doctree: nodes.document) -> None:
    """Shorten the table of contents of a page that has pages below it.

    :param _doctree: The page, whose table of contents has been built before.
    """
    env, docname = app.env, app.env.current_document.docname
    depth = env.metadata[docname].get(TOCDEPTH, 0)
    toc = env.tocs[docname]
    if (
        depth > 0
        and env.temp_data.get(DIALECT_KEY) is Dialect.EXL
        and next(iter(toc.findall(addnodes.toctree)), None) is not None
    ):
        _cut_off(toc, depth)
        del env.metadata[docname][TOCDEPTH]


def _cut_off(toc: nodes.Element, depth: int) -> None:
    """Leave out entries below a depth, but not the toctrees there."""
    for child in list(toc.children):
        if isinstance(child, nodes.bullet_list) and depth <= 0:
            toctrees = list(child.findall(addnodes.toctree))
            child.children.clear()
            child.extend(toctrees)
            if not toctrees:
                toc.remove(child)
        elif isinstance(child, nodes.Element):
            _cut_off(child, depth - isinstance(child, nodes.list_item))


def setup_mini_toc(app: Sphinx) -> None:
    """Register the handler."""
    app.connect("doctree-read", cut_off_contents)  # after Sphinx and the headings of groups


CONSTRUCT = Construct(name="mini toc", setup=setup_mini_toc)
"""The construct, for the extension."""
