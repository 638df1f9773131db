"""Let Sphinx know what pages inherit, and read again those for which it has changed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.environment.collectors import EnvironmentCollector

from sphinx_ajo.constructs.metadata import report_problems
from sphinx_ajo.constructs.mini_toc import mini_toc_levels
from sphinx_ajo.site.inheritance.model import Inheritance, changed_pages, read_inheritance
from sphinx_ajo.site.inheritance.state import inheritance_of, own_keys
from sphinx_ajo.build.toc.project import RepositoryProject

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_ajo.language.front_matter import FrontMatter
    from sphinx_ajo.site.repository import Repository


class InheritanceCollector(EnvironmentCollector):
    """Keeps which entries each ExL page has of its own, and what the others were inherited from.

    ``env.ajo_own_keys`` is filled by the page metadata transform, ``env.ajo_inheritance`` once per
    build, before Sphinx forks the processes that read pages.
    """

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Forget a page.

        :param env: The build environment.
        :param docname: Its name.
        """
        own_keys(env).pop(docname, None)

    def merge_other(
        self, app: Sphinx, env: BuildEnvironment, docnames: AbstractSet[str], other: Any
    ) -> None:
        """Take over what another process has read.

        :param env: The build environment.
        :param docnames: The pages it has read.
        :param other: Its environment.
        """
        theirs = own_keys(other)
        own_keys(env).update({name: theirs[name] for name in docnames if name in theirs})

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Do nothing: the page metadata transform has done it."""

    def get_outdated_docs(
        self,
        app: Sphinx,
        env: BuildEnvironment,
        added: AbstractSet[str],
        changed: AbstractSet[str],
        removed: AbstractSet[str],
    ) -> list[str]:
        """Name the pages whose metadata has changed without them.

        :param app: The Sphinx application.
        :param env: The build environment.
        :returns: Their names.
        """
        project = app.project
        files: dict[str, FrontMatter] = {}
        new: Inheritance | None = None
        if isinstance(project, RepositoryProject):
            repository = project.repository
            files = _files(Path(app.srcdir), repository)
            guides = zip(repository.tocs, repository.guides, strict=True)
            new = read_inheritance(repository.metadata, guides, project.listed_in)
        old = inheritance_of(env)
        env.ajo_inheritance = new  # type: ignore[attr-defined]
        if getattr(env, "ajo_inherited_files", {}) != files:
            _report(files)
        env.ajo_inherited_files = files  # type: ignore[attr-defined]
        if old is None or new is None:
            # a file that makes a folder a repository has come or gone: with it, the dialect
            return [] if old is new else sorted(env.all_docs)
        return sorted(changed_pages(old, new, own_keys(env)))


def _files(srcdir: Path, repository: Repository) -> dict[str, FrontMatter]:
    """Return the front matter of all files that pages inherit from."""
    found = {
        str(srcdir / path): front
        for path, front in zip(repository.tocs, repository.guides, strict=True)
    }
    if not repository.metadata_path:
        return found
    path = os.path.normpath(srcdir / repository.metadata_path)
    return {path: repository.metadata, **found}


def _report(files: dict[str, FrontMatter]) -> None:
    """Warn of what is wrong in them; the pages that inherit it do not."""
    for path, front_matter in files.items():
        report_problems(front_matter, path=path)
        mini_toc_levels(front_matter, path=path)


def setup_inheritance(app: Sphinx) -> None:
    """Register the collector.

    :param app: The Sphinx application.
    """
    app.add_env_collector(InheritanceCollector)
