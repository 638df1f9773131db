"""Find the files that pages include, and keep Sphinx up to date about them."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sphinx_ajo.constructs.includes.fragments import included_lines, snippet_lines
from sphinx_ajo.constructs.includes.syntax import KNOWN_KEY, PATTERN_KEY, find_placeholders
from sphinx_ajo.paths import is_inside, repository_root
from sphinx_ajo.source import SOURCE_KEY, Fragment, IncludeError, assemble
from sphinx_ajo.warnings_ import AjoWarnings, warn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, MutableMapping

    from markdown_it import MarkdownIt
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_ajo.source import Line, Placeholder

SNIPPET_FILES: Final = ("help/_includes/snippets.md", "_includes/snippets.md")
"""The file of all snippets, below the root of the repository; the first one there counts."""


def expand(
    text: str, md: MarkdownIt, env: BuildEnvironment, sandbox: MutableMapping[str, Any]
) -> str:
    """Insert all that a page includes.

    :param text: The page.
    :param md: Its parser.
    :param env: The build environment; what the page depends on is noted there.
    :param sandbox: The parser's sandbox for the page; the :class:`.Source` is put there.
    :returns: The whole page.
    """
    if "{{" not in text or PATTERN_KEY not in md.options:
        return text
    library = Library(env)
    sandbox[KNOWN_KEY] = library.is_snippet
    path = str(env.doc2path(env.docname))
    source = assemble(text, path, partial(find_placeholders, md), library.load)
    if source is None:
        return text
    for problem in source.problems:
        location = f"{problem.path}:{problem.line}"
        warn(problem.warning, problem.message, *problem.args, location=location)
    sandbox[SOURCE_KEY] = source
    return source.text


class Library:
    """The texts that the pages of a repository include; for one page."""

    def __init__(self, env: BuildEnvironment) -> None:
        """Look at a repository.

        :param env: The build environment, reading the page.
        """
        self._env = env
        self._root = repository_root(env)
        self._texts: dict[str, str] = {}

    def load(self, placeholder: Placeholder, origin: str) -> Fragment:
        """Return the text for a placeholder.

        :param placeholder: The placeholder.
        :param origin: The file that it stands in.
        :returns: The text.
        :raises IncludeError: If there is none.
        """
        if placeholder.is_snippet:
            return self._snippet(placeholder.name)
        name = placeholder.name
        if name.startswith("/"):
            paths = [self._root / name.lstrip("/")]
        else:
            paths = [Path(origin).parent / name, self._root / name]
        path = self._find(name, paths)
        if path is None:
            msg = "there is no file %r to include; nothing is inserted"
            raise IncludeError(AjoWarnings.INCLUDE_MISSING, msg, name)
        return Fragment(path, path, included_lines(self._read(path)))

    def is_snippet(self, name: str) -> bool:
        """Tell whether there is a snippet.

        :param name: Its id.
        :returns: Whether there is one.
        """
        try:
            return name in self._snippets()[1]
        except IncludeError:
            return False

    def _snippet(self, name: str) -> Fragment:
        path, snippets = self._snippets()
        if name not in snippets:
            msg = "there is no snippet %r in %s; nothing is inserted"
            raise IncludeError(AjoWarnings.INCLUDE_MISSING, msg, name, self._relative(path))
        return Fragment(path, f"{path}#{name}", snippets[name])

    def _snippets(self) -> tuple[str, Mapping[str, tuple[Line, ...]]]:
        path = self._find(SNIPPET_FILES[0], [self._root / name for name in SNIPPET_FILES])
        if path is None:
            return str(self._root / SNIPPET_FILES[0]), {}
        return path, snippet_lines(self._read(path))

    def _find(self, name: str, paths: Iterable[Path]) -> str | None:
        """Return the first of some files that exists; note the others: one day they may."""
        outside = False
        for candidate in paths:
            path = os.path.normpath(candidate)
            if not is_inside(path, self._root):
                outside = True
            elif os.path.isfile(path):  # noqa: PTH113 (False, too, for names no file can have)
                return path
            else:
                _missing_includes(self._env).setdefault(self._env.docname, set()).add(path)
        if outside:
            msg = "%r leads outside the repository; nothing is inserted"
            raise IncludeError(AjoWarnings.INCLUDE_OUTSIDE, msg, name)
        return None

    def _read(self, path: str) -> str:
        if path not in self._texts:
            self._env.note_dependency(path)
            try:
                self._texts[path] = Path(path).read_text(encoding="utf-8-sig")
            except (OSError, UnicodeDecodeError) as error:
                msg = "%s cannot be read (%s); nothing is inserted"
                args = (self._relative(path), error)
                raise IncludeError(AjoWarnings.INCLUDE_MISSING, msg, *args) from error
        return self._texts[path]

    def _relative(self, path: str) -> str:
        return os.path.relpath(path, self._root).replace(os.sep, "/")


def setup_includes(app: Sphinx) -> None:
    """Keep pages up to date with the files that they include.

    :param app: The Sphinx application.
    """
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    app.connect("env-get-outdated", _outdated)


def _missing_includes(env: BuildEnvironment) -> dict[str, set[str]]:
    """Return the files that each page looked for in vain.

    As dependencies they would have Sphinx read the page in each build.
    """
    if not hasattr(env, "ajo_missing_includes"):
        env.ajo_missing_includes = {}  # type: ignore[attr-defined]
    missing: dict[str, set[str]] = env.ajo_missing_includes  # type: ignore[attr-defined]
    return missing


def _purge(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    _missing_includes(env).pop(docname, None)


def _merge(
    _app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment
) -> None:
    found = _missing_includes(other)
    _missing_includes(env).update({name: found[name] for name in docnames if name in found})


def _outdated(
    _app: Sphinx, env: BuildEnvironment, _added: set[str], _changed: set[str], removed: set[str]
) -> list[str]:
    return [
        docname
        for docname, paths in _missing_includes(env).items()
        if docname not in removed and any(map(os.path.isfile, paths))
    ]
