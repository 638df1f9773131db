"""The repository of a build."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_ajo.config import get_ajo_config, trusted_folders
from sphinx_ajo.language.paths import HELP
from sphinx_ajo.site.repository import plain_repository, read_repository

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_ajo.site.repository import Repository


def repository_of(app: Sphinx) -> Repository | None:
    """Return the repository of a build, which is read only once.

    :returns: The repository; ``None`` if the source directory is not an ExL repository. A folder
        without root document and without ``conf.py`` counts as a plain one.
    """
    if not hasattr(app, "ajo_repository"):
        srcdir = Path(app.srcdir)
        repository = read_repository(srcdir, trusted_folders(app))
        if repository is None and not has_root(app) and not has_configuration(app):
            repository = plain_repository(srcdir)
        app.ajo_repository = repository  # type: ignore[attr-defined]
    found: Repository | None = app.ajo_repository  # type: ignore[attr-defined]
    return found


def is_exl_project(app: Sphinx) -> bool:
    """Tell whether all pages of a project are ExL pages.

    :returns: Whether they are, by ``ajo_dialect`` or as the pages of a repository.
    """
    dialect = get_ajo_config(app.config).dialect
    return dialect == "exl" or (dialect == "auto" and repository_of(app) is not None)


def has_root(app: Sphinx) -> bool:
    """Tell whether a project has a root document.

    :returns: Whether there is a file for it, whatever its suffix.
    """
    path = Path(app.srcdir, app.config.root_doc)
    try:
        names = os.listdir(path.parent)  # noqa: PTH208 (names only)
    except OSError:
        return False
    return any(
        name.startswith(f"{path.name}.") and (path.parent / name).is_file() for name in names
    )


def has_configuration(app: Sphinx) -> bool:
    """Tell whether a project has a ``conf.py``."""
    return Path(app.confdir, "conf.py").is_file()


def repository_root(env: BuildEnvironment) -> Path:
    """Return the folder that paths such as ``/help/_includes/note.md`` start from.

    :returns: The root of the repository that is built. In other projects, the source directory;
        its parent if it is called ``help``.
    """
    repository = getattr(getattr(env, "project", None), "repository", None)
    if repository is not None:
        root: Path = repository.root
        return root
    srcdir = Path(env.srcdir)
    return srcdir.parent if srcdir.name == HELP else srcdir


def source_prefix(env: BuildEnvironment) -> str:
    """Return the path of the source directory from the root of the repository.

    :returns: Its path; empty if it is the root.
    """
    prefix: str | None = getattr(getattr(env, "project", None), "prefix", None)
    if prefix is not None:
        return prefix
    return HELP if env.srcdir.name == HELP else ""
