"""Front matter → page metadata (exl-markdown.md, 2).

The front matter of a page, and the entries that it inherits
(:mod:`sphinx_ajo.site.inheritance.model`), go to ``env.metadata[docname]`` and, in HTML, to
``<meta>`` tags, ``exl-id`` first. Here, only one entry becomes visible text: the title of a page
without a first-level heading.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from markdown_it.token import Token
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_ajo.base.assets import note_use
from sphinx_ajo.base.problems import AjoWarnings, add_problem
from sphinx_ajo.config import get_ajo_config, get_limits
from sphinx_ajo.constructs.mini_toc import TOCDEPTH, mini_toc_levels
from sphinx_ajo.language.dialect import DIALECT_KEY, Dialect
from sphinx_ajo.language.front_matter import (
    FRONT_MATTER_KEY,
    REPEATED,
    FrontMatter,
    Problem,
    are_entries,
    exceeded_budget,
    flatten,
    is_hidden,
    plain_text,
)
from sphinx_ajo.language.identities import IDENTITY
from sphinx_ajo.language.safe_yaml import exceeds
from sphinx_ajo.markup.blocks import front_matter_rule
from sphinx_ajo.markup.construct import Construct
from sphinx_ajo.markup.problem_tokens import problem_token
from sphinx_ajo.project.inheritance import own_keys
from sphinx_ajo.site.inheritance.model import is_inherited
from sphinx_ajo.warnings_ import warn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.tree import SyntaxTreeNode
    from sphinx.application import Sphinx

    from sphinx_ajo.markup.renderer import AjoRenderer

TRANSLATABLE: Final = frozenset({"title", "description", "keywords"})
"""Entries that readers see in browsers and search results."""

ROBOTS: Final = "robots"
"""The entry that ``index`` and ``hide`` create."""

_DIGITS: Final = 4
"""A number of digits that no depth of contents has; Python refuses to parse very many digits."""

_PAGE_TITLE_DONE: Final = "ajo_page_title_done"
"""The key of the parser's sandbox that is set after the page has been searched for a title."""


class ajo_meta(nodes.Invisible, nodes.PreBibliographic, nodes.Element):
    """An entry that is not translated; ``name`` and ``content`` as in ``<meta>``."""


def page_metadata(front_matter: FrontMatter) -> dict[str, str]:
    """Return the metadata of a page, one line of text for each key.

    :returns: The entries in their order, but ``exl-id`` first; empty ones are left out.
    """
    texts = {key: plain_text(flatten(value)) for key, value in front_matter.entries.items()}
    if "keywords" in texts:
        words = (word.strip() for word in texts["keywords"].replace(";", ",").split(","))
        texts["keywords"] = ", ".join(filter(None, words))
    robots = _robots(front_matter, texts)
    texts = {key: text for key, text in texts.items() if text and key.lower() != ROBOTS}
    if robots:
        texts[ROBOTS] = robots
    return {key: texts[key] for key in sorted(texts, key=lambda key: key != IDENTITY)}


def _robots(front_matter: FrontMatter, texts: dict[str, str]) -> str:
    words = [
        word.strip().lower()
        for key in ("robots", "ROBOTS")
        for word in texts.get(key, "").split(",")
    ]
    if front_matter.flag("index") is False or front_matter.flag("hide"):
        words.append("noindex")
    return ", ".join(dict.fromkeys(filter(None, words)))


def sphinx_metadata(front_matter: FrontMatter, levels: int | None) -> dict[str, str | int]:
    """Return the entries for Sphinx in the metadata of a page.

    :param front_matter: The front matter of the page, with what it inherits.
    :param levels: What :func:`.mini_toc_levels` returns.
    :returns: Entries with the names and types of Sphinx.
    """
    found: dict[str, str | int] = {}
    if levels is not None:
        # Sphinx counts the title, too
        found[TOCDEPTH] = levels + 1
    if is_hidden(front_matter):
        # it is in no toctree on purpose
        found["orphan"] = ""
    if front_matter.flag("hide"):
        found["nosearch"] = ""
    return found


