"""``sphinx-build -b ajo-lint``: read, check and resolve everything, and write no page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx_ajo.lint.reporting import ReportBuilder
from sphinx_ajo.lint.rules import RULES
from sphinx_ajo.warnings_ import WARNING_TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable

BUILDER: Final = "ajo-lint"
"""The name of the builder, and of the files that it writes."""


class LintBuilder(ReportBuilder):
    """Reports all findings and warnings, sorted by file and line."""

    name = BUILDER
    format_option = "lint_format"

    def same(self) -> Iterable[tuple[str, str]]:
        """Name the rules that report the same as a warning of every build.

        :returns: Pairs of a rule and a warning.
        """
        return [
            (f"{WARNING_TYPE}.{rule.id}", f"{WARNING_TYPE}.{rule.same_as.value}")
            for rule in RULES.values()
            if rule.same_as is not None
        ]
