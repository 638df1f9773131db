"""Compare the pages of a translation with those of its original, after all have been read."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from sphinx.util.matching import Matcher

from sphinx_ajo.config import get_ajo_config
from sphinx_ajo.l10n.builder import NO_GUIDE, L10nBuilder
from sphinx_ajo.l10n.history import History
from sphinx_ajo.l10n.manifest import read_manifest
from sphinx_ajo.l10n.records import TRANSLATED_PAGES, TranslatedPage, report
from sphinx_ajo.l10n.structure import compare_titles
from sphinx_ajo.language.files import TOC, find_file
from sphinx_ajo.lint.model import Finding
from sphinx_ajo.project.articles import articles_of
from sphinx_ajo.project.navigation import is_generated
from sphinx_ajo.project.originals import original_of
from sphinx_ajo.project.repository import repository_root, source_prefix
from sphinx_ajo.site.originals.model import pages_of
from sphinx_ajo.site.repository import EXCLUDED
from sphinx_ajo.warnings_ import LOGGER

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_ajo.l10n.manifest import ListedPages
    from sphinx_ajo.site.originals.model import Original

_Report: TypeAlias = "Callable[[str, Finding, str], None]"


def check_project(app: Sphinx, env: BuildEnvironment) -> None:
    """Compare the sets of pages, and their age, after all have been read."""
    builder = app.builder
    if not isinstance(builder, L10nBuilder):
        return
    report_here = partial(report, app.config)
    original = original_of(env)
    setting = get_ajo_config(app.config).l10n_pages
    if original is not None:
        _check_pages(env, builder, original, report_here)
        _check_age(env, original, report_here)
    elif setting and (listed := read_manifest(Path(app.confdir, setting))):
        _check_listed(env, builder, listed, report_here)
    else:
        message = "%s: there is no original to compare with; see ajo_original and ajo_l10n_pages"
        LOGGER.warning(message, builder.name)


def _check_pages(
    env: BuildEnvironment, builder: L10nBuilder, original: Original, report: _Report
) -> None:
    """Report pages that exist in only one of the two repositories."""
    known = set()
    for docname in _own_pages(env):
        path = env.doc2path(docname, base=False).as_posix()
        file = original.page(docname, path)
        known.add(file)
        if not file:
            message = "the original has no such page, neither by its path nor by its exl-id"
            report("l10n_surplus", Finding(0, message), f"{env.doc2path(docname)}:1")
    is_excluded = Matcher([*env.config.exclude_patterns, *EXCLUDED])
    prefix = source_prefix(env)
    for path in sorted(pages_of(original)):
        file = original.file(path)
        if file and file not in known and not is_excluded(path):
            builder.note_missing(
                f"{prefix}/{path}".removeprefix("/"), _guide(original, path, prefix)
            )
            message = "the original has a page %r, the translation does not"
            report("l10n_missing", Finding(0, message, (path,)), f"{env.srcdir / path}:")


def _own_pages(env: BuildEnvironment) -> list[str]:
    """Return the pages that have their own files."""
    return [
        name
        for name in sorted(env.found_docs)
        if not is_generated(env, name) and not env.doc2path(name, base=False).is_absolute()
    ]


def _guide(original: Original, path: str, prefix: str) -> str:
    """Return the folder of the guide of a page that the translation lacks."""
    folder = os.path.dirname(path)  # noqa: PTH120 (a path of the source directory)
    while folder and not find_file(Path(original.srcdir, folder), TOC):
        folder = os.path.dirname(folder)  # noqa: PTH120
    return f"{prefix}/{folder}".strip("/") or NO_GUIDE


def _check_age(env: BuildEnvironment, original: Original, report: _Report) -> None:
    """Report pages whose originals have changed since."""
    history = History(original.root)
    root = repository_root(env)
    own = History(str(root))
    for docname, page in sorted(TRANSLATED_PAGES.of(env).items()):
        if not page.originals:
            continue
        path = env.doc2path(docname)
        finding = _since_commit(history, page)
        if finding is None and not (page.commit and history.since(page.commit)):
            finding = _since_date(history, own, page, os.path.relpath(path, root))
        if finding is not None:
            report("l10n_behind", finding, f"{path}:{finding.line + 1}")


def _since_commit(history: History, page: TranslatedPage) -> Finding | None:
    changed = history.since(page.commit) if page.commit else None
    if changed is None:
        return None
    for name in page.originals:
        if name in changed.paths:
            message = "the original %r has changed since commit %s of %s, which was translated"
            return Finding(page.line, message, (name, page.commit[:10], changed.date))
    return None


def _since_date(history: History, own: History, page: TranslatedPage, path: str) -> Finding | None:
    """Compare dates if git does not know the translated commit."""
    here = own.last(path)
    for name in page.originals if here else ():
        there = history.last(name)
        if here and there and there[0] > here[0]:
            message = "the original %r has changed on %s, this page not since %s"
            return Finding(page.line, message, (name, there[1], here[1]))
    return None


def _check_listed(
    env: BuildEnvironment, builder: L10nBuilder, listed: ListedPages, report: _Report
) -> None:
    """Compare with the list of the pages of the original."""
    known = set()
    articles = articles_of(env).ids
    for docname in _own_pages(env):
        path = env.doc2path(docname)
        page = listed.page(docname, articles.get(docname, ""))
        if page is None:
            message = "the original has no such page, neither by its path nor by its exl-id"
            report("l10n_surplus", Finding(0, message), f"{path}:1")
            continue
        known.add(page.name)
        record = TRANSLATED_PAGES.of(env).get(docname)
        for id_, finding in compare_titles(record.titles if record else (), page.titles):
            report(id_, finding, f"{path}:{finding.line + 1}")
    for name, page in sorted(listed.by_name.items()):
        if name not in known:
            builder.note_missing(page.source, NO_GUIDE)
            message = "the original has a page %r, the translation does not"
            file = repository_root(env) / page.source
            report("l10n_missing", Finding(0, message, (page.source,)), f"{file}:")
