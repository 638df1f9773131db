"""Ids in braces right behind a text: ``- Oak{#oak}``, ``**Fir**{#fir}``.

An id belongs to the element before it, or else to the block whose text it ends; this is known only
after emphasis is resolved. :mod:`~sphinx_ajo.constructs.attributes` reads the braces.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_ajo.constructs.html.render import render_anchor
from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.markup.construct import Construct
from sphinx_ajo.markup.ids import BEHIND_MARKER, ELEMENT_ID, ENDS_TEXT, ID_OF

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode
    from sphinx.application import Sphinx

    from sphinx_ajo.markup.renderer import AjoRenderer

_WITH_ID: Final = "ajo_with_id"
"""The attribute of a node with an id from the author."""

_ELEMENTS: Final = frozenset({"code_inline", "html_inline", "image"})
_BREAKS: Final = frozenset({"softbreak", "hardbreak"})
_BLOCKS: Final = (nodes.paragraph, nodes.term)
_ITEMS: Final = (nodes.list_item, nodes.entry)
_BREAK_TAG = re.compile(r"</?br(?![\w-])", re.IGNORECASE)
_CLASS = re.compile(r"[A-Za-z_][\w-]*\Z")


def element_ids_plugin(md: MarkdownIt, *, dialect: Dialect) -> None:
    """Parse ids after a text, ``- Oak{#oak}``, and find the element of each.

    :param dialect: The dialect it reads; the mixed one has no such ids.
    """
    if dialect is Dialect.EXL:
        md.inline.ruler2.before("fragments_join", ELEMENT_ID, _place_rule)
        md.add_render_rule(ELEMENT_ID, _render_html)


def _place_rule(state: StateInline) -> None:
    tokens = [token for token in state.tokens if token.type == ELEMENT_ID]
    if not tokens:
        return
    before: Token | None = None
    behind: dict[int, Token | None] = {}
    for token in state.tokens:
        if token.type == ELEMENT_ID:
            behind[id(token)] = before
        elif _is_there(token):
            before = token
    following: Token | None = None
    for token in reversed(state.tokens):
        if token.type == ELEMENT_ID:
            place = _place(token, behind[id(token)], following)
            if place:
                token.meta[ID_OF] = place
                continue
            token.type, token.attrs = "text", {}
        if _is_there(token):
            following = token


def _is_there(token: Token) -> bool:
    """Tell whether a token is more than the rest of two asterisks that form one delimiter."""
    return token.type != "text" or bool(token.content)


def _place(token: Token, before: Token | None, following: Token | None) -> str:
    """Return what an id belongs to; ``None`` if it is text."""
    if before is not None and (before.nesting == -1 or before.type in _ELEMENTS):
        return "element"
    if following is None and ("id" in token.attrs or token.meta.get(ENDS_TEXT)):
        return "block"
    if following is None or "id" not in token.attrs:
        return ""
    if following.nesting == -1:
        return "parent"
    at_line_end = following.type in _BREAKS or bool(_BREAK_TAG.match(following.content))
    return "line" if at_line_end or token.meta[BEHIND_MARKER] else ""


def _render_html(_self: object, tokens: Sequence[Token], index: int, *_args: Any) -> str:
    id_ = tokens[index].attrs.get("id")
    return f'<a id="{html.escape(str(id_))}"></a>' if id_ else ""


def render_element_id(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Give an id to what it belongs to."""
    owner = _owner(renderer.current_node, token.meta[ID_OF])
    if owner is not None and token.meta[ID_OF] in {"element", "block"}:
        classes = str(token.attrs.get("class", "")).split()
        owner["classes"] += [name for name in classes if _CLASS.match(name)]
    if "id" not in token.attrs:
        return
    count = len(renderer.current_node)
    render_anchor(renderer, token)
    if owner is not None and len(renderer.current_node) > count:
        target = renderer.current_node.pop()
        assert isinstance(target, nodes.target)  # noqa: S101 (for the type checker)
        owner["ids"] += target["ids"]
        owner[_WITH_ID] = True
        for id_ in target["ids"]:
            renderer.document.ids[id_] = owner


def _owner(node: nodes.Element, place: str) -> nodes.Element | None:
    """Return the node that an id belongs to; ``None`` if it marks a place."""
    block = _block(node)
    if not isinstance(block, _BLOCKS) or place == "line":
        return None  # titles are copied, but an id must be unique
    if place == "element":
        # emphasis leaves empty texts
        last = next((child for child in reversed(node.children) if not _is_empty(child)), None)
        return last if isinstance(last, nodes.Element) else None
    if place == "parent":
        return node
    parent = block.parent
    return parent if isinstance(parent, _ITEMS) and parent[0] is block else block


def _block(node: Any) -> nodes.Node | None:
    """Return the block around a node, or the node itself if it is a block."""
    while isinstance(node, nodes.Inline):
        node = getattr(node, "parent", None)
    return node if isinstance(node, nodes.Node) else None


def _is_empty(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Text) and not node.astext()


class ElementTargetTransform(SphinxPostTransform):
    """Make elements link targets on paper: LaTeX and Texinfo support only ids of targets."""

    # before links are resolved, which does not keep all attributes
    default_priority = 5
    formats = ("latex", "texinfo")

    def run(self, **_kwargs: Any) -> None:
        """Put a target before or into each element with an id from the author."""
        for node in list(self.document.findall(nodes.Element)):
            if not node.attributes.pop(_WITH_ID, False):
                continue
            target = nodes.target("", "", ids=node["ids"])
            node["ids"] = []
            if isinstance(node, _ITEMS):
                node = node.next_node(nodes.TextElement) or node
            if isinstance(node, nodes.Inline) and node.parent is not None:
                node.parent.insert(node.parent.index(node), target)
            else:
                node.insert(0, target)


def setup_element_ids(app: Sphinx) -> None:
    """Register the transform."""
    app.add_post_transform(ElementTargetTransform)


CONSTRUCT = Construct(
    name="element ids",
    plugin=element_ids_plugin,
    renderers={ELEMENT_ID: render_element_id},
    setup=setup_element_ids,
)
"""The construct, for the parser and the extension."""
