"""What the nodes of raw HTML become in each output format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_ajo.config import get_ajo_config
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
from sphinx_ajo.markup.embeds import frame_title, is_frameless, write_player
from sphinx_ajo.markup.node_kinds import ancestors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator
    from sphinx.writers.latex import LaTeXTranslator


_SHORT: Final = 60
"""The maximum length of a text that certainly fits on a line."""


class NestedTablesTransform(SphinxPostTransform):
    """Replace tables in tables by the content of their cells, for writers that reject them."""

    default_priority = 199
    formats: tuple[str, ...] = ("text", "man", "texinfo", "markdown")
    allowed = 0
    """How many tables may contain a table."""

    def run(self, **_kwargs: Any) -> None:
        """Replace every table that is nested too deeply."""
        for table in list(self.document.findall(nodes.table)):
            if sum(isinstance(parent, nodes.table) for parent in ancestors(table)) > self.allowed:
                table.replace_self(_content(table))


class NestedTablesLatexTransform(NestedTablesTransform):
    """The same for LaTeX, which supports a table in a table, but no deeper nesting."""

    formats = ("latex",)
    allowed = 1


def _content(table: nodes.table) -> nodes.container:
    result = nodes.container()
    for title in list(table.findall(nodes.title)):
        result += nodes.paragraph("", "", *title.children)
    entries = [
        entry
        for group in table.findall(nodes.tgroup)
        if group.parent is table
        for row in group.findall(nodes.row)
        if row.parent.parent is group
        for entry in row.children
    ]
    for entry in entries:
        result += entry.children
    return result


class SpansTransform(SphinxPostTransform):
    """Replace spans by empty cells, for writers that do not support spans."""

    # after nested tables are taken apart
    default_priority = NestedTablesTransform.default_priority + 1
    formats = ("man", "markdown")

    def run(self, **_kwargs: Any) -> None:
        """Fill every table."""
        for group in self.document.findall(nodes.tgroup):
            for part in group.children:
                if isinstance(part, (nodes.thead, nodes.tbody)):
                    _fill_spans(part.children)


def _fill_spans(rows: Sequence[nodes.Node]) -> None:
    below: dict[int, int] = {}  # column → how many rows are still to be filled
    for row in rows:
        cells: list[nodes.Node] = []
        for cell in getattr(row, "children", ()):
            _fill_column(cells, below)
            columns, lines = cell.get("morecols", 0), cell.get("morerows", 0)
            cell.attributes.pop("morecols", None)
            cell.attributes.pop("morerows", None)
            below.update(dict.fromkeys(range(len(cells), len(cells) + columns + 1), lines))
            cells += [cell, *(nodes.entry() for _ in range(columns))]
        _fill_column(cells, below)
        row[:] = cells  # type: ignore[index]


def _fill_column(cells: list[nodes.Node], below: dict[int, int]) -> None:
    while below.get(len(cells)):
        below[len(cells)] -= 1
        cells.append(nodes.entry())


def _attributes(node: nodes.Element) -> dict[str, Any]:
    return {"style": node["style"]} if "style" in node else {}


def visit_box_html(self: HTML5Translator, node: ajo_html_box) -> None:
    """Open a box."""
    self.body.append(self.starttag(node, "div", **_attributes(node)))


def depart_box_html(self: HTML5Translator, _node: ajo_html_box) -> None:
    """Close a box."""
    self.body.append("</div>\n")


def visit_cell_html(self: HTML5Translator, node: ajo_html_cell) -> None:
    """Open a cell, as docutils does, with its style."""
    is_head = isinstance(node.parent.parent, nodes.thead)
    classes = ["head"] if is_head else ["stub"] if node.get("header") else []
    attributes: dict[str, Any] = _attributes(node)
    for name, key in (("rowspan", "morerows"), ("colspan", "morecols")):
        if key in node:
            attributes[name] = node[key] + 1
    tag = "th" if classes else "td"
    self.body.append(self.starttag(node, tag, "", classes=classes, **attributes))
    self.context.append(f"</{tag}>\n")


def depart_cell_html(self: HTML5Translator, _node: ajo_html_cell) -> None:
    """Close a cell."""
    self.body.append(self.context.pop())


def visit_style_html(self: HTML5Translator, node: ajo_html_style) -> None:
    """Open styled text."""
    self.body.append(self.starttag(node, node["tag"], "", **_attributes(node)))


def depart_style_html(self: HTML5Translator, node: ajo_html_style) -> None:
    """Close styled text."""
    self.body.append(f"</{node['tag']}>")


def visit_style_latex(self: LaTeXTranslator, node: ajo_html_style) -> None:
    """Underline short plain text: LaTeX itself does not break underlined lines."""
    plain = all(isinstance(child, nodes.Text) for child in node.children)
    underlined = node["tag"] in {"u", "ins"} and plain and len(node.astext()) <= _SHORT
    self.body.append(r"\underline{" if underlined else "{")


def depart_style_latex(self: LaTeXTranslator, _node: ajo_html_style) -> None:
    """End the text."""
    self.body.append("}")


def visit_rule_html(self: HTML5Translator, node: ajo_html_rule) -> None:
    """Draw a line."""
    self.body.append(self.emptytag(node, "hr"))
    raise nodes.SkipNode


def visit_rule_latex(self: LaTeXTranslator, _node: ajo_html_rule) -> None:
    """Draw a line."""
    self.body.append("\n\n\\noindent\\rule{\\linewidth}{0.4pt}\n\n")
    raise nodes.SkipNode


def visit_rule(self: Any, node: ajo_html_rule) -> None:
    """Draw the line of a transition; none in a cell, which the line would widen."""
    if any(isinstance(parent, nodes.entry) for parent in ancestors(node)):
        raise nodes.SkipNode
    self.visit_transition(node)


def depart_rule(self: Any, node: ajo_html_rule) -> None:
    """End the line."""
    self.depart_transition(node)


def visit_details_html(self: HTML5Translator, node: ajo_html_details) -> None:
    """Open text that unfolds."""
    attributes: dict[str, Any] = {"open": "open"} if node["open"] else {}
    self.body.append(self.starttag(node, "details", CLASS="ajo-details", **attributes))


def depart_details_html(self: HTML5Translator, _node: ajo_html_details) -> None:
    """Close text that unfolds."""
    self.body.append("</details>\n")


def visit_summary_html(self: HTML5Translator, node: ajo_html_summary) -> None:
    """Open a summary."""
    self.body.append(self.starttag(node, "summary", ""))


def depart_summary_html(self: HTML5Translator, _node: ajo_html_summary) -> None:
    """Close a summary."""
    self.body.append("</summary>\n")


class DetailsPaperTransform(SphinxPostTransform):
    """Make summaries bold in formats without a stylesheet."""

    default_priority = NestedTablesTransform.default_priority
    formats = ("latex", "text", "man", "texinfo", "markdown")

    def run(self, **_kwargs: Any) -> None:
        """Set every summary in bold."""
        for summary in self.document.findall(ajo_html_summary):
            summary[:] = [nodes.strong("", "", *summary.children)]


def visit_svg_html(self: HTML5Translator, node: ajo_html_svg) -> None:
    """Write an inline image."""
    self.body.append(node["svg"])
    raise nodes.SkipNode


def visit_svg_text(self: Any, node: ajo_html_svg) -> None:
    """Write the text of an inline image."""
    _write_text(self, node["text"])
    raise nodes.SkipNode


def _write_text(writer: Any, text: str) -> None:
    if text:
        writer.visit_Text(nodes.Text(text))
        writer.depart_Text(nodes.Text(text))


def visit_embed_html(self: HTML5Translator, node: ajo_html_embed) -> None:
    """Write a frame as ``ajo_videos`` says; a link where the network must not be used."""
    if is_frameless(self) or get_ajo_config(self.config).videos == "link":
        link = {"CLASS": "reference external", "href": node["url"]}
        text = self.encode(node["title"] or node["url"])
        self.body.append(f"{self.starttag(nodes.Element(), 'a', '', **link)}{text}</a>")
    elif node["kind"] == "iframe":
        write_player(self, node, "span", {})
    else:
        # nothing is loaded before a reader plays it
        media = {"CLASS": "ajo-embed", "src": node["player"], "title": frame_title(node)}
        tag = self.starttag(node, node["kind"], "", controls="controls", preload="none", **media)
        self.body.append(f"{tag}</{node['kind']}>")
    raise nodes.SkipNode


def visit_embed_text(self: Any, node: ajo_html_embed) -> None:
    """Write the address of a frame that is the whole title; all others are links by now."""
    _write_text(self, node["url"])
    raise nodes.SkipNode


class EmbedLinkTransform(SphinxPostTransform):
    """Replace frames by links in formats without frames."""

    default_priority = NestedTablesTransform.default_priority
    formats = ("latex", "text", "man", "texinfo", "markdown")

    def run(self, **_kwargs: Any) -> None:
        """Replace every frame."""
        for embed in list(self.document.findall(ajo_html_embed)):
            url = embed["url"]
            link = nodes.reference("", url, refuri=url, internal=False)
            # the address as text: readers of plain text and paper must be able to see it
            embed.replace_self([nodes.Text(f"{embed['label']} "), link])


def setup_output(app: Sphinx) -> None:
    """Register the nodes and transforms."""
    # other writers show these as the docutils nodes that they derive from
    app.add_node(ajo_html_box, html=(visit_box_html, depart_box_html))
    app.add_node(ajo_html_cell, html=(visit_cell_html, depart_cell_html))
    app.add_node(
        ajo_html_style,
        html=(visit_style_html, depart_style_html),
        latex=(visit_style_latex, depart_style_latex),
    )
    rule = (visit_rule, depart_rule)
    app.add_node(
        ajo_html_rule,
        html=(visit_rule_html, None),
        latex=(visit_rule_latex, None),
        text=rule,
        man=rule,
        texinfo=rule,
        markdown=rule,
    )
    app.add_node(ajo_html_details, html=(visit_details_html, depart_details_html))
    app.add_node(ajo_html_summary, html=(visit_summary_html, depart_summary_html))
    text = (visit_svg_text, None)
    app.add_node(
        ajo_html_svg,
        html=(visit_svg_html, None),
        latex=text,
        text=text,
        man=text,
        texinfo=text,
        markdown=text,
    )
    address = (visit_embed_text, None)
    app.add_node(
        ajo_html_embed,
        html=(visit_embed_html, None),
        latex=address,
        text=address,
        man=address,
        texinfo=address,
        markdown=address,
    )
    app.add_post_transform(NestedTablesTransform)
    app.add_post_transform(NestedTablesLatexTransform)
    app.add_post_transform(SpansTransform)
    app.add_post_transform(DetailsPaperTransform)
    app.add_post_transform(EmbedLinkTransform)
