"""Skip transforms for kinds of nodes that a page does not have.

About 80 transforms and post-transforms run on a page. Half of them walk through the whole page for
a kind of node that hardly any page has, which takes a tenth of the time of a build. Here, one walk
collects the kinds of nodes on the page. It is repeated only after a transform has run, because that
may have added nodes of any kind.
"""

from __future__ import annotations

import re
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any, Final
from weakref import ref

from docutils import nodes
from sphinx.util import logging

from sphinx_ajo.foreign.sphinx import exchange_transforms
from sphinx_ajo.project.state import state_of
from sphinx_ajo.reading.parser import PAGE_READ

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from docutils.transforms import Transform, Transformer
    from markdown_it import MarkdownIt
    from sphinx.application import Sphinx

    Needed = tuple[type | str, ...]

LOGGER = logging.getLogger(__name__)

COMPONENT: Final = "design_component"
"""The attribute by which sphinx-design recognizes its nodes, all of which are containers."""

CHECKED: Final[Mapping[str, tuple[tuple[int, ...], tuple[int, ...]]]] = {
    "docutils": ((0, 21), (0, 23)),
    "furo": ((2024,), (2026,)),
    "myst-parser": ((5, 0), (5, 3)),
    "sphinx": ((8, 2), (9, 3)),
    "sphinx-design": ((0, 7), (0, 9)),
}
"""The versions for which :data:`NEEDS` has been checked: from the first, below the second."""

_NODES: Final = "docutils.nodes"
_SPHINX: Final = "sphinx.addnodes"
_OWN: Final = "sphinx_ajo.constructs"
_TOC: Final = "sphinx_ajo.build.toc.events"

