"""The token of an id in braces, which is read in one module and given its place in another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markdown_it.rules_inline import StateInline

ELEMENT_ID: Final = "ajo_element_id"
"""The type of the token of an id or a class; its ``content`` is the source."""

ID_OF: Final = "ajo_id_of"
"""Where the ``meta`` of a token says what an id of Markdown belongs to; those of HTML have none."""

BEHIND_MARKER: Final = "ajo_behind_marker"
"""Where the ``meta`` of the token says whether it stands behind a translators' marker."""


def push_element_id(state: StateInline, attrs: Mapping[str, str], source: str) -> None:
    """Push the token of an id or a class.

    :param state: The state of the inline parser.
    :param attrs: The attributes; all but the two are passed over.
    :param source: Their source, which stays if they belong to nothing.
    """
    token = state.push(ELEMENT_ID, "", 0)
    token.attrs = {name: attrs[name] for name in ("id", "class") if attrs.get(name)}
    token.content = source
    before = state.tokens[-2] if len(state.tokens) > 1 else None
    token.meta[BEHIND_MARKER] = before is not None and before.type == "ajo_marker_close"
