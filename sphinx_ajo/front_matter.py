"""Read front matter as ExL authors and translation tools write it.

Everything is text here: YAML's own types would turn ``00123`` into 83, ``no`` into ``False``
and a date into an object. A front matter that YAML cannot read is read entry by entry, so that
one bad line costs no other key (section 2.5 of the ExL Markdown reference).
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import yaml

from sphinx_ajo.characters import without_controls

if TYPE_CHECKING:
    from collections.abc import Iterator

FRONT_MATTER_KEY: Final = "ajo_front_matter"
"""Where ``env.temp_data`` and the Markdown parser's sandbox hold a page's front matter."""

_LOADER: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Scalars as text; the C loader is several times faster where it is there."""

Value = str | list["Value"] | dict[str, "Value"]
"""What an entry can hold."""

_KEY = re.compile(
    r"(?P<key>[^\s#:'\"\[\]{}&*!|>%@`,-][^\s:]*(?: [^\s:]+)*?)\s*:(?:\s+(?P<value>.*?))?\s*$"
)
"""A top level entry: a key in the first column, and what follows on its line."""

_FENCE = re.compile(r" {0,3}(-{3,})[ \t]*$")
"""A line that opens or closes front matter, for the front matter rule of mdit-py-plugins too."""

_ATTRIBUTES = re.compile(r"\w+=[\"']")
"""How the value of a badge key begins: ``label="Beta" type="Informative"``."""

_MARKER = re.compile(r"\[!(?:DNL|UICONTROL)\s+((?:[^\[\]]|\[(?!!)[^\[\]]*\])*)\]", re.IGNORECASE)

_NESTING: Final = 4
"""How deep markers stand in each other at most."""

_TRUE: Final = frozenset({"true", "yes", "y", "on"})
_FALSE: Final = frozenset({"false", "no", "n", "off"})


@dataclass(frozen=True, slots=True)
class Problem:
    """One entry that is not valid YAML."""

    line: int
    """The line of the entry, counted from 1 in the file."""
    key: str
    """Its key; empty for a line that is no entry at all."""
    reason: str
    """What is wrong with it."""


@dataclass(slots=True)
class FrontMatter:
    """The entries of one front matter, in their order."""

    entries: dict[str, Value] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    """The line of each entry, counted from 1 in the file."""
    problems: list[Problem] = field(default_factory=list)
    inherited: frozenset[str] = frozenset()
    """The keys of those entries that stand in another file."""

    def text(self, key: str) -> str:
        """Return an entry as readers should see it.

        :param key: The name of the entry.
        :returns: Its text, see :func:`plain_text`; empty if there is none.
        """
        return plain_text(flatten(self.entries[key])) if key in self.entries else ""

    def flag(self, key: str) -> bool | None:
        """Return a yes/no entry.

        :param key: The name of the entry.
        :returns: Its value; ``None`` if there is none, or it is neither yes nor no.
        """
        value = self.entries.get(key)
        return parse_flag(value) if isinstance(value, str) else None


def parse_flag(value: str) -> bool | None:
    """Read a yes/no value in any of the spellings of ExL front matter.

    :param value: The text, such as ``true``, ``Yes``, ``y`` or ``off``.
    :returns: The value; ``None`` if it is neither yes nor no.
    """
    word = value.strip().lower()
    if word in _TRUE:
        return True
    return False if word in _FALSE else None


def is_hidden(front_matter: FrontMatter) -> bool:
    """Tell whether a page is kept out of the navigation.

    :param front_matter: Its front matter.
    :returns: Whether ``hide`` or ``hidefromtoc`` says so.
    """
    return any(front_matter.flag(key) for key in ("hide", "hidefromtoc", "hide-from-toc"))


def flatten(value: Value) -> str:
    """Turn an entry into one line of text.

    Lists are joined by commas; of a map with a label (``id``, ``internal-label``: the
    taxonomy of section 2.1) only the label counts.

    :param value: The entry.
    :returns: Its text.
    """
    if isinstance(value, list):
        return ", ".join(filter(None, map(flatten, value)))
    if isinstance(value, dict):
        label = value.get("internal-label") or value.get("label")
        if label:
            return flatten(label)
        return ", ".join(f"{key}: {flatten(part)}" for key, part in value.items())
    return " ".join(value.split())


def plain_text(text: str) -> str:
    """Strip what is markup for the authoring tools only.

    :param text: A value such as ``Use [!DNL Sample] &amp; more``.
    :returns: The text without marker wrappers, entities and zero-width spaces.
    """
    text = html.unescape(strip_markers(text)).replace("\u200b", "")
    return " ".join(without_controls(text).split())


