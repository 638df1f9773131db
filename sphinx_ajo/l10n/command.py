"""The command ``ajo-l10n``: compare a translation with its original, and print the findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_ajo.l10n.builder import BUILDER
from sphinx_ajo.lint.command import run_builder

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare a translation with its original.

    :param arguments: Default: those of the command line.
    :returns: The exit code: 0 if there is no warning.
    """
    return run_builder(BUILDER, "Compare a translated repository with its original.", arguments)
