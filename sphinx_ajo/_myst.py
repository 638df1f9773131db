"""The only place that touches what MyST-Parser does not document.

``tests/test_myst.py`` fails when one of these changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from myst_parser.mocking import MockState

if TYPE_CHECKING:
    from myst_parser.mdit_to_docutils.base import DocutilsRenderer


def is_markdown_state(state: object) -> bool:
    """Tell whether a directive stands in Markdown.

    :param state: The ``state`` of the directive.
    :returns: Whether it is MyST's stand-in for the state of the reStructuredText parser.
    """
    return isinstance(state, MockState)


def share_headings(state: object, renderer: DocutilsRenderer) -> None:
    """Let a renderer of a part of a page know the headings of the page, and add its own.

    So the slugs of all headings are unique, and links in the page find each of them.

    :param state: The ``state`` of the directive that holds the part.
    :param renderer: The renderer of the part, set up.
    """
    if isinstance(state, MockState):
        renderer._heading_slugs = state._renderer._heading_slugs


def note_heading_slug(renderer: DocutilsRenderer, id_: str, line: int | None, text: str) -> None:
    """Let ``[](#id)`` and ``[](page.md#id)`` find a heading.

    MyST keeps what it finds in this way with the page, also for links from other pages.

    :param renderer: The renderer.
    :param id_: The id of the heading.
    :param line: Its line.
    :param text: Its text, for links that have none.
    """
    renderer._heading_slugs[id_] = (line, id_, text)


def note_anchor(renderer: DocutilsRenderer, name: str, line: int | None) -> None:
    """Let links such as ``#name`` and ``page.md#name`` find a place that is no heading.

    :param renderer: The renderer of the page.
    :param name: The id of the place.
    :param line: Its line.
    """
    renderer._heading_slugs.setdefault(name, (line, name, ""))
