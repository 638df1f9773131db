"""The status for the terminal and for browsers: the current step, and errors."""

from __future__ import annotations

import re
import sys
import traceback
from typing import TYPE_CHECKING, Any, Final

from sphinx.errors import ExtensionError, SphinxError

if TYPE_CHECKING:
    from collections.abc import Callable

_COLOURS: Final = re.compile(r"\x1b\[[0-9;]*m")

MOST_WARNINGS: Final = 50
"""The maximum number of warnings of a build that the terminal shows."""


class Status:
    """The status that the build thread reports to the server thread."""

    def __init__(self) -> None:
        """Begin."""
        self.step = "Sphinx is starting."
        """The current step as a sentence; empty if there is none."""
        self.problem = ""
        """The current error; empty if there is none."""
        self.warnings = 0
        """The number of warnings of the last build."""
        self.complete = False
        """Whether all pages have been built once."""
        self.changed: Callable[[], None] = lambda: None
        """Called whenever one of these changes."""

    def note(self, step: str) -> None:
        """Report the current step.

        :param step: A sentence; empty if the work is done.
        """
        self.step = step
        self.changed()


class WarningLog:
    """The stream that Sphinx writes its warnings to."""

    def __init__(self) -> None:
        """Start without warnings."""
        self.muted = False
        """Whether warnings are dropped, because a later step of the same build repeats them."""
        self._found: dict[str, None] = {}

    def write(self, text: str) -> int:
        """Store a warning."""
        if not self.muted and text.strip():
            self._found[_COLOURS.sub("", text).strip()] = None
        return len(text)

    def flush(self) -> None:
        """Do nothing; streams need this method."""

    def isatty(self) -> bool:
        """Tell Sphinx not to write colours."""
        return False

    def take(self) -> list[str]:
        """Return the warnings since the last call, without duplicates."""
        found, self._found = list(self._found), {}
        return found


def say(text: str) -> None:
    """Print a line on the terminal."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(f"{text}\n".encode(encoding, "backslashreplace").decode(encoding))
    sys.stdout.flush()


def say_warnings(warnings: list[str]) -> None:
    """Print the warnings of a build."""
    for warning in warnings[:MOST_WARNINGS]:
        say(warning)
    if len(warnings) > MOST_WARNINGS:
        say(f"... and {len(warnings) - MOST_WARNINGS} more warnings")


def describe(error: BaseException) -> str:
    """Describe an error, for the terminal and for browsers.

    :returns: Its message; for bugs, with the traceback.
    """
    cause: Any = getattr(error, "orig_exc", None) if isinstance(error, ExtensionError) else None
    known = cause is None and isinstance(error, (SphinxError, OSError))
    title = getattr(error, "category", type(error).__name__)
    text = f"{title}: {error}"
    if not known:
        places = traceback.format_exception(cause or error, limit=-6)
        text = f"{text}\n\n{''.join(places)}"
    return text.strip()
