"""Where code fences begin and end, for rules that look at lines before Markdown is parsed."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_OPENING = re.compile(r"`{3,}(?=[^`]*$)|~{3,}")
_CLOSING = re.compile(r"(`{3,}|~{3,})[ \t]*$")
_LIST_MARKERS = re.compile(r"(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*")


class FenceScanner:
    """Finds fences line by line; a fence without an end continues to the end of the text."""

    def __init__(self, before: str = " \t") -> None:
        """Begin outside of all fences.

        :param before: The characters that may stand before a fence.
        """
        self._before = before
        self._fence = ""

    def is_inside(self, text: str) -> bool:
        """Tell whether the next line is inside a fence or closes it."""
        if not self._fence:
            return False
        end = _CLOSING.match(text.lstrip(self._before))
        if end and end[1].startswith(self._fence):
            self._fence = ""
        return True

    def begins(self, text: str) -> bool:
        """Tell whether a line outside of fences opens one, also after list markers."""
        text = text.lstrip(self._before)
        markers = _LIST_MARKERS.match(text)
        opening = _OPENING.match(text, markers.end() if markers else 0)
        self._fence = opening[0] if opening else ""
        return opening is not None


def hidden_lines(lines: Sequence[str]) -> tuple[set[int], set[int]]:
    """Find the lines in code fences and comments, where markers are only text.

    A fence or comment that does not end within the lines hides nothing: it ends with the construct
    that is scanned. Linear in the number of lines.

    :param lines: The lines of a region, without the indentation of its parents.
    :returns: The indexes of all hidden lines, and of those that are comments.
    """
    hidden: set[int] = set()
    comments: set[int] = set()
    fence_ends = _FenceEnds(lines)
    comment_ends = [index for index, line in enumerate(lines) if "-->" in line]
    end_at = index = 0
    while index < len(lines):
        text = lines[index]
        close: int | None = None
        if match := _OPENING.match(text):
            close = fence_ends.after(index, match[0])
        elif "<!--" in text:
            if "-->" not in text.rpartition("<!--")[2]:
                while end_at < len(comment_ends) and comment_ends[end_at] <= index:
                    end_at += 1
                close = comment_ends[end_at] if end_at < len(comment_ends) else None
                if close is not None:
                    comments.update(range(index, close + 1))
            elif text.lstrip().startswith("<!--") and text.rstrip().endswith("-->"):
                comments.add(index)
        if close is not None:
            hidden.update(range(index, close + 1))
            index = close
        index += 1
    return hidden, comments


class _FenceEnds:
    """Where code fences end; all look-ups together are linear in the number of lines."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._closing: dict[str, list[tuple[int, int]]] = {"`": [], "~": []}
        self._endless = {"`": sys.maxsize, "~": sys.maxsize}
        self._at = {"`": 0, "~": 0}
        for index, line in enumerate(lines):
            if end := _CLOSING.match(line):
                self._closing[line[0]].append((index, len(end[1])))

    def after(self, index: int, markup: str) -> int | None:
        """Return the index of the line that closes the fence opened with `markup`."""
        char, length = markup[0], len(markup)
        if length >= self._endless[char]:
            return None  # a shorter fence already found no end
        closing, at = self._closing[char], self._at[char]
        while at < len(closing) and closing[at][0] <= index:
            at += 1
        self._at[char] = at
        while at < len(closing):
            if closing[at][1] >= length:
                return closing[at][0]
            at += 1
        self._endless[char] = length
        return None
