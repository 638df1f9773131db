"""Show equal warnings once, with a count.

One mistake often causes many warnings: a dead link in a text that many pages include, or ids of an
old system in links on all pages. So warnings are held back until the end of the build. The builders
``ajo-lint`` and ``ajo-l10n`` show all of them.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from docutils import nodes
from sphinx.util.logging import NAMESPACE, WarningStreamHandler, get_node_location

from sphinx_ajo.config import get_option
from sphinx_ajo.warnings_ import WARNING_TYPE, Group

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

HELD: Final = frozenset({WARNING_TYPE, "download", "image"})
"""The types of warnings that are grouped: ours, and those that an included text can repeat."""

SAMPLES: Final = 3
"""The number of examples in a warning about many links."""

LINES: Final = 5
"""The number of further lines in a warning about several lines of a file."""

REPORTS: Final = frozenset({"ajo-lint", "ajo-l10n"})
"""The builders that show all warnings."""


class WarningGroups(logging.Filter):
    """Holds back warnings before Sphinx counts them, and logs them again in groups."""

    def __init__(self, app: Sphinx) -> None:
        """Prepare."""
        super().__init__()
        self._app = app
        self._records: list[logging.LogRecord] = []
        self._handlers: list[WarningStreamHandler] = []

    def install(self, app: Sphinx) -> None:
        """Begin to hold back warnings, unless all of them are shown.

        :param app: The Sphinx application; its builder exists.
        """
        if app.builder.name in REPORTS or get_option(app.config, "warnings") == "all":
            return
        for handler in logging.getLogger(NAMESPACE).handlers:
            if isinstance(handler, WarningStreamHandler):
                # before the filters that count warnings, or turn them into errors
                handler.filters.insert(0, self)
                self._handlers.append(handler)

    def filter(self, record: logging.LogRecord) -> bool:
        """Hold back a warning, or let it pass."""
        if getattr(record, "type", None) not in HELD:
            return True
        location = getattr(record, "location", None)
        if isinstance(location, nodes.Node):
            # as Sphinx does it; later the node may no longer exist
            location = get_node_location(location)
        elif isinstance(location, tuple):
            docname, line = location
            path = self._app.env.doc2path(docname)
            location = f"{path}:{line}" if line else str(path)
        record.location = location
        self._records.append(record)
        return False

    def show(self, _app: Sphinx, _error: Exception | None = None) -> None:
        """Log the held warnings: one for each group."""
        records, self._records = self._records, []
        handlers, self._handlers = self._handlers, []
        for handler in handlers:
            handler.removeFilter(self)
        for record in grouped(records):
            for handler in handlers:
                handler.handle(record)


def grouped(records: Iterable[logging.LogRecord]) -> list[logging.LogRecord]:
    """Group equal warnings.

    :param records: All warnings; their locations are strings.
    :returns: The first of each group, with a message for the whole of it.
    """
    groups: dict[tuple[str, ...], list[logging.LogRecord]] = {}
    for record in records:
        groups.setdefault(_key(record), []).append(record)
    for found in groups.values():
        if len(found) > 1:
            found[0].msg, found[0].args = _message(found), ()
    return [found[0] for found in groups.values()]


def _key(record: logging.LogRecord) -> tuple[str, ...]:
    group = _group(record)
    if group is not None:
        return (group.key,)
    path, _ = _place(record)
    return (path, *_texts(record))


def _texts(record: logging.LogRecord) -> tuple[str, str]:
    """Return the message of a warning, and the name of its type if Sphinx has appended it."""
    message = record.getMessage()
    name = f" [{getattr(record, 'type', '')}.{getattr(record, 'subtype', '')}]"
    return (message.removesuffix(name), name) if message.endswith(name) else (message, "")


def _group(record: logging.LogRecord) -> Group | None:
    group: Group | None = getattr(record, "ajo_group", None)
    return group


def _place(record: logging.LogRecord) -> tuple[str, str]:
    """Return the file and the line of a warning."""
    location = str(getattr(record, "location", None) or "")
    path, _, line = location.rpartition(":")
    return (path, line) if line.isdecimal() else (location, "")


def _message(records: list[logging.LogRecord]) -> str:
    message, name = _texts(records[0])
    group = _group(records[0])
    if group is not None:
        samples = dict.fromkeys(each.sample for each in map(_group, records) if each)
        shown = ", ".join(map(repr, list(samples)[:SAMPLES]))
        return group.message % {"count": len(records), "samples": shown} + name
    pages = {getattr(record, "ajo_page", "") for record in records} - {""}
    lines = list(dict.fromkeys(_place(record)[1] for record in records))
    notes = []
    if len(pages) > 1:
        notes.append(f"on {len(pages)} pages")
    elif len(lines) == 1:
        notes.append(f"{len(records)} times")
    if len(lines) > 1:
        more = ", ".join(lines[1 : LINES + 1])
        dots = ", …" if len(lines) > LINES + 1 else ""
        notes.append(f"{len(lines)} times, also in line {more}{dots}")
    return f"{message} ({'; '.join(notes)}){name}"


def setup_grouping(app: Sphinx) -> None:
    """Group the warnings of a build."""
    groups = WarningGroups(app)
    app.connect("builder-inited", groups.install, priority=100)
    # before redirect pages and other writers give warnings
    app.connect("build-finished", groups.show, priority=100)
