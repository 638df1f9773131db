"""Rules and findings. No Sphinx."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sphinx_ajo.base.problems import AjoWarnings
    from sphinx_ajo.lint.page import Page


class Severity(Enum):
    """How serious a finding is."""

    OFF = "off"
    """The rule does not run."""
    INFO = "info"
    """Information, which is not a warning of the build."""
    WARNING = "warning"
    """A warning: the build fails with ``-W``."""
    ERROR = "error"
    """An error: the builder ``ajo-lint`` fails, also without ``-W``."""


class Finding(NamedTuple):
    """A violation of a rule in a file."""

    line: int
    """Its index in the file, counted from 0, as in the ``map`` of a token."""
    message: str
    """What is wrong, with ``%`` placeholders."""
    args: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; the docstring of its subtype describes it."""

    subtype: AjoWarnings
    check: Callable[[Page], Iterable[Finding]] | None
    """Checks one file; ``None`` for a rule about all files together."""
    default: Severity = Severity.WARNING
    pages_only: bool = False
    """Whether it does not apply to included texts."""
    same_as: AjoWarnings | None = None
    """The warning of every build that reports the same for the same line."""

    @property
    def id(self) -> str:
        """Its name, such as ``am002``."""
        return self.subtype.value
