"""Read front matter as ExL authors and translation tools write it.

Everything is text here: YAML's own types would turn ``00123`` into 83, ``no`` into ``False``
and a date into an object. Front matter that YAML cannot read is read entry by entry, so that
one bad line affects no other key (exl-markdown.md, 2.5).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt

from sphinx_ajo.base.limits import DEFAULT_LIMITS, Limits
from sphinx_ajo.language.bracket_markers import map_markers, strip_markers
from sphinx_ajo.language.characters import without_controls
from sphinx_ajo.language.dialect import EXL_KEYS
from sphinx_ajo.language.entities import unescape
from sphinx_ajo.language.safe_yaml import ERRORS, Budget, LimitError, Value, load_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

FRONT_MATTER_KEY: Final = "ajo_front_matter"
"""The key of a page's front matter in ``env.temp_data`` and in the Markdown parser's sandbox."""

_KEY = re.compile(r"([^\s#:'\"\[\]{}&*!|>%@`,-][^\s:]*+(?: [^\s:]++)*+)\s*+:(?!\S)")
"""How a top level entry begins: with a key in the first column."""

_FENCE = re.compile(r" {0,3}(-{3,})[ \t]*$")
"""A line that opens or closes front matter, for the front matter rule of mdit-py-plugins too."""

_DASHES = re.compile(r"\s*(?:-{2,}|[\u2013\u2014])\s*(?:<!--.*-->\s*)?$")
"""A line that was meant to open or close front matter."""

_INVISIBLE: Final = str.maketrans("", "", "\ufeff\u200b")
"""Removes invisible characters that may precede front matter, such as byte order marks."""

_MARGIN = re.compile(r"[ \t]*")
_HEADING = re.compile(r"#{1,6} ")

_TOP: Final = 4_096
"""The number of characters at the top of a page in which its front matter must begin."""

_FEW: Final = 2
"""How many entries with known keys are needed if front matter has no lines of hyphens."""

_MISPLACED: Final = (
    "the front matter does not begin on the first line of the page; it is read anyway; move it to "
    "the top of the file"
)
_OPENING: Final = (
    "the front matter does not begin with three hyphens at the margin; it is read all the same, "
    "but correct that line"
)
_UNOPENED: Final = (
    "the front matter has no opening line; it is read all the same, but put a line with three "
    "hyphens above it"
)
_UNCLOSED: Final = (
    "the front matter has no closing line; it is read up to the first line that is not an entry; "
    "put a line with three hyphens below it"
)

REPEATED: Final = "the key stands here a second time"
"""The reason for an entry with the key of an earlier one."""

KNOWN_KEYS: Final = EXL_KEYS | {
    *("badge", "breadcrumb-title", "cloud", "description", "doc-type", "feature", "git-repo"),
    *("hide", "hidefromtoc", "keywords", "landing-page-name", "last-substantial-update"),
    *("level", "mini-toc-levels", "product", "recommendations", "role", "seo-description"),
    *("seo-title", "solution", "sub-product", "thumbnail", "title", "topic"),
    *("user-guide-description", "user-guide-title"),
}
"""The keys by which front matter is recognized that is in the wrong place."""

_ATTRIBUTES = re.compile(r"\w+=[\"']")
"""How the value of a badge key begins: ``label="Beta" type="Informative"``."""

_MARKS = re.compile(r"[*_~`<\[\\]")
_TAG = re.compile(r"</?([A-Za-z]+)")
_BREAKING_TAGS: Final = frozenset({"br", "p"})
_INLINE_TAGS: Final = _BREAKING_TAGS | {
    *("a", "b", "code", "em", "i", "kbd", "samp", "span", "strong", "sub", "sup", "u", "uicontrol")
}

_TRUE: Final = frozenset({"true", "yes", "y", "on"})
_FALSE: Final = frozenset({"false", "no", "n", "off"})


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem of front matter: in most cases, an entry that is not valid YAML."""

    line: int
    """The line of the entry, counted from 1 in the file."""
    key: str
    """Its key; empty for a line that is no entry at all."""
    reason: str
    """What is wrong with it."""
    limit: bool = False
    """Whether the front matter exceeds a budget."""
    whole: bool = False
    """Whether it concerns the front matter as a whole."""


