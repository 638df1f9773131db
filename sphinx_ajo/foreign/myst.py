"""The only place that touches what MyST-Parser does not document.

``tests/foreign/test_myst.py`` fails when one of these changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from docutils.parsers.rst import directives, languages
from docutils.parsers.rst.states import MarkupError
from myst_parser.mdit_to_docutils import base
from myst_parser.mocking import MockState
from myst_parser.parsers.directives import parse_directive_text

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping

    from docutils import nodes
    from markdown_it.tree import SyntaxTreeNode
    from myst_parser.mdit_to_docutils.base import DocutilsRenderer


def set_up(
    renderer: DocutilsRenderer,
    document: nodes.document,
    options: dict[str, Any],
    env: MutableMapping[str, Any],
) -> None:
    """Prepare a renderer for a document, as its method ``setup_render`` does.

    That also makes a document with all settings of docutils, for the case that there is none: two
    percent of the time of a build.
    """
    attributes = {
        "md_env": env,
        "md_options": options,
        "md_config": options["myst_config"],
        "document": document,
        "current_node": options.get("current_node", document),
        "reporter": document.reporter,
        "language_module_rst": languages.get_language(document.settings.language_code),
        "_heading_offset": 0,
        "_level_to_section": {0: document},
        "_heading_slugs": {},
    }
    vars(renderer).update(attributes)


def exchange_tree(exchange: Callable[[type[SyntaxTreeNode]], type[SyntaxTreeNode]]) -> None:
    """Exchange the class of the trees of tokens that are rendered, for all builds of a process.

    :param exchange: Gets the class, and returns what takes its place.
    """
    if hasattr(base, "SyntaxTreeNode"):
        vars(base)["SyntaxTreeNode"] = exchange(base.SyntaxTreeNode)


State: TypeAlias = "tuple[nodes.Element, int, dict[int, Any]]"
"""Where a renderer is on a page."""


def keep_state(renderer: DocutilsRenderer) -> State:
    """Note where a renderer is.

    :returns: What :func:`restore_state` takes.
    """
    node = renderer.current_node
    return node, len(node.children), renderer._level_to_section.copy()


def restore_state(renderer: DocutilsRenderer, state: State) -> None:
    """Take a renderer back to where it was, and take away what it has rendered since.

    :param state: What :func:`keep_state` has returned.
    """
    renderer.current_node, count, renderer._level_to_section = state
    del renderer.current_node.children[count:]


def is_markdown_state(state: object) -> bool:
    """Tell whether a directive stands in Markdown.

    :param state: The ``state`` of the directive.
    :returns: Whether it is MyST's stand-in for the state of the reStructuredText parser.
    """
    return isinstance(state, MockState)


def directive_parts(
    renderer: DocutilsRenderer, name: str, argument: str, content: str
) -> tuple[list[str], dict[str, Any], list[str]] | None:
    """Read the text of a directive as MyST does before it runs one.

    :param argument: What stands behind the name.
    :returns: Its arguments, options and content; ``None`` if it cannot run with them, or there is
        no such directive.
    """
    class_, _messages = directives.directive(name, renderer.language_module_rst, renderer.document)
    if class_ is None:
        return None
    try:
        parsed = parse_directive_text(class_, argument, content)
    except MarkupError:
        return None
    return list(parsed.arguments), dict(parsed.options), list(parsed.body)


def share_headings(state: object, renderer: DocutilsRenderer) -> None:
    """Let a renderer of a part of a page know the headings of the page, and add its own.

    So the slugs of all headings are unique, and links in the page find each of them.

    :param state: The ``state`` of the directive that holds the part.
    :param renderer: The renderer of the part, set up.
    """
    if isinstance(state, MockState):
        renderer._heading_slugs = state._renderer._heading_slugs


def note_heading_slug(
    renderer: DocutilsRenderer, slug: str, id_: str, line: int | None, text: str
) -> None:
    """Let ``[](#slug)`` and ``[](page.md#slug)`` find a heading.

    MyST keeps what it finds in this way with the page, also for links from other pages.

    :param text: Its text, for links that have none.
    """
    renderer._heading_slugs[slug] = (line, id_, text)


def note_anchor(renderer: DocutilsRenderer, name: str, line: int | None) -> None:
    """Let links such as ``#name`` and ``page.md#name`` find a place that is no heading."""
    renderer._heading_slugs.setdefault(name, (line, name, ""))
