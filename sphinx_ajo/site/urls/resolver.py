"""Resolve a path or an address in a link to a page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from sphinx_ajo.site.urls.official import Official
from sphinx_ajo.site.urls.pages import Pages


class Target(NamedTuple):
    """The target of a link."""

    docname: str
    anchor: str = ""
    """The anchor from a redirect or an address; empty for a path."""
    exact: bool = True
    """Whether the link has the exact spelling of the page."""
    moved: bool = False
    """Whether the page was found by a redirect."""


@dataclass(frozen=True)
class Resolver:
    """The data for resolving links; created once for a build."""

    pages: Pages = field(default_factory=Pages)
    official: Official = field(default_factory=Official)
    localize: bool = True
    """Whether addresses on the official site can belong to pages of the project."""

    def resolve(self, path: str, url: str) -> Target | None:
        """Find the page of a link.

        :param path: Its path from the source directory; empty if it has only an address.
        :param url: Its address on the official site; empty if it has only a path.
        :returns: The target; ``None`` if it is not a page of the project.
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
        """Tell whether an address may belong to a page of the project.

        :returns: Whether the link with it has to be resolved.
        """
        return self.localize and self.official.concerns(url)
