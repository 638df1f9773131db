"""What is a page, and what is known of the one being read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx import addnodes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sphinx.environment import BuildEnvironment

PAGE_BUILDERS: Final = ("html", "dirhtml")
"""The builders that write each page by itself, at an address of its own."""

_HEADINGS: Final = "ajo_headings"
"""Where ``env.temp_data`` holds the headings of the page."""


_FILE: Final = "ajo_file"
"""Where ``env.temp_data`` holds the file of the page."""


def is_page(document: nodes.document, env: BuildEnvironment) -> bool:
    """Tell a page from other texts that are parsed: translated messages, included files.

    :returns: Whether it is the page that Sphinx reads at the moment.
    """
    if not env.docname:
        return False
    file = env.temp_data.get(_FILE)
    if file is None:
        # each heading asks
        file = env.temp_data[_FILE] = str(env.doc2path(env.docname))
    return bool(document.get("source") == file)


def note_heading(env: BuildEnvironment, level: int, node: nodes.Element, slug: str) -> None:
    """Note a heading of the ExL page being read, with the ids that are its own.

    :param node: The section, or the rubric where no section can stand.
    :param slug: What would be its id if none was written; empty if none was.
    """
    headings_of_page(env).append((level, node, slug))


def headings_of_page(env: BuildEnvironment) -> list[tuple[int, nodes.Element, str]]:
    """Return the headings of the ExL page being read.

    :returns: What :func:`note_heading` was given.
    """
    found: Any = env.temp_data.setdefault(_HEADINGS, [])
    headings: list[tuple[int, nodes.Element, str]] = found
    return headings


def parents_of(docname: str, relations: Mapping[str, Sequence[str | None]]) -> list[str]:
    """Return the pages above a page.

    :param relations: What ``env.collect_relations()`` returns.
    :returns: The pages, the root first.
    """
    found: dict[str, None] = {}
    while relation := relations.get(docname):
        parent = relation[0]
        if parent is None or parent in found:
            break
        found[parent] = None
        docname = parent
    return list(found)[::-1]


def elements_with_pages(
    document: nodes.document, docname: str
) -> Iterator[tuple[nodes.Element, str]]:
    """Yield all elements in their order, each with the page that it comes from.

    :param document: A document, into which a builder may have put other pages.
    """
    stack: list[tuple[nodes.Element, str]] = [(document, docname)]
    while stack:
        node, page = stack.pop()
        if isinstance(node, addnodes.start_of_file):
            page = node["docname"]
        yield node, page
        # most nodes are texts, and it takes longer to ask for their classes
        stack.extend(
            (child, page)
            for child in reversed(node.children)
            if type(child) is not nodes.Text and isinstance(child, nodes.Element)
        )
