"""Find text that is still in English: runs of words that the original has, too. No Sphinx."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from sphinx_ajo.lint.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from sphinx_ajo.l10n.outline import Text

RUN: Final = 5
"""The minimum number of consecutive words that match the original."""

MOST_SHOWN: Final = 12
"""The maximum number of words that a finding shows."""

LOWER: Final = 3
"""The minimum number of lower-case words in a text: names are the same in all languages."""

LOWER_IN_RUN: Final = 4
"""The same for a part of a text, which is more often a label of a program."""

CONTENT: Final = 2
"""How many of these must not be in the list below: ``Head of Sales`` is a name."""

_ENGLISH: Final = frozenset(
    {
        *("and", "are", "been", "before", "between", "can", "each", "from", "has", "have", "how"),
        *("into", "its", "more", "must", "not", "of", "other", "or", "should", "than", "that"),
        *("the", "their", "then", "there", "these", "they", "this", "to", "use", "using", "was"),
        *("when", "where", "which", "while", "will", "with", "within", "you", "your"),
    }
)
"""Words of which nearly every English sentence has at least one."""

_Gram = tuple[str, ...]


def find_english(ours: Sequence[Text], theirs: Iterable[Text]) -> Iterator[Finding]:
    """Find texts of a translation that are word for word those of the original.

    :returns: One finding for each such text. Takes linear time.
    """
    theirs = list(theirs)
    known = set(chain.from_iterable(_grams(_lower(text.words)) for text in theirs))
    whole = {_lower(text.words) for text in theirs}
    for text in ours:
        words = _lower(text.words)
        count = sum(map(bool, words))
        if words in whole and _is_english(text.words, LOWER):
            message = "left in English: %r"
            yield Finding(text.line, message, (_shown(text.words),))
            continue
        for start, end in _runs(words, known):
            if _is_english(text.words[start:end], LOWER_IN_RUN):
                message = "%d of %d words in a row are in English: %r"
                run = text.words[start:end]
                yield Finding(text.line, message, (len(run), count, _shown(run)))


def _lower(words: _Gram) -> _Gram:
    return tuple(word.lower() for word in words)


def _grams(words: _Gram) -> Iterator[_Gram]:
    for start in range(len(words) - RUN + 1):
        gram = words[start : start + RUN]
        if all(gram):
            yield gram


def _runs(words: _Gram, known: AbstractSet[_Gram]) -> Iterator[tuple[int, int]]:
    """Yield the longest runs of words whose parts all occur in the original."""
    start = end = -1
    for at in range(len(words) - RUN + 1):
        if words[at : at + RUN] not in known:
            continue
        if at >= end:
            if end > 0:
                yield start, end
            start = at
        end = at + RUN
    if end > 0:
        yield start, end


def _is_english(words: _Gram, least: int) -> bool:
    """Tell whether words are English, and not just names."""
    lower = [word for word in words if word.islower() and len(word) > 1]
    content = sum(word not in _ENGLISH for word in lower)
    return len(lower) >= least and CONTENT <= content < len(lower)


def _shown(words: _Gram) -> str:
    shown = " ".join(word or "…" for word in words[:MOST_SHOWN])
    return f"{shown} …" if len(words) > MOST_SHOWN else shown
