"""Check the files of a project while it is built.

A page is checked when it is read. An included text is checked once in each build that reads one of
its pages, as a file of its own.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from markdown_it.renderer import RendererHTML

from sphinx_ajo.base.problems import AjoWarnings
from sphinx_ajo.config import get_option
from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.language.encodings import read_text
from sphinx_ajo.language.paths import is_inside
from sphinx_ajo.lint.builder import LintBuilder
from sphinx_ajo.lint.model import Finding, Severity
from sphinx_ajo.lint.reporting import log_finding, setup_reports
from sphinx_ajo.lint.rules import RULES, check
from sphinx_ajo.lint.settings import report_unknown_rules, severities
from sphinx_ajo.project.articles import articles_of, line_of_id
from sphinx_ajo.project.repository import repository_root
from sphinx_ajo.project.state import PageRecords, state_of
from sphinx_ajo.reading.markdown import create_markdown
from sphinx_ajo.reading.parser import PAGE_READ

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from markdown_it import MarkdownIt
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_ajo.language.source import Source
    from sphinx_ajo.lint.model import Rule

_INCLUDED: Final = PageRecords[frozenset[str]]("lint_included")
# the files that each checked page includes


def lint_page(app: Sphinx, text: str, md: MarkdownIt, source: Source | None) -> None:
    """Check a page of ExL Markdown.

    :param app: The Sphinx application, reading the page.
    :param source: The texts that the page is composed of, if it includes something.
    """
    env = app.env
    rules = _rules(env)
    path = str(env.doc2path(env.docname))
    # a generated page has no author
    if not rules or is_inside(path, env.doctreedir):
        return
    for rule, finding in check(text, md, rules):
        log_finding(rule, rules[rule.id], finding, (env.docname, finding.line + 1))
    if source is not None:
        _INCLUDED.of(env)[env.docname] = source.paths() - {path}


def _rules(env: BuildEnvironment) -> Mapping[str, Severity]:
    """Return the rules that are on in this build."""
    return state_of(env).lint_rules


def _outdated(
    app: Sphinx,
    env: BuildEnvironment,
    added: AbstractSet[str],
    _changed: AbstractSet[str],
    _removed: AbstractSet[str],
) -> Iterable[str]:
    """Name the pages to be read: all of them if this build only checks, or checks more rules."""
    linting = isinstance(app.builder, LintBuilder)
    old = _rules(env)
    new = severities(app.config, repository_root(env), linting=linting)
    state_of(env).lint_rules = new
    return sorted(env.found_docs - added) if linting or (new and new != old) else ()


def _note_docs(_app: Sphinx, env: BuildEnvironment, docnames: Sequence[str]) -> None:
    state_of(env).lint_docs = tuple(docnames)


def _lint_included(_app: Sphinx, env: BuildEnvironment) -> None:
    """Check the includes of the pages that were read."""
    state = state_of(env)
    docnames, state.lint_docs = state.lint_docs, ()
    rules = {id_: severity for id_, severity in _rules(env).items() if not RULES[id_].pages_only}
    paths: set[str] = set()
    for docname in docnames:
        paths |= _INCLUDED.of(env).get(docname, frozenset())
    if not rules or not paths:
        return
    md = _parser(env)
    for path in sorted(paths):
        text = read_text(Path(path))
        for rule, finding in check(text, md, rules):
            log_finding(rule, rules[rule.id], finding, f"{path}:{finding.line + 1}")


def _parser(env: BuildEnvironment) -> MarkdownIt:
    return create_markdown(env.myst_config, Dialect.EXL, RendererHTML)  # type: ignore[attr-defined]


def _check_ids(_app: Sphinx, env: BuildEnvironment) -> None:
    """Check that no two pages have the same ``exl-id``, also in builds without lint."""
    rule = RULES[AjoWarnings.EXL_ID.value]
    severity = _rules(env).get(rule.id)
    if severity is None and not _is_off(env, rule):
        severity = Severity.WARNING
    if severity is None:
        return
    for docname, id_, first in articles_of(env).shared():
        path = env.doc2path(docname)
        message = "%s has the exl-id %r, too; links by it lead there"
        args = (str(env.doc2path(first, base=False)), id_)
        finding = Finding(line_of_id(Path(path)) - 1, message, args)
        log_finding(rule, severity, finding, f"{path}:{finding.line + 1}")


def _is_off(env: BuildEnvironment, rule: Rule) -> bool:
    """Tell whether ``conf.py`` switches a rule off."""
    wanted = get_option(env.config, "lint")
    return isinstance(wanted, dict) and wanted.get(rule.id, wanted.get("*")) == "off"


def setup_lint(app: Sphinx) -> None:
    """Register the checks and the builder."""
    app.add_builder(LintBuilder)
    setup_reports(app)
    # after the user's own handlers, which may still set values
    app.connect("config-inited", report_unknown_rules, priority=850)
    app.connect(PAGE_READ, lint_page)
    app.connect("env-get-outdated", _outdated)
    app.connect("env-before-read-docs", _note_docs)
    app.connect("env-updated", _lint_included)
    app.connect("env-check-consistency", _check_ids)
