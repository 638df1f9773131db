"""The ids of articles (``exl-id``), and links to them. No Sphinx."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote

IDENTITY: Final = "exl-id"
"""The entry of the front matter that identifies an article across moves and languages."""

SCHEME: Final = "exl:"
"""How the target of a link to an article begins."""

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)


def normal_id(text: str) -> str:
    """Normalize an id for comparison: case does not count in a UUID."""
    return text.strip().lower()


def is_uuid(id_: str) -> bool:
    """Tell whether an id is a UUID, as ids should be.

    :param id_: What :func:`normal_id` returns.
    """
    return _UUID.fullmatch(id_) is not None


def is_article_link(href: str) -> bool:
    """Tell whether a target names an article by its id."""
    return href.lstrip()[: len(SCHEME)].lower() == SCHEME


def split_target(target: str) -> tuple[str, str]:
    """Divide the target of a link or role.

    :param target: The target, with or without its scheme.
    :returns: The id of the article, and that of an element of it, which may be empty.
    """
    target = target.strip()
    if is_article_link(target):
        target = target[len(SCHEME) :]
    id_, _, anchor = target.partition("#")
    return normal_id(unquote(id_)), unquote(anchor)


def join_target(id_: str, anchor: str) -> str:
    """Write the target of a link.

    :param anchor: The id of an element of the article; empty for the article itself.
    :returns: The target, without its scheme.
    """
    return f"{id_}#{anchor}" if anchor else id_
