"""Assemble pages from several files, and keep the file and number of each line.

Included text "behaves as if it stood in the page": it may continue a list, end a quote, or contain
the next tab. So the block parser must find it in its place, and it must not be a node or token of
its own. We considered three ways:

*Rewrite the text with regular expressions.* They cannot tell code, comments and HTML from text.

*Parse each included text once and insert its tokens.* Fast, but a list that an include continues
would become two lists, and text that is indented for its place in a page would become code.

*Assemble the lines, then parse the whole once.* :func:`assemble` does this. The block parser itself
finds the placeholders (``find``: a rule that works only in that pass), so all constructs decide
together what is code, comment or text. Placeholders in inserted texts are searched in their place,
too: one pass over the blocks for each level of nesting. A page that includes something costs one
more pass, and other pages cost nothing.

Line numbers stay correct in :class:`SourceLine`: a number that knows its file, also after
arithmetic. The renderer puts them on tokens; warnings, nodes and translatable messages get their
file from there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple, SupportsIndex

from sphinx_ajo.base.limits import DEFAULT_LIMITS
from sphinx_ajo.base.problems import AjoWarnings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sphinx_ajo.base.limits import Limits

SOURCE_KEY: Final = "ajo_source"
"""The key of the parser's sandbox for the :class:`Source` of a page with includes."""

_MARKER_CHARACTER = re.compile(r"[^\s>]")


class Line(NamedTuple):
    """One line of a file."""

    text: str
    number: int
    """Counted from 1 in the file."""


class Fragment(NamedTuple):
    """A text to be inserted."""

    path: str
    """The file it comes from."""
    key: str
    """Identifies the text, to find a text that includes itself."""
    lines: Sequence[Line]
    notice: IncludeError | None = None
    """A problem of the text, which is inserted all the same."""


class Placeholder(NamedTuple):
    """A line that is to be replaced by another text."""

    line: int
    """Its index in the text that was searched."""
    name: str
    """The path of a file or the id of a snippet."""
    is_snippet: bool


class SourceProblem(NamedTuple):
    """A placeholder that could not be replaced."""

    warning: AjoWarnings
    message: str
    args: tuple[object, ...]
    path: str
    line: int


class IncludeError(Exception):
    """There is no text for a placeholder."""

    def __init__(self, warning: AjoWarnings, message: str, *args: object) -> None:
        super().__init__(message, *args)
        self.warning = warning
        self.message = message
        self.values = args


@dataclass(frozen=True, slots=True)
class _Origin:
    """A text in its place in the page, and the texts that include it."""

    path: str
    key: str
    parent: _Origin | None = None
    depth: int = 0

    def holds(self, key: str) -> bool:
        """Tell whether a text is this one, or one that includes it."""
        origin: _Origin | None = self
        while origin is not None:
            if origin.key == key:
                return True
            origin = origin.parent
        return False


class _Piece(NamedTuple):
    """A line of the page that is being assembled."""

    text: str
    number: int
    origin: _Origin


class Source:
    """An assembled page."""

    def __init__(
        self, text: str, places: Sequence[tuple[str, int]], problems: Sequence[SourceProblem]
    ) -> None:
        """Keep what :func:`assemble` found.

        :param places: The file and the number of each line.
        """
        self.text = text
        self.problems = tuple(problems)
        self._places = places

    def paths(self) -> frozenset[str]:
        """Return the files that the page is made of."""
        return frozenset(path for path, _ in self._places)

    def place(self, at: int) -> tuple[str, int]:
        """Return where a line comes from.

        :param at: Its number in the assembled text, counted from 1. A number out of range
            means the first or the last line.
        """
        return self._places[min(max(at, 1), len(self._places)) - 1]

    def line(self, at: int) -> SourceLine:
        """Return the number of a line.

        :param at: Its number in the assembled text, counted from 1.
        """
        return SourceLine(self, at)


class SourceLine(int):
    """The number of a line in its file, which also knows the file.

    Addition and subtraction move in the assembled text: the line below the last line of an
    included text is a line of the page again. Pickled or copied, it is a plain ``int``.
    """

    _source: Source
    _at: int

    def __new__(cls, source: Source, at: int) -> SourceLine:
        """Look a line up.

        :param at: The number of the line in the assembled text, counted from 1.
        :returns: The number of the line in its file.
        """
        line = super().__new__(cls, source.place(at)[1])
        line._source = source
        line._at = at
        return line

    @property
    def path(self) -> str:
        """The file that the line comes from."""
        return self._source.place(self._at)[0]

    def __add__(self, other: int) -> SourceLine:
        return SourceLine(self._source, self._at + int(other))

    __radd__ = __add__

    def __sub__(self, other: int) -> int:
        if isinstance(other, SourceLine):
            return self._at - other._at
        return SourceLine(self._source, self._at - int(other))

    def __reduce_ex__(self, protocol: SupportsIndex) -> tuple[type[int], tuple[int]]:
        return int, (int(self),)


