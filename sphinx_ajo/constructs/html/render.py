"""Turn the tokens of raw HTML into nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from myst_parser.mdit_to_docutils.base import token_line

from sphinx_ajo.base.assets import note_use
from sphinx_ajo.base.problems import AjoWarnings
from sphinx_ajo.constructs.attributes import LAYOUTS
from sphinx_ajo.constructs.html.nodes import (
    ajo_html_box,
    ajo_html_cell,
    ajo_html_details,
    ajo_html_embed,
    ajo_html_rule,
    ajo_html_style,
    ajo_html_summary,
    ajo_html_svg,
)
from sphinx_ajo.constructs.tables import CLASS, mark_table
from sphinx_ajo.foreign.myst import note_anchor
from sphinx_ajo.i18n import _
from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.markup.embeds import find_player
from sphinx_ajo.markup.ids import ID_OF, checked_id
from sphinx_ajo.warnings_ import warn

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from markdown_it.tree import SyntaxTreeNode

    from sphinx_ajo.markup.renderer import AjoRenderer


def _fill(renderer: AjoRenderer, token: SyntaxTreeNode, node: nodes.Element) -> None:
    """Append a node and render the content of the token into it."""
    node["classes"].extend(str(token.attrs.get("class", "")).split())
    if style := token.attrs.get("style"):
        node["style"] = str(style)
    renderer.add_line_and_source_path(node, token)
    with renderer.current_node_context(node, append=True):
        renderer.render_children(token)


def _source(token: SyntaxTreeNode) -> str:
    """Return the source of a token's inline content: what translators get."""
    return token.children[0].content if token.children else ""


