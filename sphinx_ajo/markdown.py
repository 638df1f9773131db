"""Build the Markdown parser of a dialect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from myst_parser.parsers.mdit import create_md_parser

from sphinx_ajo.constructs import CONSTRUCTS
from sphinx_ajo.dialect import Dialect

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererProtocol
    from myst_parser.config.main import MdParserConfig

COLLIDING_RULES: Final = ("myst_block_break", "myst_line_comment", "myst_target", "myst_role")
"""MyST syntax that would swallow ExL text (section 8 of the reference)."""

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
"""MyST extensions that read ExL text as something else (section 8 of the reference)."""

EXL_EXTENSIONS: Final = frozenset(
    {"deflist", "replacements", "smartquotes", "strikethrough", "tasklist"}
)
"""MyST extensions that belong to ExL Markdown."""


def create_markdown(
    config: MdParserConfig,
    dialect: Dialect,
    renderer: Callable[[MarkdownIt], RendererProtocol],
) -> MarkdownIt:
    """Create a parser with the rules of a dialect.

    :param config: MyST's configuration, file level settings included.
    :param dialect: The dialect to read.
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
        md.disable(COLLIDING_RULES)
        md.options["breaks"] = True
        # a single tilde means "about"
        md.options["strikethrough_single_tilde"] = False
    for construct in CONSTRUCTS:
        if construct.plugin is not None:
            construct.plugin(md, dialect=dialect)
    return md
