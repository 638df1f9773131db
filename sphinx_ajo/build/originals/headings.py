"""Parse the headings of an original and its links to ids, and as little else as possible."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sphinx_ajo.constructs.headings import heading_ids
from sphinx_ajo.reading.originals import parse_original
from sphinx_ajo.site.originals.align import Heading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token
    from sphinx.environment import BuildEnvironment


class OriginalPage(NamedTuple):
    """What is parsed of a page of an original."""

    headings: list[Heading]
    links: list[str]
    """The targets of its links to ids, in their order."""


def read_original(env: BuildEnvironment, path: str, root: str) -> OriginalPage:
    """Read the headings of a page that is not in the project, and its links to ids.

    The page being read depends on the file, and on those that it includes.

    :param env: The build environment, reading a page.
    :param root: The root of the repository it is in.
    :returns: Its headings and links; none if it cannot be read.
    """
    page = parse_original(env, path, root)
    if page is None:
        return OriginalPage([], [])
    found = heading_ids(page.tokens, page.sandbox)
    headings = [Heading(int(token.tag[1]), id_, slug) for token, id_, slug in found]
    return OriginalPage(headings, list(_links(page.tokens)))


def _links(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        for child in token.children or ():
            target = str(child.attrGet("href") or "") if child.type == "link_open" else ""
            if "#" in target:
                yield target
