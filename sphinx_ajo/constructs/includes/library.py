"""Find the files that pages include, and keep Sphinx up to date about them."""

from __future__ import annotations

import os
import posixpath
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_ajo.base.limits import limits_of
from sphinx_ajo.base.problems import AjoWarnings
from sphinx_ajo.constructs.includes.fragments import included_lines, snippet_lines
from sphinx_ajo.constructs.includes.snippets import (
    SNIPPET_FILES,
    note_snippet,
    snippet_file,
)
from sphinx_ajo.constructs.includes.syntax import KNOWN_KEY, PATTERN_KEY, find_placeholders
from sphinx_ajo.language.encodings import decode, with_line_feeds
from sphinx_ajo.language.source import SOURCE_KEY, Fragment, IncludeError, assemble
from sphinx_ajo.language.suggestions import nearest_name
from sphinx_ajo.project.boundary import boundary_of
from sphinx_ajo.project.encodings import report_misfit_of
from sphinx_ajo.project.missing_files import note_missing_file
from sphinx_ajo.project.originals import original_of
from sphinx_ajo.project.repository import repository_root
from sphinx_ajo.warnings_ import warn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, MutableMapping

    from markdown_it import MarkdownIt
    from sphinx.environment import BuildEnvironment

    from sphinx_ajo.language.source import Line, Placeholder, Source
    from sphinx_ajo.site.originals.model import Original


def expand(
    text: str, md: MarkdownIt, env: BuildEnvironment, sandbox: MutableMapping[str, Any]
) -> str:
    """Insert all includes of a page.

    :param env: The build environment, where dependencies of the page are recorded.
    :param sandbox: The parser's sandbox for the page; the :class:`.Source` is put there.
    """
    if "{{" not in text or PATTERN_KEY not in md.options:
        return text
    library = Library(env, str(repository_root(env)), original_of(env))
    sandbox[KNOWN_KEY] = library.is_snippet
    path = str(env.doc2path(env.docname))
    source = assemble(
        text, path, partial(find_placeholders, md), library.load, limits_of(md.options)
    )
    if source is None:
        return text
    for problem in source.problems:
        location = f"{problem.path}:{problem.line}"
        warn(problem.warning, problem.message, *problem.args, location=location)
    sandbox[SOURCE_KEY] = source
    return source.text


def assemble_page(
    text: str, md: MarkdownIt, env: BuildEnvironment, path: str, root: str
) -> Source | None:
    """Insert all includes of a page of another repository.

    :param env: The build environment, where dependencies of the page being read are recorded.
    :returns: The whole page; ``None`` if it includes nothing.
    """
    if "{{" not in text:
        return None
    return assemble(text, path, partial(find_placeholders, md), Library(env, root).load)


def _missing(message: str, similar: str, *args: str) -> IncludeError:
    if similar:
        message, args = f"{message}; did you mean %r?", (*args, similar)
    return IncludeError(AjoWarnings.INCLUDE_MISSING, message, *args)


