"""What is being done, and what has gone wrong: told to the terminal and to browsers."""

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
"""How many warnings of a build are shown on the terminal."""


class Status:
    """What the thread that builds tells the one that serves."""

    def __init__(self) -> None:
        """Begin."""
        self.step = "Sphinx is starting."
        """What is being done, in a sentence; empty if nothing is."""
        self.problem = ""
        """What has gone wrong; empty if nothing has."""
        self.warnings = 0
        """How many warnings the last build had."""
        self.complete = False
        """Whether all pages have been built once."""
        self.changed: Callable[[], None] = lambda: None
        """Called whenever one of these changes."""

    def note(self, step: str) -> None:
        """Say what is being done.

        :param step: A sentence; empty if nothing is done any more.
        """
        self.step = step
        self.changed()


class WarningLog:
    """The stream that Sphinx writes its warnings to."""

    def __init__(self) -> None:
        """Begin without warnings."""
        self.muted = False
        """Whether warnings are dropped, since a later step of the same build gives them again."""
        self._found: dict[str, None] = {}

    def write(self, text: str) -> int:
        """Take a warning."""
        if not self.muted and text.strip():
            self._found[_COLOURS.sub("", text).strip()] = None
        return len(text)

    def flush(self) -> None:
        """Do nothing: it is a stream."""

    def isatty(self) -> bool:
        """Tell that nobody sees colours."""
        return False

    def take(self) -> list[str]:
        """Return the warnings since the last time, each one once."""
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
    """Say what has gone wrong, for the terminal and for browsers.

    :returns: Its message; for mistakes in programs with the places where it was raised.
    """
    cause: Any = getattr(error, "orig_exc", None) if isinstance(error, ExtensionError) else None
    known = cause is None and isinstance(error, (SphinxError, OSError))
    title = getattr(error, "category", type(error).__name__)
    text = f"{title}: {error}"
    if not known:
        places = traceback.format_exception(cause or error, limit=-6)
        text = f"{text}\n\n{''.join(places)}"
    return text.strip()
