"""Compare the parts of a page with those of its original, section by section. No Sphinx."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from sphinx_ajo.l10n.english import find_english
from sphinx_ajo.l10n.outline import HEADING, Text, words_of
from sphinx_ajo.lint.model import Finding
from sphinx_ajo.site.originals.align import align

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sphinx_ajo.l10n.outline import Outline, Part
    from sphinx_ajo.site.originals.align import Heading

SAMPLES: Final = 3
"""The number of examples in a finding."""

_Groups = dict[tuple[int, str], list["Part"]]


def compare_structure(
    ours: Outline,
    theirs: Outline,
    our_headings: Sequence[Heading],
    their_headings: Sequence[Heading],
) -> Iterator[Finding]:
    """Find surplus and missing parts of a translation.

    Matching headings divide both pages into sections. The parts of each section are counted, so a
    part that has moved within its section is not a finding.

    :returns: One finding for each section and kind of part. Takes linear time.
    """
    pairs = align(our_headings, their_headings)
    one = _grouped(ours.parts, [pair[0] for pair in pairs])
    other = _grouped(theirs.parts, [pair[1] for pair in pairs])
    lines = [0, *(heading.line for heading in _picked(ours, pairs))]
    for section, kind in sorted({*one, *other}):
        mine, original = one.get((section, kind), []), other.get((section, kind), [])
        yield from _compare(kind, mine, original, lines[section])


def _picked(ours: Outline, pairs: Sequence[tuple[int, int]]) -> list[Part]:
    headings = ours.headings()
    return [headings[index] for index, _ in pairs]


def _grouped(parts: Sequence[Part], starts: Sequence[int]) -> _Groups:
    """Group parts by sections, which begin at some headings, and by their kinds."""
    groups: _Groups = defaultdict(list)
    begins = set(starts)
    for part in parts:
        # a heading with a counterpart begins a section
        if part.kind == HEADING and part.section in begins:
            continue
        groups[bisect_right(starts, part.section - 1), part.kind].append(part)
    return groups


def _compare(
    kind: str, mine: Sequence[Part], original: Sequence[Part], line: int
) -> Iterator[Finding]:
    one, other = (Counter(part.key for part in parts) for parts in (mine, original))
    surplus, missing = one - other, other - one
    if surplus:
        line = next(part.line for part in mine if part.key in surplus)
    more, fewer = surplus.total(), missing.total()
    if not more and not fewer:
        return
    if len(mine) == len(original):
        message = "%d of %d %s here differ from the original: %s instead of %s"
        yield Finding(
            line,
            message,
            (more, len(mine), _named(kind, len(mine)), _names(surplus), _names(missing)),
        )
    else:
        message = "the original has %d %s here, the translation %d"
        args: tuple[object, ...] = (len(original), _named(kind, len(original)), len(mine))
        for text, found in (("missing: %s", missing), ("added: %s", surplus)):
            if any(found):
                message += f"; {text}"
                args += (_names(found),)
        yield Finding(line, message, args)


def _named(kind: str, number: int) -> str:
    return kind if number == 1 else f"{kind}{'es' if kind.endswith('x') else 's'}"


def _names(counts: Mapping[str, int]) -> str:
    names = [repr(key) for key in counts][:SAMPLES]
    return ", ".join(names) + (", …" if len(counts) > SAMPLES else "")


def compare_titles(
    ours: Sequence[tuple[int, str]], theirs: Sequence[str]
) -> Iterator[tuple[str, Finding]]:
    """Compare the headings of a page with those in a list of pages.

    :param ours: The headings, with their lines.
    """
    if len(ours) != len(theirs):
        message = "the original has %d headings, the translation %d"
        yield "l10n_structure", Finding(0, message, (len(theirs), len(ours)))
    texts = [Text(line, words_of(title), 0) for line, title in ours]
    for finding in find_english(texts, [Text(0, words_of(title), 0) for title in theirs]):
        yield "l10n_english", finding
