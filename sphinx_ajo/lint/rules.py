"""The table of all rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx_ajo.base.problems import AjoWarnings as W
from sphinx_ajo.lint import rules_blocks as blocks
from sphinx_ajo.lint import rules_headings as headings
from sphinx_ajo.lint import rules_lenient as lenient
from sphinx_ajo.lint import rules_markers as markers
from sphinx_ajo.lint import rules_text as text
from sphinx_ajo.lint.model import Rule, Severity
from sphinx_ajo.lint.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from markdown_it import MarkdownIt

    from sphinx_ajo.lint.model import Finding

_OFF: Final = Severity.OFF

RULES: Final[Mapping[str, Rule]] = {
    rule.id: rule
    for rule in (
        Rule(W.AM001, headings.digit_without_id, _OFF),
        Rule(W.AM002, headings.space_in_id, same_as=W.HEADING_ID),
        Rule(W.AM003, blocks.horizontal_rule),
        Rule(W.AM004, blocks.malformed_table),
        Rule(W.AM005, headings.digit_first),
        Rule(W.AM006, text.control_character),
        Rule(W.AM007, headings.id_without_sign),
        Rule(W.AM008, headings.link_in_heading),
        Rule(W.AM009, markers.bad_marker),
        Rule(W.AM010, headings.second_sign, same_as=W.HEADING_ID),
        Rule(W.AM011, text.space_in_link, _OFF),
        Rule(W.AM012, blocks.fence_indent),
        Rule(W.AM013, blocks.many_backticks),
        # the pack's own settings switch it off, because the attributes of code are there
        Rule(W.AM014, blocks.braces_in_info, _OFF),
        # the pack's settings switch it off, too, but readers see such comments
        Rule(W.AM015, text.malformed_comment),
        Rule(W.AM016, text.unbalanced),
        Rule(W.AM017, headings.text_after_id),
        Rule(W.AM018, blocks.quote_without_blank),
        Rule(W.AM019, text.bad_link_target),
        Rule(W.AM021, markers.youtube),
        Rule(W.AM022, headings.duplicate_anchor, pages_only=True, same_as=W.DUPLICATE_ID),
        Rule(W.AM023, blocks.no_outer_pipes),
        Rule(W.AM024, blocks.bare_list_marker),
        Rule(W.AM026, blocks.table_indent),
        Rule(W.AM028, blocks.empty_or_split_quote, same_as=W.ALERT_EMPTY),
        Rule(W.AM029, text.conflict_marker),
        Rule(W.FENCE_UNCLOSED, blocks.unclosed_fence),
        Rule(W.HEADING_TOP, headings.one_top_heading, pages_only=True),
        Rule(W.HEADING_LEVEL, headings.level_left_out, Severity.INFO, pages_only=True),
        Rule(W.EXL_ID, None),
        Rule(W.METADATA_FENCED, lenient.fenced_metadata, pages_only=True),
        Rule(W.HTML_DROPPED, lenient.dropped_html),
        Rule(W.IMAGE_ALT, lenient.image_without_text, Severity.INFO),
    )
}
"""All rules, by their ids. AM020 does nothing any more; AM025 and AM027 never existed."""


def check(source: str, md: MarkdownIt, ids: Iterable[str]) -> list[tuple[Rule, Finding]]:
    """Check a file.

    :returns: What was found, in the order of the lines.
    """
    page = Page(source, md)
    found = [
        (RULES[id_], finding)
        for id_ in ids
        if (function := RULES[id_].check) is not None
        for finding in function(page)
    ]
    return sorted(found, key=lambda item: (item[1].line, item[0].id))
