"""Builders that report findings instead of writing pages."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from sphinx.builders import Builder
from sphinx.util.logging import NAMESPACE, NewLineStreamHandler, WarningStreamHandler

from sphinx_ajo.base.package import VERSION
from sphinx_ajo.config import get_option
from sphinx_ajo.lint.model import Severity
from sphinx_ajo.lint.report import Diagnostic, arrange, summary, to_json, to_sarif
from sphinx_ajo.project.navigation import forget_site
from sphinx_ajo.project.repository import repository_root
from sphinx_ajo.warnings_ import LOGGER, WARNING_TYPE, warning_docs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from docutils import nodes
    from sphinx.application import Sphinx

    from sphinx_ajo.lint.model import Finding, Rule

_LEVELS: Final = {
    Severity.INFO: logging.INFO,
    Severity.WARNING: logging.WARNING,
    Severity.ERROR: logging.ERROR,
}


class ReportBuilder(Builder):
    """Reads and resolves all pages, writes none, and reports its findings.

    Each run reads all pages, even unchanged ones, so that it repeats all findings of an earlier
    run. The files that it writes have its name.
    """

    epilog = ""
    allow_parallel = True
    supported_image_types: ClassVar[list[str]] = []
    format_option: ClassVar[str]
    """The option that names the formats of the report, without its prefix."""

    def init(self) -> None:
        """Start to collect findings."""
        self.collector = Collector(self)
        self.collector.install()

    def is_reported(self, _record: logging.LogRecord) -> bool:
        """Tell whether a warning with a location belongs to this report.

        :returns: Whether it does. Other warnings are neither shown nor counted.
        """
        return True

    def same(self) -> Iterable[tuple[str, str]]:
        """Name the subtypes that report the same.

        :returns: Pairs: if the first one is reported for a line, the second one is left out.
        """
        return ()

    def totals(self, _found: Sequence[Diagnostic]) -> dict[str, Any]:
        """Return further data for the JSON file."""
        return {}

    def report(self, found: Sequence[Diagnostic], formats: AbstractSet[str]) -> None:
        """Write the report.

        :param found: All that was found, sorted.
        """
        if "text" in formats:
            self.collector.write([str(item) for item in found if item.file])
        if "json" in formats:
            self.write_file("json", to_json(found, VERSION, self.totals(found)))
        if "sarif" in formats:
            docs = {f"{WARNING_TYPE}.{key.value}": text for key, text in warning_docs().items()}
            self.write_file("sarif", to_sarif(found, docs, repository_root(self.env), VERSION))
        LOGGER.info("%s: %s", self.name, summary(found))

    def write_file(self, suffix: str, text: str) -> None:
        """Write one file of the report."""
        # lone surrogates, which YAML can contain
        data = text.encode(errors="backslashreplace")
        Path(self.outdir, f"{self.name}.{suffix}").write_bytes(data)

    def get_outdated_docs(self) -> set[str]:
        """Name the pages whose references must be resolved."""
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


class _Scope(logging.Filter):
    """Filters out what does not belong to a report, before Sphinx counts it."""

    def __init__(self, builder: ReportBuilder) -> None:
        super().__init__()
        self._builder = builder

    def filter(self, record: logging.LogRecord) -> bool:
        return (
            record.levelno < logging.WARNING
            or not getattr(record, "location", None)
            or self._builder.is_reported(record)
        )


class Collector(logging.Filter):
    """Holds back warnings and findings, to show them later in order.

    It is the last filter of Sphinx's own handlers. So the warnings that reach it have been counted,
    suppressed warnings do not reach it, and locations are strings.
    """

    def __init__(self, builder: ReportBuilder) -> None:
        """Start without findings."""
        super().__init__()
        self._scope = _Scope(builder)
        self.records: list[logging.LogRecord] = []
        self._handlers: list[WarningStreamHandler | NewLineStreamHandler] = []

    def install(self) -> None:
        """Start to collect."""
        for handler in logging.getLogger(NAMESPACE).handlers:
            if isinstance(handler, (WarningStreamHandler, NewLineStreamHandler)):
                # before the filters that count warnings
                handler.filters.insert(0, self._scope)
                handler.addFilter(self)
                self._handlers.append(handler)

    def remove(self) -> None:
        """Make Sphinx show its warnings again."""
        for handler in self._handlers:
            handler.removeFilter(self)
            handler.removeFilter(self._scope)

    def filter(self, record: logging.LogRecord) -> bool:
        """Hold back a record, or let it pass.

        :returns: Whether Sphinx shows it, because it belongs to no file or is not a finding.
        """
        if record.levelno < logging.WARNING and getattr(record, "type", None) != WARNING_TYPE:
            return True
        self.records.append(record)
        return not getattr(record, "location", None)

    def write(self, lines: Sequence[str]) -> None:
        """Write lines to Sphinx's warning stream."""
        for handler in self._handlers:
            if isinstance(handler, WarningStreamHandler):
                for line in lines:
                    handler.stream.write(f"{line}\n")
                handler.flush()


def diagnostic(record: logging.LogRecord, root: Path) -> Diagnostic:
    """Convert a log record.

    :param record: A record of Sphinx, with a string as its location.
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


def log_finding(
    rule: Rule, severity: Severity, finding: Finding, location: tuple[str, int] | str
) -> None:
    """Log a finding, for the build or one of these builders.

    :param location: The place: ``(docname, line)`` or ``"path:line"``.
    """
    message = finding.message
    if severity is Severity.INFO:
        # Sphinx does this only for warnings
        message += f" [{WARNING_TYPE}.{rule.id}]"
    LOGGER.log(
        _LEVELS[severity],
        message,
        *finding.args,
        type=WARNING_TYPE,
        subtype=rule.id,
        location=location,
    )


def _start(app: Sphinx) -> None:
    if isinstance(app.builder, ReportBuilder):
        forget_site(app.env)


def _finish(app: Sphinx, _error: Exception | None) -> None:
    builder = app.builder
    if not isinstance(builder, ReportBuilder):
        return
    builder.collector.remove()
    root = repository_root(app.env)
    records = builder.collector.records
    found = arrange((diagnostic(record, root) for record in records), builder.same())
    value = get_option(app.config, builder.format_option)
    names = value.split(",") if isinstance(value, str) else value
    builder.report(found, {name.strip() for name in names})
    if any(item.severity is Severity.ERROR for item in found):
        app.statuscode = 1


def setup_reports(app: Sphinx) -> None:
    """Register what all these builders need."""
    app.connect("builder-inited", _start)
    # after everything that may still warn
    app.connect("build-finished", _finish, priority=999)
