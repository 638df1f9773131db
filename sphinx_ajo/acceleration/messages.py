"""Messages that nobody sees: they are not composed.

Sphinx makes a record of each message for debugging, some for each event of each page, and each
line of progress; its handlers drop them, or keep them where nobody looks (``-q``). For the message
of an event it prints all arguments first, such as the whole HTML of a page.
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
"""The logger of the messages about events."""

PROGRESS: Final = "sphinx.sphinx.util.display"
"""The logger of the lines that name the page which is read or written."""


class Levels:
    """The levels of loggers while Sphinx builds."""

    def __init__(self) -> None:
        """Begin with no change."""
        self._before: dict[str, int] = {}

    def raise_(self, app: Sphinx) -> None:
        """Have no records made of what no handler shows."""
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
        """Make records as before."""
        while self._before:
            name, level = self._before.popitem()
            logging.getLogger(name).setLevel(level)
        print_events(wanted=True)


def setup_messages(app: Sphinx) -> None:
    """Let Sphinx compose no messages for nobody while it builds."""
    levels = Levels()
    app.connect("builder-inited", levels.raise_)
    app.connect("build-finished", levels.restore, priority=900)
