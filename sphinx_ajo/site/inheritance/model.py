"""Which entries a page inherits, and from where. No Sphinx, no files.

Entries come from ``metadata.md``, then from the front matter of the ``TOC.md`` of the guide, then
from the page. The nearest one wins, as a whole: lists and maps are not merged.
"""

from __future__ import annotations

import dataclasses as dc
import posixpath
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from sphinx_ajo.language.front_matter import FrontMatter
    from sphinx_ajo.language.safe_yaml import Value

OWN: Final = frozenset(
    {
        # what a page is, and what it is about
        *("title", "description", "short-description", "seo-title", "seo-description", "abstract"),
        *("exl-id", "tqid", "uuid", "id", "jira", "snippet", "internal", "title-outputclass"),
        *("duration", "thumbnail", "recommendations"),
        # its history, and the work of translators and taggers on the file
        *("last-update", "last-substantial-update", "lastmodified", "source-git-commit"),
        *("git-commit", "git-edit", "git-issue", "source-wordcount", "ht-degree"),
        *("workflow-type", "translation-type", "translate", "translated"),
        *("autotag-review", "redpen-status"),
        # names and addresses of a guide or a repository
        *("hub-url", "tutorials-url", "getting-started-url", "breadcrumbs"),
        # its place in the navigation
        *("hide", "hidefromtoc", "hide-from-toc"),
        # what Sphinx and MyST read
        *("myst", "orphan", "tocdepth", "nosearch", "no-search", "nocomments"),
    }
)
"""Keys, in lower case, that hold for nothing but the file they stand in."""

OWN_PREFIXES: Final = ("user-guide-", "guide-", "landing-page-", "breadcrumb-")
"""How the names of more such keys begin: those that name a guide or a repository."""


def is_inherited(key: str) -> bool:
    """Tell whether pages take an entry from their guide or repository.

    :returns: Whether they do. ``hide`` is an exception of its own, see :func:`passed_on`.
    """
    key = key.lower()
    return key not in OWN and not key.startswith(OWN_PREFIXES)


def passed_on(front_matter: FrontMatter) -> dict[str, Value]:
    """Return what a ``metadata.md`` or ``TOC.md`` says of its pages.

    :returns: The entries that are inherited. ``hide: true`` does not take the pages out of the
        navigation, which the very file describes; it passes on ``index: false``.
    """
    entries = {key: value for key, value in front_matter.entries.items() if is_inherited(key)}
    if front_matter.flag("hide"):
        entries["index"] = "false"
    return entries


def inherit(own: FrontMatter, entries: Mapping[str, Value]) -> FrontMatter:
    """Add what a page inherits to its own front matter.

    :param entries: What its guide and repository pass on.
    :returns: All entries, those of the page first. An own entry wins, also an empty one.
    """
    more = {key: value for key, value in entries.items() if key not in own.entries}
    return dc.replace(own, entries={**own.entries, **more}, inherited=frozenset(more))


@dc.dataclass(frozen=True, slots=True)
class Inheritance:
    """What the files above the pages of a repository pass on."""

    repository: Mapping[str, Value] = dc.field(default_factory=dict)
    """The entries of ``metadata.md``."""
    guides: Mapping[str, Mapping[str, Value]] = dc.field(default_factory=dict)
    """``TOC.md``, from the source directory → its entries and those of the repository."""
    listed: Mapping[str, str] = dc.field(default_factory=dict)
    """Page → the ``TOC.md`` that lists it."""
    folders: Mapping[str, str] = dc.field(default_factory=dict)
    """Folder → the ``TOC.md`` in it."""

    def guide(self, docname: str) -> str | None:
        """Return the guide of a page.

        :returns: The ``TOC.md`` that lists it, else the one in its folder or the nearest above;
            ``None`` if there is none.
        """
        if docname in self.listed:
            return self.listed[docname]
        folder = docname
        while folder:
            folder = posixpath.dirname(folder)
            if folder in self.folders:
                return self.folders[folder]
        return None

    def entries(self, docname: str) -> Mapping[str, Value]:
        """Return what a page can inherit.

        :returns: The entries of its guide and repository, its own ones not regarded.
        """
        guide = self.guide(docname)
        return self.repository if guide is None else self.guides.get(guide, self.repository)


def read_inheritance(
    repository: FrontMatter,
    guides: Iterable[tuple[str, FrontMatter]],
    listed: Mapping[str, str],
) -> Inheritance:
    """Collect what pages can inherit.

    :param repository: The front matter of ``metadata.md``.
    :param guides: Each ``TOC.md``, and its front matter.
    :param listed: Page → the ``TOC.md`` that lists it.
    """
    common = passed_on(repository)
    entries = {path: {**common, **passed_on(front_matter)} for path, front_matter in guides}
    folders = {posixpath.dirname(path): path for path in entries}
    return Inheritance(common, entries, dict(listed), folders)


def changed_pages(
    old: Inheritance, new: Inheritance, pages: Mapping[str, Collection[str]]
) -> set[str]:
    """Find the pages that inherit something else than before.

    :param old: What was passed on when they were read.
    :param pages: The pages, and the names of the entries of their own.
    :returns: Their names. A page whose own entry hides the change is not among them.
    """
    differences: dict[tuple[str | None, str | None], frozenset[str]] = {}
    changed = set()
    for docname, own in pages.items():
        guides = (old.guide(docname), new.guide(docname))
        if guides not in differences:
            differences[guides] = _difference(old.entries(docname), new.entries(docname))
        if not differences[guides].issubset(own):
            changed.add(docname)
    return changed


def _difference(old: Mapping[str, Value], new: Mapping[str, Value]) -> frozenset[str]:
    return frozenset(key for key in {*old, *new} if old.get(key) != new.get(key))
