"""Badges: ``[!BADGE text]{type=… url=… tooltip=…}`` and the ``badge*`` keys of front matter.

See exl-markdown.md, 4.9 and 2.2.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from docutils import nodes
from markdown_it.token import Token

from sphinx_ajo.base.problems import AjoWarnings, add_problem
from sphinx_ajo.foreign.design import badge_classes
from sphinx_ajo.language.attributes import clean_text, parse_attributes
from sphinx_ajo.language.front_matter import (
    FRONT_MATTER_KEY,
    FrontMatter,
    plain_markers,
    plain_text,
)
from sphinx_ajo.markup.construct import Construct

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.tree import SyntaxTreeNode
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator
    from sphinx.writers.latex import LaTeXTranslator

    from sphinx_ajo.language.dialect import Dialect
    from sphinx_ajo.markup.renderer import AjoRenderer

KINDS: Final = {
    "informative": "primary",
    "positive": "success",
    "negative": "danger",
    "neutral": "muted",
    "caution": "warning",
}
"""Types of badges → colours of sphinx-design."""

DEFAULT_KIND: Final = "informative"
"""The type of a badge without one."""

_BLANK = r"(?:[\s\u200b\u00a0]|&#x200B;|&nbsp;)"
_BADGE = re.compile(
    # the label may contain markers such as [!DNL x]
    rf"\[!BADGE{_BLANK}++((?:\[![A-Za-z]+[ \t][^\[\]\n]*\]|[^\[\]])+)\]",
    re.IGNORECASE,
)
# Quotes may contain braces. Lengths are limited, so that matching stays linear.
_ATTRIBUTES = (
    re.compile(rf"{_BLANK}*\{{((?:\"[^\"\n]{{0,1000}}\"|[^{{}}\"])*+)\}}", re.IGNORECASE),
    re.compile(rf"{_BLANK}*\{{([^{{}}]*+)\}}", re.IGNORECASE),
)
_NAMES: Final = frozenset({"type", "url", "tooltip", "newtab"})

_PAGE_BADGES_DONE: Final = "ajo_page_badges_done"
"""The key of the sandbox that is set after the badges of the page have been inserted."""

_TITLES_KEY: Final = "ajo_badge_titles"
"""The key of ``env.temp_data`` for the content of titles that are shown without badges."""


_Changed: TypeAlias = "tuple[nodes.Element, list[nodes.Node]]"
"""An element, and its children before the change."""


class ajo_badge(nodes.inline):
    """A badge: its ``kind`` (a key of :data:`KINDS`) and optionally a ``tooltip``."""


def badges_plugin(md: MarkdownIt, *, dialect: Dialect) -> None:
    """Add badges: ``[!BADGE text]{type="informative" url="page.md" tooltip="text" newtab=true}``.

    Tokens: ``ajo_badge_open/close`` around a text, with ``link_open/close`` around them if the
    badge has an address; ``ajo_page_badges_open/close`` around the badges of the front matter,
    which stand below the title.

    :param dialect: The dialect it reads; the syntax is the same in both.
    """
    # before other syntax that begins with brackets: links, and MyST's spans
    md.inline.ruler.after("backticks", "ajo_badge", _badge_rule)
    md.core.ruler.after("block", "ajo_page_badges", _page_badges_rule)


def _badge_rule(state: StateInline, silent: bool) -> bool:
    # When the label of a link is searched (silent), a badge must not become a token: a token that
    # begins with a bracket counts as a link, which cannot be inside a link.
    if silent or not state.src.startswith("[!", state.pos):
        return False
    match = _BADGE.match(state.src, state.pos, state.posMax)
    label = plain_text(plain_markers(clean_text(match[1]))) if match else ""
    if match is None or not label:
        return False
    attributes, end = _attributes(state, match.end())
    _push_badge(state, label, attributes)
    state.pos = end
    return True


def _attributes(state: StateInline, pos: int) -> tuple[dict[str, str], int]:
    """Parse the attributes after a badge; also return where they end."""
    for pattern in _ATTRIBUTES:
        if match := pattern.match(state.src, pos, state.posMax):
            attributes = parse_attributes(match[1])
            if _NAMES & attributes.keys() or not match[1].strip():
                return attributes, match.end()
    return {}, pos


def _push_badge(state: StateInline, label: str, attributes: dict[str, str]) -> None:
    kind = attributes.get("type", "").strip().lower() or DEFAULT_KIND
    link = _link(state, attributes)
    if link is not None:
        state.push("link_open", "a", 1).attrs = link
    opening = state.push("ajo_badge_open", "span", 1)
    if kind not in KINDS:
        message = "%r is not a type of badge (%s); the badge %r is shown as %s"
        _problem(state, opening, message, kind, ", ".join(KINDS), label, DEFAULT_KIND)
        kind = DEFAULT_KIND
    elif attributes.get("url", "").strip() and link is None and not state.linkLevel:
        message = "%r is not an address; the badge %r is shown without a link"
        _problem(state, opening, message, attributes["url"], label)
    opening.meta["kind"] = kind
    opening.attrs = {"class": f"badge ajo-badge-{kind}"}
    if tooltip := plain_text(attributes.get("tooltip", "")):
        opening.attrs["title"] = tooltip
    state.push("text", "", 0).content = label
    state.push("ajo_badge_close", "span", -1)
    if link is not None:
        state.push("link_close", "a", -1)


def _problem(state: StateInline, token: Token, message: str, *args: object) -> None:
    # inline tokens have the first line of their paragraph
    line = state.src.count("\n", 0, state.pos)
    add_problem(token, AjoWarnings.BADGE, message, *args, line=line)


def _link(state: StateInline, attributes: dict[str, str]) -> dict[str, str | int | float] | None:
    """Return the attributes of the link around a badge; none for a badge in a link."""
    # authors write `newtab=true` inside the quotes of the address
    url, *options = attributes.get("url", "").split() or [""]
    href = state.md.normalizeLink(url)
    if not url or state.linkLevel or not state.md.validateLink(href):
        return None
    link: dict[str, str | int | float] = {"href": href}
    if {"newtab=true", "newtab=yes"} & {option.lower() for option in options}:
        link["target"] = "_blank"
    return link


def page_badges(front_matter: FrontMatter) -> Iterator[tuple[str, str]]:
    """Yield the badges of a page: their keys, and their source as inline badges."""
    for key, value in front_matter.entries.items():
        if not key.lower().startswith("badge") or not isinstance(value, str):
            continue
        attributes = parse_attributes(value)
        if label := attributes.get("label", "").strip():
            rest = " ".join(
                f'{name}="{_escape(attributes[name])}"'
                for name in ("type", "url", "tooltip")
                if attributes.get(name)
            )
            yield key, f"[!BADGE {_escape(label)}]" + (f"{{{rest}}}" if rest else "")


def _escape(text: str) -> str:
    text = html.escape(" ".join(text.split()), quote=False)
    return re.sub(r"[\"\[\]{}\\]", lambda match: f"&#{ord(match[0])};", text)


def _page_badges_rule(state: StateCore) -> None:
    """Insert the badges of the front matter below the title."""
    front_matter = state.env.get(FRONT_MATTER_KEY)
    # the content of directives is parsed with the same sandbox
    if not isinstance(front_matter, FrontMatter) or state.env.get(_PAGE_BADGES_DONE):
        return
    state.env[_PAGE_BADGES_DONE] = True
    badges = list(page_badges(front_matter))
    if not badges:
        return
    line = front_matter.lines.get(badges[0][0], 1) - 1
    opening = Token("ajo_page_badges_open", "p", 1, map=[line, line + 1], block=True)
    opening.attrs = {"class": "ajo-page-badges"}
    inline = Token("inline", "", 0, map=[line, line + 1], level=1, children=[], block=True)
    inline.content = " ".join(source for _, source in badges)
    closing = Token("ajo_page_badges_close", "p", -1, block=True)
    at = _below_title(state.tokens)
    state.tokens[at:at] = [opening, inline, closing]


def _below_title(tokens: list[Token]) -> int:
    for index, token in enumerate(tokens):
        if token.type == "heading_close" and token.tag == "h1" and token.level == 0:
            return index + 1
    # the title may come from the front matter; then it is inserted above the badges
    return 1 if tokens and tokens[0].type == "front_matter" else 0


def render_badge(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render a badge."""
    kind = token.meta["kind"]
    classes = [*badge_classes(KINDS[kind]), "ajo-badge", f"ajo-badge-{kind}"]
    node = ajo_badge(kind=kind, classes=classes)
    if tooltip := token.attrs.get("title"):
        node["tooltip"] = tooltip
    renderer.add_line_and_source_path(node, token)
    with renderer.current_node_context(node, append=True):
        renderer.render_children(token)


