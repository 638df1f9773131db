"""Task lists and deleted text, in every output format.

``markdown.EXL_EXTENSIONS`` enables the other rules for text that MyST provides (exl-markdown.md,
4.11). Quotation marks are the English ones in every language, as on the official site.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_ajo.constructs._smart_quotes import smart_quotes_rule
from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.markup.construct import Construct

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.tree import SyntaxTreeNode
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator
    from sphinx.writers.latex import LaTeXTranslator

    from sphinx_ajo.markup.renderer import AjoRenderer

_CHECKED: Final = "ajo_checked"
"""The attribute of a list item that tells whether its task is done."""

_BOX: Final = '<input class="task-list-item-checkbox"'

_STRIKE: Final = r"{\setbox0=\hbox{%s}\leavevmode\rlap{\raisebox{0.5ex}{\rule{\wd0}{0.4pt}}}\box0}"


class ajo_deleted(nodes.inline):
    """Text that is struck through."""


class ajo_task_box(nodes.inline):
    """The box before a task: ``checked`` or not."""


def typography_plugin(md: MarkdownIt, *, dialect: Dialect) -> None:
    """Recognize tasks in the same way with every version of MyST, and replace quotes faster."""
    md.core.ruler.at("smartquotes", smart_quotes_rule)
    if dialect is Dialect.EXL:
        md.core.ruler.push("ajo_tasks", _tasks_rule)


def _tasks_rule(state: StateCore) -> None:
    """Remove the HTML that myst-parser 5.0 and 5.1 put before a task."""
    item = None
    for token in state.tokens:
        if token.type == "list_item_open":
            item = token
        elif token.type == "inline" and item is not None:
            children = token.children or []
            if children and children[0].content.startswith(_BOX):
                item.meta["checked"] = "checked" in children.pop(0).content
                if children and children[0].type == "text":
                    children[0].content = children[0].content.lstrip()
            item = None


def render_s(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render deleted text; on pages of MyST's dialect, as MyST does."""
    if renderer.dialect is Dialect.MIXED:
        renderer.render_s(token)
        return
    node = ajo_deleted()
    renderer.add_line_and_source_path(node, token)
    with renderer.current_node_context(node, append=True):
        renderer.render_children(token)


def render_list_item(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render an item of a list; MyST shows the box of a task in HTML only."""
    checked = None
    if renderer.dialect is Dialect.EXL:
        checked = token.meta.pop("checked", None)
    renderer.render_list_item(token)
    if checked is not None:
        item = renderer.current_node[-1]
        assert isinstance(item, nodes.list_item)  # noqa: S101 (for the type checker)
        item[_CHECKED] = bool(checked)
        if "task-list-item" not in item["classes"]:
            item["classes"].append("task-list-item")


class TaskListTransform(SphinxPostTransform):
    """Insert the box before each task.

    It cannot be inserted earlier, because a translation replaces the whole content of the
    paragraph.
    """

    default_priority = 195

    def run(self, **_kwargs: Any) -> None:
        """Change every task of the document."""
        for item in self.document.findall(nodes.list_item):
            checked = item.attributes.pop(_CHECKED, None)
            if checked is None:
                continue
            paragraph = next(iter(item.findall(nodes.paragraph)), None)
            if paragraph is not None:
                paragraph.insert(0, ajo_task_box(checked=checked))


def visit_deleted_html(self: HTML5Translator, node: ajo_deleted) -> None:
    """Open deleted text in HTML."""
    self.body.append(self.starttag(node, "s", ""))


def depart_deleted_html(self: HTML5Translator, _node: ajo_deleted) -> None:
    """Close deleted text in HTML."""
    self.body.append("</s>")


def visit_deleted_latex(self: LaTeXTranslator, node: ajo_deleted) -> None:
    """Open deleted text in LaTeX."""
    if all(isinstance(child, nodes.Text) for child in node.children):
        # word by word, so that lines can break; not every TeX distribution has the package for it
        words = [_STRIKE % self.encode(word) for word in node.astext().split()]
        self.body.append(" ".join(words))
        raise nodes.SkipNode
    self.body.append("\\textasciitilde{}\\textasciitilde{}")


def depart_deleted_latex(self: LaTeXTranslator, _node: ajo_deleted) -> None:
    """Close deleted text in LaTeX that contains more than words."""
    self.body.append("\\textasciitilde{}\\textasciitilde{}")


def mark_deleted_text(self: Any, _node: ajo_deleted) -> None:
    """Open or close deleted text with its Markdown syntax."""
    self.visit_Text(nodes.Text("~~"))


def visit_box_html(self: HTML5Translator, node: ajo_task_box) -> None:
    """Draw the box in HTML."""
    attributes = {"type": "checkbox", "disabled": "disabled", "class": "task-list-item-checkbox"}
    if node["checked"]:
        attributes["checked"] = "checked"
    if name := node.parent.astext().strip():
        attributes["aria-label"] = name
    self.body.append(self.emptytag(nodes.inline(), "input", " ", **attributes))
    raise nodes.SkipNode


def visit_box_latex(self: LaTeXTranslator, node: ajo_task_box) -> None:
    """Draw the box in LaTeX."""
    self.body.append("\\(\\boxtimes\\) " if node["checked"] else "\\(\\square\\) ")
    raise nodes.SkipNode


def visit_box_text(self: Any, node: ajo_task_box) -> None:
    """Draw the box in plain text."""
    self.visit_Text(nodes.Text("[x] " if node["checked"] else "[ ] "))
    raise nodes.SkipNode


def setup_typography(app: Sphinx) -> None:
    """Register the nodes and the transform."""
    deleted, box = (mark_deleted_text, mark_deleted_text), (visit_box_text, None)
    app.add_node(
        ajo_deleted,
        html=(visit_deleted_html, depart_deleted_html),
        latex=(visit_deleted_latex, depart_deleted_latex),
        text=deleted,
        man=deleted,
        texinfo=deleted,
    )
    app.add_node(
        ajo_task_box,
        html=(visit_box_html, None),
        latex=(visit_box_latex, None),
        text=box,
        man=box,
        texinfo=box,
        markdown=box,
    )
    app.add_post_transform(TaskListTransform)


CONSTRUCT = Construct(
    name="typography",
    plugin=typography_plugin,
    renderers={"s": render_s, "list_item": render_list_item},
    setup=setup_typography,
)
"""The construct, for the parser and the extension."""
