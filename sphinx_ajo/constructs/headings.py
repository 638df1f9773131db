"""Headings and their ids (exl-markdown.md, 4.12).

``## Title {#my-id}`` gives a heading exactly the id ``my-id``. In ExL pages, any other heading has
the id that the official site generates from its text, so that links such as ``page.md#title`` work.
In MIXED pages, MyST generates it.

The section has no other id: docutils would derive another one, in lower case and without dots and
underscores. The id is not a label of the project either, because many pages have an
``{#overview}``.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from markdown_it.renderer import RendererHTML
from myst_parser.mdit_to_docutils.base import clean_astext
from sphinx.addnodes import start_of_file
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_ajo.base.pages import is_page, note_heading
from sphinx_ajo.base.problems import PROBLEMS, AjoWarnings, add_problem
from sphinx_ajo.foreign.myst import note_heading_slug
from sphinx_ajo.language.attributes import end_of_shown
from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.language.headings import heading_text
from sphinx_ajo.language.slugs import Slugger, safe_id, slugify
from sphinx_ajo.markup.construct import Construct
from sphinx_ajo.markup.ids import checked_id
from sphinx_ajo.markup.node_kinds import add_target_before
from sphinx_ajo.warnings_ import warn

if TYPE_CHECKING:
    from collections.abc import Iterator, MutableMapping, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode
    from markdown_it.utils import EnvType, OptionsDict
    from sphinx.application import Sphinx

    from sphinx_ajo.markup.renderer import AjoRenderer

ID: Final = "ajo_id"
"""The key of a heading token's ``meta`` for the written id."""

_IDS: Final = "ajo_heading_ids"
"""Where ``md.env`` holds the :class:`_PageIds`."""

LEVEL: Final = "ajo_level"
"""The attribute of a section or rubric with the level of its heading."""

_MOVED: Final = "ajo_moved"
"""The attribute of a top-level section that was not the first one of its page."""

_BRACES = re.compile(r"(?<!\\)\{:?[ \t]*((?:\.[^\s{}#]+[ \t]+)*)#[ \t]*([^\s{}#][^{}\n]*)\}$")
_CLASSES = re.compile(r"(?<!\\)\{:?[ \t]*((?:\.[^\s{}#]++[ \t]*+)++)\}$")

MAX_LEVEL: Final = 6
"""The deepest level of a heading in HTML."""


class _PageIds:
    """The ids of the headings of a page."""

    def __init__(self) -> None:
        self.written: set[str] = set()
        """All ids in the source of the page."""
        self.used: set[str] = set()
        """The ids of ``written`` that a heading already has."""
        self._slugger = Slugger()

    def claim(self, id_: str) -> bool:
        """Claim a written id; tell whether this heading is the first one with it."""
        first = id_ not in self.used
        self.used.add(id_)
        return first

    def automatic(self, children: Sequence[Token]) -> str:
        """Return the id generated from the text of a heading; empty if there is none."""
        return self._slugger.slug(heading_text(children), self.written)


def _page_ids(env: MutableMapping[str, Any]) -> _PageIds:
    ids: _PageIds = env.setdefault(_IDS, _PageIds())
    return ids


def headings_plugin(md: MarkdownIt, *, dialect: Dialect) -> None:
    """Parse the ids and classes of headings: ``## Title {#id .class}``.

    :param dialect: The dialect it reads. In MIXED pages, MyST's own attribute syntax takes
        precedence.
    """
    extensions = set(md.options["myst_config"].enable_extensions)
    if dialect is Dialect.MIXED and not extensions.isdisjoint({"attrs_block", "attrs_inline"}):
        return
    # before inline rules can parse a part of the id as markup
    md.core.ruler.before("inline", "ajo_heading_id", _heading_id_rule)
    if dialect is Dialect.EXL:
        md.add_render_rule("heading_open", _render_html, fmt=RendererHTML.__output__)


def _heading_id_rule(state: StateCore) -> None:
    for opening, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if opening.type != "heading_open":
            continue
        inline.content, items = _take_braces(inline.content.strip())
        if items:
            _read_braces(opening, items)
        if ID in opening.meta:
            _page_ids(state.env).written.add(opening.meta[ID])


