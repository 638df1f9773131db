"""Read ``:::: landing-cards-container`` blocks (exl-markdown.md, 3)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from markdown_it.rules_inline import StateInline

from sphinx_ajo.base.problems import add_problem
from sphinx_ajo.constructs.landing_cards.scan import Line, plan_container
from sphinx_ajo.icons import icon_name
from sphinx_ajo.markup.blocks import (
    INTERRUPTS,
    is_attributes,
    leaves_parent,
    line_text,
    match_line,
    tokenize_lines,
)
from sphinx_ajo.markup.groups import BESIDE
from sphinx_ajo.markup.quotes import push_text

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

    from sphinx_ajo.constructs.landing_cards.scan import Plan
    from sphinx_ajo.language.dialect import Dialect

NAME: Final = "landing-cards-container"
"""The name of a container of cards."""

_OPENING = re.compile(rf"(:{{3,}})[ \t]*{NAME}(?:[ \t]+(.*))?$")
_BARE = re.compile(r"(:{3,})[ \t]*$")
_ATTRIBUTES = re.compile(r"\{[^{}\n]*\}")
_BREAK_TAG = re.compile(r"<br\s*/?>")
_BREAK = re.compile(r"[ \t]*(?:<br\s*/?>[ \t]*\n?|\\?\n)[ \t]*(?:(?:<br\s*/?>|\n)[ \t]*)*")


def landing_cards_plugin(md: MarkdownIt, *, dialect: Dialect) -> None:
    """Add the container and its cards.

    The container opens with three colons or more and its name; below it, bare colon lines
    open and close cards. Both may interrupt a paragraph. Tokens: ``ajo_cards_open/close``
    around ``ajo_card_open/close``; content that belongs to no card is between them.

    :param dialect: The dialect it reads; the syntax is the same in both.
    """
    # MyST's rule accepts containers of any name, and also runs before fences
    fences = md.get_all_rules()["block"]
    md.block.ruler.before(
        "colon_fence" if "colon_fence" in fences else "fence",
        "ajo_landing_cards",
        _landing_cards_rule,
        INTERRUPTS,
    )
    md.core.ruler.before("inline", "ajo_landing_cards_split", _split_rule)


def _landing_cards_rule(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    opening = match_line(state, start_line, ":::", _OPENING)
    if opening is None:
        return False
    if silent:
        return True
    colons = len(opening[1])
    lines = _lines(state, start_line + 1, end_line)
    plan = plan_container(start_line, colons, lines, start_line + 1 + len(lines))
    _push(state, start_line, opening[1], plan, opening[2] or "")
    return True


def _lines(state: StateBlock, line: int, end_line: int) -> list[Line]:
    """Return the possible lines of a container: to the end of its parent or the next container."""
    lines: list[Line] = []
    for number in range(line, end_line):
        if leaves_parent(state, number) or match_line(state, number, ":::", _OPENING):
            break
        bare = match_line(state, number, ":::", _BARE)
        lines.append(Line(number, line_text(state, number), len(bare[1]) if bare else 0))
    return lines


def _push(state: StateBlock, start_line: int, markup: str, plan: Plan, beside: str) -> None:
    old_parent = state.parentType
    state.parentType = "ajo_cards"
    opening = state.push("ajo_cards_open", "div", 1)
    opening.markup = markup
    opening.attrs = {"class": NAME}
    opening.map = [start_line, plan.after]
    for finding in plan.findings:
        add_problem(opening, finding.warning, finding.message, line=finding.line)
    if not is_attributes(beside):
        # the grid warns about content in no card
        push_text(state, BESIDE, start_line, beside.strip())
    at = start_line + 1
    for card in plan.cards:
        _tokenize_between(state, at, card.line, plan.extra)
        card_token = state.push("ajo_card_open", "div", 1)
        card_token.map = [card.line, card.after]
        card_token.markup = ":::"
        tokenize_lines(state, card.line + 1, card.end)
        state.push("ajo_card_close", "div", -1).markup = ":::"
        at = card.after
    _tokenize_between(state, at, plan.end, plan.extra)
    state.push("ajo_cards_close", "div", -1).markup = markup
    state.parentType = old_parent
    state.line = plan.after


def _tokenize_between(
    state: StateBlock, start_line: int, end_line: int, left_out: list[int]
) -> None:
    for line in left_out:
        if start_line <= line < end_line:
            tokenize_lines(state, start_line, line)
            start_line = line + 1
    tokenize_lines(state, start_line, end_line)


def _split_rule(state: StateCore) -> None:
    """Split the parts of a card into separate paragraphs.

    An icon is split from the title below it, and links on separate lines (or separated by
    ``<br/>``) are split from one another. This happens before inline parsing, so that each part
    keeps its exact source for translators.
    """
    tokens: list[Token] = []
    changed = False
    depth: list[int] = []
    untitled: list[bool] = []
    index = 0
    while index < len(state.tokens):
        token = state.tokens[index]
        if token.type == "ajo_card_open":
            depth.append(token.level + 1)
            untitled.append(True)
        elif token.type == "ajo_card_close":
            depth.pop()
            untitled.pop()
        elif token.type == "paragraph_open" and depth and token.level == depth[-1]:
            parts, titled = _parts(state, state.tokens[index + 1], untitled=untitled[-1])
            untitled[-1] = untitled[-1] and not titled
            if len(parts) > 1:
                changed = True
                for text, line in parts:
                    tokens.extend(_paragraph(state.tokens[index : index + 3], text, line))
                index += 3
                continue
        tokens.append(token)
        index += 1
    if changed:
        state.tokens = tokens


def _paragraph(source: list[Token], text: str, line: int) -> list[Token]:
    opening, inline, closing = (token.copy() for token in source)
    start = (opening.map or [0, 0])[0] + line
    opening.map = inline.map = [start, start + 1 + text.count("\n")]
    inline.content = text
    inline.children = []
    return [opening, inline, closing]


_Part = tuple[str, int]
"""The source of a part, and how many lines below the first line of its paragraph it begins."""


def _parts(state: StateCore, inline: Token, *, untitled: bool) -> tuple[list[_Part], bool]:
    """Split a paragraph of a card; also tell whether it contains more than icons."""
    text = inline.content
    at = _icon_end(state, text)
    parts = [(text[:at], 0)] if at else []
    rest = _BREAK.match(text, at) if at else None
    at = rest.end() if rest else at
    while at < len(text) and text[at] in " \t":
        at += 1
    if at == len(text):
        return parts, False
    parts.extend(
        _links(state, text, at)
        or (_tight(state, text, at, icon=bool(parts)) if untitled else [])
        or [(text[at:], text.count("\n", 0, at))]
    )
    return parts, True


def _tight(state: StateCore, text: str, at: int, *, icon: bool) -> list[_Part]:
    """Split a card that is written without blank lines: title, text, links.

    This applies only below an icon, or if links end the paragraph; otherwise all of it is the
    title.
    """
    lines = text[at:].split("\n")
    offset = text.count("\n", 0, at)
    first_link = next(
        (
            number
            for number, line in enumerate(lines)
            if number and line.startswith("[") and _links(state, "\n".join(lines[number:]), 0)
        ),
        len(lines),
    )
    if len(lines) == 1 or (not icon and first_link == len(lines)):
        return []
    parts = [(_strip_break(lines[0]), offset)]
    if first_link > 1:
        parts.append((_strip_break("\n".join(lines[1:first_link])), offset + 1))
    if first_link < len(lines):
        links = _links(state, "\n".join(lines[first_link:]), 0)
        parts.extend((link, offset + first_link + line) for link, line in links)
    return parts


def _strip_break(text: str) -> str:
    text = text.rstrip(" \t")
    if text.endswith("\\"):
        return text[:-1]
    at = text.rfind("<br")
    return text[:at].rstrip(" \t") if at >= 0 and _BREAK_TAG.fullmatch(text, at) else text


def _icon_end(state: StateCore, text: str) -> int:
    """Return the end of the icons at the beginning of the text; 0 if there are none."""
    at = end = 0
    while text.startswith("![", at):
        stop = _skip(state, text, at)
        image = text[at:stop]
        url = image.rpartition("](")[2].strip("() \t\n").split()
        if stop - at < len("![]()") or not (
            image[2:].lstrip().lower().startswith("icon") or (url and icon_name(url[0]))
        ):
            break
        at = end = stop
        while at < len(text) and text[at] in " \t":
            at += 1
    return end


def _links(state: StateCore, text: str, at: int) -> list[_Part]:
    """Split a paragraph that contains only links; empty if it contains anything else."""
    links: list[_Part] = []
    while at < len(text):
        end = _skip(state, text, at) if text[at] == "[" else at
        if end - at < len("[]()"):
            return []
        links.append((text[at:end], text.count("\n", 0, at)))
        rest = _BREAK.match(text, end)
        if rest is None and text[end:].strip():
            return []
        at = rest.end() if rest else len(text)
    return links


def _skip(state: StateCore, text: str, at: int) -> int:
    """Return where the link or image at a position ends, with its attributes in braces."""
    inline = StateInline(text, state.md, state.env, [])
    inline.pos = at
    state.md.inline.skipToken(inline)
    attributes = _ATTRIBUTES.match(text, inline.pos)
    return attributes.end() if attributes else inline.pos
