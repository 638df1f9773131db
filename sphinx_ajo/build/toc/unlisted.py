"""Report the pages of a repository that no ``TOC.md`` lists.

Sphinx has its own warning for pages in no toctree. It has no line, and mentions toctrees, which
authors of ExL pages do not know.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Final

from sphinx_ajo.base.problems import AjoWarnings
from sphinx_ajo.build.toc.project import RepositoryProject
from sphinx_ajo.warnings_ import warn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

ORPHAN: Final = "orphan"
"""The key of ``env.metadata[docname]`` that suppresses Sphinx's own warning."""

UNLISTED: Final = "ajo-unlisted"
"""Its value for pages that we warn about."""


def _note(app: Sphinx, env: BuildEnvironment) -> None:
    """Record the pages that no ``TOC.md`` lists, before Sphinx checks its toctrees."""
    for docname in _noted(env):
        del env.metadata[docname][ORPHAN]
    if not isinstance(app.project, RepositoryProject) or not app.project.site.pages:
        return
    included = set(env.files_to_rebuild).union(*env.included.values(), [app.config.root_doc])
    for docname in env.all_docs.keys() - included:
        env.metadata[docname].setdefault(ORPHAN, UNLISTED)


def _noted(env: BuildEnvironment) -> list[str]:
    return sorted(name for name, data in env.metadata.items() if data.get(ORPHAN) == UNLISTED)


def _report(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn about them at the same time and as often as Sphinx would."""
    if not isinstance(app.project, RepositoryProject) or not app.project.repository.tocs:
        return
    tocs = app.project.repository.tocs
    for docname in _noted(env):
        path = env.doc2path(docname, base=False)
        toc = _nearest(str(path).replace("\\", "/"), tocs)
        message = (
            "no TOC.md lists this page, so readers find it by links and search only; "
            'add it to %r, or give it "hidefromtoc: true"'
        )
        warn(AjoWarnings.TOC_UNLISTED, message, toc, location=(docname, 1))


def _nearest(path: str, tocs: list[str]) -> str:
    """Return the ``TOC.md`` of the guide whose folder a page lies in; else the first one."""
    folders = {posixpath.dirname(toc): toc for toc in tocs}
    return next((folders[folder] for folder in _above(path) if folder in folders), tocs[0])


def _above(path: str) -> Iterator[str]:
    while path:
        path = posixpath.dirname(path)
        yield path


def setup_unlisted(app: Sphinx) -> None:
    """Register the handlers."""
    app.connect("env-updated", _note)
    app.connect("env-check-consistency", _report)
