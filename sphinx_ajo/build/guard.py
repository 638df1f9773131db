"""Restrict a build to the files of its repository: pages, images, downloads, catalogs."""

from __future__ import annotations

import os
import re
from glob import glob, has_magic
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.util.i18n import get_image_filename_for_language
from sphinx.util.matching import Matcher

from sphinx_ajo.base.limits import Limits
from sphinx_ajo.base.problems import AjoWarnings
from sphinx_ajo.base.safe_paths import MOST_NAME
from sphinx_ajo.build.page_names import SafeProject
from sphinx_ajo.config import get_limits, trusted_folders
from sphinx_ajo.foreign.sphinx import ListedProject
from sphinx_ajo.language.dialect import DIALECT_KEY, Dialect
from sphinx_ajo.language.paths import find_root
from sphinx_ajo.project.boundary import OUTSIDE, UNREAD, boundary_of
from sphinx_ajo.project.domain import ENVIRONMENT
from sphinx_ajo.project.originals import original_of
from sphinx_ajo.project.repository import is_exl_project, repository_of
from sphinx_ajo.project.state import state_of
from sphinx_ajo.site.boundary import Boundary, make_boundary, real_path, repository_boundary
from sphinx_ajo.site.discovery import Finder, shown
from sphinx_ajo.warnings_ import warn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

    from sphinx_ajo.site.discovery import FileProblem

_EXCLUDED: Final = ("**/_sources", ".#*", "**/.#*", "*.lproj/**")
"""Paths that Sphinx never takes for pages."""

_MOST: Final = 4096 if os.name != "nt" else 260
"""The maximum length of an absolute path in bytes."""

_UNUSUAL: Final = re.compile(r"[\\*?\[\x00-\x1f]")
"""Characters of a path that need a closer check: wildcards, separators, control characters."""

_ROOM: Final = 64
"""The number of bytes that builders add to the name of a page: ``_sources/``, suffixes."""


def _note_boundary(app: Sphinx) -> None:
    env = app.env
    original = original_of(env)
    more = [original.root] if original else []
    boundary = make_boundary([*_own_boundary(app).folders, *more])
    state_of(env).boundary = boundary
    if isinstance(app.project, GuardedProject):
        app.project.boundary = boundary
        app.project.reports = True
    repository = repository_of(app)
    for path in repository.refused if repository else ():
        warn(AjoWarnings.OUTSIDE, UNREAD, shown(str(path)), location=None)


class GuardedProject(SafeProject, ListedProject):
    """The pages of a project whose files are untrusted."""

    boundary: Boundary | None = None
    """Which files it may read; ``None``: those in the source directory."""
    limits = Limits()
    reports = False
    """Whether to warn about skipped files: Sphinx looks for files twice."""
    longest = _MOST - MOST_NAME
    """The maximum length of the path of a page in bytes."""

    def guard(self, app: Sphinx, boundary: Boundary) -> None:
        """Set what the build allows."""
        self.boundary = boundary
        self.limits = get_limits(app.config)
        folders = (app.outdir, Path(app.doctreedir, "ajo"))
        self.longest = _MOST - _ROOM - max(len(os.fsencode(folder)) for folder in folders)

    def discover(
        self, exclude_paths: Iterable[str] = (), include_paths: Iterable[str] = ("**",)
    ) -> set[str]:
        """Find all pages; warn about files that cannot be pages.

        :param exclude_paths: Patterns of files that are not pages.
        """
        srcdir = str(self.srcdir)
        finder = Finder(
            self.boundary or make_boundary([srcdir]),
            self.source_suffix,
            is_wanted=Matcher(list(include_paths)),
            is_excluded=Matcher([*exclude_paths, *_EXCLUDED]),
            most_linked=self.limits.linked_files,
            longest=self.longest,
        )
        found = finder.find(srcdir)
        for problem in found.problems if self.reports else ():
            _report(problem, self.limits)
        return self.take(found.paths)


