"""A Sphinx project that contains, besides its files, the generated pages of ``TOC.md``.

Sphinx reads pages from files, so these are written below the doctree folder, never into the
sources. They are written only when they change, so that Sphinx reads them again only then.
"""

from __future__ import annotations

import json
import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.builders.html import StandaloneHTMLBuilder

from sphinx_ajo.build.guard import GuardedProject
from sphinx_ajo.language.encodings import read_text
from sphinx_ajo.language.paths import local_path, remove_inside, write_if_changed
from sphinx_ajo.site.boundary import make_boundary
from sphinx_ajo.site.repository import EXCLUDED
from sphinx_ajo.site.toc.folders import about_repository, build_folders, readme_of
from sphinx_ajo.site.toc.heads import HiddenPages
from sphinx_ajo.site.toc.parse import HIDE, parse_toc
from sphinx_ajo.site.toc.site import Site, SiteProblem, Source, build_site, page_name
from sphinx_ajo.site.urls.official import official_paths

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable

    from sphinx.application import Sphinx

    from sphinx_ajo.base.contents import FileContents
    from sphinx_ajo.base.limits import Limits
    from sphinx_ajo.site.boundary import Boundary
    from sphinx_ajo.site.originals.model import Original
    from sphinx_ajo.site.repository import Repository
    from sphinx_ajo.site.toc.heads import Known
    from sphinx_ajo.site.toc.model import Entry, Guide
    from sphinx_ajo.site.toc.site import Page, ProblemKind

DIRECTIVE = "ajo-toc"
"""The directive in a generated page."""

SUFFIX = ".md"
"""The suffix of generated files."""


class RepositoryProject(GuardedProject):
    """The pages of an ExL repository, or of any folder that has no root document.

    ``site`` is its navigation. ``paths`` are the paths of its pages on the official site, and
    ``outside`` those of pages outside the source directory. ``found`` is called each time after
    pages have been found, before Sphinx looks for outdated ones.
    """

    def __init__(
        self,
        srcdir: Path,
        source_suffix: Iterable[str],
        *,
        repository: Repository,
        folder: Path,
        root_doc: str,
        title: str,
        known: Known,
        contents: FileContents,
        limits: Limits,
        original: Original | None = None,
    ) -> None:
        """Set all folders.

        :param title: The title of the root page, if it is generated.
        :param known: The heads of pages that an earlier build has read; it is updated.
        """
        super().__init__(srcdir, source_suffix)
        self.site = Site()
        self.paths: dict[str, str] = {}
        self.changed = False
        self.repository = repository
        self.prefix = repository.prefix
        self.outside: dict[str, str] = {}
        self.found: Callable[[], None] | None = None
        self.listed_in: dict[str, str] = {}
        self._folder = folder
        self._root_doc = root_doc
        self._title = title
        self._hidden = HiddenPages(self._file, known, contents)
        self._limits = limits
        self._original = original

    def discover(
        self, exclude_paths: Iterable[str] = (), include_paths: Iterable[str] = ("**",)
    ) -> set[str]:
        """Find all pages, including generated ones.

        :param exclude_paths: Patterns of files that are not pages.
        """
        folder = os.path.relpath(self._folder, self.srcdir).replace(os.sep, "/")
        self.site = Site()
        # a project that was not recognized as a repository during setup lacks these
        more = EXCLUDED if self.repository.plain else ()
        found = super().discover([*exclude_paths, *more, f"{folder}/**"], include_paths)
        found -= {name for name in found if not self._file(name).is_file()}
        self._hidden.forget(found)
        sources = self._sources()
        self.outside = self._outside()
        self.paths = official_paths(sources, found, partial(page_name, self._resolve))
        site = self._build(sources, found)
        # a page belongs to its guide, even if another root document defines the navigation
        self.listed_in = site.guides
        generated: dict[str, Page] = {}
        own = self._root_doc in found and not site.start
        if not own or (sources and not self._may_have_toctree(self._root_doc)):
            self.site = site
            generated = {name: page for name, page in self.site.pages.items() if page.generated}
            for name, page in generated.items():
                write_if_changed(self._path(name), _source(page), self._folder)
            found.update(generated)
        self._clear(generated)
        if self.found is not None:
            self.found()
        return found

    def doc2path(self, docname: str, absolute: bool) -> Any:
        """Return the file of a page.

        :returns: The path. Relative to the sources, a generated page has the path that a source
            file would have, so that the path depends on no folder of this machine. The same is true
            of a root page that is read from a ``README``: Sphinx expects its path to begin with the
            name of the page.
        """
        path = super().doc2path(docname, absolute)
        if self.site.start and docname == self._root_doc:
            start = Path(self.srcdir, self.site.start)
            return type(path)(start if absolute else f"{docname}{start.suffix}")
        if not self.is_generated(docname):
            return path
        return type(path)(self._path(docname) if absolute else f"{docname}{SUFFIX}")

    def path2doc(self, filename: str | os.PathLike[str]) -> str | None:
        """Return the name of the page of a file.

        :param filename: The file, absolute or relative to the source directory.
        :returns: The name; ``None`` if it is not a page.
        """
        start = self.site.start
        if start and Path(self.srcdir, filename) == Path(self.srcdir, start):
            return self._root_doc
        return super().path2doc(filename)

    def is_generated(self, docname: str) -> bool:
        """Tell whether a page has no file in the sources."""
        page = self.site.pages.get(docname)
        return page is not None and page.generated

    def _build(self, sources: list[Source], found: set[str]) -> Site:
        """Build the tree from the guides, or else from the folders.

        :param found: The pages; files that turn out not to be pages are removed.
        """
        root, title = self._root_doc, self._title
        if sources or root in found:
            docnames = frozenset(found)
            args = (sources, docnames, self._resolve, root, title, self._hidden, self._limits)
            return build_site(*args)
        exl = not self.repository.plain or any(map(self._hidden.is_exl, sorted(found)))
        if not self.repository.plain:
            found -= about_repository(found)
        start = self._rename_readme(found)
        depth = self._limits.toc_depth
        site = build_folders(frozenset(found), root, title, self._hidden, depth)
        if start:
            site.start = start
            site.guide_pages = {start: root}
        kind: ProblemKind = "empty"
        if found:
            kind = "absent" if exl else "plain"
        folder = str(self.repository.root)
        site.problems.append(SiteProblem(self.repository.metadata_path, 1, folder, kind))
        return site

    def _may_have_toctree(self, docname: str) -> bool:
        """Tell whether the text of a page contains the name of the directive, in any syntax."""
        path = self._file(docname)
        return not path.is_file() or "toctree" in read_text(path).lower()

    def _rename_readme(self, found: set[str]) -> str:
        """Use the ``README`` as the start page.

        :returns: Its file, from the source directory; empty if there is none.
        """
        readme = readme_of(found)
        if not readme:
            return ""
        found.remove(readme)
        found.add(self._root_doc)
        return str(super().doc2path(readme, absolute=False)).replace(os.sep, "/")

    def _file(self, docname: str) -> Path:
        return Path(self.doc2path(docname, absolute=True))

    def _path(self, docname: str) -> Path:
        return self._folder / f"{docname}{SUFFIX}"

    def _clear(self, generated: Container[str]) -> None:
        """Remove the pages that only an earlier build has generated."""
        for path in list(self._folder.rglob(f"*{SUFFIX}")):
            # folders may have such names, too
            if not path.is_file():
                continue
            if path.relative_to(self._folder).as_posix().removesuffix(SUFFIX) not in generated:
                remove_inside(path, self._folder)

    def _sources(self) -> list[Source]:
        sources = read_sources(Path(self.srcdir), self.repository, self._limits)
        if self._original is not None:
            for source in sources:
                self._hide(source, self._original.toc(source.path))
        return sources

    def _hide(self, source: Source, original: str) -> None:
        """Hide the entries that the original hides: translation tools lose the marker."""
        text = read_text(Path(original)) if original else ""
        if HIDE not in text.lower():
            return
        hidden = {
            self._page_of(source, entry)
            for entry, _ in parse_toc(text, read_inline, self._limits).walk()
            if entry.hidden
        }
        for entry, _ in source.guide.walk():
            if self._page_of(source, entry) in hidden - {""}:
                entry.hidden = True

    def _page_of(self, source: Source, entry: Entry) -> str:
        if not entry.target or entry.is_external:
            return ""
        return page_name(self._resolve, source.path, entry.target)

    def _resolve(self, page: str, target: str) -> str:
        return local_path(page, target, self.prefix)

    def _guide(self, path: str) -> Guide:
        return parse_toc(read_text(Path(self.srcdir, path)), read_inline, self._limits)

    def _outside(self) -> dict[str, str]:
        """Return the official paths of pages in guides that are not built."""
        sources = [Source(path, self._guide(path)) for path in self.repository.others]
        files = _Files(self.srcdir, self.boundary or make_boundary([self.srcdir]))
        return official_paths(sources, files, partial(page_name, self._resolve))


