"""What is a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.environment import BuildEnvironment


def is_page(document: nodes.document, env: BuildEnvironment) -> bool:
    """Tell a page from what is parsed in passing: translated messages, included files.

    :param document: The document that is being filled.
    :param env: The build environment.
    :returns: Whether it is the page that Sphinx reads at the moment.
    """
    return bool(env.docname) and document.get("source") == str(env.doc2path(env.docname))
