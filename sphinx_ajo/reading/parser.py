"""The Sphinx parser: it chooses the dialect of a page and reads its front matter."""

from __future__ import annotations

from contextlib import nullcontext
from functools import partial
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Final

from myst_parser.config.main import TopmatterReadError, merge_file_level, read_topmatter
from myst_parser.parsers.sphinx_ import MystParser
from myst_parser.warnings_ import create_warning

from sphinx_ajo.base.assets import note_use
from sphinx_ajo.base.limits import LIMITS_KEY, limits_of
from sphinx_ajo.base.pages import is_page
from sphinx_ajo.base.problems import AjoWarnings
from sphinx_ajo.config import get_ajo_config, get_limits
from sphinx_ajo.constructs.breaks import hard_breaks
from sphinx_ajo.constructs.budgets import cut_page, is_within
from sphinx_ajo.constructs.includes import expand
from sphinx_ajo.foreign.docutils import search_faster
from sphinx_ajo.foreign.sphinx import name_images_safely
from sphinx_ajo.language.dialect import DIALECT_KEY, Dialect, looks_like_exl_page
from sphinx_ajo.language.front_matter import (
    FRONT_MATTER_KEY,
    front_matter_text,
    read_page_front_matter,
)
from sphinx_ajo.language.safe_yaml import exceeds
from sphinx_ajo.language.source import SOURCE_KEY, Source
from sphinx_ajo.markup.directives import guarded_settings
from sphinx_ajo.markup.failures import (
    contain,
    is_shown_as_text,
    show_as_text,
    without_failing_rules,
)
from sphinx_ajo.project.inheritance import inherited_entries
from sphinx_ajo.project.navigation import is_generated
from sphinx_ajo.project.repository import repository_of
from sphinx_ajo.project.state import state_of
from sphinx_ajo.reading.markdown import borrow_markdown, create_renderer
from sphinx_ajo.site.inheritance.model import inherit
from sphinx_ajo.warnings_ import warn

if TYPE_CHECKING:
    from docutils import nodes
    from docutils.transforms import Transform
    from markdown_it import MarkdownIt
    from markdown_it.token import Token
    from myst_parser.config.main import MdParserConfig
    from myst_parser.warnings_ import MystWarnings
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_ajo.language.front_matter import FrontMatter


PAGE_READ: Final = "ajo-page-read"
"""The event before an ExL page is parsed: its text, the parser, and the :class:`.Source` that it is
composed of, or ``None`` if it includes nothing."""

PAGE_PARSED: Final = "ajo-page-parsed"
"""The event after an ExL page is parsed: its tokens, which must not be changed, and the sandbox,
which has the :class:`.Source` and the front matter."""

MYST_KEYS: Final = ("myst", "html_meta", "substitutions")
"""Front matter entries that configure MyST for a page.

They are ignored in the ExL dialect: they could enable substitutions, which are Jinja templates, and
print any tag into the head of the page.
"""


