"""``[!DNL text]`` and ``[!UICONTROL text]`` (section 4.10 of the reference).

Hints for translators: what readers get is the text, that of a control in the ``guilabel`` style.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from docutils import nodes
from markdown_it.common.utils import unescapeAll
from markdown_it.rules_inline import link

from sphinx_ajo.construct import Construct
from sphinx_ajo.front_matter import strip_markers

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.tree import SyntaxTreeNode

    from sphinx_ajo.dialect import Dialect
    from sphinx_ajo.renderer import AjoRenderer

# brackets in a text have to be balanced, and no marker begins in one that has no end
_TEXT = r"((?:[^\[\]]|\[[^\[\]]*\])*|(?:[^\[\]\n]|\[(?!!))*)"
MARKER: Final = re.compile(rf"\[!(DNL|UICONTROL)[ \t]+{_TEXT}\]", re.IGNORECASE)
"""A marker: its name and its text."""
_LABEL = re.compile(rf"!(DNL|UICONTROL)[ \t]+{_TEXT}", re.IGNORECASE)


def markers_plugin(md: MarkdownIt, *, dialect: Dialect) -> None:
    """Add the two markers, before links, so that none can be taken for the text of a link.

    :param md: The parser.
    :param dialect: The dialect it reads; the syntax is the same in both.
    """
    md.inline.ruler.before("link", "ajo_marker", _marker_rule)


def _marker_rule(state: StateInline, silent: bool) -> bool:
    if silent:
        # the label of a link must not hold a token that begins with a bracket; in
        # `[[!DNL Tool] Guide](tool.md)` these are balanced brackets while the label is sought
        return False
    if state.src.startswith("[!", state.pos):
        match = MARKER.match(state.src, state.pos, state.posMax)
        if match is None or _is_link(state, match.end()):
            return False
    elif state.linkLevel and state.src.startswith("[!", state.pos - 1):
        # the label of `[!DNL Tool](tool.md)`
        match = _LABEL.match(state.src, state.pos, state.posMax)
        if match is None or match.end() != state.posMax:
            return False
    else:
        return False
    text = _shown(match[2])
    if match[1].upper() == "DNL":
        state.push("text", "", 0).content = text
    else:
        state.push("ajo_uicontrol_open", "span", 1).attrs = {"class": "guilabel"}
        state.push("text", "", 0).content = text
        state.push("ajo_uicontrol_close", "span", -1)
    state.pos = match.end()
    return True


def _shown(text: str) -> str:
    """Return the text of a marker without what stands for other characters.

    Its inner markup is plain, but a marker in it is none for readers.
    """
    return unescapeAll(strip_markers(text)).replace("\n", " ")


def _is_link(state: StateInline, end: int) -> bool:
    """Tell whether a marker is itself the text of a link: `[!DNL Tool](tool.md)`."""
    if not state.src.startswith("(", end):
        return False
    pos = state.pos
    found = link(state, True)
    state.pos = pos
    return found


def render_uicontrol(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render the name of a control as the ``guilabel`` role does.

    :param renderer: The renderer.
    :param token: The ``ajo_uicontrol`` token.
    """
    node = nodes.inline(classes=["guilabel"])
    renderer.add_line_and_source_path(node, token)
    with renderer.current_node_context(node, append=True):
        renderer.render_children(token)


CONSTRUCT = Construct(
    name="markers", plugin=markers_plugin, renderers={"ajo_uicontrol": render_uicontrol}
)
"""The construct, for the parser and the extension."""
