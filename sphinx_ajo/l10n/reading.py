"""Compare a page with its original while it is read."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from sphinx_ajo.constructs.headings import heading_ids
from sphinx_ajo.l10n.builder import L10nBuilder
from sphinx_ajo.l10n.damage import find_damage, find_marks, find_zero_width
from sphinx_ajo.l10n.english import find_english
from sphinx_ajo.l10n.outline import Text, read_outline, words_of
from sphinx_ajo.l10n.records import TRANSLATED_PAGES, TranslatedPage, report
from sphinx_ajo.l10n.structure import compare_structure
from sphinx_ajo.language.front_matter import FRONT_MATTER_KEY
from sphinx_ajo.language.languages import ENGLISH
from sphinx_ajo.language.source import SOURCE_KEY
from sphinx_ajo.project.domain import TRANSLATED
from sphinx_ajo.project.navigation import is_generated
from sphinx_ajo.project.originals import original_of
from sphinx_ajo.reading.originals import parse_original
from sphinx_ajo.site.originals.align import Heading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from markdown_it.token import Token
    from sphinx.application import Sphinx
    from sphinx.config import Config

    from sphinx_ajo.language.front_matter import FrontMatter
    from sphinx_ajo.language.source import Source
    from sphinx_ajo.lint.model import Finding
    from sphinx_ajo.reading.originals import ParsedPage

_OF_PAGES: Final = frozenset({"l10n_structure", "l10n_zero_width"})
"""Kinds of findings about a whole page or section, regardless of the files of its parts."""

_SHOWN: Final = ("title", "description")
"""Front matter entries that readers see."""


def compare_page(app: Sphinx, tokens: Sequence[Token], sandbox: Mapping[str, Any]) -> None:
    """Compare a page with its original, while it is read.

    :param sandbox: The sandbox in which it was parsed.
    """
    env = app.env
    if not isinstance(app.builder, L10nBuilder) or is_generated(env, env.docname):
        return
    original = original_of(env)
    path = env.doc2path(env.docname, base=False)
    file = original.page(env.docname, path.as_posix()) if original else ""
    theirs = parse_original(env, file, original.root, whole=True) if original and file else None
    record = _record(tokens, sandbox[FRONT_MATTER_KEY])
    if original is not None and theirs is not None:
        files = sorted(theirs.source.paths() - {file}) if theirs.source else []
        names = tuple(os.path.relpath(name, original.root) for name in (file, *files))
        record = record._replace(originals=names)
        places = _Places(str(env.doc2path(env.docname)), sandbox.get(SOURCE_KEY), original.root)
        for id_, finding in _differences(app.config, tokens, sandbox, theirs):
            place = places.in_page if id_ in _OF_PAGES else places.in_file
            report(app.config, id_, finding, place(finding.line))
    TRANSLATED_PAGES.of(env)[env.docname] = record


def _record(tokens: Sequence[Token], front_matter: FrontMatter) -> TranslatedPage:
    """Return the record of a page."""
    titles = tuple(_titles(tokens))
    if TRANSLATED in front_matter.inherited:  # the commit is an entry of another file
        return TranslatedPage(titles=titles)
    line = front_matter.lines.get(TRANSLATED, 1) - 1
    return TranslatedPage(str(front_matter.entries.get(TRANSLATED, "")), line, titles=titles)


def _titles(tokens: Sequence[Token]) -> Iterator[tuple[int, str]]:
    heading = None
    for token in tokens:
        if heading is not None and token.type == "inline":
            yield (heading.map or [0])[0], token.content
        heading = token if token.type == "heading_open" else None


class _Places:
    """The locations of the lines of a page and its includes."""

    def __init__(self, own: str, source: Source | None, root: str) -> None:
        """Prepare.

        :param source: The texts that the page is composed of, if it includes something.
        """
        self._own = own
        self._source = source
        self._root = root

    @cached_property
    def _above(self) -> list[int]:
        """For each line of the composed page, the nearest line above it in the page's own file."""
        found, last = list[int](), 1
        for at in range(1, self._source.text.count("\n") + 2) if self._source else ():
            path, number = self._source.place(at) if self._source else ("", 0)
            last = number if path == self._own else last
            found.append(last)
        return found

    def in_page(self, line: int) -> str:
        """Return the location of a line, or of the include that inserts it."""
        if self._source is not None:
            return f"{self._own}:{self._above[min(line, len(self._above) - 1)]}"
        return f"{self._own}:{line + 1}"

    def in_file(self, line: int) -> str:
        """Return the location of a line; empty if its file belongs to the original."""
        path, number = self._source.place(line + 1) if self._source else (self._own, line + 1)
        return "" if path.startswith(self._root + os.sep) else f"{path}:{number}"


def _differences(
    config: Config, tokens: Sequence[Token], sandbox: Mapping[str, Any], theirs: ParsedPage
) -> Iterator[tuple[str, Finding]]:
    """Yield all differences of a page and its original, with their kinds."""
    ours, other = (read_outline(each, find_marks) for each in (tokens, theirs.tokens))
    headings = [_headings(each) for each in (tokens, theirs.tokens)]
    found: dict[str, Iterable[Finding]] = {
        "l10n_structure": compare_structure(ours, other, *headings),
        "l10n_markup": find_damage(ours, other),
        "l10n_zero_width": find_zero_width(ours, other),
    }
    if config.language.partition("_")[0].partition("-")[0] != ENGLISH:
        ours.texts += _entries(sandbox[FRONT_MATTER_KEY])
        other.texts += _entries(theirs.sandbox[FRONT_MATTER_KEY])
        found["l10n_english"] = find_english(ours.texts, other.texts)
    for id_, findings in found.items():
        for finding in findings:
            yield id_, finding


def _headings(tokens: Sequence[Token]) -> list[Heading]:
    return [Heading(int(token.tag[1]), id_, slug) for token, id_, slug in heading_ids(tokens, {})]


def _entries(front_matter: FrontMatter) -> Iterator[Text]:
    for key in _SHOWN:
        if key in front_matter.lines and key not in front_matter.inherited:
            words = words_of(front_matter.text(key))
            yield Text(front_matter.lines[key] - 1, words, 0)
