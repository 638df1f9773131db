"""Read the attributes that authors write in braces: ``{width="600" zoomable="yes"}``.

Independent of Markdown and Sphinx. Each construct decides which names are allowed, and what they
mean.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

from sphinx_ajo.language.bracket_markers import strip_markers

if TYPE_CHECKING:
    from collections.abc import Mapping

ZERO_WIDTH: Final = "\u200b\u200c\u200d\u2060\ufeff"
"""Zero-width characters, which machine translation leaves in texts."""

# Machine translation turns quotes into entities and into the quotes of the language.
_DOUBLE = '"\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb'
_SINGLE = "'\u2018\u2019\u201a\u201b\u2032\u2039\u203a"
_QUOTE = re.compile(
    rf"(?P<double>[{_DOUBLE}]|&quot;|&\#34;|&\#x22;)|(?P<single>[{_SINGLE}]|&apos;|&\#39;|&\#x27;)",
    re.IGNORECASE,
)
_SPACED = "\u00ab\u00bb\u2039\u203a"
_LOOSE_QUOTE = re.compile(rf"(?:[{_DOUBLE}{_SINGLE}]|&quot;|&apos;)\Z")
_STRAIGHT = {'"': re.compile('"'), "'": re.compile("'")}

_SPACE = rf"\s{ZERO_WIDTH}"
_ENTITY_SPACE = r"&nbsp;|&\#(?:160|8203|x0*a0|x0*200b);"
_SEPARATOR = re.compile(rf"(?:[{_SPACE},;]|{_ENTITY_SPACE})+", re.IGNORECASE)
_BLANK = re.compile(rf"(?:[{_SPACE}]|{_ENTITY_SPACE})*", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z_][\w-]*", re.ASCII)
# an id may contain dots, as the ids of headings do
_SHORTHAND = re.compile(rf"\.[^{_SPACE},;.#=\"'{{}}]+|#[^{_SPACE},;#=\"'{{}}]+")
# A comma belongs to a bare value unless an attribute, or nothing, follows it.
_BARE = re.compile(rf"(?:[^{_SPACE},]|,(?![{_SPACE},]|$|[A-Za-z_][\w-]*[ \t]*=|[.#]))+")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,31});")
_NOISE = str.maketrans("", "", ZERO_WIDTH)


def parse_attributes(text: str) -> dict[str, str]:
    """Read the text between a pair of braces.

    A value may be in straight quotes, typographic quotes, ``&quot;`` or no quotes. Blanks, commas
    and semicolons separate attributes. ``.name`` adds to ``class``, and ``#name`` sets the ``id``.
    A name without a value has an empty value. Names become lower-case. If a name is repeated, its
    first value counts; only the values of ``class`` are joined. Any other text is skipped.

    :returns: Name → value, with entities decoded and zero-width characters removed.
    """
    found: dict[str, str] = {}
    pos = 0
    while pos < len(text):
        if match := _SEPARATOR.match(text, pos):
            pos = match.end()
        elif match := _SHORTHAND.match(text, pos):
            _add(found, "class" if match[0][0] == "." else "id", match[0][1:])
            pos = match.end()
        elif match := _NAME.match(text, pos):
            value, pos = _value(text, match.end())
            _add(found, match[0].lower(), value)
        else:
            match = _BARE.match(text, pos)
            pos = match.end() if match else pos + 1
    return found


def _add(found: dict[str, str], name: str, value: str) -> None:
    value = clean_text(value)
    if name == "class" and name in found:
        found[name] = f"{found[name]} {value}".strip()
    else:
        found.setdefault(name, value)


def clean_text(value: str) -> str:
    """Decode the entities of a value, and remove its zero-width characters."""
    # only with their semicolon: the "&copy=1" of a URL is not meant as an entity
    return without_noise(_ENTITY.sub(lambda match: html.unescape(match[0]), value))


def without_noise(text: str) -> str:
    """Remove the zero-width characters of a text."""
    return text.translate(_NOISE)


_UNSEEN: Final = f" \t{ZERO_WIDTH}"
_UNSEEN_ENTITIES: Final = ("&#x200b;", "&#8203;", "&#xfeff;")


def end_of_shown(text: str, end: int) -> int:
    """Return where a text ends, not counting trailing spaces and zero-width characters.

    :param end: Where it ends with them. Entities of zero-width characters do not count, either.
    """
    while end > 0:
        if text[end - 1] in _UNSEEN:
            end -= 1
        elif text[max(end - 8, 0) : end].lower().endswith(_UNSEEN_ENTITIES):
            end = text.rindex("&", 0, end)
        else:
            break
    return end


def hover_words(attributes: Mapping[str, object]) -> str:
    """Return the tooltip of a link or image.

    :returns: The text of its ``title``, without markers such as ``[!DNL …]``.
    """
    return " ".join(without_noise(strip_markers(str(attributes.get("title", "")))).split())


def _value(text: str, pos: int) -> tuple[str, int]:
    """Read ``= value`` at a position; return the value and where it ends."""
    equals = _skip(text, pos)
    if not text.startswith("=", equals):
        return "", pos
    start = _skip(text, equals + 1)
    quote = _QUOTE.match(text, start)
    if quote is not None:
        if value := _quoted(text, quote):
            return value
        start = quote.end()  # an opening quote without a closing one
    bare = _BARE.match(text, start)
    if bare is None:
        return "", start
    return _LOOSE_QUOTE.sub("", bare[0]), bare.end()


def _skip(text: str, pos: int) -> int:
    match = _BLANK.match(text, pos)
    return match.end() if match else pos


def _quoted(text: str, quote: re.Match[str]) -> tuple[str, int] | None:
    straight = _STRAIGHT.get(quote[0])
    # a straight quote ends at the next straight one, if any: the text may contain other quotes
    end = straight.search(text, quote.end()) if straight else None
    if end is None or text[end.start() - 1] == "=":  # the quote found opens the next value
        kind = quote.lastgroup
        matches = _QUOTE.finditer(text, quote.end())
        end = next((match for match in matches if match.lastgroup == kind), None)
    if end is None:
        return None
    value = text[quote.end() : end.start()]
    if quote[0] in _SPACED:
        value = clean_text(value).strip()
    return value, end.end()