NEEDS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "docutils": {
        "docutils.transforms.misc.Transitions": (f"{_NODES}.transition",),
        "docutils.transforms.references.AnonymousHyperlinks": (
            f"{_NODES}.reference",
            f"{_NODES}.target",
        ),
        "docutils.transforms.references.ExternalTargets": (f"{_NODES}.target",),
        "docutils.transforms.references.InternalTargets": (f"{_NODES}.target",),
        "docutils.transforms.references.PropagateTargets": (f"{_NODES}.target",),
        "docutils.transforms.references.Substitutions": (f"{_NODES}.substitution_reference",),
    },
    "sphinx": {
        "sphinx.builders.latex.transforms.FootnoteDocnameUpdater": (
            f"{_NODES}.footnote",
            f"{_NODES}.footnote_reference",
        ),
        "sphinx.domains.c.AliasTransform": ("sphinx.domains.c.AliasNode",),
        "sphinx.domains.citation.CitationDefinitionTransform": (f"{_NODES}.citation",),
        "sphinx.domains.citation.CitationReferenceTransform": (f"{_NODES}.citation_reference",),
        "sphinx.domains.cpp.AliasTransform": ("sphinx.domains.cpp.AliasNode",),
        "sphinx.transforms.AutoIndexUpgrader": (f"{_SPHINX}.index",),
        "sphinx.transforms.DefaultSubstitutions": (f"{_NODES}.substitution_reference",),
        # of later versions of docutils
        "sphinx.transforms.DoctestTransform": (
            f"{_NODES}.doctest_block",
            f"{_NODES}.literal_block",
        ),
        "sphinx.transforms.FilterSystemMessages": (f"{_NODES}.system_message",),
        "sphinx.transforms.GlossarySorter": (f"{_SPHINX}.glossary",),
        "sphinx.transforms.HandleCodeBlocks": (f"{_NODES}.block_quote",),
        "sphinx.transforms.MoveModuleTargets": (f"{_NODES}.target",),
        "sphinx.transforms.ReorderConsecutiveTargetAndIndexNodes": (f"{_NODES}.target",),
        "sphinx.transforms.i18n.RemoveTranslatableInline": (f"{_NODES}.inline",),
        "sphinx.transforms.post_transforms.OnlyNodeTransform": (f"{_SPHINX}.only",),
        "sphinx.transforms.post_transforms.PropagateDescDomain": (f"{_SPHINX}.desc_signature",),
        "sphinx.transforms.post_transforms.ReferencesResolver": (f"{_SPHINX}.pending_xref",),
        "sphinx.transforms.post_transforms.code.HighlightLanguageTransform": (
            f"{_NODES}.literal_block",
            f"{_SPHINX}.highlightlang",
        ),
        "sphinx.transforms.post_transforms.code.TrimDoctestFlagsTransform": (
            f"{_NODES}.doctest_block",
            f"{_NODES}.literal_block",
        ),
        "sphinx.transforms.post_transforms.images.DataURIExtractor": (f"{_NODES}.image",),
        "sphinx.transforms.post_transforms.images.ImageDownloader": (f"{_NODES}.image",),
    },
    "myst-parser": {
        "myst_parser.sphinx_ext.myst_refs.MystReferenceResolver": (f"{_SPHINX}.pending_xref",),
    },
    "sphinx-design": {
        # later transforms read their results only where there are any
        "sphinx_design.badges_buttons.BadgeRefTooltipStash": (f"{_SPHINX}.pending_xref",),
        "sphinx_design.badges_buttons.ButtonRefContentStash": (f"{_SPHINX}.pending_xref",),
        "sphinx_design.aside.AsideHtmlTransform": ("aside",),
        "sphinx_design.dropdown.DropdownHtmlTransform": ("dropdown",),
        "sphinx_design.extension.AddFirstTitleCss": (f"{_NODES}.docinfo",),
        "sphinx_design.tabs.TabSetHtmlTransform": ("tab-set",),
    },
    "furo": {
        "furo.WrapTableAndMathInAContainerTransform": (
            f"{_NODES}.table",
            f"{_NODES}.math_block",
        ),
    },
    # transforms of this package, with the names that their modules import nodes by
    "": {
        "sphinx_ajo.build.guard.OutsideTransform": (
            f"{_NODES}.image",
            f"{_SPHINX}.download_reference",
        ),
        "sphinx_ajo.build.mending.LeftoverLinksTransform": (f"{_SPHINX}.pending_xref",),
        "sphinx_ajo.build.mending.StrayPartsTransform": (
            f"{_NODES}.list_item",
            f"{_NODES}.block_quote",
            f"{_NODES}.image",
        ),
        f"{_TOC}.DescriptionTransform": (f"{_TOC}.ajo_description",),
        f"{_OWN}.accordions.AccordionsHtmlTransform": (f"{_OWN}.accordions.ajo_accordion",),
        f"{_OWN}.alerts.related.RelatedArticlesTransform": (f"{_NODES}.admonition",),
        f"{_OWN}.contextual_help.ContextualHelpAnchors": (
            f"{_OWN}.contextual_help.ajo_contextual_help",
        ),
        f"{_OWN}.group_headings.GroupHeadingsHtmlTransform": (f"{_NODES}.rubric",),
        f"{_OWN}.group_headings.GroupTargetsLatexTransform": (f"{_NODES}.rubric",),
        f"{_OWN}.headings.RubricTargetTransform": (f"{_NODES}.rubric",),
        f"{_OWN}.landing_cards.output.LandingCardsHtmlTransform": (
            f"{_OWN}.landing_cards.output.ajo_card_grid",
        ),
        f"{_OWN}.landing_cards.output.LandingCardsPaperTransform": (
            f"{_OWN}.landing_cards.output.ajo_card",
            f"{_OWN}.landing_cards.output.ajo_card_icon",
            f"{_OWN}.landing_cards.output.ajo_card_title",
        ),
        f"{_OWN}.link_windows.DropTargetTransform": (f"{_OWN}.link_windows.ajo_link_window",),
        f"{_OWN}.link_windows.KeepTargetTransform": (f"{_SPHINX}.pending_xref",),
        f"{_OWN}.link_windows.LinkTargetTransform": (f"{_OWN}.link_windows.ajo_link_window",),
        f"{_OWN}.metadata.DropMetaTransform": (f"{_OWN}.metadata.ajo_meta",),
        f"{_OWN}.shade_boxes.ShadeBoxTitleTransform": (f"{_OWN}.shade_boxes.ajo_shadebox_title",),
        f"{_OWN}.tables.TableIdsHtmlTransform": (f"{_NODES}.table",),
        f"{_OWN}.tables.TablesHtmlTransform": (f"{_NODES}.table",),
        f"{_OWN}.tables.TablesPaperTransform": (f"{_NODES}.table",),
        f"{_OWN}.tabs.TabPartsTransform": ("sphinx_ajo.foreign.design.sd_tab_label",),
        f"{_OWN}.tabs.TabsHtmlTransform": (f"{_OWN}.tabs.ajo_tab_set",),
        f"{_OWN}.typography.TaskListTransform": (f"{_NODES}.list_item",),
    },
}
"""Package → names of its transforms → what they look for: node classes, or components of
sphinx-design. On a page without any of these, the transform does nothing."""


