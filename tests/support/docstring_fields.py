"""Fields of docstrings that only repeat a name or a type: ``:param renderer: The renderer.``

``python tests/support/docstring_fields.py`` takes them out of the package.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "sphinx_ajo"

DOCUMENTED = frozenset({"testing.py"})
"""What others may call: there each parameter has its field."""

MAX_WORDS = 6
"""A field with no more words, and but one clause, says what the name of the parameter says."""

_FIELD = re.compile(r"\s*:(param \w+|returns|yields):(?: (.*))?$")
_TOKEN = re.compile(r"(?:The|A|Its) ``[\w/]+`` token\.")
_SAYS_MORE = re.compile(r"[;:,()`→%]|\bNone\b")


def is_trivial(field, text):
    """Tell whether a field says nothing that its name does not say.

    The docs print the fields named ``argument``: what a directive takes.
    """
    if field == "param argument":
        return False
    few = len(text.split()) <= MAX_WORDS and not _SAYS_MORE.search(text)
    return few or _TOKEN.fullmatch(text) is not None


def docstrings(nodes):
    """Return the first and the last line of the docstring of each function and class."""
    for node in nodes:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                yield first.lineno - 1, first.end_lineno


def fields(lines):
    """Return each field of a docstring: its first line, the one behind its last, name and text."""
    index = 0
    while index < len(lines):
        match = _FIELD.match(lines[index])
        index += 1
        if match is None:
            continue
        start, indent = index - 1, len(lines[index - 1]) - len(lines[index - 1].lstrip())
        texts = [match[2] or ""]
        while index < len(lines) and lines[index].startswith(" " * (indent + 1)):
            texts.append(lines[index].strip())
            index += 1
        yield start, index, match[1], " ".join(texts).strip()


def trivial_fields(text, nodes):
    """Return the number of the line and the text of each trivial field of a module."""
    lines = text.splitlines()
    return [
        (first + start + 1, f":{name}: {text}")
        for first, last in docstrings(nodes)
        for start, _end, name, text in fields(lines[first:last])
        if is_trivial(name, text)
    ]


def shorten(lines):
    """Return the lines of a docstring without its trivial fields."""
    gone = {
        line
        for start, end, name, text in fields(lines)
        if is_trivial(name, text)
        for line in range(start, end)
    }
    if not gone:
        return lines
    kept = [line for index, line in enumerate(lines) if index not in gone]
    while not kept[-2].strip():
        del kept[-2]
    if len(kept) == 2 and len(kept[0]) + 3 <= 100:
        return [f'{kept[0]}"""']
    return kept


def main():
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.relative_to(PACKAGE).as_posix() in DOCUMENTED:
            continue
        text = path.read_text(encoding="utf-8")
        lines = text.splitlines()
        for first, last in sorted(docstrings(ast.walk(ast.parse(text))), reverse=True):
            lines[first:last] = shorten(lines[first:last])
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
