"""Run the comparisons of the builder ``ajo-l10n``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_ajo.config import get_ajo_config
from sphinx_ajo.l10n.builder import L10nBuilder
from sphinx_ajo.l10n.kinds import KINDS
from sphinx_ajo.l10n.project import check_project
from sphinx_ajo.l10n.reading import compare_page
from sphinx_ajo.lint.settings import report_unknown
from sphinx_ajo.reading.parser import PAGE_PARSED

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment


def _outdated(
    app: Sphinx,
    env: BuildEnvironment,
    added: AbstractSet[str],
    _changed: AbstractSet[str],
    _removed: AbstractSet[str],
) -> list[str]:
    """Make this builder read all pages."""
    return sorted(env.found_docs - added) if isinstance(app.builder, L10nBuilder) else []


def _report_unknown_kinds(_app: Sphinx, config: Config) -> None:
    report_unknown("l10n", get_ajo_config(config).l10n, KINDS)


def setup_l10n(app: Sphinx) -> None:
    """Register the builder and what it compares."""
    app.add_builder(L10nBuilder)
    # after the user's own handlers, which may still set values
    app.connect("config-inited", _report_unknown_kinds, priority=850)
    app.connect("env-get-outdated", _outdated)
    app.connect(PAGE_PARSED, compare_page)
    app.connect("env-check-consistency", check_project)
