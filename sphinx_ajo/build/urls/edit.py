"""Link pages to their sources on GitHub (``git-repo`` in front matter)."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sphinx_ajo.config import get_ajo_config
from sphinx_ajo.project.navigation import site_of
from sphinx_ajo.project.repository import repository_of

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config

BRANCH: Final = "main"
"""The default branch of the sources."""

_GITHUB = re.compile(
    r"(?:https?://(?:www\.)?github\.com/|git@github\.com:)(?P<user>[\w.-]+)/(?P<repo>[\w.-]+?)"
    r"(?:\.git)?/?$",
    re.IGNORECASE,
)
_CONTEXT = re.compile(r"(?:github|gitlab|bitbucket|display)_|edit_page_|source_url_prefix$")
_OPTIONS = re.compile(r"source_(?:repository|branch|directory|edit_link|view_link)$|use_edit_page_")
_BOOK_OPTIONS: Final = frozenset({"repository_url", "repository_provider", "path_to_docs"})


class Origin(NamedTuple):
    """The location of the sources of a project on GitHub."""

    user: str
    repo: str
    branch: str
    folder: str
    """The source directory in the repository; empty for its root."""


def find_origin(git_repo: str, branch: str, folder: str) -> Origin | None:
    """Parse the address of a repository.

    :param git_repo: The address; it should be on GitHub.
    :returns: The location for themes; ``None`` if it is not a repository on GitHub.
    """
    match = _GITHUB.match(git_repo.strip())
    if match is None:
        return None
    folder = "" if folder == "." else folder.replace(os.sep, "/")
    return Origin(match["user"], match["repo"], branch, folder)


def html_context(origin: Origin) -> dict[str, object]:
    """Return the variables that the theme of Read the Docs, and themes that follow it, read.

    :returns: Variables for ``html_context``.
    """
    return {
        "display_github": True,
        "github_user": origin.user,
        "github_repo": origin.repo,
        "github_version": origin.branch,
        "conf_py_path": f"/{origin.folder}/" if origin.folder else "/",
        "doc_path": origin.folder,
    }


def theme_options(theme: str, origin: Origin) -> dict[str, object]:
    """Return the options of a theme for source links.

    :returns: Options for ``html_theme_options``.
    """
    if theme == "furo":
        return {
            "source_repository": f"https://github.com/{origin.user}/{origin.repo}",
            "source_branch": origin.branch,
            "source_directory": origin.folder,
        }
    if theme in ("pydata_sphinx_theme", "sphinx_book_theme"):
        return {"use_edit_page_button": True}
    return {}


def _set_defaults(app: Sphinx, config: Config) -> None:
    """Tell the theme where the sources are, unless the user has."""
    wanted = get_ajo_config(config).edit_links
    if not wanted or config.ajo_dialect == "mixed" or _is_set(config):
        return
    repository = repository_of(app)
    if repository is None:
        return
    front = (repository.metadata, *repository.guides)
    git_repo = next(filter(None, (matter.text("git-repo") for matter in front)), "")
    branch = wanted if isinstance(wanted, str) else BRANCH
    origin = find_origin(git_repo, branch, os.path.relpath(app.srcdir, repository.root))
    if origin is None:
        return
    # rebound, not changed: all Sphinx runs of a process share default values
    config.html_context = html_context(origin) | config.html_context
    options = theme_options(config.html_theme, origin)
    config.html_theme_options = options | config.html_theme_options


def _is_set(config: Config) -> bool:
    options = config.html_theme_options
    return (
        any(map(_CONTEXT.match, config.html_context))
        or any(map(_OPTIONS.match, options))
        or not _BOOK_OPTIONS.isdisjoint(options)
    )


def _hide(
    app: Sphinx,
    pagename: str,
    _templatename: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Remove the link from a page that has no file, or a file with another name."""
    site = site_of(app.env)
    page = site.pages.get(pagename)
    if page is None or not (page.generated or (page.listing and site.start)):
        return
    # without the suffix, themes cannot build the link
    context["page_source_suffix"] = ""
    context["display_vcs_links"] = False
    if page.generated:
        context["sourcename"] = ""


def setup_edit_links(app: Sphinx) -> None:
    """Register the handlers."""
    # after the user's own handlers; before themes look at their options, when the builder is made
    app.connect("config-inited", _set_defaults, priority=840)
    # before themes make links of it (500)
    app.connect("html-page-context", _hide, priority=400)
