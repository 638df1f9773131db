"""Read the headings of an original, and as little else of it as possible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_ajo.constructs.headings import heading_ids
from sphinx_ajo.reading.originals import parse_original
from sphinx_ajo.site.originals.align import Heading

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


def read_headings(env: BuildEnvironment, path: str, root: str) -> list[Heading]:
    """Read the headings of a page that is not in the project.

    The page being read depends on the file, and on those that it includes.

    :param env: The build environment, reading a page.
    :param root: The root of the repository it is in.
    :returns: Its headings; none if it cannot be read.
    """
    page = parse_original(env, path, root)
    found = heading_ids(page.tokens, page.sandbox) if page else ()
    return [Heading(int(token.tag[1]), id_, slug) for token, id_, slug in found]
