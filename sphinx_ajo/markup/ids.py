"""Ids that authors write: the check of all, and the token of those in braces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sphinx_ajo.base.problems import AjoWarnings
from sphinx_ajo.language.slugs import safe_id
from sphinx_ajo.warnings_ import warn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markdown_it.rules_inline import StateInline

ELEMENT_ID: Final = "ajo_element_id"
"""The type of the token of an id or a class; its ``content`` is the source."""

ID_OF: Final = "ajo_id_of"
"""Where the ``meta`` of a token says what an id of Markdown belongs to; those of HTML have none."""

BEHIND_MARKER: Final = "ajo_behind_marker"
"""Where the ``meta`` of the token says whether it stands behind a translators' marker."""


ENDS_TEXT: Final = "ajo_ends_text"
"""Where the ``meta`` of the token says whether it ends the text of a block, which it belongs to."""


def push_element_id(state: StateInline, attrs: Mapping[str, str], source: str) -> None:
    """Push the token of an id or a class.

    :param attrs: The attributes; all but the two are passed over.
    :param source: Their source, which stays if they belong to nothing.
    """
    token = state.push(ELEMENT_ID, "", 0)
    token.attrs = {name: attrs[name] for name in ("id", "class") if attrs.get(name)}
    token.content = source
    before = state.tokens[-2] if len(state.tokens) > 1 else None
    token.meta[BEHIND_MARKER] = before is not None and before.type == "ajo_marker_close"


def checked_id(id_: str, location: Any) -> str:
    """Turn an id that an author wrote into a safe one; warn if it had to be changed.

    :param location: Where, as :func:`.warn` takes it.
    :returns: An id that may be printed; see :func:`.safe_id`.
    """
    safe = safe_id(id_)
    if safe != id_:
        message = "the id %r has characters that ids must not have; it is %r, and links lead there"
        warn(AjoWarnings.ID_UNSAFE, message, id_, safe, location=location)
    return safe
