"""Where a link leads: to which page, of the paths and addresses it may be written with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from sphinx_ajo.site.urls.official import Official
from sphinx_ajo.site.urls.pages import Pages


class Target(NamedTuple):
    """Where a link leads."""

    docname: str
    anchor: str = ""
    """What a redirect or an address says; empty for a path."""
    exact: bool = True
    """Whether the link is spelled as the page is."""
    moved: bool = False
    """Whether the page was found by a redirect."""


@dataclass(frozen=True)
class Resolver:
    """All that links are resolved with; made once for a build."""

    pages: Pages = field(default_factory=Pages)
    official: Official = field(default_factory=Official)
    localize: bool = True
    """Whether addresses on the official site may stand for pages of the project."""

    def resolve(self, path: str, url: str) -> Target | None:
        """Find the page that a link means.

        :param path: Its path from the source directory; empty if it has only an address.
        :param url: Its address on the official site; empty if it has only a path.
        :returns: Where it leads; ``None`` if to no page of the project.
        """
        if path and (found := self.pages.find(path)):
            return Target(found.docname, exact=found.exact)
        if url and self.localize and (local := self.official.find(url)):
            return Target(local.docname, local.anchor)
        if path.endswith(".md") and (local := self.official.moved(path)):
            return Target(local.docname, local.anchor, moved=True)
        return None

    def elsewhere(self, path: str) -> str:
        """Return the address of a page of the repository that is not built.

        :returns: Its address on the official site; empty if it has none.
        """
        return self.official.url(path.removesuffix(".md")) if path.endswith(".md") else ""

    def wants(self, url: str) -> bool:
        """Tell whether an address may stand for a page of the project.

        :returns: Whether it is worth to be resolved.
        """
        return self.localize and self.official.concerns(url)