def _take_braces(content: str) -> tuple[str, list[str]]:
    """Remove braces with an id, and those with classes beside them, from the end of a heading."""
    id_, classes = list[str](), list[str]()
    rest = content[: end_of_shown(content, len(content))]
    while rest.endswith("}") and (start := rest.rfind("{")) >= 0:
        # of two ids, the last one belongs to the heading; the other marks a place in it
        if not id_ and (match := _BRACES.match(rest, start)):
            id_ = f"#{match[2]}".split()
        elif not (match := _CLASSES.match(rest, start)):
            break
        classes = [*match[1].split(), *classes]
        rest = rest[:start].rstrip()
    return (rest, [*classes, *id_]) if id_ else (content, [])


def may_take_id(block: Token, inline: Token) -> bool:
    """Tell whether an id below a block belongs to a heading.

    :returns: Whether the block is a heading without an id.
    """
    if block.type != "heading_open" or ID in block.meta or inline.type != "inline":
        return False
    return not _take_braces(inline.content.strip())[1]


def _read_braces(opening: Token, items: list[str]) -> None:
    unknown = []
    for item in items:
        if item.startswith("#") and ID not in opening.meta:
            opening.meta[ID], _, rest = item[1:].partition("#")
            if rest:
                unknown.append(f"#{rest}")
        elif item.startswith(".") and len(item) > 1:
            opening.attrJoin("class", item[1:])
        else:
            unknown.append(item)
    if unknown:
        add_problem(
            opening,
            AjoWarnings.HEADING_ID,
            "%r is not allowed in the braces after a heading and is ignored; the id is %r",
            " ".join(unknown),
            opening.meta[ID],
        )


def heading_ids(
    tokens: Sequence[Token], env: MutableMapping[str, Any]
) -> Iterator[tuple[Token, str, str]]:
    """Give the headings of a page their ids, without Sphinx.

    :returns: Each opening token with its id, which may be empty, and with the id that it would have
        without the written one, which is empty if none was written.
    """
    ids = _page_ids(env)
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            written = ID in opening.meta
            slug = slugify(heading_text(inline.children or [])) if written else ""
            yield opening, _token_id(ids, opening, inline), slug


def _token_id(ids: _PageIds, opening: Token, inline: Token) -> str:
    id_ = opening.meta.get(ID)
    if id_ is None or not ids.claim(id_):
        id_ = ids.automatic(inline.children or [])
    return str(id_)


def _render_html(
    self: RendererHTML,
    tokens: Sequence[Token],
    idx: int,
    options: OptionsDict,
    env: EnvType,
) -> str:
    """Render a heading without Sphinx."""
    if id_ := _token_id(_page_ids(env), tokens[idx], tokens[idx + 1]):
        tokens[idx].attrSet("id", id_)
    return self.renderToken(tokens, idx, options, env)


def name_heading(
    renderer: AjoRenderer, token: SyntaxTreeNode, level: int, node: nodes.Element
) -> None:
    """Give a heading its id.

    :param node: The section, or the rubric where no section can stand.
    """
    for problem in token.meta.get(PROBLEMS, ()):
        warn(problem.warning, problem.message, *problem.args, location=node)
    exl = renderer.dialect is Dialect.EXL
    if exl:
        node[LEVEL] = level
        if isinstance(node, nodes.rubric):
            # the source for translators, which MyST leaves empty
            node.rawsource = token.children[0].content if token.children else ""
    if is_page(renderer.document, renderer.sphinx_env):
        id_ = written = _written_id(renderer, token, node)
        if not id_ and exl:
            id_ = _automatic_id(renderer, token)
        if id_:
            safe = checked_id(id_, node)
            node["ids"] = [safe]
            note_heading_slug(renderer, id_, safe, node.line, clean_astext(_title_of(node)))
        if exl:
            note_heading(renderer.sphinx_env, level, node, _own_slug(token) if written else "")
    if exl:
        renderer.document.set_id(node)


def _own_slug(token: SyntaxTreeNode) -> str:
    """Return the id that a heading would have without the written one."""
    return slugify(heading_text(token.to_tokens()[1].children or []))


