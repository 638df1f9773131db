"""Build the Markdown parser of a dialect."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TypeAlias
from weakref import WeakKeyDictionary

from myst_parser.parsers.mdit import create_md_parser

from sphinx_ajo.constructs import CONSTRUCTS
from sphinx_ajo.foreign.myst import forget_document
from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.markup.renderer import AjoRenderer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererProtocol
    from myst_parser.config.main import MdParserConfig
    from sphinx.config import Config

_Renderer: TypeAlias = "Callable[[MarkdownIt], RendererProtocol]"

COLLIDING_RULES: Final = ("myst_block_break", "myst_line_comment", "myst_target", "myst_role")
"""MyST syntax that would swallow ExL text (exl-markdown.md, 8)."""

UNUSED_RULES: Final = ("wordcount",)
"""MyST syntax without effect on ExL pages: only substitutions would show its result."""

COLLIDING_EXTENSIONS: Final = frozenset(
    {
        "alert",
        "amsmath",
        "attrs_block",
        "attrs_image",
        "attrs_inline",
        "colon_fence",
        "dollarmath",
        "fieldlist",
        "gfm_autolink",
        "html_admonition",
        "html_image",
        "linkify",
        "section_ref",
        "substitution",
    }
)
"""MyST extensions that would parse ExL text as something else (exl-markdown.md, 8)."""

EXL_EXTENSIONS: Final = frozenset(
    {"deflist", "replacements", "smartquotes", "strikethrough", "tasklist"}
)
"""MyST extensions that belong to ExL Markdown."""


def create_markdown(
    config: MdParserConfig,
    dialect: Dialect,
    renderer: _Renderer,
) -> MarkdownIt:
    """Create a parser with the rules of a dialect.

    :param config: MyST's configuration, file level settings included.
    :param renderer: The renderer, as ``MarkdownIt(renderer_cls=...)`` takes it.
    :returns: The parser; ``md.options["ajo_dialect"]`` tells the renderer the dialect.
    """
    if dialect is Dialect.EXL:
        extensions = set(config.enable_extensions) - COLLIDING_EXTENSIONS
        config = config.copy(enable_extensions=extensions | EXL_EXTENSIONS)
    md = create_md_parser(config, renderer)
    md.options["ajo_dialect"] = dialect
    if config.commonmark_only or config.gfm_only:
        return md
    if dialect is Dialect.EXL:
        md.disable((*COLLIDING_RULES, *UNUSED_RULES))
        md.options["breaks"] = True
        # a single tilde means "about"
        md.options["strikethrough_single_tilde"] = False
    for construct in CONSTRUCTS:
        if construct.plugin is not None:
            construct.plugin(md, dialect=dialect)
    return md


def create_renderer(parser: MarkdownIt) -> AjoRenderer:
    """Create the renderer of docutils nodes, as :func:`create_markdown` takes it."""
    functions = {name: f for each in CONSTRUCTS for name, f in each.renderers.items()}
    name_headings = [each.name_heading for each in CONSTRUCTS if each.name_heading]
    return AjoRenderer(parser, functions=functions, name_headings=name_headings)


_idle: WeakKeyDictionary[Config, dict[Dialect, list[MarkdownIt]]] = WeakKeyDictionary()
# the unused parsers of each build


@contextmanager
def borrow_markdown(
    owner: Config, config: MdParserConfig, dialect: Dialect, renderer: _Renderer
) -> Iterator[MarkdownIt]:
    """Lend a parser for one text, and reuse it for later texts.

    Parsing is nested where a directive or a translated message contains Markdown.

    :param owner: Sphinx's configuration. All its texts have the same renderer.
    :returns: A context manager with the parser. Values in ``md.options`` persist for the next text,
        but for the document.
    """
    idle = _idle.setdefault(owner, {}).setdefault(dialect, [])
    md = idle.pop() if idle else None
    if md is None or md.options["ajo_config"] is not config:
        # the front matter of a page can configure MyST for this page
        md = create_markdown(config, dialect, renderer)
        md.options["ajo_config"] = config
    try:
        yield md
    finally:
        # the document knows its environment, which knows the owner: it would never be freed
        md.options.pop("document", None)
        forget_document(md.renderer)
        idle.append(md)
