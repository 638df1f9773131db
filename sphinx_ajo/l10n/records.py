"""The record of each page, and the report of findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from sphinx_ajo.config import get_ajo_config
from sphinx_ajo.l10n.kinds import KINDS
from sphinx_ajo.lint.reporting import log_finding
from sphinx_ajo.lint.settings import choose
from sphinx_ajo.project.state import PageRecords

if TYPE_CHECKING:
    from sphinx.config import Config

    from sphinx_ajo.lint.model import Finding, Severity


class TranslatedPage(NamedTuple):
    """The record of a page, used to compare its age."""

    commit: str = ""
    line: int = 0
    """The line of the commit, counted from 0."""
    originals: tuple[str, ...] = ()
    """Its original and the files that this includes, as paths from the root of their repository."""
    titles: tuple[tuple[int, str], ...] = ()
    """Its headings, with their lines, if there is no original to compare them with."""


TRANSLATED_PAGES: Final = PageRecords[TranslatedPage]("l10n_pages")
"""The records of all pages."""


def report(config: Config, id_: str, finding: Finding, location: str) -> None:
    """Report a finding, unless its kind is off.

    :param location: The place as ``path:line``; empty if it belongs to no file of the translation.
    """
    severity = _severities(config).get(id_)
    if severity is not None and location:
        log_finding(KINDS[id_], severity, finding, location)


def _severities(config: Config) -> dict[str, Severity]:
    value = get_ajo_config(config).l10n
    return {} if value == "off" else choose(value, {}, KINDS)
