"""Turn the tokens of a page into docutils nodes."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from myst_parser.mdit_to_docutils.base import token_line
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from myst_parser.warnings_ import MystWarnings, create_warning

from sphinx_ajo.base.assets import note_use
from sphinx_ajo.base.problems import PROBLEMS
from sphinx_ajo.foreign.myst import keep_state, restore_state, set_up
from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.language.paths import rebase
from sphinx_ajo.language.source import SOURCE_KEY, Source, SourceLine
from sphinx_ajo.markup.failures import is_caught, report
from sphinx_ajo.markup.problem_tokens import PROBLEM
from sphinx_ajo.project.originals import original_of
from sphinx_ajo.project.state import state_of
from sphinx_ajo.warnings_ import Place, warn

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, MutableMapping, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode

    RenderFunction = Callable[["AjoRenderer", SyntaxTreeNode], None]
    NameHeading = Callable[["AjoRenderer", SyntaxTreeNode, int, nodes.Element], None]

LINK_AS_WRITTEN: Final = "ajo_link_as_written"
"""Where a token's ``meta`` holds its link as written, once it is made relative to the page."""

REBASED_LINKS: Final = "ajo_rebased_links"
"""Where ``env.temp_data`` holds the links of a page for which that made a difference: line and link
as written → the link from the page. A translated message has them as written."""

_INLINE: Final = frozenset({"inline", "text"})

_TRANSLATED = re.compile(r":(\d+):<translated>$")
"""How Sphinx names the source of a message that it parses in translation: the page and a line."""


