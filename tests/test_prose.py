"""The documentation is in plain English: short sentences, the words of the field.

``STYLE`` follows the style guides of Google and Microsoft for developers. Code, examples and the
changelog are not looked at.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [
    *sorted((ROOT / "docs").rglob("*.md")),
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")),
]
PAGES = [path for path in PAGES if not {"demo", "demo-set"} & set(path.parts)]

MOST_WORDS = 45
"""The most words of a sentence."""

STYLE = {
    r"\b(?:spelled|spelt|written|read) otherwise\b": "in another way",
    r"\botherwise than\b": "differently from",
    r"\b(?:is|are) called as\b": "has the name of",
    r"\bas ever\b": "as before",
    r"\bshall\b": "must",
    r"\b(?:utili[sz]e|utili[sz]ation)\w*": "use",
    r"\bin order to\b": "to",
    r"\bcommence\b": "start",
    r"\bprior to\b": "before",
    r"\bdue to the fact\b": "because",
    r"\bat this point in time\b": "now",
    r"\bplease\b": "nothing: just say what to do",
    r"\b(?:simply|obviously|of course)\b": "nothing",
    r"\b(?:e\.g\.|i\.e\.)": "for example, that is",
    r"\b(?:thereof|therein|whereof|whereby|hereby|thereby)\b": "say it again in full",
    r"\bwhom\b": "a shorter sentence",
    r"\b(?:is|are) none\b(?! of)": "say what it is",
}
"""What is not written → what to write instead."""


def prose(path: Path) -> list[tuple[int, str]]:
    """Return the paragraphs of a page with their first lines: no code, tables or front matter."""
    found: list[tuple[int, str]] = []
    fence = ""
    lines: list[str] = []
    start = 0
    for number, line in enumerate([*path.read_text(encoding="utf-8").splitlines(), ""], 1):
        text = line.strip()
        marker = re.match(r"`{3,}|~{3,}|:{3,}", text)
        if fence:
            if marker and text.startswith(fence) and not text.strip("`~:"):
                fence = ""
            continue
        if marker and not marker[0].startswith(":"):
            fence = marker[0]
            text = ""
        item = re.match(r"(?:[-*+]|\d+\.|:)\s+", text)
        if not text or item or text.startswith(("#", "|", "<", ">", ":::", "---")):
            if lines:
                found.append((start, " ".join(lines)))
            lines = []
            text = text[item.end() :] if item else ""
        if text:
            start = start if lines else number
            lines.append(text)
    return found


def plain(paragraph: str) -> str:
    """Take code and the targets of links out of a paragraph."""
    paragraph = re.sub(r"`+[^`]*`+", "code", paragraph)
    return re.sub(r"\]\([^)]*\)|\{[\w:-]+\}", "", paragraph)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_plain_english(path):
    """Each sentence is short, and uses none of the words of ``STYLE``."""
    problems = []
    for line, paragraph in prose(path):
        text = plain(paragraph)
        for sentence in re.split(r"(?<=[.!?:;])\s", text):
            count = len(re.findall(r"[\w'\u2019-]+", sentence))
            if count > MOST_WORDS:
                problems.append(f"{path.name}:{line}: {count} words: {sentence[:80]}")
        for pattern, instead in STYLE.items():
            problems += [
                f"{path.name}:{line}: {match[0]!r}; write: {instead}"
                for match in re.finditer(pattern, text, re.IGNORECASE)
            ]
    assert not problems, "\n".join(["", *problems])