def keeps_ledger(app: Sphinx) -> bool:
    """Tell whether a build keeps a ledger.

    :returns: Whether it writes the pages of an ExL repository as a web site.
    """
    builder = app.builder
    return (
        builder.name in ("html", "dirhtml")
        and isinstance(builder, StandaloneHTMLBuilder)
        and isinstance(app.project, RepositoryProject)
    )


class _Files:
    """The pages that have a file, in any folder."""

    def __init__(self, srcdir: Any, boundary: Boundary) -> None:
        self._srcdir = srcdir
        self._boundary = boundary

    def __contains__(self, docname: object) -> bool:
        return self._boundary.file(Path(self._srcdir, f"{docname}.md"))


def read_sources(srcdir: Path, repository: Repository, limits: Limits) -> list[Source]:
    """Read the guides of a repository."""
    sources = []
    for path, front in zip(repository.tocs, repository.guides, strict=True):
        title, description = (
            front.text(key) for key in ("user-guide-title", "user-guide-description")
        )
        guide = parse_toc(read_text(srcdir / path), read_inline, limits)
        sources.append(Source(path, guide, title, description))
    return sources


def read_inline(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Parse the Markdown of a TOC entry.

    :returns: Its text as readers see it, and its links as pairs of text and target.
    """
    from sphinx_ajo.build.toc.inline import read

    return read(text)


def _source(page: Page) -> str:
    """Return the Markdown of a generated page."""
    front = {"title": page.title, "description": page.description or page.title}
    # other characters are escaped: some end lines, and directives are parsed by lines
    content = {"entries": page.entries, "within": page.within} if page.within else page.entries
    body = json.dumps(content, indent=0)
    lines = [f"{key}: {json.dumps(text, ensure_ascii=False)}" for key, text in front.items()]
    return "\n".join(["---", *lines, "---", "", f"```{{{DIRECTIVE}}}", body, "```", ""])
