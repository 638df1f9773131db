"""Read the headings of an original, its links to ids, and as little else of it as possible."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig

from sphinx_ajo.constructs.headings import heading_ids
from sphinx_ajo.constructs.includes.library import assemble_page
from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.language.front_matter import FRONT_MATTER_KEY, read_page_front_matter
from sphinx_ajo.reading.markdown import create_markdown
from sphinx_ajo.site.originals.align import Heading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token
    from sphinx.environment import BuildEnvironment


class OriginalPage(NamedTuple):
    """What is read of a page of an original."""

    headings: list[Heading]
    links: list[str]
    """The targets of its links to ids, in their order."""


def read_original(env: BuildEnvironment, path: str, root: str) -> OriginalPage:
    """Read the headings of a page that is not in the project, and its links to ids.

    The page being read depends on the file, and on those that it includes.

    :param env: The build environment, reading a page.
    :param path: The file.
    :param root: The root of the repository it is in.
    :returns: What is there; nothing if it cannot be read.
    """
    env.note_dependency(path)
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return OriginalPage([], [])
    source = assemble_page(text, _parser(), env, path, root)
    return _read(source.text if source else text)


def headings_of(text: str) -> list[Heading]:
    """Find the headings of a text.

    :param text: A page, with all that it includes.
    :returns: Its headings, with the ids that they have on its site.
    """
    return _read(text).headings


def _read(text: str) -> OriginalPage:
    text = text.rstrip("\n") + "\n"
    found = _headings(text, {})
    if any(heading.level == 1 for heading in found.headings):
        return found
    # its title is its first heading; to read the YAML of each page would cost more
    front_matter = read_page_front_matter(text)
    return _headings(text, {FRONT_MATTER_KEY: front_matter})


def _headings(text: str, sandbox: dict[str, object]) -> OriginalPage:
    tokens = _parser().parse(text, sandbox)
    headings = [
        Heading(int(token.tag[1]), id_, slug) for token, id_, slug in heading_ids(tokens, sandbox)
    ]
    return OriginalPage(headings, list(_links(tokens)))


def _links(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        for child in token.children or ():
            target = str(child.attrGet("href") or "") if child.type == "link_open" else ""
            if "#" in target:
                yield target


def _has_link(text: str) -> bool:
    return "](" in text and "#" in text


@cache
def _parser() -> MarkdownIt:
    md = create_markdown(MdParserConfig(), Dialect.EXL, RendererHTML)
    md.core.ruler.before("inline", "ajo_only_headings", _only_headings_rule)
    return md


def _only_headings_rule(state: StateCore) -> None:
    """Leave out all other text but links to ids: inline markup is the costly part of a page."""
    before = ""
    for token in state.tokens:
        if token.type == "inline" and before != "heading_open" and not _has_link(token.content):
            token.content = ""
        before = token.type
