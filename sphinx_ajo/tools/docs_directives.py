"""Directives for the documentation of this package; not for other projects.

Nothing that describes the code is written twice: options, warnings and directives are read from
the code, and every example is rendered beside its source.
"""

from __future__ import annotations

import dataclasses as dc
import html
import inspect
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar, Final

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.directives.code import container_wrapper
from sphinx.util.docutils import SphinxDirective

from sphinx_ajo.base.limits import Limits
from sphinx_ajo.base.package import VERSION
from sphinx_ajo.base.problems import AjoWarnings
from sphinx_ajo.config import PREFIX, AjoConfig
from sphinx_ajo.constructs.metadata import page_metadata, report_problems
from sphinx_ajo.foreign import design as design
from sphinx_ajo.foreign.myst import share_headings
from sphinx_ajo.l10n.kinds import KINDS
from sphinx_ajo.language.dialect import DIALECT_KEY, Dialect
from sphinx_ajo.language.front_matter import FRONT_MATTER_KEY, front_matter_text, read_front_matter
from sphinx_ajo.lint.rules import RULES
from sphinx_ajo.markup.directives import DEFAULT_DIRECTIVES
from sphinx_ajo.markup.renderer import AjoRenderer
from sphinx_ajo.reading.markdown import create_markdown, create_renderer
from sphinx_ajo.warnings_ import LOGGER, WARNING_TYPE, warning_docs

if TYPE_CHECKING:
    import logging
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata, OptionSpec

    from sphinx_ajo.lint.model import Rule

WARNING_OBJECT: Final = "ajo-warning"
"""The directive and role of a warning: ``{ajo-warning}`ajo.card_empty```."""

_REBUILDS: Final = {
    "env": "A change reads every page anew.",
    "html": "A change writes every page anew, and reads none.",
    "": "A change reads and writes no page anew.",
}

_COMMON_OPTIONS: Final = {
    "class": "More classes for the element, separated by spaces.",
    "name": "A name that links can refer to.",
}
"""The descriptions of options that most directives of docutils have."""

_ARGUMENT = re.compile(r":param argument:\s*(.*?)(?=\n\s*:\w|\Z)", re.DOTALL)


def _dialect_option(argument: str) -> Dialect:
    return Dialect(directives.choice(argument, [dialect.value for dialect in Dialect]))


def _warnings_option(argument: str) -> frozenset[str]:
    known = [warning.value for warning in AjoWarnings]
    return frozenset(directives.choice(word, known) for word in argument.split())


