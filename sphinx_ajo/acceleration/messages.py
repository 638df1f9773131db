"""Skip log messages that no handler shows.

Sphinx creates a log record for each debug message (several for each event of each page) and for
each line of progress. Its handlers drop these records, or collect them where nobody reads them
(``-q``). For the debug message of an event, Sphinx first formats all arguments, such as the whole
HTML of a page.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from sphinx_ajo.acceleration.switch import is_accelerated
from sphinx_ajo.foreign.sphinx import print_events

if TYPE_CHECKING:
    from sphinx.application import Sphinx

ALL: Final = "sphinx"
"""The logger of Sphinx and its extensions."""

EVENTS: Final = "sphinx.sphinx.events"
"""The logger of debug messages about events."""

PROGRESS: Final = "sphinx.sphinx.util.display"
"""The logger of the progress lines that name the page being read or written."""


class Levels:
    """The levels of loggers while Sphinx builds."""

    def __init__(self) -> None:
        """Start without changes."""
        self._before: dict[str, int] = {}

    def raise_(self, app: Sphinx) -> None:
        """Set the loggers so that no record is created that no handler shows."""
        if not is_accelerated(app):
            return
        handlers = logging.getLogger(ALL).handlers
        self._set(ALL, min((handler.level for handler in handlers), default=logging.NOTSET))
        if app.quiet:
            self._set(PROGRESS, logging.WARNING)
        if not logging.getLogger(EVENTS).isEnabledFor(logging.DEBUG):
            print_events(wanted=False)

    def _set(self, name: str, level: int) -> None:
        logger = logging.getLogger(name)
        if level > logger.level:
            self._before[name] = logger.level
            logger.setLevel(level)

    def restore(self, *_: object) -> None:
        """Restore the levels."""
        while self._before:
            name, level = self._before.popitem()
            logging.getLogger(name).setLevel(level)
        print_events(wanted=True)


def setup_messages(app: Sphinx) -> None:
    """Skip unseen messages while Sphinx builds."""
    levels = Levels()
    app.connect("builder-inited", levels.raise_)
    app.connect("build-finished", levels.restore, priority=900)
