"""The only place that uses undocumented parts of MyST-Parser.

``tests/foreign/test_myst.py`` fails when one of them changes.
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

    That method also creates a document with all docutils settings in case there is none, which
    takes two percent of the time of a build.
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


def forget_document(renderer: object) -> None:
    """Make a renderer no longer refer to the document that it has rendered."""
    for name in ("document", "current_node", "reporter", "md_env", "md_options"):
        vars(renderer).pop(name, None)
    vars(renderer)["_level_to_section"] = {}


def exchange_tree(exchange: Callable[[type[SyntaxTreeNode]], type[SyntaxTreeNode]]) -> None:
    """Replace the class of token trees that are rendered, for all builds of a process.

    :param exchange: Gets the class, and returns its replacement.
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
    """Restore the state of a renderer, and remove what it has rendered since.

    :param state: What :func:`keep_state` has returned.
    """
    renderer.current_node, count, renderer._level_to_section = state
    del renderer.current_node.children[count:]


def is_markdown_state(state: object) -> bool:
    """Tell whether a directive is in Markdown.

    :param state: The ``state`` of the directive.
    :returns: Whether it is MyST's stand-in for the state of the reStructuredText parser.
    """
    return isinstance(state, MockState)


def directive_parts(
    renderer: DocutilsRenderer, name: str, argument: str, content: str
) -> tuple[list[str], dict[str, Any], list[str]] | None:
    """Parse the text of a directive as MyST does before it runs the directive.

    :param argument: The text after the name.
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
    """Make a renderer for a part of a page share the headings of the page.

    This keeps the slugs of all headings unique, and links in the page find each of them.

    :param state: The ``state`` of the directive that holds the part.
    :param renderer: The renderer of the part, set up.
    """
    if isinstance(state, MockState):
        renderer._heading_slugs = state._renderer._heading_slugs


def note_heading_slug(
    renderer: DocutilsRenderer, slug: str, id_: str, line: int | None, text: str
) -> None:
    """Make a heading a target for ``[](#slug)`` and ``[](page.md#slug)``.

    MyST stores these targets with the page, also for links from other pages.

    :param text: Its text, for links without a text.
    """
    renderer._heading_slugs[slug] = (line, id_, text)


def note_anchor(renderer: DocutilsRenderer, name: str, line: int | None) -> None:
    """Make a place that is not a heading a target for ``#name`` and ``page.md#name``."""
    renderer._heading_slugs.setdefault(name, (line, name, ""))
