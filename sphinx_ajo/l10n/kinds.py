"""The table of all kinds of findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx_ajo.base.problems import AjoWarnings as W
from sphinx_ajo.lint.model import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS: Final[Mapping[str, Rule]] = {
    rule.id: rule
    for rule in (
        Rule(W.L10N_MISSING, None),
        Rule(W.L10N_SURPLUS, None),
        Rule(W.L10N_BEHIND, None),
        Rule(W.L10N_STRUCTURE, None),
        Rule(W.L10N_ENGLISH, None),
        Rule(W.L10N_MARKUP, None),
        Rule(W.L10N_ZERO_WIDTH, None, Severity.INFO),
    )
}
"""All kinds, by their ids. They compare pages with other pages, so no rule checks a single file."""