class ExampleDirective(SphinxDirective):
    """An example: its source, and below it what readers get.

    The content is parsed in a dialect of its own, whatever that of the page is. Headings in it
    become rubrics, so that they are no sections of the page. Shape of the tree::

        <container design_component="ajo-example">
            <container design_component="ajo-example-source">
                <literal_block language="yaml">     the front matter, if there is any
                <literal_block language="markdown">
            <container design_component="ajo-example-result">
                <container literal_block="1">       the meta tags, if there is front matter
                ...
                <container literal_block="1">       the expected warnings

    An example with front matter needs one of the options: MyST takes ``---`` right below the
    opening line for the options.
    """

    has_content = True
    option_spec: ClassVar[OptionSpec] = {
        "dialect": _dialect_option,
        # subtypes that the example is expected to give: shown, and no warnings of the build
        "warnings": _warnings_option,
        # source and result stand side by side where there is room
        "beside": directives.flag,
    }

    def run(self) -> list[nodes.Node]:
        """Build the example."""
        self.assert_has_content()
        text = "\n".join(self.content)
        result: list[nodes.Node] = []
        expected: frozenset[str] = self.options.get("warnings", frozenset())
        with _kept_back(expected) as records:
            rendered = self._render(text)
        given = {getattr(record, "subtype", "") for record in records}
        for subtype in sorted(expected - given):
            msg = "this example does not give the warning %s.%s"
            LOGGER.warning(msg, WARNING_TYPE, subtype, location=self.get_location())
        if tags := _meta_tags(text):
            result.append(self._captioned(tags, "html", "In the head of the page"))
        result.extend(rendered)
        if records:
            result.append(self._captioned(self._messages(records), "text", "Warnings"))
        parts = [
            design.box("ajo-example-source", self._source(text), ["ajo-example-source"]),
            design.box("ajo-example-result", result, ["ajo-example-result"]),
        ]
        more = ["ajo-example-beside"] if "beside" in self.options else []
        return [design.box("ajo-example", parts, ["ajo-example", *more])]

    @property
    def _first_line(self) -> int:
        """The line of the page above the first one of the content, counted from 1."""
        return self.lineno + self.content_offset

    def _render(self, text: str) -> list[nodes.Node]:
        dialect: Dialect = self.options.get("dialect", Dialect.EXL)
        sandbox: dict[str, object] = {}
        source = front_matter_text(text)
        if source is not None:
            sandbox[FRONT_MATTER_KEY] = read_front_matter(source)
            # MyST ignores front matter in a part of a page
            front_matter = read_front_matter(source, self._first_line + 2)
            report_problems(front_matter, self.env.docname)
        md = create_markdown(self.env.myst_config, dialect, create_renderer)  # type: ignore[attr-defined]
        md.options["document"] = self.state.document
        renderer = md.renderer
        assert isinstance(renderer, AjoRenderer)  # noqa: S101 (for the type checker)
        renderer.setup_render(dict(md.options), sandbox)
        share_headings(self.state, renderer)
        holder = nodes.Element()
        page_dialect = self.env.temp_data.get(DIALECT_KEY)
        self.env.temp_data[DIALECT_KEY] = dialect
        try:
            with renderer.current_node_context(holder):
                renderer.nested_render_text(text, self._first_line)
        finally:
            self.env.temp_data[DIALECT_KEY] = page_dialect
        return holder.children

    def _source(self, text: str) -> list[nodes.Node]:
        front_matter = front_matter_text(text)
        if front_matter is None:
            return [self._code(text, "markdown")]
        lines = text.split("\n")
        end = front_matter.count("\n") + 2
        head, body = "\n".join(lines[:end]), "\n".join(lines[end:]).lstrip("\n")
        # forced: it may be bad YAML on purpose
        return [self._code(head, "yaml", force=True), self._code(body, "markdown")]

    def _code(self, text: str, language: str, *, force: bool = False) -> nodes.literal_block:
        node = nodes.literal_block(text, text, language=language, force=force)
        self.set_source_info(node)
        return node

    def _captioned(self, text: str, language: str, caption: str) -> nodes.Element:
        wrapper = container_wrapper(self, self._code(text, language), caption)
        wrapper["classes"].append("ajo-example-note")
        return wrapper

    def _messages(self, records: Sequence[logging.LogRecord]) -> str:
        found: list[tuple[int, str]] = []
        for record in records:
            line = _line(record) - self._first_line
            subtype = f"{WARNING_TYPE}.{getattr(record, 'subtype', '')}"
            found.append((line, f"page.md:{line}: WARNING: {record.getMessage()} [{subtype}]"))
        return "\n".join(message for _, message in sorted(found))


class SampleDirective(ExampleDirective):
    """The result of an example, without its source."""

    def run(self) -> list[nodes.Node]:
        """Build the sample."""
        self.assert_has_content()
        return [design.box("ajo-sample", self._render("\n".join(self.content)), ["ajo-sample"])]


def _line(record: logging.LogRecord) -> int:
    location = getattr(record, "location", None)
    line = location.line if isinstance(location, nodes.Node) else None
    if isinstance(location, tuple):
        line = location[1]
    return line or 0


@contextmanager
def _kept_back(subtypes: frozenset[str]) -> Iterator[list[logging.LogRecord]]:
    """Collect the warnings of some subtypes, and keep them out of the warnings of the build."""
    records: list[logging.LogRecord] = []

    def keep_back(record: logging.LogRecord) -> bool:
        if getattr(record, "subtype", None) not in subtypes:
            return True
        records.append(record)
        return False

    LOGGER.logger.addFilter(keep_back)
    try:
        yield records
    finally:
        LOGGER.logger.removeFilter(keep_back)


def _meta_tags(text: str) -> str:
    source = front_matter_text(text)
    if source is None:
        return ""
    return "\n".join(
        f'<meta name="{html.escape(name)}" content="{html.escape(content)}">'
        for name, content in page_metadata(read_front_matter(source)).items()
    )


class _GeneratedDirective(SphinxDirective):
    """A directive that writes Markdown and has it parsed."""

    def _parse(self, lines: Sequence[str]) -> list[nodes.Node]:
        return self.parse_text_to_nodes("\n".join(lines) + "\n", allow_section_headings=False)


class ConfigDirective(_GeneratedDirective):
    """Every option of :class:`~sphinx_ajo.config.AjoConfig`, as ``confval`` entries."""

    def run(self) -> list[nodes.Node]:
        """Build the entries."""
        lines: list[str] = []
        for option in dc.fields(AjoConfig):
            lines += [
                f"```{{confval}} {PREFIX}{option.name}",
                f":type: {option.metadata['doc_type']}",
                f":default: `{_python(option.default)}`",
                "",
                option.metadata["help"],
                "",
                _REBUILDS[option.metadata["rebuild"]],
                "```",
                "",
            ]
        return self._parse(lines)