def render_page_badges(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render the badges of a page as a paragraph."""
    node = nodes.paragraph(token.children[0].content, classes=["ajo-page-badges"])
    renderer.add_line_and_source_path(node, token)
    with renderer.current_node_context(node, append=True):
        renderer.render_children(token)


def visit_badge_html(self: HTML5Translator, node: ajo_badge) -> None:
    """Open a badge."""
    tooltip = {"title": node["tooltip"]} if "tooltip" in node else {}
    self.body.append(self.starttag(node, "span", "", **tooltip))


def depart_badge_html(self: HTML5Translator, _node: ajo_badge) -> None:
    """Close a badge."""
    self.body.append("</span>")


def visit_badge_latex(self: LaTeXTranslator, _node: ajo_badge) -> None:
    """Open the frame around a badge; in titles, where a frame does not fit, a bracket."""
    # a small box: it must fit into the rows of tables
    frame = r"{\setlength{\fboxsep}{1.5pt}\fbox{\scriptsize\sffamily "
    self.body.append("{[}" if self.in_title else frame)


def depart_badge_latex(self: LaTeXTranslator, _node: ajo_badge) -> None:
    """Close the frame around a badge."""
    self.body.append("{]}" if self.in_title else "}}")


def visit_badge_text(self: Any, _node: ajo_badge) -> None:
    """Open the brackets around a badge."""
    _say(self, "[")


def depart_badge_text(self: Any, _node: ajo_badge) -> None:
    """Close the brackets around a badge."""
    _say(self, "]")


def _say(writer: Any, text: str) -> None:
    node = nodes.Text(text)
    writer.visit_Text(node)
    writer.depart_Text(node)


def hide_badges(app: Sphinx, doctree: nodes.document) -> None:
    """Remove badges from titles while Sphinx copies the titles for navigation and search."""
    hidden: list[_Changed] = []
    for title in doctree.findall(nodes.title):
        hidden += _take_badges(title)
    app.env.temp_data[_TITLES_KEY] = hidden


def _take_badges(title: nodes.title) -> list[_Changed]:
    """Remove the badges from a title; return the former children of its parts.

    The other nodes stay the same objects, because at the same time, Sphinx looks for images on the
    page.
    """
    changed: list[_Changed] = []
    for badge in list(title.findall(ajo_badge)):
        node: nodes.Element = badge
        # also remove the link around the badge, but never the whole title
        while node.parent is not title and len(node.parent) == 1:
            node = node.parent
        changed.append((node.parent, node.parent.children.copy()))
        node.parent[:] = [child for child in node.parent.children if child is not node]
    if not title.astext().strip():
        _put_back(changed)
        return []
    if changed and isinstance(last := title.children[-1], nodes.Text):
        changed.append((title, title.children.copy()))
        end = [nodes.Text(last.rstrip())] if last.strip() else []
        title[:] = [*title.children[:-1], *end]
    return changed


def _put_back(changed: list[_Changed]) -> None:
    for element, children in reversed(changed):
        element[:] = children


def show_badges(app: Sphinx, _doctree: nodes.document) -> None:
    """Restore what :func:`hide_badges` has removed."""
    _put_back(app.env.temp_data.pop(_TITLES_KEY, None) or [])


def setup_badges(app: Sphinx) -> None:
    """Register the node and the handlers."""
    text = (visit_badge_text, depart_badge_text)
    app.add_node(
        ajo_badge,
        html=(visit_badge_html, depart_badge_html),
        latex=(visit_badge_latex, depart_badge_latex),
        text=text,
        man=text,
        texinfo=text,
        markdown=text,
    )
    # around the collectors of titles and tables of contents (500)
    app.connect("doctree-read", hide_badges, priority=490)
    app.connect("doctree-read", show_badges, priority=510)


CONSTRUCT = Construct(
    name="badges",
    plugin=badges_plugin,
    renderers={"ajo_badge": render_badge, "ajo_page_badges": render_page_badges},
    setup=setup_badges,
)
"""The construct, for the parser and the extension."""
