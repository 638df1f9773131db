"""What a rule is, and what it finds. No Sphinx."""

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
    """The rule is not run."""
    INFO = "info"
    """Worth knowing; it is no warning of the build."""
    WARNING = "warning"
    """A warning: the build fails with ``-W``."""
    ERROR = "error"
    """An error: the builder ``ajo-lint`` fails, also without ``-W``."""


class Finding(NamedTuple):
    """Where a file breaks a rule."""

    line: int
    """Its index in the file, counted from 0, as in the ``map`` of a token."""
    message: str
    """What is wrong, with ``%`` placeholders."""
    args: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; what it checks is told by the docstring of its subtype."""

    subtype: AjoWarnings
    check: Callable[[Page], Iterable[Finding]] | None
    """Looks at one file; ``None`` for a rule about all of them together."""
    default: Severity = Severity.WARNING
    pages_only: bool = False
    """Whether it means nothing for a text that pages include."""
    same_as: AjoWarnings | None = None
    """The warning of every build that says the same of the same line."""

    @property
    def id(self) -> str:
        """Its name, such as ``am002``."""
        return self.subtype.value
