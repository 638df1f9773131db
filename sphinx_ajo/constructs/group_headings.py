"""The headings in tab groups, accordions and shade boxes.

Headings in a group cannot be sections, so MyST turns them into rubrics. They stay headings for
readers (``h2`` to ``h6``) and for links in every format. Those in a shade box are also listed in
the page's table of contents; those in tabs and accordions are not, because readers may not see them
(the official site does the same).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxContentsFilter
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_ajo.constructs.accordions import ajo_accordion
from sphinx_ajo.constructs.shade_boxes import ajo_shadebox
from sphinx_ajo.constructs.tabs import ajo_tab, ajo_tab_set
from sphinx_ajo.markup.construct import Construct
from sphinx_ajo.markup.groups import BESIDE
from sphinx_ajo.markup.node_kinds import add_target_before, ancestors
from sphinx_ajo.markup.quotes import render_text

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_HIDING = (ajo_tab, ajo_accordion)
_GROUPS = (ajo_tab, ajo_accordion, ajo_shadebox)


class GroupHeadingsHtmlTransform(SphinxPostTransform):
    """Make HTML headings of the headings in groups."""

    # before the transforms that replace the groups (197, 198)
    default_priority = 196
    formats = ("html",)

    def run(self, **_kwargs: Any) -> None:
        """Set the levels that the HTML writer looks for; MyST stores them under another name."""
        for rubric in _rubrics(self.document):
            if "level" in rubric and "heading-level" not in rubric:
                rubric["heading-level"] = rubric["level"]


class GroupTargetsLatexTransform(SphinxPostTransform):
    """Give rubrics in groups the labels that the LaTeX writer omits."""

    default_priority = GroupHeadingsHtmlTransform.default_priority
    formats = ("latex",)

    def run(self, **_kwargs: Any) -> None:
        """Put a target before each rubric with an id."""
        for rubric in _rubrics(self.document):
            if rubric["ids"]:
                add_target_before(rubric)


class GroupsEpubTransform(SphinxPostTransform):
    """Show the content of all tabs and accordions: not every e-book reader can open them."""

    # before the transforms that turn them into HTML components (198)
    default_priority = 197
    builders = ("epub",)

    def run(self, **_kwargs: Any) -> None:
        """Replace tabs and accordions by their content, including titles."""
        for kind in _HIDING:
            for node in list(self.document.findall(kind)):
                new = nodes.container(ids=node["ids"], is_div=True)
                new += node.children
                node.replace_self(new)
        for group in list(self.document.findall(ajo_tab_set)):
            group.replace_self(group.children)


def _rubrics(document: nodes.document) -> list[nodes.rubric]:
    return [
        rubric
        for rubric in document.findall(nodes.rubric)
        if any(isinstance(parent, _GROUPS) for parent in ancestors(rubric))
    ]


def list_headings(app: Sphinx, doctree: nodes.document) -> None:
    """Add the headings in shade boxes to the table of contents of their page.

    :param doctree: The page, whose table of contents Sphinx has built before.
    """
    docname = app.env.current_document.docname
    entries = _Entries(app.env.tocs[docname])
    for rubric in doctree.findall(nodes.rubric):
        parents = list(ancestors(rubric))
        if (
            "level" in rubric
            and rubric["ids"]
            and any(isinstance(parent, ajo_shadebox) for parent in parents)
            and not any(isinstance(parent, _HIDING) for parent in parents)
            and entries.add(doctree, docname, rubric)
        ):
            app.env.toc_num_entries[docname] += 1


class _Entries:
    """The table of contents of a page."""

    def __init__(self, toc: nodes.Element) -> None:
        self._items: dict[str, nodes.list_item] = {}
        for item in toc.findall(nodes.list_item):
            reference = next(item.findall(nodes.reference), None)
            if reference is not None and "anchorname" in reference:
                self._items.setdefault(reference["anchorname"], item)
        self._last: tuple[nodes.section, list[tuple[int, nodes.list_item]]] | None = None

    def add(self, doctree: nodes.document, docname: str, rubric: nodes.rubric) -> bool:
        """Add a heading at its place among the sections; tell whether there was a place."""
        sections = [node for node in ancestors(rubric) if isinstance(node, nodes.section)][::-1]
        items = [self._item(section) for section in sections]
        if not items or None in items:
            return False
        chain = [(depth, item) for depth, item in enumerate(items, 1) if item is not None]
        if self._last is not None and self._last[0] is sections[-1]:
            chain = self._last[1]
        level = rubric["level"]
        above = [entry for entry in chain if entry[0] < level] or chain[:1]
        parent = above[-1][1]
        following = chain[len(above)][1] if len(chain) > len(above) else None
        item = _toc_item(doctree, docname, rubric)
        sublist = next((n for n in parent.children if isinstance(n, nodes.bullet_list)), None)
        if sublist is None:
            sublist = nodes.bullet_list()
            parent += sublist
        # below the section or heading that precedes it, or else at the top
        sublist.insert(0 if following is None else sublist.index(following) + 1, item)
        self._last = sections[-1], [*above, (level, item)]
        return True

    def _item(self, section: nodes.section) -> nodes.list_item | None:
        ids = [f"#{id_}" for id_ in section["ids"]]
        found = next((self._items[id_] for id_ in ids if id_ in self._items), None)
        if found is None and isinstance(section.parent, nodes.document):
            # the first section of a page has no anchor
            found = self._items.get("")
        return found


def _toc_item(doctree: nodes.document, docname: str, rubric: nodes.rubric) -> nodes.list_item:
    contents = SphinxContentsFilter(doctree)
    rubric.walkabout(contents)
    reference = nodes.reference(
        "",
        "",
        *contents.get_entry_text(),
        internal=True,
        refuri=docname,
        anchorname=f"#{rubric['ids'][0]}",
    )
    paragraph = addnodes.compact_paragraph("", "", reference, skip_section_number=True)
    return nodes.list_item("", paragraph)


def setup_groups(app: Sphinx) -> None:
    """Register the transforms and the handler."""
    app.add_post_transform(GroupHeadingsHtmlTransform)
    app.add_post_transform(GroupTargetsLatexTransform)
    app.add_post_transform(GroupsEpubTransform)
    app.connect("doctree-read", list_headings)  # after Sphinx, which is there before


CONSTRUCT = Construct(
    name="groups",
    renderers={BESIDE: render_text},
    setup=setup_groups,
)
"""The construct, for the parser and the extension."""
