"""Find markup that machine translation has damaged. No Sphinx."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from sphinx_ajo.lint.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_ajo.l10n.outline import Outline

_MARK = re.compile(
    r"\*\*|\]\(|[\]\uff3d]\s?[(\uff08]|\[![A-Za-z]+|\{#|\{:|\{\{|\}\}|\{[a-z]+=|"
    r"\+\+\+|:::|</?[a-z]+[ >]|&(?:[a-z]+|#\d+|#x[0-9a-f]+);|`",
    re.IGNORECASE,
)
"""Visible text that looks like markup."""

_BRACES = re.compile(r"\{[^{}\n]*\}")
_ENTITY = re.compile(r"&(?:quot|apos|nbsp|#\d{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE)
_ZERO_WIDTH = re.compile(r"\u200b|&#x0*200b;|&#0*8203;|&ZeroWidthSpace;", re.IGNORECASE)


def find_marks(text: str) -> list[str]:
    """Find visible text that looks like markup."""
    return [match[0].lower() for match in _MARK.finditer(text)]


def find_damage(ours: Outline, theirs: Outline) -> Iterator[Finding]:
    """Find markup that readers of a translation see, but not readers of its original.

    :returns: The findings; for surplus markup, the last ones.
    """
    surplus = ours.count_marks() - theirs.count_marks()
    lines: dict[int, Counter[str]] = {}
    for mark in reversed(ours.marks):
        if surplus[mark.text] > 0:
            surplus[mark.text] -= 1
            lines.setdefault(mark.line, Counter())[mark.text] += 1
    for line, found in lines.items():
        message = "readers see %s, which the original does not show: markup has been damaged"
        yield Finding(line, message, (", ".join(map(repr, sorted(found))),))
    yield from _find_entities(ours)


def _find_entities(ours: Outline) -> Iterator[Finding]:
    for line, text in ours.sources:
        for match in _BRACES.finditer(text) if "&" in text else ():
            if _ENTITY.search(match[0]):
                at = line + text.count("\n", 0, match.start())
                message = "there are entities in these attributes: %r; write the characters"
                yield Finding(at, message, (match[0],))


def find_zero_width(ours: Outline, theirs: Outline) -> Iterator[Finding]:
    """Find zero-width spaces, unless the original has some."""
    if any(_ZERO_WIDTH.search(text) for _, text in theirs.sources):
        return
    found = [
        (line + text.count("\n", 0, match.start()))
        for line, text in ours.sources
        for match in _ZERO_WIDTH.finditer(text)
    ]
    if found:
        message = (
            "zero-width spaces beside markup: %d on this page, the first here; they are removed"
        )
        yield Finding(found[0], message, (len(found),))
