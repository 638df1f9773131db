"""The length and the digest of the text of each page."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from docutils import nodes

from sphinx_ajo.project.state import PageRecords

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[^\W\u3040-\u9fff]+")
"""A word; in scripts without spaces between words, a character."""

_UNSEEN: Final = (nodes.Invisible, nodes.raw, nodes.system_message)


class PageText(NamedTuple):
    """The length and the digest of a text."""

    words: int
    digest: str


TEXTS: Final = PageRecords[PageText]("page_texts")
"""The texts of all pages."""


def read_text_of(document: nodes.document) -> PageText:
    """Read the text of a page.

    :param document: The page, before its references are resolved.
    """
    text = "\n".join(_texts(document))
    digest = hashlib.blake2b(text.encode(errors="replace"), digest_size=16).hexdigest()
    return PageText(len(_WORD.findall(text)), digest)


def _texts(document: nodes.document) -> Iterator[str]:
    """Yield the visible texts, in their order."""
    stack: list[nodes.Node] = [document]
    while stack:
        node = stack.pop()
        if type(node) is nodes.Text:  # far faster than checking its classes
            yield str(node)
        elif not isinstance(node, _UNSEEN):
            stack.extend(reversed(node.children))
