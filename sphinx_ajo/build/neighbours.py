"""Options of other extensions, set for a repository.

Some extensions look for the source file of each page, for its dates in Git or to copy its text.
Generated pages have no source file. Each of these extensions has an option to exclude pages.
"""

from __future__ import annotations

from glob import escape
from typing import TYPE_CHECKING, Any, Final

from sphinx_ajo.build.toc.project import SUFFIX, RepositoryProject
from sphinx_ajo.project.navigation import description_of

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

_GIT: Final = "git_exclude_patterns"
"""The option of sphinx-last-updated-by-git: patterns of files."""

_LLMS: Final = "llms_txt_exclude"
"""The option of sphinx-llms-txt and of sphinx-llm: patterns of pages."""

_DOCTREES: Final = ".doctrees/**"
"""Where generated pages are, relative to the output folder, unless a build sets another folder."""

_OPENGRAPH: Final = "ogp_site_url"
"""An option of sphinxext-opengraph, which exists if that extension is loaded."""

_FIRST: Final = 10
_LAST: Final = 990
"""The priorities of handlers that run before and after those of other extensions."""


def _generated(app: Sphinx) -> list[str]:
    """Return the generated pages of a repository."""
    if not isinstance(app.project, RepositoryProject):
        return []
    return sorted(name for name, page in app.project.site.pages.items() if page.generated)


def _extend(app: Sphinx, option: str, patterns: list[str]) -> None:
    """Add patterns to the option of an extension, if that is loaded."""
    value = getattr(app.config, option, None) if option in app.config else None
    if isinstance(value, list):
        # in place: some extensions have kept this list since their setup
        value.extend(patterns)


def _restore(app: Sphinx, option: str, patterns: list[str]) -> None:
    """Remove the patterns: Sphinx reads all pages again when an option changes."""
    value = getattr(app.config, option, None) if option in app.config else None
    if patterns and isinstance(value, list) and value[-len(patterns) :] == patterns:
        del value[-len(patterns) :]


def _files(app: Sphinx) -> list[str]:
    return [escape(f"{name}{SUFFIX}") for name in _generated(app)]


def _pages(app: Sphinx) -> list[str]:
    names = _generated(app)
    # sphinx-llm takes every Markdown file in the output folder of its second build for a page
    return [*map(escape, names), _DOCTREES] if names else []


def _before_dates(app: Sphinx, _env: object) -> None:
    _extend(app, _GIT, _files(app))


def _after_dates(app: Sphinx, _env: object) -> None:
    _restore(app, _GIT, _files(app))


def _before_texts(app: Sphinx, _exception: Exception | None) -> None:
    _extend(app, _LLMS, _pages(app))


def _after_texts(app: Sphinx, _exception: Exception | None) -> None:
    _restore(app, _LLMS, _pages(app))


def _describe(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Make social networks show the description of the page."""
    description = description_of(app.env, pagename) if _OPENGRAPH in app.config else ""
    if description:
        # a copy, because these are the page's metadata in the environment
        context["meta"] = {"og:description": description, **(context.get("meta") or {})}


def setup_neighbours(app: Sphinx) -> None:
    """Register the handlers."""
    app.connect("env-updated", _before_dates, priority=_FIRST)
    app.connect("env-updated", _after_dates, priority=_LAST)
    app.connect("build-finished", _before_texts, priority=_FIRST)
    app.connect("build-finished", _after_texts, priority=_LAST)
    app.connect("html-page-context", _describe, priority=_FIRST)