def strip_markers(text: str) -> str:
    """Take the wrappers ``[!DNL …]`` and ``[!UICONTROL …]`` off.

    :param text: A text; markers may stand in each other.
    :returns: The text without them.
    """
    for _ in range(_NESTING):
        text, count = _MARKER.subn(r"\1", text)
        if not count:
            break
    return text


def front_matter_text(source: str) -> str | None:
    """Return the YAML between the first two ``---`` lines of a page.

    :param source: The page.
    :returns: The YAML; ``None`` if the page does not begin with front matter. A page can also
        begin with a line across: text without a single entry is no front matter.
    """
    lines = source.split("\n")
    opening = _FENCE.match(lines[0])
    if opening is None or not lines[0].startswith("-"):
        return None
    for number, line in enumerate(lines[1:], 1):
        closing = _FENCE.match(line)
        if (closing and len(closing[1]) >= len(opening[1])) or line.rstrip() == "...":
            inside = lines[1:number]
            if any(map(_KEY.match, inside)) or not any(map(str.strip, inside)):
                return "\n".join(inside) + "\n"
            return None
    return None


def read_front_matter(text: str, first_line: int = 2) -> FrontMatter:
    """Read what stands between the two ``---`` lines of a page.

    :param text: The YAML.
    :param first_line: The line of the file that it begins on, counted from 1.
    :returns: All entries, and what is wrong with some of them.
    """
    chunks = list(_chunks(text))
    found = FrontMatter(
        lines={key: first_line + offset for offset, key, _ in reversed(chunks) if key},
    )
    try:
        data = yaml.load(text, _LOADER)  # noqa: S506 (the base loader makes no objects)
    except (yaml.YAMLError, RecursionError):
        data = None
    keys = [key for _, key, _ in chunks if key]
    # fewer: YAML keeps one of two equal keys, and takes a quote that is left open on to the next
    if isinstance(data, dict) and len(data) == len(keys):
        found.entries = {str(key): value for key, value in data.items()}
        _restore_attributes(found, chunks)
    else:
        _read_entries(found, chunks, first_line)
    return found


def _chunks(text: str) -> Iterator[tuple[int, str, str]]:
    """Cut the YAML at its top level keys: ``(line offset, key, source)``.

    A line in the first column that is neither a key, nor a comment, nor part of a list is a
    chunk without key.
    """
    start, key, lines = 0, "", list[str]()
    for number, line in enumerate(text.split("\n")):
        match = _KEY.match(line)
        if match is None and (not line.strip() or line[0] in " \t-#" or line.startswith("- ")):
            lines.append(line)
            continue
        if key or any(part.strip() and not part.startswith("#") for part in lines):
            yield start, key, "\n".join(lines)
        start, key, lines = number, (match["key"] if match else ""), [line]
    if key or any(part.strip() and not part.startswith("#") for part in lines):
        yield start, key, "\n".join(lines)


def _restore_attributes(found: FrontMatter, chunks: list[tuple[int, str, str]]) -> None:
    # YAML silently cuts `label="A # B"` at the ` #`, which it takes for a comment.
    for _, key, source in chunks:
        match = _KEY.match(source.partition("\n")[0])
        if match and " #" in (match["value"] or "") and _ATTRIBUTES.match(match["value"]):
            found.entries[key] = match["value"]


def _read_entries(found: FrontMatter, chunks: list[tuple[int, str, str]], first_line: int) -> None:
    for offset, key, source in chunks:
        line = first_line + offset
        if not key:
            found.problems.append(Problem(line, "", "this is not an entry"))
            continue
        if key in found.entries:
            found.problems.append(Problem(line, key, "the key stands here a second time"))
            continue
        try:
            data = yaml.load(source, _LOADER)  # noqa: S506 (as above)
            value = data[key]
        except (yaml.YAMLError, RecursionError, TypeError, KeyError) as error:
            value = _raw_value(source)
            if not _ATTRIBUTES.match(value):
                found.problems.append(Problem(line, key, _reason(error)))
        found.entries[key] = value
    _restore_attributes(found, chunks)


def _raw_value(source: str) -> str:
    head, _, rest = source.partition("\n")
    match = _KEY.match(head)
    first = (match["value"] or "") if match else head
    value = " ".join([first, *rest.split()]).strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        inner = value[1:-1]
        value = inner if value[0] not in inner else value
    return value


def _reason(error: Exception) -> str:
    problem = getattr(error, "problem", None)
    return str(problem) if problem else "its value cannot be read"