class Library:
    """The texts that pages of a repository can include, for one page."""

    def __init__(self, env: BuildEnvironment, root: str, original: Original | None = None) -> None:
        """Prepare for a repository.

        :param env: The build environment, reading the page.
        :param original: The original of the repository: missing texts are taken from there.
        """
        self._env = env
        self._root = Path(root)
        self._original = original
        self._boundary = boundary_of(env)
        self._texts: dict[str, str] = {}

    def load(self, placeholder: Placeholder, origin: str) -> Fragment:
        """Return the text for a placeholder.

        :raises IncludeError: If there is none.
        """
        if placeholder.is_snippet:
            return self._snippet(placeholder.name)
        name = placeholder.name
        if name.startswith("/"):
            paths = [self._root / name.lstrip("/")]
        else:
            # texts that a text of the original includes may be translated
            origin = self._original.local(origin) if self._original else origin
            paths = [Path(origin).parent / name, self._root / name]
        path = self._find(name, paths)
        if path is not None:
            return Fragment(path, path, included_lines(self._read(path)))
        path = self._find_original(paths)
        if path is None:
            msg = "there is no file %r to include; nothing is inserted"
            raise _missing(msg, self._similar_file(name), name)
        msg = "the included file %r is not translated; that of the original is inserted"
        notice = IncludeError(AjoWarnings.UNTRANSLATED, msg, name)
        return Fragment(path, path, included_lines(self._read(path)), notice)

    def is_snippet(self, name: str) -> bool:
        """Tell whether there is a snippet."""
        try:
            return self._lines(name) is not None or name in self._original_snippets()[1]
        except IncludeError:
            return False

    def _snippet(self, name: str) -> Fragment:
        lines = self._lines(name)
        path = snippet_file(self._root, self._boundary) or str(self._root / SNIPPET_FILES[0])
        if lines is not None:
            return Fragment(path, f"{path}#{name}", lines)
        original_path, snippets = self._original_snippets()
        if name in snippets:
            msg = "the snippet %r is not translated; that of the original is inserted"
            notice = IncludeError(AjoWarnings.UNTRANSLATED, msg, name)
            return Fragment(original_path, f"{original_path}#{name}", snippets[name], notice)
        msg = "there is no snippet %r in %s; nothing is inserted"
        known = snippet_lines(self._text(path)) if Path(path).is_file() else ()
        raise _missing(msg, nearest_name(name, known), name, self._relative(path))

    def _similar_file(self, name: str) -> str:
        """Find an included text with the same name in another folder, or with a similar name."""
        found: dict[str, list[str]] = {}
        for folder in dict.fromkeys(str(Path(file).parent) for file in SNIPPET_FILES):
            for path in sorted((self._root / folder).rglob("*.md")):
                if self._boundary.holds(str(path)):
                    relative = path.relative_to(self._root).as_posix()
                    found.setdefault(path.name, []).append(f"/{relative}")
        wanted = posixpath.basename(name)
        paths = found.get(wanted) or found.get(nearest_name(wanted, found), [])
        return paths[0] if len(paths) == 1 else ""

    def _lines(self, name: str) -> tuple[Line, ...] | None:
        """Return the lines of a snippet; the page depends on them, not on the whole file."""
        path = snippet_file(self._root, self._boundary)
        lines = None
        try:
            lines = snippet_lines(self._text(path)).get(name) if path else None
        finally:
            note_snippet(self._env, name, lines)
        return lines

    def _original_snippets(self) -> tuple[str, Mapping[str, tuple[Line, ...]]]:
        path = self._find_original([self._root / name for name in SNIPPET_FILES])
        return ("", {}) if path is None else (path, snippet_lines(self._read(path)))

    def _find_original(self, paths: Iterable[Path]) -> str | None:
        """Return the first of several files that the original has, if it has one."""
        if self._original is None:
            return None
        for candidate in paths:
            path = self._original.counterpart(os.path.normpath(candidate))
            if self._boundary.file(path):
                return path
            note_missing_file(self._env, path)
        return None

    def _find(self, name: str, paths: Iterable[Path]) -> str | None:
        """Return the first of several files that exists; record the others as missing."""
        outside = False
        for candidate in paths:
            path = os.path.normpath(candidate)
            if not self._boundary.holds(path):
                outside = True
            elif os.path.isfile(path):  # noqa: PTH113 (False, too, for names no file can have)
                return path
            else:
                note_missing_file(self._env, path)
        if outside:
            msg = "%r leads outside the repository; nothing is inserted"
            raise IncludeError(AjoWarnings.INCLUDE_OUTSIDE, msg, name)
        return None

    def _read(self, path: str) -> str:
        self._env.note_dependency(path)
        return self._text(path)

    def _text(self, path: str) -> str:
        if path not in self._texts:
            try:
                data = Path(path).read_bytes()
            except OSError as error:
                msg = "%s cannot be read (%s); nothing is inserted"
                args = (self._relative(path), error)
                raise IncludeError(AjoWarnings.INCLUDE_MISSING, msg, *args) from error
            report_misfit_of(data, path, self._env.docname)
            self._texts[path] = with_line_feeds(decode(data))
        return self._texts[path]

    def _relative(self, path: str) -> str:
        return os.path.relpath(path, self._root).replace(os.sep, "/")