def _written_id(renderer: AjoRenderer, token: SyntaxTreeNode, node: nodes.Element) -> str:
    id_ = str(token.meta.get(ID, ""))
    if not id_:
        return ""
    if _page_ids(renderer.md_env).claim(id_) and safe_id(id_) not in renderer.document.ids:
        return id_
    warn(
        AjoWarnings.DUPLICATE_ID,
        "the id %r is already used above; links lead there, and this heading gets another id",
        id_,
        location=node,
    )
    return ""


def _automatic_id(renderer: AjoRenderer, token: SyntaxTreeNode) -> str:
    ids = _page_ids(renderer.md_env)
    children = token.to_tokens()[1].children or []
    id_ = ids.automatic(children)
    while id_ in renderer.document.ids:
        # a footnote or an accordion already has this id
        id_ = ids.automatic(children)
    return id_


def _title_of(node: nodes.Element) -> nodes.Element:
    title = node[0] if isinstance(node, nodes.section) else node
    assert isinstance(title, nodes.Element)  # noqa: S101 (for the type checker)
    return title


class SingleTopTransform(SphinxTransform):
    """Move all sections of an ExL page below its first one.

    A page with a second ``h1``, or with none, has several top-level sections. Sphinx would list
    each of them in the navigation, and none with the title from ``TOC.md``.
    """

    # before the navigation puts its toctree into the first section (800)
    default_priority = 795

    def apply(self, **_kwargs: Any) -> None:
        """Move the other sections."""
        sections = [node for node in self.document.children if isinstance(node, nodes.section)]
        if len(sections) < 2 or any(LEVEL not in section for section in sections):
            return
        first, *others = sections
        for section in others:
            self.document.remove(section)
            section[_MOVED] = True
            first += section


class HeadingLevelTransform(SphinxPostTransform):
    """Show each heading of an ExL page with the level in its source.

    docutils uses the nesting depth of sections: an ``h3`` right below the ``h1`` would become an
    ``h2``. Each skipped level gets a section without title and id. A heading that cannot begin a
    section, such as one in a list, becomes one from ``h2`` to ``h6``.
    """

    # before transforms that split rubrics, such as those of landing cards (198)
    default_priority = 190
    formats = ("html",)

    def run(self, **_kwargs: Any) -> None:
        """Correct all levels of the document."""
        for section in list(self.document.findall(nodes.section)):
            _move_back(section)
        for section in list(self.document.findall(nodes.section)):
            if LEVEL in section:
                missing = section[LEVEL] - _level_of_parent(section) - 1
                parent = section.parent
                index = parent.index(section)
                wrapped: nodes.Element = section
                for _ in range(missing):
                    wrapped = nodes.section("", wrapped)
                parent[index] = wrapped
        for rubric in self.document.findall(nodes.rubric):
            if LEVEL in rubric:
                rubric["heading-level"] = min(max(rubric[LEVEL], 2), MAX_LEVEL)


def _move_back(first: nodes.section) -> None:
    """Move sections back to their place before :class:`SingleTopTransform`: after the first one."""
    moved = [child for child in first.children if isinstance(child, nodes.section)]
    for section in reversed(moved):
        if section.attributes.pop(_MOVED, False):
            first.remove(section)
            first.parent.insert(first.parent.index(first) + 1, section)


def _level_of_parent(section: nodes.section) -> int:
    parent = section.parent
    while parent is not None and not isinstance(parent, (nodes.document, start_of_file)):
        if LEVEL in parent:
            level: int = parent[LEVEL]
            return level
        parent = parent.parent
    return 0


class RubricTargetTransform(SphinxPostTransform):
    """Make headings in lists link targets on paper: LaTeX ignores ids of rubrics."""

    default_priority = HeadingLevelTransform.default_priority
    formats = ("latex",)

    def run(self, **_kwargs: Any) -> None:
        """Put a target before each rubric."""
        for rubric in list(self.document.findall(nodes.rubric)):
            if LEVEL in rubric and rubric["ids"]:
                add_target_before(rubric)
                rubric["ids"] = []


def setup_headings(app: Sphinx) -> None:
    """Register the transforms."""
    app.add_transform(SingleTopTransform)
    app.add_post_transform(HeadingLevelTransform)
    app.add_post_transform(RubricTargetTransform)


CONSTRUCT = Construct(
    name="headings", plugin=headings_plugin, name_heading=name_heading, setup=setup_headings
)
"""The construct, for the parser and the extension."""
