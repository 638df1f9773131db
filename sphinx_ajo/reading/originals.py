"""Parse the original of the page that is being read, once for all callers."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig

from sphinx_ajo.constructs.includes.library import assemble_page
from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.language.encodings import decode, with_line_feeds
from sphinx_ajo.language.front_matter import FRONT_MATTER_KEY, read_page_front_matter
from sphinx_ajo.reading.markdown import create_markdown

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token
    from sphinx.environment import BuildEnvironment

    from sphinx_ajo.language.source import Source

_PARSED: Final = "ajo_parsed_original"
"""The key of ``env.temp_data`` for the original, if all of it has been parsed."""


class ParsedPage(NamedTuple):
    """A page as tokens."""

    tokens: list[Token]
    sandbox: dict[str, Any]
    source: Source | None = None
    """The texts that it is composed of, if it includes something."""


def parse_original(
    env: BuildEnvironment, path: str, root: str, *, whole: bool = False
) -> ParsedPage | None:
    """Parse a page that is not in the project.

    The file, and the files that it includes, become dependencies of the page being read.

    :param env: The build environment, reading the translation of the page.
    :param root: The root of the repository it is in.
    :param whole: Whether more than the headings and the links to ids is needed.
    :returns: The page; ``None`` if it cannot be read. Without `whole`, texts other than headings
        and links to ids may be empty.
    """
    known: ParsedPage | None = env.temp_data.get(_PARSED)
    if known is not None:
        return known
    env.note_dependency(path)
    try:
        text = with_line_feeds(decode(Path(path).read_bytes()))
    except OSError:
        return None
    source = assemble_page(text, _parser(whole=whole), env, path, root)
    page = _parse(source.text if source else text, whole=whole)._replace(source=source)
    if whole:
        env.temp_data[_PARSED] = page
    return page


def _parse(text: str, *, whole: bool) -> ParsedPage:
    text = text.rstrip("\n") + "\n"
    if not whole:
        # its title may be its first heading; parsing the YAML of each page would cost more
        sandbox: dict[str, Any] = {}
        tokens = _parser(whole=False).parse(text, sandbox)
        if any(token.type == "heading_open" and token.tag == "h1" for token in tokens):
            return ParsedPage(tokens, sandbox)
    sandbox = {FRONT_MATTER_KEY: read_page_front_matter(text)}
    return ParsedPage(_parser(whole=whole).parse(text, sandbox), sandbox)


@cache
def _parser(*, whole: bool) -> MarkdownIt:
    md = create_markdown(MdParserConfig(), Dialect.EXL, RendererHTML)
    if not whole:
        md.core.ruler.before("inline", "ajo_only_headings", _only_headings_rule)
    return md


def _only_headings_rule(state: StateCore) -> None:
    """Skip all text except links to ids: inline markup is the costly part of a page."""
    before = ""
    for token in state.tokens:
        if token.type == "inline" and before != "heading_open" and not _has_link(token.content):
            token.content = ""
        before = token.type


def _has_link(text: str) -> bool:
    return "](" in text and "#" in text
