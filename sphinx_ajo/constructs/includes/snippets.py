"""Record the snippets of each page: the file of all snippets is not a dependency of pages.

A page is read again when one of its own snippets changes, is added or is removed.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_ajo.constructs.includes.fragments import snippet_lines
from sphinx_ajo.language.encodings import read_text
from sphinx_ajo.project.boundary import boundary_of
from sphinx_ajo.project.repository import repository_root
from sphinx_ajo.project.state import PageRecords

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_ajo.language.source import Line
    from sphinx_ajo.site.boundary import Boundary

SNIPPET_FILES: Final = ("help/_includes/snippets.md", "_includes/snippets.md")
"""Possible paths of the file of all snippets, from the root of the repository; the first existing
one is used."""

_DIGESTS: Final = PageRecords[dict[str, str]]("snippets")
# the snippets of each page, with a digest of each


def snippet_file(root: Path, boundary: Boundary) -> str | None:
    """Find the file of all snippets.

    :returns: Its path; ``None`` if there is none.
    """
    for name in SNIPPET_FILES:
        path = os.path.normpath(root / name)
        if boundary.file(path):
            return path
    return None


def note_snippet(env: BuildEnvironment, name: str, lines: Sequence[Line] | None) -> None:
    """Record that the page being read includes a snippet.

    :param lines: Its lines; ``None`` if there is no such snippet.
    """
    _DIGESTS.of(env).setdefault(env.docname, {})[name] = _digest(lines)


def _digest(lines: Sequence[Line] | None) -> str:
    if lines is None:
        return ""
    text = "\n".join(line.text for line in lines)
    if lines and ("](" in text or "href" in text):
        # dead links are reported with their line, whenever the page is written
        text += f"\0{lines[0].number}"
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def _outdated(
    _app: Sphinx, env: BuildEnvironment, _added: set[str], _changed: set[str], removed: set[str]
) -> list[str]:
    known = _DIGESTS.of(env)
    if not known:
        return []
    try:
        path = snippet_file(repository_root(env), boundary_of(env))
    except OSError:
        path = None
    snippets = snippet_lines(read_text(Path(path))) if path else {}
    names = {name for found in known.values() for name in found}
    digests = {name: _digest(snippets.get(name)) for name in names}
    return [
        docname
        for docname, found in known.items()
        if docname not in removed and any(digests[name] != found[name] for name in found)
    ]


def setup_snippets(app: Sphinx) -> None:
    """Register the handlers."""
    app.connect("env-get-outdated", _outdated)
