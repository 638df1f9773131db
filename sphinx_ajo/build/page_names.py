"""The names of pages: those of their files, with characters replaced that could be markup.

Themes and Sphinx print names unescaped, for example in links to sources.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx.project import Project

from sphinx_ajo.base.problems import AjoWarnings
from sphinx_ajo.foreign.sphinx import use_project
from sphinx_ajo.language.slugs import safe_page_name
from sphinx_ajo.warnings_ import warn

if TYPE_CHECKING:
    import os

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


class SafeProject(Project):
    """A project whose page names are safe to print."""

    def path2doc(self, filename: str | os.PathLike[str]) -> str | None:
        """Return the name of the page of a file.

        :returns: The name; ``None`` if the file is not a page.
        """
        name = super().path2doc(filename)
        return None if name is None else safe_page_name(name)


def has_own_name(env: BuildEnvironment, docname: str) -> bool:
    """Tell whether a page has the name of its file."""
    return str(env.doc2path(docname, base=False)).replace("\\", "/").startswith(docname)


def _use_safe_names(app: Sphinx) -> None:
    # Sphinx creates the project, and offers no way to choose its class
    use_project(app, SafeProject)


def _warn(app: Sphinx, docname: str, _source: list[str]) -> None:
    if not has_own_name(app.env, docname):
        message = "the name of this file could be taken for markup; the page is named %r"
        warn(AjoWarnings.FILE_NAME, message, docname, location=(docname, None))


def _hide_source(
    app: Sphinx,
    pagename: str,
    _templatename: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Remove the source link of a page with a changed name: themes build it from the name."""
    if pagename in app.env.all_docs and not has_own_name(app.env, pagename):
        context["page_source_suffix"] = ""
        context["sourcename"] = ""
        context["display_vcs_links"] = False


def setup_page_names(app: Sphinx) -> None:
    """Register the handlers."""
    # before the navigation, which has a project of its own (500)
    app.connect("builder-inited", _use_safe_names, priority=300)
    app.connect("source-read", _warn)
    # before themes make links of it (500)
    app.connect("html-page-context", _hide_source, priority=400)