def render_box(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render a ``<div>``, or another element without a meaning of its own."""
    _fill(renderer, token, ajo_html_box())


def render_style(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render styled inline text."""
    kinds: Mapping[str, Callable[[], nodes.Element]] = {
        "em": nodes.emphasis,
        "strong": nodes.strong,
        "sub": nodes.subscript,
        "sup": nodes.superscript,
    }
    kind = kinds.get(token.tag)
    _fill(renderer, token, kind() if kind else ajo_html_style(tag=token.tag))


def render_literal(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render inline code."""
    _fill(renderer, token, nodes.literal())


def render_abbreviation(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render an abbreviation with its meaning."""
    _fill(renderer, token, nodes.abbreviation(explanation=str(token.attrs["title"])))


def render_anchor(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render a target of links, with the id that the author gave it."""
    location = renderer.location(token_line(token, 0))
    name = checked_id(str(token.attrs["id"]), location)
    if name in renderer.document.ids:
        warn(
            AjoWarnings.DUPLICATE_ID if ID_OF in token.meta else AjoWarnings.HTML_DUPLICATE_ID,
            "the id %r is already used above; links lead to the first one",
            name,
            location=location,
        )
        return
    target = nodes.target("", "", ids=[name])
    renderer.add_line_and_source_path(target, token)
    # no name: names are labels of the whole project, and ids need only be unique in a page
    renderer.document.ids[name] = target
    note_anchor(renderer, name, target.line)
    renderer.current_node.append(target)


def render_rule(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render a horizontal line."""
    _fill(renderer, token, ajo_html_rule())


def render_thematic_break(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render a horizontal line of Markdown.

    docutils has a node for it, but does not allow it at the end of a page, twice in a row, or in
    a list, a tab or an accordion.
    """
    if renderer.dialect is Dialect.MIXED:
        renderer.render_hr(token)
    else:
        note_use(renderer.sphinx_env)
        render_rule(renderer, token)


def render_details(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render text that unfolds."""
    _fill(renderer, token, ajo_html_details(open=bool(token.meta.get("open"))))


def render_summary(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render the summary of text that unfolds."""
    _fill(renderer, token, ajo_html_summary(_source(token)))


def render_svg(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render an inline image."""
    _fill(renderer, token, ajo_html_svg(svg=token.content, text=token.meta["text"]))


def render_embed(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render a frame, or a link if its host may not be shown in one."""
    url, title = token.meta["url"], token.meta["title"]
    # titles are copied into links, and a frame has a link in it
    player = None if _is_in_title(renderer) else find_player(renderer, token, url)
    if player is None:
        url = f"https:{url}" if url.startswith("//") else url
        shown: list[nodes.Node] = [nodes.reference("", url, refuri=url)]
        if title:
            shown.insert(0, nodes.Text(f"{title}: "))
    else:
        label = f"{title}:" if title else str(_("Video:"))
        shown = [ajo_html_embed(**player, title=title, label=label, kind=token.meta["kind"])]
    for node in shown:
        if isinstance(node, nodes.Element):
            renderer.add_line_and_source_path(node, token)
    if _is_inline(token):
        renderer.current_node += shown
        return
    # `ajo_html = "raw"` splits a block of HTML at a frame
    paragraph = nodes.paragraph("", "", *shown)
    renderer.add_line_and_source_path(paragraph, token)
    renderer.current_node += paragraph


def _is_inline(token: SyntaxTreeNode) -> bool:
    parent = token.parent
    while parent is not None and parent.type != "inline":
        parent = parent.parent
    return parent is not None


def _is_in_title(renderer: AjoRenderer) -> bool:
    node: Any = renderer.current_node
    while isinstance(node, nodes.Inline):
        node = getattr(node, "parent", None)
    return isinstance(node, (nodes.rubric, nodes.title))


def render_table(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render a table."""
    table = nodes.table()
    for key in ("width", "align"):
        if key in token.attrs:
            table[key] = token.attrs[key]
    classes = str(token.attrs["class"]).split()
    table["classes"] += [name for name in classes if name != CLASS]
    columns: int = token.meta["columns"]
    widths: list[int] = token.meta["widths"] or [max(1, 100 // columns)] * columns
    table["classes"].append("colwidths-given" if token.meta["widths"] else "colwidths-auto")
    mark_table(table, next((name for name in LAYOUTS if LAYOUTS[name] in classes), None))
    renderer.add_line_and_source_path(table, token)
    group = nodes.tgroup(cols=columns)
    for number, width in enumerate(widths):
        stub: dict[str, Any] = {"stub": 1} if number == 0 and token.meta["stub"] else {}
        group += nodes.colspec(colwidth=width, **stub)
    renderer.current_node.append(table)
    for child in token.children:
        if child.type == "ajo_html_caption":
            with renderer.current_node_context(table):
                _fill(renderer, child, nodes.title(_source(child)))
    table += group
    with renderer.current_node_context(group):
        for child in token.children:
            if child.type != "ajo_html_caption":
                _fill(renderer, child, nodes.thead() if child.tag == "thead" else nodes.tbody())


def render_row(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render a row of a table."""
    _fill(renderer, token, nodes.row())


def render_cell(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render a cell of a table."""
    cell = ajo_html_cell()
    if token.tag == "th":
        cell["header"] = True
    for key, name in (("colspan", "morecols"), ("rowspan", "morerows")):
        if key in token.attrs:
            cell[name] = int(token.attrs[key]) - 1
    _fill(renderer, token, cell)


RENDERERS = {
    "ajo_html_abbr": render_abbreviation,
    "ajo_html_anchor": render_anchor,
    "ajo_html_box": render_box,
    "ajo_html_cell": render_cell,
    "ajo_html_details": render_details,
    "ajo_html_embed": render_embed,
    "ajo_html_literal": render_literal,
    "ajo_html_row": render_row,
    "ajo_html_rule": render_rule,
    "ajo_html_style": render_style,
    "ajo_html_summary": render_summary,
    "ajo_html_svg": render_svg,
    "ajo_html_table": render_table,
    "hr": render_thematic_break,
}
"""Token type → renderer."""
