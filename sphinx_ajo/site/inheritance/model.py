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
        # identity and topics of a page
        *("title", "description", "short-description", "seo-title", "seo-description", "abstract"),
        *("exl-id", "tqid", "uuid", "id", "jira", "snippet", "internal", "title-outputclass"),
        *("duration", "thumbnail", "recommendations"),
        # the history of the file, and data of translators and taggers
        *("last-update", "last-substantial-update", "lastmodified", "source-git-commit"),
        *("git-commit", "git-edit", "git-issue", "source-wordcount", "ht-degree"),
        *("workflow-type", "translation-type", "translate", "translated"),
        *("autotag-review", "redpen-status"),
        # names and addresses of a guide or a repository
        *("hub-url", "tutorials-url", "getting-started-url", "breadcrumbs"),
        # its place in the navigation
        *("hide", "hidefromtoc", "hide-from-toc"),
        # entries for Sphinx and MyST
        *("myst", "orphan", "tocdepth", "nosearch", "no-search", "nocomments"),
    }
)
"""Keys, in lower case, that apply only to their own file."""

OWN_PREFIXES: Final = ("user-guide-", "guide-", "landing-page-", "breadcrumb-")
"""Prefixes of more such keys: names of guides and repositories."""


def is_inherited(key: str) -> bool:
    """Tell whether pages inherit an entry from their guide or repository.

    :returns: Whether they do. ``hide`` is a special case, see :func:`passed_on`.
    """
    key = key.lower()
    return key not in OWN and not key.startswith(OWN_PREFIXES)


def passed_on(front_matter: FrontMatter) -> dict[str, Value]:
    """Return the entries of a ``metadata.md`` or ``TOC.md`` that pages inherit.

    :returns: The inherited entries. ``hide: true`` does not hide the pages, because the same file
        defines their navigation; they inherit ``index: false`` instead.
    """
    entries = {key: value for key, value in front_matter.entries.items() if is_inherited(key)}
    if front_matter.flag("hide"):
        entries["index"] = "false"
    return entries


def inherit(own: FrontMatter, entries: Mapping[str, Value]) -> FrontMatter:
    """Add inherited entries to the front matter of a page.

    :param entries: The inherited entries of its guide and repository.
    :returns: All entries, those of the page first. An entry of the page itself takes precedence,
        even an empty one.
    """
    more = {key: value for key, value in entries.items() if key not in own.entries}
    return dc.replace(own, entries={**own.entries, **more}, inherited=frozenset(more))


@dc.dataclass(frozen=True, slots=True)
class Inheritance:
    """The entries that the pages of a repository can inherit."""

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

        :returns: The ``TOC.md`` that lists it, or else the one in its folder or the nearest parent
            folder; ``None`` if there is none.
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

        :returns: The entries of its guide and repository, regardless of its own.
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
    """Find the pages whose inherited entries have changed.

    :param pages: The pages, and the keys of their own entries.
    :returns: Their names, without pages whose own entry overrides the change.
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
