"""Pages, and data of the page being read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx import addnodes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sphinx.environment import BuildEnvironment

PAGE_BUILDERS: Final = ("html", "dirhtml")
"""The builders that write each page as a separate file with its own address."""

_HEADINGS: Final = "ajo_headings"
"""The key of ``env.temp_data`` for the headings of the page."""


_FILE: Final = "ajo_file"
"""The key of ``env.temp_data`` for the file of the page."""

_PATH: Final = "ajo_path"
"""The key of ``env.temp_data`` for its path from the source directory."""


def is_page(document: nodes.document, env: BuildEnvironment) -> bool:
    """Tell whether a parsed text is a page, and not a translated message or an included file.

    :returns: Whether it is the page that Sphinx is reading.
    """
    if not env.docname:
        return False
    file = env.temp_data.get(_FILE)
    if file is None:
        # each heading asks
        file = env.temp_data[_FILE] = str(env.doc2path(env.docname))
    return bool(document.get("source") == file)


def page_path(env: BuildEnvironment) -> str:
    """Return the path of the page being read, relative to the source directory."""
    path = env.temp_data.get(_PATH)
    if path is None:
        # each link and each image asks
        path = env.temp_data[_PATH] = Path(env.doc2path(env.docname, base=False)).as_posix()
    return str(path)


def note_heading(env: BuildEnvironment, level: int, node: nodes.Element, slug: str) -> None:
    """Record a heading of the ExL page being read, with its own ids.

    :param node: The section, or the rubric where a section is not possible.
    :param slug: The id that it would have without the written one; empty if none was written.
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
    """Yield all elements in their order, each with its page.

    :param document: A document, in which a builder may have assembled several pages.
    """
    if next(document.findall(addnodes.start_of_file), None) is None:
        # as usual: one page, whose class has the fastest walk
        yield from [(node, docname) for node in document.findall(nodes.Element)]
        return
    stack: list[tuple[nodes.Element, str]] = [(document, docname)]
    while stack:
        node, page = stack.pop()
        if isinstance(node, addnodes.start_of_file):
            page = node["docname"]
        yield node, page
        # most nodes are texts, and checking their classes would take longer
        stack.extend(
            (child, page)
            for child in reversed(node.children)
            if type(child) is not nodes.Text and isinstance(child, nodes.Element)
        )
