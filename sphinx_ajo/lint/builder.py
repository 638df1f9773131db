"""``sphinx-build -b ajo-lint``: read, check and resolve everything, and write no page."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from sphinx.builders import Builder
from sphinx.util.logging import NAMESPACE, NewLineStreamHandler, WarningStreamHandler

from sphinx_ajo.config import get_ajo_config
from sphinx_ajo.lint.model import Severity
from sphinx_ajo.lint.report import Diagnostic, arrange, summary, to_json, to_sarif
from sphinx_ajo.lint.rules import RULES
from sphinx_ajo.project.navigation import forget_site
from sphinx_ajo.project.repository import repository_root
from sphinx_ajo.warnings_ import LOGGER, WARNING_TYPE, warning_docs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from docutils import nodes
    from sphinx.application import Sphinx

BUILDER: Final = "ajo-lint"
"""The name of the builder, and of the files that it writes."""


class LintBuilder(Builder):
    """Reports everything that is wrong, sorted by file and line.

    Each run reads all pages, also those that have not changed: so nothing that an earlier run
    has reported is left out, however it was found.
    """

    name = BUILDER
    epilog = ""
    allow_parallel = True
    supported_image_types: ClassVar[list[str]] = []

    def init(self) -> None:
        """Begin to collect what is reported."""
        self.collector = Collector()
        self.collector.install()

    def get_outdated_docs(self) -> set[str]:
        """Name the pages whose references are to be resolved."""
        return set(self.env.found_docs)

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Return the address of a page.

        :returns: Nothing: there are no pages.
        """
        return ""

    def prepare_writing(self, docnames: AbstractSet[str]) -> None:
        """Do nothing."""

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Do nothing."""

    def finish(self) -> None:
        """Do nothing."""


class Collector(logging.Filter):
    """Takes warnings and findings from Sphinx's streams, to show them later in their order.

    It is the last filter of Sphinx's own handlers. So the warnings that come here have been
    counted, those that the project suppresses have not come here, and locations are texts.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self.records: list[logging.LogRecord] = []
        self._handlers: list[WarningStreamHandler | NewLineStreamHandler] = []

    def install(self) -> None:
        """Begin to collect."""
        for handler in logging.getLogger(NAMESPACE).handlers:
            if isinstance(handler, (WarningStreamHandler, NewLineStreamHandler)):
                handler.addFilter(self)
                self._handlers.append(handler)

    def remove(self) -> None:
        """Let Sphinx show its warnings again."""
        for handler in self._handlers:
            handler.removeFilter(self)

    def filter(self, record: logging.LogRecord) -> bool:
        """Take a record, or let it pass.

        :returns: Whether Sphinx shows it: what belongs to no file, and what is no finding.
        """
        if record.levelno < logging.WARNING and getattr(record, "type", None) != WARNING_TYPE:
            return True
        self.records.append(record)
        return not getattr(record, "location", None)

    def write(self, lines: Sequence[str]) -> None:
        """Write lines to where Sphinx writes its warnings."""
        for handler in self._handlers:
            if isinstance(handler, WarningStreamHandler):
                for line in lines:
                    handler.stream.write(f"{line}\n")
                handler.flush()


def diagnostic(record: logging.LogRecord, root: Path) -> Diagnostic:
    """Read a record.

    :param record: A record of Sphinx's, with a text for its location.
    """
    kind, subtype = (str(getattr(record, name, None) or "") for name in ("type", "subtype"))
    name = f"{kind}.{subtype}" if subtype else kind or "sphinx"
    location = str(getattr(record, "location", None) or "")
    path, _, line = location.rpartition(":")
    if not (path and (line.isdecimal() or not line)):
        path, line = location, ""
    if path and Path(path).is_absolute() and Path(path).is_relative_to(root):
        path = os.path.relpath(path, root).replace(os.sep, "/")
    # the record adds its location
    message = logging.LogRecord.getMessage(record).removesuffix(f" [{name}]")
    severity = Severity.INFO
    if record.levelno >= logging.WARNING:
        severity = Severity.WARNING if record.levelno < logging.ERROR else Severity.ERROR
    return Diagnostic(path, int(line or 0), name, " ".join(message.split()), severity)


def _start(app: Sphinx) -> None:
    if isinstance(app.builder, LintBuilder):
        forget_site(app.env)


def _finish(app: Sphinx, _error: Exception | None) -> None:
    builder = app.builder
    if not isinstance(builder, LintBuilder):
        return
    builder.collector.remove()
    root = repository_root(app.env)
    same = [
        (f"{WARNING_TYPE}.{rule.id}", f"{WARNING_TYPE}.{rule.same_as.value}")
        for rule in RULES.values()
        if rule.same_as is not None
    ]
    found = arrange((diagnostic(record, root) for record in builder.collector.records), same)
    value = get_ajo_config(app.config).lint_format
    names = value.split(",") if isinstance(value, str) else value
    formats = {name.strip() for name in names}
    version = app.extensions["sphinx_ajo"].version
    if "text" in formats:
        builder.collector.write([str(item) for item in found if item.file])
    if "json" in formats:
        _write(app, "json", to_json(found, version))
    if "sarif" in formats:
        docs = {f"{WARNING_TYPE}.{key.value}": text for key, text in warning_docs().items()}
        _write(app, "sarif", to_sarif(found, docs, root, version))
    LOGGER.info("%s: %s", BUILDER, summary(found))
    if any(item.severity is Severity.ERROR for item in found):
        app.statuscode = 1


def _write(app: Sphinx, suffix: str, text: str) -> None:
    path = Path(app.outdir, f"{BUILDER}.{suffix}")
    path.write_text(text, encoding="utf-8")


def setup_builder(app: Sphinx) -> None:
    """Register the builder."""
    app.add_builder(LintBuilder)
    app.connect("builder-inited", _start)
    # after all that still may warn
    app.connect("build-finished", _finish, priority=999)