def assemble(
    text: str,
    path: str,
    find: Callable[[str], Sequence[Placeholder]],
    load: Callable[[Placeholder, str], Fragment],
    limits: Limits = DEFAULT_LIMITS,
) -> Source | None:
    """Replace the placeholders of a page by the texts that it includes.

    :param find: Returns the placeholders of a text, in the order of their lines.
    :param load: Returns the text for a placeholder in the file with a path. If it raises
        :class:`IncludeError`, nothing is inserted.
    :param limits: The budgets of the build: a few lines could include billions of characters.
    :returns: The assembled page; ``None`` if it has no placeholders. Takes time linear in its
        size for each level of nesting.
    """
    page = _Origin(path, path)
    pieces = [_Piece(line, number, page) for number, line in enumerate(text.split("\n"), 1)]
    assembly = _Assembly(load, limits)
    found = find(text)
    if not found:
        return None
    while found:
        pieces, again = assembly.replace(pieces, found)
        found = find("\n".join(piece.text for piece in pieces)) if again else ()
    return Source(
        "\n".join(piece.text for piece in pieces),
        [(piece.origin.path, piece.number) for piece in pieces],
        list(assembly.problems.values()),
    )


class _Assembly:
    """One run of :func:`assemble`."""

    def __init__(self, load: Callable[[Placeholder, str], Fragment], limits: Limits) -> None:
        self.problems: dict[tuple[object, ...], SourceProblem] = {}
        self._load = load
        self._limits = limits
        self._inserted = 0

    def replace(
        self, pieces: Sequence[_Piece], found: Sequence[Placeholder]
    ) -> tuple[list[_Piece], bool]:
        """Replace placeholders; tell whether there may be more of them afterwards."""
        result: list[_Piece] = []
        at = 0
        again = False
        for placeholder in found:
            result.extend(pieces[at : placeholder.line])
            new = self._pieces_for(placeholder, pieces[placeholder.line])
            again = again or any("{{" in piece.text for piece in new)
            result.extend(new)
            at = placeholder.line + 1
        result.extend(pieces[at:])
        return result, again

    def _pieces_for(self, placeholder: Placeholder, piece: _Piece) -> list[_Piece]:
        """Return the lines for a placeholder; an empty line if there are none."""
        # the text before it: indentation, quote marks and the marker of a list item
        before = piece.text[: piece.text.index("{{")]
        try:
            fragment = self._fragment(placeholder, piece.origin)
        except IncludeError as error:
            self._note(error, piece)
            return [piece._replace(text=before.rstrip())]
        if fragment.notice is not None:
            self._note(fragment.notice, piece)
        if not fragment.lines:
            return [piece._replace(text=before.rstrip())]
        origin = _Origin(fragment.path, fragment.key, piece.origin, piece.origin.depth + 1)
        below = _MARKER_CHARACTER.sub(" ", before)
        empty = below.rstrip()
        new: list[_Piece] = []
        for index, (text, number) in enumerate(fragment.lines):
            start = below if index else before
            new.append(_Piece(start + text if text.strip() else empty, number, origin))
            self._inserted += len(start) + len(text) + 1
        return new

    def _fragment(self, placeholder: Placeholder, origin: _Origin) -> Fragment:
        most, depth = self._limits.include_characters, self._limits.include_depth
        if self._inserted > most:
            msg = "the page includes more than %d characters; the rest is left out"
            raise IncludeError(AjoWarnings.INCLUDE_LIMIT, msg, most)
        if origin.depth >= depth:
            msg = "includes nest more than %d levels deep; %r is left out"
            raise IncludeError(AjoWarnings.INCLUDE_LIMIT, msg, depth, placeholder.name)
        fragment = self._load(placeholder, origin.path)
        if origin.holds(fragment.key):
            msg = "%r includes itself; it is left out here"
            raise IncludeError(AjoWarnings.INCLUDE_CYCLE, msg, placeholder.name)
        return fragment

    def _note(self, error: IncludeError, piece: _Piece) -> None:
        path, line = piece.origin.path, piece.number
        # a mistake is reported once, even if its text is included more than once
        key: tuple[object, ...] = (error.warning, path, line)
        if error.warning is AjoWarnings.INCLUDE_LIMIT:
            key = (error.warning,)
        problem = SourceProblem(error.warning, error.message, error.values, path, line)
        self.problems.setdefault(key, problem)
