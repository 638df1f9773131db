"""Skip syntax rules that cannot begin with the current character.

At each line, markdown-it tries all rules one after the other, about 30, until one matches. A text
in which no inline rule can begin, such as that of most cells, needs no rule at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx_ajo.foreign.markdown_it import try_by_character
from sphinx_ajo.project.state import state_of
from sphinx_ajo.reading.parser import PAGE_READ

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markdown_it import MarkdownIt
    from sphinx.application import Sphinx

BLOCK: Final[Mapping[str, str]] = {
    "ajo_abbreviation": "*",
    "ajo_accordion": "+",
    "ajo_alert": ">",
    "ajo_attributes": "{",
    "ajo_container": ":",
    "ajo_contextual_help": ">[",
    "ajo_html_unclosed": "<",
    "ajo_landing_cards": ":",
    "ajo_shadebox": ">",
    "ajo_slide": ">[",
    "ajo_tabs": ">",
    "ajo_video": ">[",
    "blockquote": ">",
    "fence": "`~",
    "footnote_def": "[",
    "heading": "#",
    "hr": "*-_",
    "html_block": "<",
    "list": "*+-0123456789",
    "reference": "[",
}
"""Block rules → the first characters of lines that they can match. Other rules may match any line.
"""

INLINE: Final[Mapping[str, str]] = {
    "ajo_attributes": "{",
    "ajo_badge": "[",
    "ajo_html_other": "<",
    "ajo_marker": "[]!",
    "ajo_placeholder_inline": "{",
    "ajo_video_inline": "[",
    "autolink": "<",
    "backticks": "`",
    "emphasis": "*_",
    "entity": "&",
    "escape": "\\",
    "footnote_ref": "[",
    "html_inline": "<",
    "image": "!",
    "link": "[",
    "myst_preserve_newline": "\n",  # added when the first directive of a build runs
    "newline": "\n",
    "strikethrough": "~",
}
"""Inline rules → the characters with which they can begin. Other rules may begin with any
character."""

AFTER: Final = frozenset(
    {
        "ajo_element_id",
        "ajo_marker",
        "balance_pairs",
        "emphasis",
        "fragments_join",
        "strikethrough",
    }
)
"""Rules that run after the inline rules, and find nothing where none of those has matched."""


def _try_by_character(app: Sphinx, _text: str, md: MarkdownIt, *_: object) -> None:
    if state_of(app.env).accelerated:
        try_by_character(md, BLOCK, INLINE, AFTER)


def setup_first_characters(app: Sphinx) -> None:
    """Skip rules that cannot match while pages are parsed."""
    app.connect(PAGE_READ, _try_by_character)