def metadata_plugin(md: MarkdownIt, *, dialect: Dialect) -> None:
    """Give a page without a first level heading the title of its front matter.

    :param dialect: The dialect it reads; only ExL pages get a heading.
    """
    if dialect is Dialect.EXL:
        md.block.ruler.at("front_matter", front_matter_rule)
        md.core.ruler.before("inline", "ajo_lost_entries", _lost_entries_rule)
        md.core.ruler.push("ajo_page_title", _page_title_rule)


def _lost_entries_rule(state: StateCore) -> None:
    """Keep front matter in the middle of a page from becoming a heading by its last line."""
    found = []
    for index, token in enumerate(state.tokens):
        if token.type != "heading_open" or token.markup != "-":
            continue
        text = state.tokens[index + 1].content
        above = state.tokens[index - 1].type if index else ""
        if are_entries(text) and ("\n" in text or above == "hr"):
            found.append(index)
    for index in reversed(found):
        opening, _, closing = state.tokens[index : index + 3]
        for token, name in ((opening, "paragraph_open"), (closing, "paragraph_close")):
            token.type, token.tag, token.markup = name, "p", ""
        problem = problem_token(opening.map)
        message = (
            "front matter in the midst of a page is not read, but shown as text; "
            "move its entries to the top"
        )
        add_problem(problem, AjoWarnings.FRONT_MATTER, message)
        state.tokens.insert(index, problem)


def _page_title_rule(state: StateCore) -> None:
    front_matter = state.env.get(FRONT_MATTER_KEY)
    # the content of directives is parsed with the same sandbox
    if not isinstance(front_matter, FrontMatter) or state.env.get(_PAGE_TITLE_DONE):
        return
    state.env[_PAGE_TITLE_DONE] = True
    title = front_matter.text("title")
    if not title or any(
        token.type == "heading_open" and token.tag == "h1" for token in state.tokens
    ):
        return
    line = front_matter.lines.get("title", 1) - 1
    opening = Token("heading_open", "h1", 1, map=[line, line + 1], markup="#", block=True)
    text = Token("text", "", 0, content=title)
    inline = Token(
        "inline", "", 0, map=[line, line + 1], level=1, content=title, children=[text], block=True
    )
    closing = Token("heading_close", "h1", -1, markup="#", block=True)
    at = 1 if state.tokens and state.tokens[0].type == "front_matter" else 0
    state.tokens[at:at] = [opening, inline, closing]