class Kinds:
    """The kinds of nodes on a page; valid until a transform runs."""

    def __init__(self) -> None:
        """Start without a page."""
        self._document: ref[nodes.document] | None = None
        self._applied = 0
        self._pass: object = None
        self._classes: AbstractSet[type] = frozenset()
        self._components: AbstractSet[str] = frozenset()

    def lacks(self, document: nodes.document, needed: Iterable[type | str]) -> bool:
        """Tell whether a page has no node that a transform looks for which is about to run.

        :returns: Whether it has none, so that the transform can be skipped.
        """
        # reports are not available while a page is resolved
        transformer: Transformer | None = document.transformer
        applied = len(transformer.applied) if transformer else 0
        # Sphinx creates a new one each time it reads or resolves a page
        this_pass = document.settings.env.temp_data
        if (
            self._document is None
            or self._document() is not document
            or self._applied != applied
            or self._pass is not this_pass
        ):
            self._classes, self._components = _kinds(document)
            self._document, self._pass = ref(document), this_pass
        for each in needed:
            if isinstance(each, str):
                if each in self._components:
                    return False
            elif any(issubclass(class_, each) for class_ in self._classes):
                return False
        # docutils will count it as applied
        self._applied = applied + 1 if transformer else 0
        return True

    def forget(self) -> None:
        """Note that the page may change from now on."""
        self._document = None


def _kinds(document: nodes.document) -> tuple[set[type], set[str]]:
    classes: set[type] = set()
    components: set[str] = set()
    stack: list[Any] = [document]
    while stack:
        node = stack.pop()
        class_ = type(node)
        classes.add(class_)
        if class_ is not nodes.Text:
            stack.extend(node.children)
            attributes: Mapping[str, Any] = getattr(node, "attributes", {})
            if COMPONENT in attributes:
                components.add(attributes[COMPONENT])
    return classes, components


def _name(class_: type[Transform]) -> str:
    return f"{class_.__module__}.{class_.__qualname__}"


def _spare(kinds: Kinds, needed: Needed | None, class_: type[Transform]) -> type[Transform]:
    """Make a transform skip pages on which it has nothing to do."""

    class Spared(class_):  # type: ignore[misc, valid-type]
        def apply(self, **kwargs: Any) -> None:
            if needed is not None and kinds.lacks(self.document, needed):
                return
            kinds.forget()
            super().apply(**kwargs)
            kinds.forget()

    for name in ("__module__", "__name__", "__qualname__", "__doc__"):
        setattr(Spared, name, getattr(class_, name))
    return Spared


def _find_needs() -> dict[str, Needed]:
    """Return what transforms look for, for packages whose versions have been checked."""
    found: dict[str, Needed] = {}
    for package, transforms in NEEDS.items():
        if package and not (_is_checked(package) and _is_checked("docutils")):
            LOGGER.debug("[ajo] transforms of this version of %s are all run", package)
            continue
        for transform, names in transforms.items():
            try:
                found[transform] = tuple(map(_load, names))
            except (ImportError, AttributeError) as error:
                LOGGER.debug("[ajo] %s is always run: %s", transform, error)
    return found


def _load(name: str) -> type | str:
    module, _, attribute = name.rpartition(".")
    found: type | str = getattr(import_module(module), attribute) if module else name
    return found


def _is_checked(package: str) -> bool:
    try:
        parts = re.findall(r"\d+", version(package))
    except PackageNotFoundError:
        return False
    first, end = CHECKED[package]
    return first <= tuple(map(int, parts)) < end


class Absent:
    """The transforms of one build."""

    def __init__(self) -> None:
        """Start without transforms."""
        self._kinds = Kinds()
        self._needs: dict[str, Needed] = {}
        self._spared: dict[type[Transform], type[Transform]] = {}

    def exchange(self, app: Sphinx) -> None:
        """Replace the transforms of Sphinx and of extensions."""
        if state_of(app.env).accelerated:
            self._needs = _find_needs()
            exchange_transforms(app, self._spare)

    def exchange_those_of_reader(
        self, _app: Sphinx, _text: str, md: MarkdownIt, *_: object
    ) -> None:
        """Replace the transforms of docutils; Sphinx 8 adds them later."""
        transformer = md.options["document"].transformer
        transformer.transforms = [
            (priority, self._spare(class_) if _name(class_) in self._needs else class_, *others)
            for priority, class_, *others in transformer.transforms
        ]

    def _spare(self, class_: type[Transform]) -> type[Transform]:
        if class_ not in self._spared:
            spared = _spare(self._kinds, self._needs.get(_name(class_)), class_)
            self._spared[class_] = self._spared[spared] = spared
        return self._spared[class_]


def setup_absent(app: Sphinx) -> None:
    """Skip transforms that have nothing to do on a page."""
    absent = Absent()
    # after every handler that adds transforms, and around the net that turns failures into warnings
    # (950)
    app.connect("builder-inited", absent.exchange, priority=960)
    app.connect(PAGE_READ, absent.exchange_those_of_reader)
