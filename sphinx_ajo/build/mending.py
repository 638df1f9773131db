"""Repair doctrees of ExL pages that directives of other extensions leave broken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.images import parse_data_uri
from sphinx.util.nodes import NodeMatcher

from sphinx_ajo.base.problems import AjoWarnings
from sphinx_ajo.language.dialect import DIALECT_KEY, Dialect
from sphinx_ajo.markup.failures import catches_failures
from sphinx_ajo.markup.node_kinds import LINKS
from sphinx_ajo.project.domain import AjoDomain
from sphinx_ajo.project.state import state_of
from sphinx_ajo.warnings_ import warn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


class DroppedContentTransform(SphinxTransform):
    """Forget the footnotes in content that a directive has dropped.

    A ``tab-set`` parses all of its content, but keeps only its tabs. The document still lists the
    footnotes of the rest, and docutils would fail to move them.
    """

    # before any transform of references and footnotes
    default_priority = 15

    def apply(self, **_kwargs: Any) -> None:
        """Keep the footnotes that are part of the document."""
        if self.env.temp_data.get(DIALECT_KEY) is not Dialect.EXL:
            return
        document: Any = self.document
        lists = [document.autofootnotes, document.autofootnote_refs, document.footnotes]
        lists += document.footnote_refs.values()
        if not any(lists):
            return
        kinds = (nodes.footnote, nodes.footnote_reference)
        # not by ``parent``: dropped nodes still have one
        present = {id(note) for kind in kinds for note in document.findall(kind)}
        for notes in lists:
            notes[:] = [note for note in notes if id(note) in present]


class NestedLinksTransform(SphinxTransform):
    """Remove links that are inside other links.

    The text of a ``button-ref`` is Markdown, and may contain links.
    """

    # before links are resolved; after sphinx.transforms.i18n.Locale (20), which needs them
    default_priority = 30

    def apply(self, **_kwargs: Any) -> None:
        """Replace inner links by their content."""
        if self.env.temp_data.get(DIALECT_KEY) is not Dialect.EXL:
            return
        for link in NodeMatcher(*LINKS).findall(self.document):
            inner = [node for node in link.findall() if isinstance(node, LINKS)]
            for node in inner[1:]:
                node.replace_self(node.children)


class StrayPartsTransform(SphinxTransform):
    """Show the content of nodes that are misplaced or cannot be written.

    A ``step`` outside of ``steps`` is a list item without a list; the address of an image can be
    broken data; Sphinx takes a quote without content for code, and fails if it has a class.
    """

    # before images are collected, and after translations are inserted
    default_priority = NestedLinksTransform.default_priority

    def apply(self, **_kwargs: Any) -> None:
        """Replace misplaced items and broken images."""
        if self.env.temp_data.get(DIALECT_KEY) is not Dialect.EXL:
            return
        for item in list(self.document.findall(nodes.list_item)):
            if not isinstance(item.parent, (nodes.bullet_list, nodes.enumerated_list)):
                item.replace_self(nodes.container("", *item.children))
        for quote in list(self.document.findall(nodes.block_quote)):
            if not quote.children:
                quote.parent.remove(quote)
        for image in list(self.document.findall(nodes.image)):
            if not _is_readable(image["uri"]):
                message = "the address of the image %r holds no image; its text stays"
                alt = image.get("alt", "")
                warn(AjoWarnings.LINK_MISSING, message, alt, location=image)
                inline = isinstance(image.parent, nodes.TextElement)
                image.replace_self(nodes.Text(alt) if inline else nodes.paragraph(alt, alt))


def _is_readable(uri: str) -> bool:
    try:
        return not uri.startswith("data:") or parse_data_uri(uri) is not None
    except ValueError:
        return False


class LeftoverLinksTransform(SphinxPostTransform):
    """Show the text of links that are not resolved because a transform failed."""

    # right after Sphinx's ReferencesResolver (10)
    default_priority = 11

    def run(self, **_kwargs: Any) -> None:
        """Replace unresolved links by their content."""
        for link in list(self.document.findall(addnodes.pending_xref)):
            # LaTeX resolves links to its other documents later
            if link.get("refdomain") == AjoDomain.name and "refdocname" not in link:
                link.replace_self(link.children)


def break_circles(_app: Sphinx, env: BuildEnvironment) -> None:
    """Leave out toctree entries that lead back to an ancestor: Sphinx would follow them forever.

    :param env: The build environment, with all pages read.
    """
    if not catches_failures(env):
        return
    left_out: dict[str, list[str]] = {}
    for page, child in _circles(env.toctree_includes, env.config.root_doc):
        left_out.setdefault(page, env.toctree_includes[page])
        env.toctree_includes[page] = [name for name in env.toctree_includes[page] if name != child]
        message = "the toctree of this page lists %r, which lists this page; it is left out there"
        warn(AjoWarnings.DIRECTIVE, message, child, location=(page, None))
    state_of(env).left_out = left_out


def restore_circles(_app: Sphinx, env: BuildEnvironment, _docnames: list[str]) -> None:
    """Restore what :func:`break_circles` left out: other pages may have changed since.

    :param env: The build environment, before pages are read.
    """
    for page, children in state_of(env).left_out.items():
        if page in env.toctree_includes:
            env.toctree_includes[page] = children


def _circles(includes: Mapping[str, list[str]], root: str) -> list[tuple[str, str]]:
    """Find the entries that close a circle: the page, and the ancestor that it lists."""
    found: list[tuple[str, str]] = []
    done: set[str] = set()
    for start in [root, *sorted(includes)]:
        above: dict[str, Iterator[str]] = {}
        page: str | None = None if start in done else start
        while page is not None:
            rest = above.setdefault(page, iter(includes.get(page, ())))
            child = next(rest, None)
            if child is None:
                done.add(page)
                del above[page]
                page = next(reversed(above), None)
            elif child in above:
                if child != page:  # Sphinx handles pages that list themselves
                    found.append((page, child))
            elif child not in done:
                page = child
    return found


def setup_mending(app: Sphinx) -> None:
    """Register the transforms."""
    app.add_transform(DroppedContentTransform)
    app.add_transform(NestedLinksTransform)
    app.add_transform(StrayPartsTransform)
    app.add_post_transform(LeftoverLinksTransform)
    app.connect("env-before-read-docs", restore_circles)
    # before all handlers that follow toctrees
    app.connect("env-updated", break_circles, priority=100)