def _report(problem: FileProblem, limits: Limits) -> None:
    path, kind = problem
    if kind == "outside":
        warn(AjoWarnings.OUTSIDE, OUTSIDE, path, location=None)
    elif kind == "limit":
        message = (
            "more than %d files and folders are reached through symbolic links (linked_files); "
            "those from %r on are left out"
        )
        warn(AjoWarnings.LIMIT, message, limits.linked_files, path, location=None)
    else:
        warn(AjoWarnings.FILE, "%r is left out: %s", path, kind, location=None)


class OutsideTransform(SphinxTransform):
    """Remove images and files outside the repository from ExL pages.

    Sphinx would copy each image and file that a page names, wherever it is.
    """

    # when their paths are final (the spelling of files is mended at 500), before the domains note
    # ids (SphinxDomains, 850), and before images and files are collected (doctree-read, 880)
    default_priority = 845

    def apply(self, **_kwargs: Any) -> None:
        """Keep their texts, with a warning for each."""
        if self.env.temp_data.get(DIALECT_KEY) is not Dialect.EXL:
            return
        boundary = boundary_of(self.env)
        inside = _Inside(boundary, str(self.env.srcdir))
        for image in list(self.document.findall(nodes.image)):
            uri = str(image.get("uri", ""))
            if not _is_read(uri) or all(map(inside, _names(self.env, uri))):
                continue
            refused = _first_refused(boundary, _images(self.env, uri))
            if refused is not None:
                alt = str(image.get("alt", ""))
                self._replace(image, uri, refused, [nodes.Text(alt)] if alt else [])
        for link in list(self.document.findall(addnodes.download_reference)):
            uri = str(link["reftarget"])
            if not _is_read(uri) or inside(uri):
                continue
            refused = _first_refused(boundary, [_file(self.env, uri)])
            if refused is not None:
                self._replace(link, uri, refused, link.children)

    def _replace(
        self, node: nodes.Element, uri: str, path: str, children: Sequence[nodes.Node]
    ) -> None:
        """Replace an image or a link by its text, and warn."""
        if path:
            # read the page again if another file takes its place
            self.env.note_dependency(uri.removeprefix("/"))
            warn(AjoWarnings.OUTSIDE, OUTSIDE, uri.removeprefix("/"), location=node)
        else:
            message = "%r is not the path of a file; the text stays"
            warn(AjoWarnings.LINK_MISSING, message, uri.removeprefix("/"), location=node)
        text = nodes.inline("", "", *children, ids=node["ids"], names=node["names"])
        text.source, text.line = node.source, node.line
        for id_ in text["ids"]:
            self.document.ids[id_] = text
        inline = isinstance(node.parent, nodes.TextElement)
        node.replace_self(text if inline else nodes.paragraph("", "", text))


class _Inside:
    """A fast check that most files of a page are in the repository.

    Resolving all symbolic links in the path of each file would take longer than all other checks.
    """

    def __init__(self, boundary: Boundary, srcdir: str) -> None:
        self._boundary = boundary
        self._srcdir = srcdir
        self._real_folders: dict[str, str] = {}

    def __call__(self, uri: str) -> bool:
        """Tell whether a file is inside for sure; otherwise it needs a closer check."""
        folder, name = os.path.split(uri)
        if folder[:1] != "/" or folder[:2] == "//" or name in ("", "..") or _UNUSUAL.search(uri):
            return False
        real = self._real_folders.get(folder)
        if real is None:
            real = self._real_folders[folder] = real_path(os.path.join(self._srcdir, folder[1:]))  # noqa: PTH118
        path = os.path.join(real, name) if real else ""  # noqa: PTH118
        return self._boundary.holds_real(path) and not os.path.islink(path)  # noqa: PTH114


def _is_read(uri: str) -> bool:
    """Tell whether Sphinx would read a file for a node."""
    return not uri.startswith("data:") and "://" not in uri


def _first_refused(boundary: Boundary, paths: Iterable[str]) -> str | None:
    """Return the first path that must not be read; ``None`` if all are allowed."""
    return next((path for path in paths if not boundary.holds(path)), None)