class AjoRenderer(SphinxRenderer):
    """MyST's renderer with the constructs of ExL Markdown."""

    def __init__(
        self,
        parser: MarkdownIt,
        *,
        functions: Mapping[str, RenderFunction] | None = None,
        name_headings: Sequence[NameHeading] = (),
    ) -> None:
        """Collect the render functions.

        :param parser: The parser whose tokens will be rendered.
        :param functions: The type of a token → what renders it.
        """
        super().__init__(parser)
        self._name_headings = tuple(name_headings)
        for name, function in {PROBLEM: render_nothing, **(functions or {})}.items():
            self.rules[f"render_{name}"] = partial(self._render_construct, function)  # type: ignore[assignment]

    def setup_render(self, options: dict[str, Any], env: MutableMapping[str, Any]) -> None:
        """Prepare for one document."""
        document = options.get("document")
        if document is None or not state_of(document.settings.env).accelerated:
            super().setup_render(options, env)
        else:
            set_up(self, document, options, env)
        self._failed: set[Callable[[AjoRenderer, SyntaxTreeNode], None]] = set()
        self.dialect: Dialect = options.get("ajo_dialect", Dialect.MIXED)

    def render(
        self, tokens: Sequence[Token], options: Any, md_env: MutableMapping[str, Any]
    ) -> nodes.document:
        """Render a page; from here on, its line numbers are those of the files it is made of."""
        source = md_env.get(SOURCE_KEY)
        if not isinstance(source, Source):
            return super().render(tokens, options, md_env)
        for token in tokens:
            if token.map:
                # MyST adds the 1 that makes these numbers count from 1
                token.map = [source.line(line) for line in token.map]
        for reference in md_env.get("duplicate_refs", ()):
            reference["map"] = [source.line(line) for line in reference["map"]]
        document = super().render(tokens, options, md_env)
        document.current_source = document["source"]
        _resolve_lines(document)
        return document

    def rebase(self, target: str, token: SyntaxTreeNode) -> str:
        """Make a relative link, as written, one that is relative to the page.

        :param token: The token that it comes from: an include has links relative to its own file.
        """
        line = token_line(token, 0)
        known: Any  # (line, link as written) → link for the page
        if isinstance(line, SourceLine):
            original = original_of(self.sphinx_env)
            path = original.local(line.path) if original else line.path
            result = rebase(target, path, self.document["source"])
            if result != target:
                known = self.sphinx_env.temp_data.setdefault(REBASED_LINKS, {})
                known[int(line), target] = result
            return result
        if match := _TRANSLATED.search(self.document["source"]):
            # Sphinx does not tell the file, but the line in it
            known = self.sphinx_env.temp_data.get(REBASED_LINKS, {})
            return str(known.get((int(match[1]), target), target))
        return target

    def location(self, line: int) -> tuple[str, int] | str:
        """Return the location of a line for a warning.

        :param line: The line of a token, or one counted from there.
        :returns: What :func:`.warn` takes.
        """
        if isinstance(line, SourceLine):
            return Place.on(self.sphinx_env.docname, f"{line.path}:{int(line)}")
        return (self.sphinx_env.docname, line)

    def add_line_and_source_path(self, node: Any, token: SyntaxTreeNode) -> None:
        """Give a node the line of a token, and the file that the line stands in."""
        super().add_line_and_source_path(node, token)
        if isinstance(node.line, SourceLine):
            node.source = node.line.path
            # docutils copies it to children that have none, such as text
            self.document.current_source = node.source

    def create_warning(
        self,
        message: str,
        subtype: MystWarnings | str,
        *,
        wtype: str | None = None,
        line: int | None = None,
        append_to: nodes.Element | None = None,
    ) -> nodes.system_message | None:
        """Give a warning of MyST's.

        :param line: The line of a token, or one counted from there.
        """
        if subtype is MystWarnings.MD_HEADING_NON_CONSECUTIVE and self.dialect is Dialect.EXL:
            return None  # pages may leave levels out, and are shown so
        place: nodes.Element | None = None
        if isinstance(line, SourceLine):
            place = nodes.Element()
            place.source, place.line = line.path, int(line)
        return create_warning(
            self.document,
            message,
            subtype,
            wtype=wtype,
            node=place,
            line=line,
            append_to=append_to,
        )

    def render_link(self, token: SyntaxTreeNode) -> None:
        """Render a link."""
        self._rebase_attributes(token)
        super().render_link(token)

    def render_image(self, token: SyntaxTreeNode) -> None:
        """Render an image."""
        self._rebase_attributes(token)
        super().render_image(token)

    def _rebase_attributes(self, token: SyntaxTreeNode) -> None:
        """Make the link of a token relative to the page, once."""
        attributes = token.attrs
        for name in ("href", "src") if attributes else ():
            if name in attributes and LINK_AS_WRITTEN not in token.meta:
                token.meta[LINK_AS_WRITTEN] = attributes[name]
                attributes[name] = self.rebase(str(attributes[name]), token)

    def generate_heading_target(
        self,
        token: SyntaxTreeNode,
        level: int,
        node: nodes.Element,
        title_node: nodes.Element,
    ) -> None:
        """Make a heading known to links.

        :param node: The section, or the rubric where no section can stand.
        :param title_node: The title of the section; the rubric itself.
        """
        for name_heading in self._name_headings:
            name_heading(self, token, level, node)
        if self.dialect is Dialect.MIXED:
            super().generate_heading_target(token, level, node, title_node)

    def render_table_row(self, token: SyntaxTreeNode) -> None:
        """Render a row of a Markdown table, whose cells may hold blocks in the ExL dialect."""
        before = len(self.current_node)
        super().render_table_row(token)
        row = self.current_node[before]
        for entry, cell in zip(row.children, token.children or (), strict=True):
            paragraph = entry.next_node(nodes.paragraph)
            if paragraph is not None and cell.children and cell.children[0].type != "inline":
                # rendered into a paragraph, which cannot hold blocks
                paragraph.parent[:] = paragraph.children

    def _render_construct(
        self, function: Callable[[AjoRenderer, SyntaxTreeNode], None], token: SyntaxTreeNode
    ) -> None:
        if token.type.startswith("ajo_"):
            note_use(self.sphinx_env)
        self._rebase_attributes(token)
        for problem in token.meta.get(PROBLEMS, ()):
            location = self.location(token_line(token, 0) + problem.offset)
            warn(problem.warning, problem.message, *problem.args, location=location)
        self._render_safely(function, token)

    def _render_safely(
        self, function: Callable[[AjoRenderer, SyntaxTreeNode], None], token: SyntaxTreeNode
    ) -> None:
        """Render a construct; where that fails, what is in it."""
        if function in self._failed:
            self._render_content(token)
            return
        state = keep_state(self)
        try:
            function(self, token)
        except RecursionError:
            raise  # the stack is too deep to handle it here
        except Exception as error:
            if not is_caught(error, self.sphinx_env, self.sphinx_env.docname):
                raise
            restore_state(self, state)
            # try it no more: it would fail again on each nested level
            self._failed.add(function)
            what = f"rendering of <{token.type}>"
            location = self.location(token_line(token, 0))
            report(error, what, "what is in it is shown, here and further down", location)
            self._render_content(token)

    def _render_content(self, token: SyntaxTreeNode) -> None:
        """Show what is in a construct."""
        children = token.children or ()
        inline = isinstance(self.current_node, nodes.TextElement)
        if children and (inline or not any(child.type in _INLINE for child in children)):
            self.render_children(token)
        elif children:
            paragraph = nodes.paragraph()
            self.add_line_and_source_path(paragraph, token)
            with self.current_node_context(paragraph, append=True):
                self.render_children(token)
        elif inline:
            self.current_node.append(nodes.Text(token.content or token.markup))
        elif text := token.content:
            code = nodes.literal_block(text, text, language="text")
            self.add_line_and_source_path(code, token)
            self.current_node.append(code)


def render_nothing(_renderer: AjoRenderer, _token: SyntaxTreeNode) -> None:
    """Render nothing: the renderer has given the warnings of the token."""


def _resolve_lines(document: nodes.document) -> None:
    """Turn the lines of all nodes into plain numbers, and give each node its file."""
    for node in document.findall():
        if isinstance(node.line, SourceLine):
            node.source, node.line = node.line.path, int(node.line)
