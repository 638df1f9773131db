"""``[!DNL text]`` and ``[!UICONTROL text]`` (exl-markdown.md, 4.10).

They are hints for translators. Readers see the text, with controls in the ``guilabel`` style. The
official site removes the markers before it parses inline Markdown. So here, the two ends of a
marker are tokens without content: the text between them is parsed as if they were not there, and
emphasis may begin inside a marker and end outside. After emphasis is resolved, the text of a
control gets its style.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from docutils import nodes
from markdown_it.rules_block import StateBlock, reference
from markdown_it.rules_inline import StateInline, link
from markdown_it.token import Token

from sphinx_ajo.base.problems import PROBLEMS, AjoWarnings, add_problem
from sphinx_ajo.language.bracket_markers import HINTS, Marker, find_markers
from sphinx_ajo.language.front_matter import without_markers
from sphinx_ajo.markup.construct import Construct
from sphinx_ajo.markup.problem_tokens import problem_token

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

    from sphinx_ajo.language.dialect import Dialect
    from sphinx_ajo.markup.renderer import AjoRenderer

_OPEN: Final = "ajo_marker_open"
_CLOSE: Final = "ajo_marker_close"
_BREAKS: Final = frozenset({"softbreak", "hardbreak"})
_MARKER_LINE = re.compile(r"\[![ \t]*(?:BADGE|DNL|UICONTROL)\b", re.IGNORECASE)


def markers_plugin(md: MarkdownIt, *, dialect: Dialect) -> None:
    """Add ``[!DNL text]`` and ``[!UICONTROL text]``, which can be nested.

    They come before links, so that a marker cannot be parsed as the text of a link. Tokens:
    ``ajo_uicontrol_open/close``; only the text is left of ``[!DNL text]``.

    :param dialect: The dialect it reads; the syntax is the same in both.
    """
    md.inline.ruler.before("link", "ajo_marker", _marker_rule)
    # after emphasis has been paired, and before the remaining text is joined
    md.inline.ruler2.before("fragments_join", "ajo_marker", _settle_rule)
    md.block.ruler.at("reference", _reference_rule)


def _reference_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse link definitions, but not ``[!UICONTROL Save]: keeps``, which is text."""
    at = state.bMarks[start] + state.tShift[start]
    return not _MARKER_LINE.match(state.src, at) and reference(state, start, end, silent)


@dataclass(slots=True)
class Ends:
    """The positions of markers in a text."""

    openings: dict[int, Marker]
    """The markers by their start."""
    inners: dict[int, int]
    """Start of the text of a marker → start of the marker."""
    closings: dict[int, Marker]
    """The markers by the position of their closing brackets."""

    def before(self, text: str, at: int) -> str:
        """Return the character before a position, ignoring markers.

        :returns: The character; a space at the beginning.
        """
        pos = at
        while pos in self.inners or pos - 1 in self.closings:
            pos = self.inners.get(pos, pos - 1)
        char = text[pos - 1] if pos else " "
        # ignore a space at the end of a marker: `**[!UICONTROL Save ]**`
        return text[at - 1] if at - 1 in self.closings and char.isspace() else char

    def after(self, text: str, at: int, end: int) -> str:
        """Return the character at a position, ignoring markers.

        :returns: The character; a space at the end.
        """
        while at in self.openings or at in self.closings:
            at = self.openings[at].inner if at in self.openings else at + 1
        return text[at] if at < end else " "


_ends: WeakKeyDictionary[StateInline, Ends] = WeakKeyDictionary()
# for each text that is being parsed


def marker_ends(state: StateInline) -> Ends:
    """Return the positions of markers in a text."""
    ends = _ends.get(state)
    if ends is None:
        markers = [marker for marker in find_markers(state.src) if marker.word in HINTS]
        ends = _ends[state] = Ends(
            {marker.start: marker for marker in markers},
            {marker.inner: marker.start for marker in markers},
            {marker.end: marker for marker in markers if marker.end >= 0},
        )
    return ends


def _marker_rule(state: StateInline, silent: bool) -> bool:
    char = state.src[state.pos]
    if char not in "[]!":
        return False
    ends = marker_ends(state)
    if char == "]" and state.pos in ends.closings:
        return _push(state, ends.closings[state.pos], _CLOSE, state.pos + 1, silent=silent)
    if char == "!":
        # the label of `[!DNL Tool](tool.md)`
        marker = ends.openings.get(state.pos - 1) if state.linkLevel else None
        if marker is None or marker.end != state.posMax:
            return False
        return _push(state, marker, _OPEN, marker.inner, silent=silent)
    marker = ends.openings.get(state.pos)
    if marker is None or _is_link(state, marker.end + 1):
        return False
    if silent:
        # the label of a link must not contain a token that begins with a bracket; in
        # `[[!DNL Tool] Guide](tool.md)` these are balanced brackets while the label is searched
        state.pos += 1
        return True
    return _push(state, marker, _OPEN, marker.inner, silent=False)


def _push(state: StateInline, marker: Marker, type_: str, end: int, *, silent: bool) -> bool:
    if not silent:
        state.push(type_, "", 0).meta["marker"] = marker
    state.pos = end
    return True


