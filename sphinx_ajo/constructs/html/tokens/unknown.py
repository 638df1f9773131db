"""Warn of the tags that HTML does not have: once on a page for each, however many there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sphinx_ajo.base.problems import AjoWarnings, add_problem
from sphinx_ajo.language.html.names import INVISIBLE
from sphinx_ajo.markup.problem_tokens import problem_token

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from typing import Any

    from markdown_it.rules_core import StateCore

    from sphinx_ajo.language.html.tags import Tag

_FOUND: Final = "ajo_html_other_tags"
"""The key of the parser's sandbox for the tags of a page."""


@dataclass(slots=True)
class _Found:
    line: int
    equal: str
    count: int = 0


def note_tag(env: MutableMapping[str, Any], tag: Tag, line: int) -> None:
    """Note a tag that HTML does not have."""
    if tag.closing:
        return
    found = env.setdefault(_FOUND, {})
    name = tag.source or tag.name
    first = found.setdefault(name, _Found(line, tag.name if tag.source else ""))
    first.line = min(first.line, line)
    first.count += 1


def report_tags(state: StateCore) -> None:
    """Add a warning for each tag that has been noted.

    :param state: The state of the parser, after the inline rules.
    """
    others: dict[str, _Found] = state.env.pop(_FOUND, {})
    for name, found in sorted(others.items(), key=lambda item: item[1].line):
        token = problem_token((found.line, found.line + 1))
        times = f" ({found.count} times on this page)" if found.count > 1 else ""
        if found.equal and found.equal not in _SHOWN_AS:
            what, advice = f"as <{found.equal}>", "write that"
        elif found.equal:
            what, advice = _SHOWN_AS[found.equal], "write that in HTML or Markdown"
        else:
            what, advice = "as its content only", "write HTML, or &lt; for a placeholder"
        message = "HTML has no <%s>; it is shown %s: %s%s"
        if name in INVISIBLE:
            message = "in HTML, <%s> is for programs; it is shown %s: %s%s"
        add_problem(token, AjoWarnings.HTML_UNKNOWN, message, name, what, advice, times)
        state.tokens.append(token)


_SHOWN_AS: Final = {
    "aside": "as an alert",
    "fn": "in parentheses",
    "menucascade": "with > between its parts",
    "tgroup": "as its content only",
}
"""How tags without an HTML equivalent are shown."""