class AjoParser(MystParser):
    """MyST's parser with the constructs of ExL Markdown.

    ``MystParser.parse`` hard-codes its renderer, so the few lines around that are rewritten here.
    """

    def get_transforms(self) -> list[type[Transform]]:
        """Return the transforms that the parser brings.

        :returns: Those of MyST, wrapped so that none aborts the build.
        """
        return [contain(transform) for transform in super().get_transforms()]  # type: ignore[no-untyped-call]

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Parse a page, or a translated message of one, into a document."""
        env: BuildEnvironment = document.settings.env
        if state_of(env).accelerated:
            search_faster(document)
        page = is_page(document, env)
        if page and is_shown_as_text(env):
            show_as_text(inputstring, document, env.docname)
            return
        text = inputstring.rstrip("\n") + "\n"
        front_matter = _read_page(inputstring, env) if page else None
        # a translated message, or a file that reStructuredText includes, is parsed like its page
        dialect: Dialect = env.temp_data.get(DIALECT_KEY) or Dialect.MIXED
        exl = dialect is Dialect.EXL
        config = _file_level_config("" if exl else inputstring, document)
        settings = guarded_settings(document, env.config) if exl else nullcontext()
        with settings, borrow_markdown(env.config, config, dialect, create_renderer) as md:
            _set_options(md, document, dialect)
            tokens, sandbox = without_failing_rules(
                md,
                env,
                partial(_parse, md, env, text, front_matter, whole_page=page),
                partial(_location, env, document),
            )
            if page and exl:
                env.events.emit(PAGE_PARSED, tokens, sandbox)
            md.renderer.render(tokens, md.options, sandbox)


def _parse(
    md: MarkdownIt,
    env: BuildEnvironment,
    text: str,
    front_matter: FrontMatter | None,
    *,
    whole_page: bool,
) -> tuple[list[Token], dict[str, object]]:
    """Parse a page with its includes; return its sandbox, too."""
    sandbox: dict[str, object] = {}
    if front_matter is not None:
        sandbox[FRONT_MATTER_KEY] = front_matter
    if whole_page:
        text = _assemble_page(text, md, env, sandbox)
    return md.parse(text, sandbox), sandbox


def _location(env: BuildEnvironment, document: nodes.document, line: int) -> tuple[str, int] | str:
    """Return the location of a parsed line, counted from 0."""
    if is_page(document, env):
        return (env.docname, line + 1)
    return str(document["source"])


def _assemble_page(
    text: str, md: MarkdownIt, env: BuildEnvironment, sandbox: dict[str, object]
) -> str:
    """Return a page with its includes, within its limits; check its source."""
    limits = limits_of(md.options)
    if not is_within(text, limits):
        return cut_page(text, limits, sandbox)
    whole = expand(text, md, env, sandbox)
    if md.options["ajo_dialect"] is Dialect.EXL:
        source = sandbox.get(SOURCE_KEY)
        env.events.emit(PAGE_READ, text, md, source if isinstance(source, Source) else None)
    return cut_page(whole, limits, sandbox)


def _set_options(md: MarkdownIt, document: nodes.document, dialect: Dialect) -> None:
    """Set up a parser for a page, and the page for the parser."""
    env: BuildEnvironment = document.settings.env
    exl = dialect is Dialect.EXL
    md.options["document"] = document
    md.options["ajo_html"] = get_ajo_config(env.config).html
    if exl and md.options["ajo_html"] == "escape":
        md.options["html"] = False
    md.options[LIMITS_KEY] = get_limits(env.config)
    md.options["breaks"] = hard_breaks(env.config, dialect)
    # markdown-it has done this, as on the official site
    document.settings.smart_quotes = not exl and env.settings.get("smart_quotes", True)


def _read_page(text: str, env: BuildEnvironment) -> FrontMatter | None:
    """Record the dialect of a page; return its front matter if it is an ExL page."""
    front_matter = read_page_front_matter(text, get_limits(env.config))
    dialect = _dialect(env, front_matter)
    env.temp_data[DIALECT_KEY] = dialect
    if dialect is Dialect.EXL:
        note_use(env)
        name_images_safely(env)
        _report_myst_keys(front_matter, env)
        front_matter = inherit(front_matter, inherited_entries(env, env.docname))
    if dialect is Dialect.MIXED and not looks_like_exl_page(front_matter.entries):
        return None
    env.temp_data[FRONT_MATTER_KEY] = front_matter
    return front_matter


def _report_myst_keys(front_matter: FrontMatter, env: BuildEnvironment) -> None:
    """Warn about entries that have no effect on an ExL page, and remove them."""
    for key in MYST_KEYS:
        if key in front_matter.entries:
            del front_matter.entries[key]
            message = "the entry %r cannot set up MyST on an ExL page; it is left out"
            location = (env.docname, front_matter.lines.get(key))
            warn(AjoWarnings.FRONT_MATTER, message, key, location=location)


def _dialect(env: BuildEnvironment, front_matter: FrontMatter) -> Dialect:
    # our generated pages have their title in the front matter
    if is_generated(env, env.docname):
        return Dialect.EXL
    setting = get_ajo_config(env.config).dialect
    if setting != "auto":
        return Dialect(setting)
    if state_of(env).exl_repository or looks_like_exl_page(front_matter.entries):
        return Dialect.EXL
    return Dialect.MIXED


def _file_level_config(text: str, document: nodes.document) -> MdParserConfig:
    """Merge the ``myst`` entry of a page's front matter into MyST's configuration."""
    config: MdParserConfig = document.settings.env.myst_config
    source = front_matter_text(text)
    if source is not None and not any(key in source for key in MYST_KEYS):
        return config  # avoids parsing the YAML of every page a second time, and more slowly
    if exceeds(_topmatter(text), get_limits(document.settings.env.config)):
        return config  # as above
    try:
        topmatter = read_topmatter(text)
    except TopmatterReadError:
        return config  # mistakes in the front matter are reported where it is rendered
    if not topmatter:
        return config

    def report(subtype: MystWarnings, message: str) -> None:
        create_warning(document, message, subtype, line=1, append_to=document)

    return merge_file_level(config, topmatter, report)


def _topmatter(text: str) -> str:
    """Return the text that MyST takes for the YAML of a page."""
    if not text.startswith("---"):
        return ""
    inside = islice(text.splitlines(keepends=True), 1, None)
    return "".join(takewhile(lambda line: not line.startswith(("---", "...")), inside))


def setup_parser(app: Sphinx) -> None:
    """Use our parser for every Markdown file, regardless of the order of extensions."""
    app.setup_extension("myst_parser")
    app.add_source_parser(AjoParser, override=True)
    app.add_event(PAGE_READ)
    app.add_event(PAGE_PARSED)
    app.connect("builder-inited", _note_repository)


def _note_repository(app: Sphinx) -> None:
    # every page reads it; looked up once, before Sphinx forks its reading processes
    repository = repository_of(app)
    state_of(app.env).exl_repository = repository is not None and not repository.plain
