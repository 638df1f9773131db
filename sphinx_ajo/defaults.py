"""Sensible defaults for a repository that configures nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx import locale, package_dir

from sphinx_ajo._sphinx import user_settings
from sphinx_ajo.paths import HELP
from sphinx_ajo.repository import EXCLUDED, read_repository

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


def setup_defaults(app: Sphinx) -> None:
    """Set what the user has not set, before anything reads it.

    :param app: The Sphinx application.
    """
    app.connect("config-inited", _set_defaults, priority=100)


def _set_defaults(app: Sphinx, config: Config) -> None:
    repository = read_repository(Path(app.srcdir))
    if config.ajo_dialect == "mixed" or (repository is None and config.ajo_dialect != "exl"):
        return
    # rebound, not appended to: default lists are shared by all Sphinx runs of a process
    config.exclude_patterns = [*config.exclude_patterns, *EXCLUDED]
    if repository is None:
        return
    config.exclude_patterns += _housekeeping(app, config)
    given = user_settings(config)
    if "project" not in given and repository.title:
        config.project = repository.title
    language = repository.language
    if "language" not in given and language and language != config.language:
        config.language = language
        # Sphinx has loaded its own translations already, for the default language
        app.translator, _ = locale.init([None, package_dir / "locale"], language)


def _housekeeping(app: Sphinx, config: Config) -> list[str]:
    """Return the files at the root of a repository: they are about it, and no pages."""
    if not (Path(app.srcdir) / HELP).is_dir():
        return []
    names = (path.name for path in Path(app.srcdir).glob("*.md"))
    return sorted(name for name in names if name != f"{config.root_doc}.md")