@dataclass(slots=True)
class FrontMatter:
    """The entries of one front matter, in their order."""

    entries: dict[str, Value] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    """The line of each entry, counted from 1 in the file."""
    problems: list[Problem] = field(default_factory=list)
    inherited: frozenset[str] = frozenset()
    """The keys of the entries that come from another file."""

    def text(self, key: str) -> str:
        """Return an entry as readers should see it.

        :returns: Its text, see :func:`plain_text`; empty if there is none.
        """
        return plain_text(flatten(self.entries[key])) if key in self.entries else ""

    def flag(self, key: str) -> bool | None:
        """Return a yes/no entry.

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

    :returns: Whether ``hide`` or ``hidefromtoc`` says so.
    """
    return any(front_matter.flag(key) for key in ("hide", "hidefromtoc", "hide-from-toc"))


def flatten(value: Value) -> str:
    """Turn an entry into one line of text.

    The values of a list are joined by commas. Of a map with a label (``id``, ``internal-label``:
    the taxonomy of exl-markdown.md, 2.1), only the label counts.
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
    """Remove markup that is only for the authoring tools.

    :param text: A value such as ``Use [!DNL Sample] &amp; more``.
    :returns: The text without marker wrappers and zero-width spaces, with entities decoded.
    """
    text = unescape(without_markers(text)).replace("\u200b", "")
    return " ".join(without_controls(text).split())


def without_markers(text: str) -> str:
    """Remove the markers for translators from a text that shows no markup, such as a title.

    :param text: A value such as ``Use **[!UICONTROL Save]**``.
    :returns: The same text, if it has no marker. Else the text without Markdown markup, and
        without HTML tags in its markers; entities stay.
    """
    inside = plain_markers(text)
    return inside if inside == text else _without_markup(inside, html=False)


def plain_markers(text: str) -> str:
    """Remove the markers for translators from a text, and the markup inside them.

    :param text: A value such as ``Use [!UICONTROL **Save**]``.
    :returns: The text. Outside of markers, it is unchanged.
    """
    return map_markers(text, lambda marker: _without_markup(strip_markers(marker), html=True))


def _without_markup(text: str, *, html: bool) -> str:
    if not _MARKS.search(text):
        return text
    return _inline_text(_inline_parser(html).parseInline(text)[0].children or [])


@cache
def _inline_parser(html: bool) -> MarkdownIt:
    rules = ["backticks", "balance_pairs", "emphasis", "escape", "image", "link", "strikethrough"]
    return MarkdownIt("zero", {"html": html}).enable([*rules, "html_inline"])


def _inline_text(tokens: Sequence[Token]) -> str:
    parts = []
    for token in tokens:
        tag = _TAG.match(token.content) if token.type == "html_inline" else None
        if token.type == "image":
            parts.append(_inline_text(token.children or []))
        elif tag is None or tag[1].lower() not in _INLINE_TAGS:
            parts.append(token.content)
        elif tag[1].lower() in _BREAKING_TAGS:
            parts.append(" ")
    return "".join(parts)


def front_matter_text(source: str) -> str | None:
    """Return the YAML of a page.

    :returns: The YAML; ``None`` if the page has no front matter, see :func:`find_head`.
    """
    head = find_head(source)
    return head.text if head else None


@dataclass(frozen=True, slots=True)
class Head:
    """The front matter of a page, and its lines, counted from 0."""

    text: str
    """The YAML."""
    start: int
    """The first line."""
    end: int
    """The line below it."""
    entries: int
    """The first line of its YAML."""
    problem: str = ""
    """What is wrong with its place, its beginning or its end."""


def find_head(source: str) -> Head | None:
    """Find the front matter of a page.

    It is between two ``---`` lines at the top. A page can also begin with a horizontal line: text
    without a single entry is not front matter. If it is not at the very top, or if one of these
    lines is missing, it must have one of :data:`KNOWN_KEYS`.

    :returns: The front matter; ``None`` if the page has none.
    """
    first, text = _first_line(source[:_TOP].removeprefix("\ufeff").split("\n"))
    if not text or not may_begin_head(text):
        return None
    lines = source.removeprefix("\ufeff").split("\n")
    head = _closed(lines, first) if first or lines[0].startswith("---") else None
    return head or _mended(lines, first, text)


def may_begin_head(line: str) -> bool:
    """Tell whether the first line of a page may begin front matter, or precede it."""
    text = line.translate(_INVISIBLE).strip()
    return not text or bool(_DASHES.match(text)) or _has_known_key([text])


def _closed(lines: list[str], first: int) -> Head | None:
    """Return front matter between two lines of hyphens, with any repeated one below it."""
    inside = _between(lines, first)
    if inside is None:
        return None
    end = first + len(inside) + 2
    text = list(inside)
    while _has_known_key(inside):
        start = next((n for n in range(end, len(lines)) if lines[n].strip()), len(lines))
        more = _between(lines, start) if start < len(lines) else None
        if more is None:
            break
        text += [""] * (start - end + 2) + more
        inside, end = more, start + len(more) + 2
    return Head("\n".join(text) + "\n", first, end, first + 1, _MISPLACED if first else "")


def _between(lines: list[str], first: int) -> list[str] | None:
    """Return the lines between two lines of hyphens; ``None`` if they are not front matter."""
    opening = _FENCE.match(lines[first])
    end = _closing(lines, first, len(opening[1])) if opening else None
    if end is None:
        return None
    inside = _at_margin(lines[first + 1 : end])
    if not _is_yaml(inside) or ((first or _is_page(inside)) and not _has_known_key(inside)):
        return None
    if not any(map(_KEY.match, inside)) and any(map(str.strip, inside)):
        return None
    return inside


def _mended(lines: list[str], first: int, text: str) -> Head | None:
    """Return front matter with a mistake in the lines around it."""
    opened = _DASHES.match(text) is not None
    entries = first + opened
    inside = _at_margin(lines[entries:] if opened else [text, *lines[first + 1 :]])
    size = next((number for number, line in enumerate(inside) if _DASHES.match(line)), None)
    if size is None or not _is_yaml(inside[:size]):
        size = _entries_end(inside)
    closed = size < len(inside) and _DASHES.match(inside[size]) is not None
    exact = closed and _FENCE.match(inside[size]) is not None
    inside = inside[:size]
    known = sum(_has_known_key([line]) for line in inside)
    if known < (1 if opened or (closed and all(map(str.strip, inside))) else _FEW):
        return None
    if not opened:
        problem = _UNOPENED
    elif not exact:
        problem = _UNCLOSED
    else:
        problem = _MISPLACED if first else _OPENING
    return Head("\n".join(inside) + "\n", first, entries + size + closed, entries, problem)


def _at_margin(lines: list[str]) -> list[str]:
    """Return the lines without the indentation of the first entry: entries begin in column 1."""
    first = next(filter(str.strip, lines), "")
    if "\t" in "".join(line[:1] for line in lines):
        # YAML does not allow tabs in indentation
        lines = [_MARGIN.sub(lambda match: match[0].replace("\t", "  "), line, 1) for line in lines]
        first = next(filter(str.strip, lines), "")
    margin = first[: len(first) - len(first.lstrip(" "))]
    if not margin or not _KEY.match(first.strip()):
        return lines
    return [line.removeprefix(margin) for line in lines]


def _is_page(lines: list[str]) -> bool:
    """Tell whether lines look like text between two horizontal lines: one of them is a heading."""
    return any(map(_HEADING.match, lines)) and not all(map(str.strip, lines))


def may_have_head(text: str) -> bool:
    """Tell whether front matter may begin in the first part of a page."""
    _, first = _first_line(text.removeprefix("\ufeff").split("\n"))
    return may_begin_head(first)


def _first_line(lines: list[str]) -> tuple[int, str]:
    """Return the first line that is not blank, and its content after comments."""
    inside = False
    for number, line in enumerate(lines):
        text = line.translate(_INVISIBLE)
        while inside or text.lstrip().startswith("<!--"):
            _, arrow, after = text.partition("-->")
            inside = not arrow
            text = after
            if inside:
                break
        if text.strip():
            return number, text
    return len(lines), ""


def _closing(lines: list[str], first: int, length: int) -> int | None:
    """Return the line that closes the front matter."""
    for number in range(first + 1, len(lines)):
        closing = _FENCE.match(lines[number])
        if (closing and len(closing[1]) >= length) or lines[number].rstrip() == "...":
            return number
    return None


def _is_yaml(lines: list[str]) -> bool:
    """Tell whether the lines below a blank line are YAML, too, and not the text of the page.

    A single line that is not an entry is a mistake. If more lines are text than entries, the lines
    are the text of the page.
    """
    blank = next((number for number, line in enumerate(lines) if not line.strip()), len(lines))
    below = lines[blank:]
    texts = sum(line.startswith("#") or not _continues(line) for line in below)
    return texts <= sum(_KEY.match(line) is not None for line in below)


def _continues(line: str) -> bool:
    """Tell whether a line may stand in front matter."""
    return not line.strip() or line[0] in " \t#" or line.startswith("- ") or bool(_KEY.match(line))


def _entries_end(lines: list[str]) -> int:
    """Return how many lines at the top are entries, up to a blank line or another text."""
    for number, line in enumerate(lines):
        if not line.strip() or line.startswith("#") or not _continues(line):
            return number
    return len(lines)


def are_entries(text: str) -> bool:
    """Tell whether a text consists only of front matter entries, at least one of them known."""
    lines = text.split("\n")
    return all(map(_KEY.match, lines)) and _has_known_key(lines)


def _has_known_key(lines: list[str]) -> bool:
    return any(match[1] in KNOWN_KEYS for match in map(_KEY.match, lines) if match)


def read_page_front_matter(source: str, limits: Limits = DEFAULT_LIMITS) -> FrontMatter:
    """Read the front matter of a page.

    :returns: All entries and their problems; empty if the page has no front matter.
    """
    head = find_head(source)
    if head is None:
        return FrontMatter()
    found = read_front_matter(head.text, head.entries + 1, limits)
    if head.problem:
        found.problems.insert(0, Problem(head.start + 1, "", head.problem, whole=True))
    return found


def read_front_matter(
    text: str, first_line: int = 2, limits: Limits = DEFAULT_LIMITS
) -> FrontMatter:
    """Read the text between the two ``---`` lines of a page.

    :param first_line: The line of the file that it begins on, counted from 1.
    :returns: All entries, and what is wrong with some of them.
    """
    chunks = list(_chunks(text))
    found = FrontMatter(
        lines={key: first_line + offset for offset, key, _ in reversed(chunks) if key},
    )
    data: object = None
    try:
        # libyaml takes quadratic time for many directives; reading entry by entry skips them
        if not f"\n{text}".count("\n%"):
            data = load_yaml(text, Budget.of(limits))
    except LimitError:
        found.problems.append(Problem(first_line, "", exceeded_budget(limits), limit=True))
    except ERRORS:
        pass
    # YAML has fewer keys if two are equal, or if a value reaches over others to the next quote
    if isinstance(data, dict) and len(data) == sum(bool(key) for _, key, _ in chunks):
        found.entries = data
        _restore_attributes(found, chunks)
    else:
        _read_entries(found, chunks, first_line, limits)
    return found


def exceeded_budget(limits: Limits) -> str:
    """Say which budget the front matter exceeds."""
    return (
        f"it holds more than {limits.front_matter_values} values (front_matter_values) or "
        f"{limits.front_matter_characters} characters (front_matter_characters), "
        "what YAML aliases repeat included"
    )


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
        start, key, lines = number, (match[1] if match else ""), [line]
    if key or any(part.strip() and not part.startswith("#") for part in lines):
        yield start, key, "\n".join(lines)


def _restore_attributes(found: FrontMatter, chunks: list[tuple[int, str, str]]) -> None:
    # YAML silently cuts `label="A # B"` at the ` #`, which it takes for a comment.
    for _, key, source in chunks:
        value = _first_value(source)
        if key and " #" in value and _ATTRIBUTES.match(value):
            found.entries[key] = value


def _first_value(source: str) -> str:
    """Return the text after the key, on the line of the key."""
    head = source.partition("\n")[0]
    match = _KEY.match(head)
    return head[match.end() :].strip() if match else head


def _read_entries(
    found: FrontMatter, chunks: list[tuple[int, str, str]], first_line: int, limits: Limits
) -> None:
    budget = Budget.of(limits)
    limited = bool(found.problems)
    for offset, key, source in chunks:
        line = first_line + offset
        if not key:
            found.problems.append(Problem(line, "", "this is not an entry"))
            continue
        if key in found.entries:
            found.problems.append(Problem(line, key, REPEATED))
            continue
        try:
            data = load_yaml(source, budget)
            value = data[key]  # type: ignore[index,call-overload]
        except (*ERRORS, KeyError) as error:
            value = _raw_value(source)
            # one warning is enough if aliases are not read because they exceed the budget
            if not limited and not _ATTRIBUTES.match(value):
                found.problems.append(Problem(line, key, _reason(error)))
        found.entries[key] = value
    _restore_attributes(found, chunks)


def _raw_value(source: str) -> str:
    rest = source.partition("\n")[2]
    value = " ".join([_first_value(source), *rest.split()]).strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        inner = value[1:-1]
        value = inner if value[0] not in inner else value
    return value


def _reason(error: Exception) -> str:
    problem = getattr(error, "problem", None)
    return str(problem) if problem else "its value cannot be read"