def _file(env: BuildEnvironment, uri: str) -> str:
    """Return the file that Sphinx would read; empty if the path is invalid."""
    try:
        return env.relfn2path(uri, env.docname)[1]
    except (OSError, ValueError, RuntimeError):  # symbolic links in a circle
        return ""


def _names(env: BuildEnvironment, uri: str) -> Iterable[str]:
    """Return the names by which Sphinx looks for an image."""
    return dict.fromkeys((uri, get_image_filename_for_language(uri, env)))


def _images(env: BuildEnvironment, uri: str) -> Iterator[str]:
    """Yield all files that Sphinx may use for an image."""
    for name in _names(env, uri):
        path = _file(env, name)
        if not name.endswith(".*"):
            yield path
        elif has_magic(name[:-2]):
            # other wildcards than the suffix would match in folders
            yield ""
        else:
            yield os.path.dirname(path)  # noqa: PTH120
            yield from map(_printable, glob(path))  # noqa: PTH207


def _printable(path: str) -> str:
    return path if shown(path) == path else ""


def _outdated(app: Sphinx, env: BuildEnvironment, *_changes: object) -> list[str]:
    """Name the pages with an image or file that has become a symbolic link to the outside."""
    if not isinstance(app.project, GuardedProject):
        return []
    boundary = boundary_of(env)
    changed: set[str] = set()
    for files in (env.images, env.dlfiles):
        for path, (docnames, _) in files.items():
            if not boundary.holds(Path(env.srcdir, path)):
                changed |= docnames
    return sorted(changed & env.found_docs)


def _use_project(app: Sphinx, env: BuildEnvironment) -> None:
    """Use a guarded project before Sphinx looks for files for the first time."""
    if is_exl_project(app):
        project = GuardedProject(app.srcdir, app.config.source_suffix)
        project.restore(app.project)
        project.guard(app, _own_boundary(app))
        app.project = env.project = project


def _own_boundary(app: Sphinx) -> Boundary:
    """Return the boundary of a project as far as it is known without an environment."""
    repository = repository_of(app)
    srcdir = Path(app.srcdir)
    root = repository.root if repository else find_root(srcdir)
    return make_boundary([*repository_boundary(root, srcdir).folders, *trusted_folders(app)])


def _leave_out_catalogs(app: Sphinx, config: Config) -> None:
    """Leave out folders of catalogs that contain symbolic links: Sphinx writes to their targets."""
    if not is_exl_project(app):
        return
    boundary = _own_boundary(app)
    kept = [name for name in config.locale_dirs if _are_inside(app, name, boundary)]
    if kept != list(config.locale_dirs):
        config.locale_dirs = kept


def _are_inside(app: Sphinx, name: str, boundary: Boundary) -> bool:
    """Tell whether a whole folder of catalogs is in the repository."""
    start = os.path.normpath(Path(app.srcdir, name))
    if not Path(start).is_dir() or not Path(start).is_relative_to(app.srcdir):
        # a folder elsewhere was chosen by the user
        return True
    for path in _links(start):
        if not boundary.holds(path):
            location = shown(os.path.relpath(path, app.srcdir))
            warn(AjoWarnings.OUTSIDE, OUTSIDE, location, location=None)
            return False
    return True


def _links(start: str) -> Iterator[str]:
    """Yield a folder and all symbolic links in it."""
    yield start
    for place, folders, files in os.walk(start):
        paths = (os.path.join(place, entry) for entry in (*folders, *files))  # noqa: PTH118
        yield from filter(os.path.islink, paths)


def setup_guard(app: Sphinx) -> None:
    """Register the handlers and the transform."""
    app.add_event(ENVIRONMENT)
    app.connect("config-inited", _leave_out_catalogs, priority=840)
    # after the original has been found (400), before the navigation is built (500)
    app.connect("builder-inited", _note_boundary, priority=450)
    app.connect(ENVIRONMENT, _use_project)
    app.connect("env-get-outdated", _outdated)
    app.add_transform(OutsideTransform)