def _is_link(state: StateInline, end: int) -> bool:
    """Tell whether a marker is itself the text of a link: `[!DNL Tool](tool.md)`."""
    if not state.src.startswith("(", end):
        return False
    pos = state.pos
    found = link(state, True)
    state.pos = pos
    return found


def _settle_rule(state: StateInline) -> None:
    """Remove the ends of markers, and set the style of controls."""
    for token in state.tokens:
        if token.type == "image":
            _settle_alt(token)
        if token.attrs and "title" in token.attrs:
            token.attrs["title"] = without_markers(str(token.attrs["title"]))
    if any(token.type == _OPEN for token in state.tokens):
        state.tokens[:] = _Settler(state).settle()


def _settle_alt(image: Token) -> None:
    """Remove the marker of an alternative text that is a marker: `![!DNL Tool](tool.png)`."""
    children = image.children or []
    if children and children[0].type == "text" and image.content.startswith("!"):
        marker = next(iter(find_markers(f"[{image.content}]")), None)
        if marker and marker.start == 0 and marker.word in HINTS:
            children[0].content = children[0].content[marker.inner - 1 :]
    for child in children:
        if PROBLEMS in child.meta:
            image.meta.setdefault(PROBLEMS, []).extend(child.meta.pop(PROBLEMS))


class _Settler:
    """Removes the markers of one text, and sets the style of controls."""

    def __init__(self, state: StateInline) -> None:
        self._state = state
        self._tokens: Sequence[Token] = state.tokens
        self._partners = _partners(state.tokens)
        self._closings = {
            token.meta["marker"].start: index
            for index, token in enumerate(state.tokens)
            if token.type == _CLOSE
        }
        self._settled: list[Token] = []
        self._ends = [-1, -1]
        """The ends of the outermost marker and of the outermost control."""
        self._is_open = False
        """Whether the element of a control is open."""
        self._depth = 0
        """The number of open elements in it."""
        self._warning: Token | None = None

    def settle(self) -> list[Token]:
        """Return the tokens without markers."""
        for index, token in enumerate(self._tokens):
            if index >= self._ends[1]:
                self._end_style()
            if token.type == _OPEN:
                self._open(index, token.meta["marker"])
            elif token.type != _CLOSE:
                self._add(index, token)
        self._end_style()
        return self._settled

    def _open(self, index: int, marker: Marker) -> None:
        end = self._closings.get(marker.start, -1)
        if end < 0 and marker.end >= 0:
            end = self._end_of_label(index)
        if end < 0 or marker.inner == marker.end:
            self._report(marker)
        self._ends[0] = max(self._ends[0], end)
        if marker.word == "UICONTROL":
            self._ends[1] = max(self._ends[1], end)

    def _end_of_label(self, index: int) -> int:
        """Return the end of a link whose text is a marker."""
        opening = self._tokens[index - 1] if index else None
        return self._partners[index - 1] if opening and opening.type == "link_open" else -1

    def _add(self, index: int, token: Token) -> None:
        if token.type in _BREAKS and index < self._ends[0]:
            token = Token("text", "", 0, content=" ")
        if index >= self._ends[1]:
            self._settled.append(token)
            return
        if token.nesting == -1 and self._depth:
            self._depth -= 1
        elif token.nesting == -1 or self._partners.get(index, index) > self._ends[1]:
            # an element that is only partly inside the control
            self._end_style()
        elif token.type != "text" or token.content.strip():
            self._begin_style()
            self._depth += token.nesting
        self._settled.append(token)

    def _begin_style(self) -> None:
        if not self._is_open:
            self._is_open = True
            opening = Token("ajo_uicontrol_open", "span", 1, attrs={"class": "guilabel"})
            self._settled.append(opening)

    def _end_style(self) -> None:
        if self._is_open:
            self._is_open, self._depth = False, 0
            self._settled.append(Token("ajo_uicontrol_close", "span", -1))

    def _report(self, marker: Marker) -> None:
        """Report the first faulty marker of a text."""
        if self._warning is not None:
            return
        self._warning = problem_token()
        self._settled.append(self._warning)
        if marker.end < 0:
            message = "the marker [!%s has no closing bracket; its text is shown without it"
        else:
            message = "the marker [!%s] has no text; it is left out"
        line = self._state.src.count("\n", 0, marker.start)
        add_problem(self._warning, AjoWarnings.MARKER, message, marker.word, line=line)


def _partners(tokens: Sequence[Token]) -> dict[int, int]:
    """Return the end of each element by its start."""
    partners: dict[int, int] = {}
    stack: list[int] = []
    for index, token in enumerate(tokens):
        if token.nesting == 1:
            stack.append(index)
        elif token.nesting == -1 and stack:
            partners[stack.pop()] = index
    return partners


def render_uicontrol(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render the name of a control as the ``guilabel`` role does."""
    node = nodes.inline(classes=["guilabel"])
    renderer.add_line_and_source_path(node, token)
    with renderer.current_node_context(node, append=True):
        renderer.render_children(token)


CONSTRUCT = Construct(
    name="markers",
    plugin=markers_plugin,
    renderers={"ajo_uicontrol": render_uicontrol},
)
"""The construct, for the parser and the extension."""