def _python(value: object) -> str:
    """Write a value as people write it in ``conf.py``."""
    return f'"{value}"' if isinstance(value, str) else repr(value)


class AllowedDirective(_GeneratedDirective):
    """The directives that ExL pages may run by default, by purpose."""

    def run(self) -> list[nodes.Node]:
        """Build the table."""
        lines = ["| For | Directives |", "|---|---|"]
        for purpose, names in DEFAULT_DIRECTIVES.items():
            lines.append(f"| {purpose} | {', '.join(f'`{name}`' for name in names)} |")
        return self._parse(lines)


class WarningsDirective(_GeneratedDirective):
    """Every member of :class:`~sphinx_ajo.base.problems.AjoWarnings`, with its docstring."""

    def run(self) -> list[nodes.Node]:
        """Build the entries."""
        lines: list[str] = []
        for warning, text in warning_docs().items():
            name = f"{WARNING_TYPE}.{warning.value}"
            lines += [f"```{{{WARNING_OBJECT}}} {name}", text, "```", ""]
        return self._parse(lines)


class LimitsDirective(_GeneratedDirective):
    """A table of the budgets in :class:`~sphinx_ajo.base.limits.Limits`."""

    def run(self) -> list[nodes.Node]:
        """Build the table."""
        lines = ["| Name | Default | What it limits, and what happens beyond |", "|---|--:|---|"]
        lines += [
            f"| `{limit.name}` | {limit.default:,} | {limit.metadata['help']} |"
            for limit in dc.fields(Limits)
        ]
        return self._parse(lines)


class LintRulesDirective(_GeneratedDirective):
    """A table of the rules in :data:`~sphinx_ajo.lint.rules.RULES`."""

    rules: ClassVar[Mapping[str, Rule]] = RULES
    head: ClassVar[str] = "Rule"

    def run(self) -> list[nodes.Node]:
        """Build the table."""
        docs = warning_docs()
        lines = [f"| {self.head} | Reports | Default |", "|---|---|---|"]
        for rule in self.rules.values():
            name = f"{WARNING_TYPE}.{rule.id}"
            lines.append(
                f"| {{{WARNING_OBJECT}}}`{name}` | {docs[rule.subtype]} | `{rule.default.value}` |"
            )
        return self._parse(lines)


class L10nKindsDirective(LintRulesDirective):
    """A table of the kinds of findings in :data:`~sphinx_ajo.l10n.kinds.KINDS`."""

    rules = KINDS
    head = "Kind"


class DirectiveOptionsDirective(_GeneratedDirective):
    """A directive with its options, as ``rst:directive`` entries; the content describes it."""

    has_content = True
    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Build the entry.

        :returns: One description with one for each option in it.
        """
        name = self.arguments[0]
        found, _messages = directives.directive(name, self.state.memo.language, self.state.document)
        if found is None:
            raise self.error(f"there is no directive {name!r}")
        lines = [f"````{{rst:directive}} {name}", *self.content, ""]
        for option, convert in (found.option_spec or {}).items():
            lines += [
                f"```{{rst:directive:option}} {option}",
                option_help(option, convert),
                "```",
                "",
            ]
        return self._parse([*lines, "````"])


def option_help(name: str, convert: Callable[[str], object]) -> str:
    """Say what an option of a directive takes.

    :param convert: The function that reads its value. The docstring of one of our own says what
        it takes, in the field ``:param argument:``.
    :raises ValueError: If nothing is known about the option.
    """
    if convert is directives.flag:
        return "Takes no value."
    match = _ARGUMENT.search(inspect.getdoc(convert) or "")
    if match and convert.__module__.startswith("sphinx_ajo."):
        return " ".join(match[1].split())
    if name in _COMMON_OPTIONS:
        return _COMMON_OPTIONS[name]
    msg = f"the option {name!r} is not documented"
    raise ValueError(msg)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives.

    :returns: The metadata Sphinx asks every extension for.
    """
    app.setup_extension("sphinx_ajo")
    app.add_object_type(WARNING_OBJECT, WARNING_OBJECT, objname="warning of sphinx_ajo")
    app.add_directive("ajo-example", ExampleDirective)
    app.add_directive("ajo-sample", SampleDirective)
    app.add_directive("ajo-config", ConfigDirective)
    app.add_directive("ajo-warnings", WarningsDirective)
    app.add_directive("ajo-limits", LimitsDirective)
    app.add_directive("ajo-allowed-directives", AllowedDirective)
    app.add_directive("ajo-lint-rules", LintRulesDirective)
    app.add_directive("ajo-l10n-kinds", L10nKindsDirective)
    app.add_directive("ajo-directive-options", DirectiveOptionsDirective)
    return {"version": VERSION, "parallel_read_safe": True, "parallel_write_safe": True}
