"""Tabs: ``>[!BEGINTABS]``, ``>[!TAB label]``, ``>[!ENDTABS]`` (exl-markdown.md, 4.6)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_ajo.base.problems import AjoWarnings, add_problem
from sphinx_ajo.config import get_ajo_config
from sphinx_ajo.foreign import design as design
from sphinx_ajo.i18n import _
from sphinx_ajo.markup.blocks import INTERRUPTS, quote_marker, tokenize_lines
from sphinx_ajo.markup.construct import Construct
from sphinx_ajo.markup.group_match import Kind
from sphinx_ajo.markup.groups import (
    after_marker,
    note_problems,
    push_beside,
    push_title,
    read_group,
)
from sphinx_ajo.markup.problem_tokens import push_problem

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode
    from sphinx.application import Sphinx

    from sphinx_ajo.language.dialect import Dialect
    from sphinx_ajo.markup.group_match import Group
    from sphinx_ajo.markup.renderer import AjoRenderer


class ajo_tab_set(nodes.container):
    """A group of tabs; its children are :class:`ajo_tab` nodes."""


class ajo_tab(nodes.container):
    """One tab: a ``rubric`` with its label, then its content.

    ``sync`` is the same for tabs with the same label.
    """


def tabs_plugin(md: MarkdownIt, *, dialect: Dialect) -> None:
    """Add tab groups: ``ajo_tabs`` around one ``ajo_tab`` each, which begins with its label.

    Content before the first tab is moved before the group.

    :param dialect: The dialect it reads; the syntax is the same in both.
    """
    md.block.ruler.before("blockquote", "ajo_tabs", _tabs_rule, INTERRUPTS)


def _tabs_rule(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    return read_group(state, start_line, end_line, silent, Kind.TABS, _push_group)


def _push_group(state: StateBlock, group: Group, text: str) -> None:
    first = group.parts[0] if group.parts else group.end
    if not group.implicit:
        push_beside(state, group.start, text)
    before = len(state.tokens)
    if not group.implicit:
        tokenize_lines(state, after_marker(state, group.start, first), first)
    if not group.parts:
        message = "this tab group has no tabs; its content is shown as it is"
        push_problem(state, group.start, AjoWarnings.GROUP_EMPTY, message)
        return
    stray = any(_is_visible(token) for token in state.tokens[before:])
    opening = state.push("ajo_tabs_open", "div", 1)
    opening.attrs = {"class": "ajo-tabs"}
    opening.map = [group.start, group.after]
    note_problems(opening, group)
    if stray:
        message = "this stands before the first tab of a tab group; it is shown before the group"
        add_problem(opening, AjoWarnings.GROUP_STRAY, message, line=group.start + 1)
    for line, end in zip(group.parts, [*group.parts[1:], group.end], strict=True):
        _push_tab(state, line, end)
    state.push("ajo_tabs_close", "div", -1)


def _is_visible(token: Token) -> bool:
    return not (token.type == "html_block" and token.content.lstrip().startswith("<!--"))


def _push_tab(state: StateBlock, line: int, end: int) -> None:
    opening = state.push("ajo_tab_open", "div", 1)
    opening.attrs = {"class": "ajo-tab"}
    opening.map = [line, end]
    marker = quote_marker(state, line)
    label = marker.text if marker else ""
    if not label:
        add_problem(opening, AjoWarnings.GROUP_EMPTY, "this tab has no label")
    push_title(state, "ajo_tab_label", "p", label, line)
    tokenize_lines(state, after_marker(state, line, end), end)
    state.push("ajo_tab_close", "div", -1)


def render_tabs(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render a tab group."""
    group = ajo_tab_set(is_div=True)
    renderer.add_line_and_source_path(group, token)
    with renderer.current_node_context(group, append=True):
        renderer.render_children(token)
    names: set[str] = set()
    for number, tab in enumerate(group.children, 1):
        assert isinstance(tab, ajo_tab)  # noqa: S101 (for the type checker)
        label = tab[0]
        assert isinstance(label, nodes.rubric)  # noqa: S101 (for the type checker)
        if not label.astext().strip():
            label += nodes.Text(_("Tab %s") % number)
        name = " ".join(label.astext().replace("\u200b", "").casefold().split())
        # two tabs with the same label in one group would deselect each other
        if name not in names:
            names.add(name)
            tab["sync"] = name


def render_tab(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render a tab."""
    tab = ajo_tab(is_div=True)
    renderer.add_line_and_source_path(tab, token)
    with renderer.current_node_context(tab, append=True):
        renderer.render_children(token)


def render_label(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render the label of a tab, or the title of an accordion."""
    label = nodes.rubric(token.children[0].content)
    renderer.add_line_and_source_path(label, token)
    with renderer.current_node_context(label, append=True):
        renderer.render_children(token)


class TabsHtmlTransform(SphinxPostTransform):
    """Turn tab groups into those of sphinx-design."""

    # before sphinx-design's own TabSetHtmlTransform (200)
    default_priority = 198
    formats = ("html",)

    def run(self, **_kwargs: Any) -> None:
        """Replace every tab group of the document."""
        sync = get_ajo_config(self.config).tab_sync
        for group in list(self.document.findall(ajo_tab_set)):
            items = []
            for tab in group.findall(ajo_tab):
                if tab.parent is group:
                    label, *content = tab.children
                    assert isinstance(label, nodes.rubric)  # noqa: S101 (for the type checker)
                    name = tab.get("sync") if sync == "site" else None
                    items.append(design.tab_item(label, content, sync=name))
                    design.move_attributes(tab, items[-1])
            # ajo.js looks for the groups of the page that have the same labels
            classes = ["ajo-tabs", "ajo-tabs-page"] if sync == "page" else ["ajo-tabs"]
            new = design.tab_set(items, classes=classes)
            design.move_attributes(group, new)
            group.replace_self(new)


class TabPartsTransform(SphinxPostTransform):
    """Make the labels of tabs valid HTML, and give ids to their parts."""

    # after sphinx-design's own TabSetHtmlTransform (200)
    default_priority = 202
    formats = ("html",)

    def run(self, **_kwargs: Any) -> None:
        """Complete every tab of ours; ajo.js adds what needs a script."""
        for tabs in self.document.findall(nodes.container):
            if "ajo-tabs" in tabs["classes"]:
                for label, panel in pairwise(tabs.children):
                    if isinstance(label, design.sd_tab_label) and isinstance(panel, nodes.Element):
                        design.complete_tab(label, panel)


def setup_tabs(app: Sphinx) -> None:
    """Register the nodes and the transform."""
    # every writer shows them as the containers they are
    app.add_node(ajo_tab_set)
    app.add_node(ajo_tab)
    app.add_post_transform(TabsHtmlTransform)
    app.add_post_transform(TabPartsTransform)


CONSTRUCT = Construct(
    name="tabs",
    plugin=tabs_plugin,
    renderers={"ajo_tabs": render_tabs, "ajo_tab": render_tab, "ajo_tab_label": render_label},
    setup=setup_tabs,
)
"""The construct, for the parser and the extension."""
