"""Rules about headings and their ids. Each takes a page, and yields what it finds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_ajo.language.front_matter import read_front_matter
from sphinx_ajo.language.headings import heading_text
from sphinx_ajo.language.slugs import Slugger, slugify
from sphinx_ajo.lint.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_ajo.lint.page import Heading, Page

_ID = re.compile(r"\{[ \t]*#(?P<id>[^{}]*)\}")
_WORD = re.compile(r"(?:^|[ \t])\{(?P<word>[A-Za-z][\w.-]*)\}$")
_DIGIT = re.compile(r"\d")


def _id(heading: Heading) -> re.Match[str] | None:
    """Return the last braces of a heading that hold an id."""
    found = list(_ID.finditer(heading.masked))
    return found[-1] if found else None


def digit_without_id(page: Page) -> Iterator[Finding]:
    """Check AM001."""
    for heading in page.headings:
        if _id(heading) is None and _DIGIT.search(heading.masked):
            yield Finding(heading.line, "this heading has a digit; give it an id: {#...}")


def space_in_id(page: Page) -> Iterator[Finding]:
    """Check AM002."""
    for heading in page.headings:
        match = _id(heading)
        if match and re.search(r"\s", match[0]):
            yield Finding(heading.line, "there is a space in %r", (match[0],))


def digit_first(page: Page) -> Iterator[Finding]:
    """Check AM005."""
    for heading in page.headings:
        match = _id(heading)
        if match and match["id"].lstrip()[:1].isdigit():
            yield Finding(heading.line, "the id %r begins with a digit", (match["id"].strip(),))


def id_without_sign(page: Page) -> Iterator[Finding]:
    """Check AM007."""
    for heading in page.headings:
        if match := _WORD.search(heading.masked):
            word = match["word"]
            yield Finding(heading.line, "{%s} is not an id; write {#%s}", (word, word))


def link_in_heading(page: Page) -> Iterator[Finding]:
    """Check AM008."""
    for heading in page.headings:
        if "[" not in heading.text and "<" not in heading.text:
            continue
        if any(token.type == "link_open" for token in page.inline(heading.text)):
            yield Finding(heading.line, "there is a link in this heading")


def second_sign(page: Page) -> Iterator[Finding]:
    """Check AM010."""
    for heading in page.headings:
        match = _id(heading)
        if match and "#" in match["id"]:
            yield Finding(heading.line, "there is a second # in %r", (match[0],))


def text_after_id(page: Page) -> Iterator[Finding]:
    """Check AM017."""
    for heading in page.headings:
        match = _id(heading)
        rest = heading.text[match.end() :].strip() if match else ""
        # a comment is no text
        if rest and not (rest.startswith("<!--") and rest.endswith("-->")):
            yield Finding(heading.line, "%r follows the id of this heading", (rest,))


def duplicate_anchor(page: Page) -> Iterator[Finding]:
    """Check AM022."""
    written: dict[str, int] = {}
    seen: dict[str, int] = {}
    headings = []
    for heading in page.headings:
        match = _id(heading)
        id_ = "".join(match["id"].split()) if match and match.end() == len(heading.text) else ""
        headings.append((heading, id_))
        if id_:
            written.setdefault(id_, heading.line)
    slugger = Slugger()
    for heading, id_ in headings:
        if id_:
            if id_ in seen:
                yield Finding(
                    heading.line, "the id %r is already used in line %d", (id_, seen[id_] + 1)
                )
            seen.setdefault(id_, heading.line)
            continue
        text = heading_text(page.inline(heading.text))
        slug = slugify(text)
        above = seen.get(slug, written.get(slug))
        new = slugger.slug(text, written)
        if slug and above is not None:
            message = "the heading in line %d has the id %r, too; this one gets %r"
            yield Finding(heading.line, message, (above + 1, slug, new))
        elif slug:
            seen[slug] = heading.line


def one_top_heading(page: Page) -> Iterator[Finding]:
    """Check that there is one heading of the first level."""
    top = [heading for heading in page.headings if heading.level == 1]
    for heading in top[1:]:
        message = "the page already has a first-level heading, in line %d"
        yield Finding(heading.line, message, (top[0].line + 1,))
    if top or not page.tokens or read_front_matter(page.front_matter).text("title"):
        return
    line = next((token.map[0] for token in page.tokens if token.map), 0)
    yield Finding(line, "the page has no first-level heading and no title")


def level_left_out(page: Page) -> Iterator[Finding]:
    """Check that no level of headings is left out."""
    last = 6
    for heading in page.headings:
        if heading.level > last + 1:
            message = "a heading of level %d follows one of level %d"
            yield Finding(heading.line, message, (heading.level, last))
        last = heading.level
