"""Record which metadata pages inherit, and read pages again when it changes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_ajo.build.toc.project import RepositoryProject
from sphinx_ajo.constructs.metadata import report_problems
from sphinx_ajo.constructs.mini_toc import mini_toc_levels
from sphinx_ajo.project.inheritance import inheritance_of, own_keys
from sphinx_ajo.project.state import state_of
from sphinx_ajo.site.inheritance.model import Inheritance, changed_pages, read_inheritance

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_ajo.language.front_matter import FrontMatter
    from sphinx_ajo.site.repository import Repository


def _outdated(
    app: Sphinx,
    env: BuildEnvironment,
    _added: AbstractSet[str],
    _changed: AbstractSet[str],
    _removed: AbstractSet[str],
) -> list[str]:
    """Name the pages whose inherited metadata has changed."""
    project = app.project
    files: dict[str, FrontMatter] = {}
    new: Inheritance | None = None
    if isinstance(project, RepositoryProject):
        repository = project.repository
        files = _files(Path(app.srcdir), repository)
        guides = zip(repository.tocs, repository.guides, strict=True)
        new = read_inheritance(repository.metadata, guides, project.listed_in)
    old = inheritance_of(env)
    state = state_of(env)
    if state.inherited_files != files:
        _report(files)
    state.inheritance, state.inherited_files = new, files
    if old is None or new is None:
        # a file that marks a repository was added or removed, so the dialect changes
        return [] if old is new else sorted(env.all_docs)
    return sorted(changed_pages(old, new, own_keys(env)))


def _files(srcdir: Path, repository: Repository) -> dict[str, FrontMatter]:
    """Return the front matter of all files from which pages inherit."""
    found = {
        str(srcdir / path): front
        for path, front in zip(repository.tocs, repository.guides, strict=True)
    }
    if not repository.metadata_path:
        return found
    path = os.path.normpath(srcdir / repository.metadata_path)
    return {path: repository.metadata, **found}


def _report(files: dict[str, FrontMatter]) -> None:
    """Warn about mistakes in these files, once and not on each page that inherits from them."""
    for path, front_matter in files.items():
        report_problems(front_matter, path=path)
        mini_toc_levels(front_matter, path=path)


def setup_inheritance(app: Sphinx) -> None:
    """Register the handler."""
    app.connect("env-get-outdated", _outdated)