def render_front_matter(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render front matter as invisible nodes."""
    front_matter = renderer.md_env.get(FRONT_MATTER_KEY)
    if renderer.dialect is Dialect.MIXED:
        limits = get_limits(renderer.sphinx_env.config)
        if exceeds(token.content, limits):
            found = FrontMatter(problems=[Problem(1, "", exceeded_budget(limits), limit=True)])
            report_problems(found, renderer.sphinx_env.docname)
        else:
            renderer.render_front_matter(token)
    if not isinstance(front_matter, FrontMatter):
        return
    if renderer.dialect is Dialect.EXL:
        report_problems(front_matter, renderer.sphinx_env.docname)
    for name, content in page_metadata(front_matter).items():
        # the transform below adds inherited entries: the page may have no front matter
        if name in front_matter.lines:
            node_class = nodes.meta if name in TRANSLATABLE else ajo_meta
            node = node_class(content, name=name, content=content)
            node.source = renderer.document["source"]
            node.line = front_matter.lines[name]
            renderer.current_node.append(node)


def report_problems(front_matter: FrontMatter, docname: str = "", path: str = "") -> None:
    """Warn about each invalid entry.

    :param docname: The page that it is in; or else:
    """
    for problem in front_matter.problems:
        location = f"{path}:{problem.line}" if path else (docname, problem.line)
        args: tuple[str, ...] = ()
        warning = AjoWarnings.LIMIT if problem.limit else AjoWarnings.FRONT_MATTER
        if problem.limit:
            message = (
                "the front matter exceeds a limit: %s; its entries are read one by one, and the "
                "text of those over the limit is taken as it stands; see ajo_limits"
            )
            args = (problem.reason,)
        elif problem.whole:
            message, args = "%s", (problem.reason,)
        elif problem.reason == REPEATED:
            message = "the entry %r stands in the front matter a second time; the first one counts"
            args = (problem.key,)
        elif problem.key:
            message = "front matter entry %r is not valid YAML (%s); its text is used as it stands"
            args = (problem.key, problem.reason)
        else:
            message = "this line of the front matter is not an entry; it is left out"
        warn(warning, message, *args, location=location)


class PageMetadataTransform(SphinxTransform):
    """Copy the metadata of a page to ``env.metadata`` and give the page its ``<title>``."""

    # after sphinx.transforms.i18n.Locale (20), which translates title and description
    default_priority = 25

    def apply(self, **_kwargs: Any) -> None:
        """Process the meta nodes of the document, and add those of inherited entries."""
        front_matter = self.env.temp_data.pop(FRONT_MATTER_KEY, None)
        if front_matter is None:
            return
        self._add_missing(front_matter)
        docname = self.env.docname
        metadata = self.env.metadata[docname]
        entries = {node["name"]: node["content"] for node in _metas(self.document)}
        metadata.update(entries)
        levels = None
        if self.env.temp_data.get(DIALECT_KEY) is Dialect.EXL:
            keys = front_matter.entries.keys() - front_matter.inherited
            own_keys(self.env)[docname] = tuple(sorted(filter(is_inherited, keys)))
            levels = mini_toc_levels(front_matter, docname=docname)
            # Sphinx compares it with numbers
            depth = str(metadata.pop(TOCDEPTH, ""))
            if levels is None and depth.isdecimal() and len(depth) < 4:
                metadata[TOCDEPTH] = int(depth)
        metadata.update(sphinx_metadata(front_matter, levels))
        note_use(self.env)
        if "title" in entries:
            self.document["title"] = entries["title"]

    def _add_missing(self, front_matter: FrontMatter) -> None:
        """Add inherited entries below those in the front matter of the page."""
        there = list(_metas(self.document))
        names = {node["name"] for node in there}
        at = self.document.index(there[-1]) + 1 if there else 0
        for name, content in page_metadata(front_matter).items():
            if name not in names:
                node = ajo_meta(content, name=name, content=content)
                node.source, node.line = self.document["source"], 1
                self.document.insert(at, node)
                at += 1


def _metas(page: nodes.Element) -> Iterator[nodes.Element]:
    for child in page.children:
        if isinstance(child, (nodes.meta, ajo_meta)) and "name" in child:
            yield child


class MetaTagsTransform(SphinxPostTransform):
    """Choose and order the ``<meta>`` tags of a page."""

    default_priority = 400
    formats = ("html",)

    def run(self, **_kwargs: Any) -> None:
        """Convert our nodes to docutils nodes."""
        self.document[0:0] = self._extract_tags(self.document, self.env.docname)
        # pages that a builder assembles into one file share one head
        for page in self.document.findall(addnodes.start_of_file):
            self._extract_tags(page, page["docname"])

    def _extract_tags(self, page: nodes.Element, docname: str) -> list[nodes.Element]:
        """Remove our nodes from a page, and return those that become tags."""
        known = self.env.metadata[docname]
        wanted = get_ajo_config(self.config).html_meta
        found: list[nodes.Element] = []
        for node in list(_metas(page)):
            name = node["name"]
            if isinstance(node, nodes.meta) and known.get(name) != node["content"]:
                continue  # tags of the page itself, from MyST's `html_meta`
            page.remove(node)
            if wanted is True or (wanted is not False and name in wanted):
                found.append(nodes.meta(name=name, content=node["content"]))
                found[-1].source, found[-1].line = node.source, node.line
        return found


class DropMetaTransform(SphinxPostTransform):
    """Remove our nodes in formats that do not show them."""

    default_priority = MetaTagsTransform.default_priority + 1

    def run(self, **_kwargs: Any) -> None:
        """Remove what :class:`MetaTagsTransform` has left, in all formats."""
        for node in list(self.document.findall(ajo_meta)):
            node.parent.remove(node)


def setup_metadata(app: Sphinx) -> None:
    """Register the node and the transforms."""
    app.add_node(ajo_meta)
    app.add_transform(PageMetadataTransform)
    app.add_post_transform(MetaTagsTransform)
    app.add_post_transform(DropMetaTransform)


CONSTRUCT = Construct(
    name="front matter",
    plugin=metadata_plugin,
    renderers={"front_matter": render_front_matter},
    setup=setup_metadata,
)
"""The construct, for the parser and the extension."""
