"""What transforms look for, and what they may add: this tells which ones can be skipped.

It applies to the versions in :data:`CHECKED`; with other versions, all transforms run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

COMPONENT: Final = "design_component"
"""The attribute by which sphinx-design recognizes its nodes, all of which are containers."""

CHECKED: Final[Mapping[str, tuple[tuple[int, ...], tuple[int, ...]]]] = {
    "docutils": ((0, 21), (0, 23)),
    "furo": ((2024,), (2026,)),
    "myst-parser": ((5, 0), (5, 3)),
    "sphinx": ((8, 2), (9, 3)),
    "sphinx-design": ((0, 7), (0, 9)),
}
"""The versions for which :data:`NEEDS` and :data:`ADDS` have been checked: from the first, below
the second."""

_NODES: Final = "docutils.nodes"
_SPHINX: Final = "sphinx.addnodes"
_MYST: Final = "myst_parser.mdit_to_docutils.transforms"
_OWN: Final = "sphinx_ajo.constructs"
_TOC: Final = "sphinx_ajo.build.toc.events"

NEEDS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "docutils": {
        "docutils.transforms.frontmatter.DocInfo": (f"{_NODES}.field_list",),
        "docutils.transforms.misc.Transitions": (f"{_NODES}.transition",),
        "docutils.transforms.references.AnonymousHyperlinks": (
            f"{_NODES}.reference",
            f"{_NODES}.target",
        ),
        "docutils.transforms.references.ExternalTargets": (f"{_NODES}.target",),
        "docutils.transforms.references.Footnotes": (
            f"{_NODES}.citation",
            f"{_NODES}.citation_reference",
            f"{_NODES}.footnote",
            f"{_NODES}.footnote_reference",
        ),
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
        f"{_MYST}.CollectFootnotes": (f"{_NODES}.footnote",),
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
        f"{_OWN}.guides.GuidesTransform": (f"{_OWN}.guides.ajo_guides",),
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

_PROBLEMS: Final = (
    f"{_NODES}.problematic",
    f"{_NODES}.system_message",
    f"{_NODES}.Text",
)

_LINKS: Final = (
    f"{_NODES}.reference",
    f"{_NODES}.inline",
    f"{_NODES}.literal",
    f"{_NODES}.Text",
)

ADDS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "docutils": {
        "docutils.transforms.frontmatter.DocTitle": (f"{_NODES}.title", f"{_NODES}.subtitle"),
        "docutils.transforms.frontmatter.SectionSubTitle": (f"{_NODES}.subtitle",),
        "docutils.transforms.references.AnonymousHyperlinks": _PROBLEMS,
        "docutils.transforms.references.ExternalTargets": (),
        "docutils.transforms.references.Footnotes": (*_PROBLEMS, f"{_NODES}.label"),
        "docutils.transforms.references.IndirectHyperlinks": _PROBLEMS,
        "docutils.transforms.references.InternalTargets": (),
        "docutils.transforms.universal.Decorations": (
            f"{_NODES}.decoration",
            f"{_NODES}.header",
            f"{_NODES}.footer",
            f"{_NODES}.paragraph",
            f"{_NODES}.reference",
            f"{_NODES}.Text",
        ),
        "docutils.transforms.universal.ExposeInternals": (),
        "docutils.transforms.universal.FilterMessages": (f"{_NODES}.Text",),
        "docutils.transforms.universal.Messages": (
            *_PROBLEMS,
            f"{_NODES}.section",
            f"{_NODES}.title",
        ),
        "docutils.transforms.universal.SmartQuotes": (f"{_NODES}.Text",),
        "docutils.transforms.universal.StripClassesAndElements": (),
        "docutils.transforms.universal.StripComments": (),
        "docutils.transforms.universal.Validate": (),
    },
    "sphinx": {
        "sphinx.transforms.ApplySourceWorkaround": (),
        "sphinx.transforms.AutoIndexUpgrader": (),
        "sphinx.transforms.AutoNumbering": (),
        # for Sphinx and this package, it is known which nodes its handlers add
        "sphinx.transforms.DoctreeReadEvent": (),
        "sphinx.transforms.DoctestTransform": (),
        "sphinx.transforms.ExtraTranslatableNodes": (),
        "sphinx.transforms.FilterSystemMessages": (),
        "sphinx.transforms.HandleCodeBlocks": (),
        "sphinx.transforms.MoveModuleTargets": (),
        "sphinx.transforms.SortIds": (),
        "sphinx.transforms.SphinxSmartQuotes": (f"{_NODES}.Text",),
        "sphinx.transforms.compact_bullet_list.RefOnlyBulletListTransform": (
            f"{_SPHINX}.compact_paragraph",
        ),
        "sphinx.transforms.i18n.AddTranslationClasses": (),
        # without catalogs
        "sphinx.transforms.i18n.Locale": (),
        "sphinx.transforms.i18n.PreserveTranslatableMessages": (),
        "sphinx.transforms.i18n.RemoveTranslatableInline": (),
        "sphinx.transforms.i18n.TranslationProgressTotaliser": (),
        "sphinx.transforms.post_transforms.PropagateDescDomain": (),
        # for known domains and handlers
        "sphinx.transforms.post_transforms.ReferencesResolver": _LINKS,
        "sphinx.transforms.post_transforms.SigElementFallbackTransform": (f"{_NODES}.inline",),
        "sphinx.transforms.post_transforms.code.HighlightLanguageTransform": (),
        "sphinx.transforms.post_transforms.code.TrimDoctestFlagsTransform": (f"{_NODES}.Text",),
        "sphinx.transforms.post_transforms.images.DataURIExtractor": (),
        "sphinx.transforms.post_transforms.images.ImageDownloader": (),
        # for the domains of Sphinx and of this package
        "sphinx.transforms.references.SphinxDanglingReferences": _PROBLEMS,
        "sphinx.transforms.references.SphinxDomains": (),
        "sphinx.versioning.UIDTransform": (),
    },
    "myst-parser": {
        f"{_MYST}.AddSlugIds": (),
        f"{_MYST}.CollectFootnotes": (f"{_NODES}.transition",),
        f"{_MYST}.PrioritiseExplicitIds": (),
        f"{_MYST}.ResolveAnchorIds": (
            f"{_SPHINX}.pending_xref",
            f"{_NODES}.inline",
            f"{_NODES}.Text",
        ),
        f"{_MYST}.ResolveSectionRefs": (f"{_NODES}.reference",),
        f"{_MYST}.SortFootnotes": (),
        f"{_MYST}.UnreferencedFootnotesDetector": (),
        # for known domains
        "myst_parser.sphinx_ext.myst_refs.MystReferenceResolver": _LINKS,
    },
    "sphinx-design": {
        "sphinx_design.badges_buttons.BadgeRefTooltipGraft": (),
        "sphinx_design.badges_buttons.BadgeRefTooltipStash": (),
        # it stores copies of nodes, but not on the page
        "sphinx_design.badges_buttons.ButtonRefContentStash": (),
        # on a page for which nothing has been stored
        "sphinx_design.badges_buttons.ButtonRefContentGraft": (),
    },
    "furo": {
        "furo.WrapTableAndMathInAContainerTransform": (f"{_NODES}.container",),
    },
    "": {
        "sphinx_ajo.build.guard.OutsideTransform": (
            f"{_NODES}.inline",
            f"{_NODES}.paragraph",
            f"{_NODES}.Text",
        ),
        "sphinx_ajo.build.mending.DroppedContentTransform": (),
        "sphinx_ajo.build.mending.LeftoverLinksTransform": (),
        "sphinx_ajo.build.mending.NestedLinksTransform": (),
        "sphinx_ajo.build.mending.StrayPartsTransform": (
            f"{_NODES}.container",
            f"{_NODES}.paragraph",
            f"{_NODES}.Text",
        ),
        "sphinx_ajo.build.originals.events.OriginalIdsTransform": (),
        "sphinx_ajo.build.safety.SafeOutputTransform": (
            f"{_NODES}.inline",
            f"{_NODES}.paragraph",
            f"{_NODES}.Text",
        ),
        "sphinx_ajo.build.safety.SafePageTransform": (
            f"{_NODES}.inline",
            f"{_NODES}.paragraph",
            f"{_NODES}.Text",
        ),
        "sphinx_ajo.build.toc.untitled.UntitledTransform": (
            f"{_NODES}.section",
            f"{_NODES}.title",
            f"{_NODES}.Text",
        ),
        f"{_TOC}.DescriptionTransform": (f"{_NODES}.paragraph", f"{_NODES}.Text"),
        # on a page without child entries
        f"{_TOC}.TocTransform": (),
        f"{_OWN}.alerts.related.RelatedArticlesTransform": (
            f"{_NODES}.list_item",
            f"{_NODES}.paragraph",
        ),
        f"{_OWN}.contextual_help.ContextualHelpAnchors": (),
        f"{_OWN}.group_headings.GroupHeadingsHtmlTransform": (),
        f"{_OWN}.headings.HeadingLevelTransform": (f"{_NODES}.section",),
        f"{_OWN}.headings.SingleTopTransform": (),
        f"{_OWN}.link_windows.KeepTargetTransform": (f"{_OWN}.link_windows.ajo_link_window",),
        f"{_OWN}.metadata.DropMetaTransform": (),
        f"{_OWN}.metadata.MetaTagsTransform": (f"{_NODES}.meta",),
        f"{_OWN}.metadata.PageMetadataTransform": (f"{_OWN}.metadata.ajo_meta",),
        f"{_OWN}.page_info.PageInfoTransform": (
            f"{_NODES}.container",
            f"{_NODES}.paragraph",
            f"{_NODES}.inline",
            f"{_NODES}.Text",
        ),
        f"{_OWN}.spelling.SpellingTransform": (f"{_OWN}.file_links.ajo_file_link",),
        f"{_OWN}.tables.TableIdsHtmlTransform": (),
        f"{_OWN}.tables.TablesHtmlTransform": (f"{_NODES}.container",),
        f"{_OWN}.typography.TaskListTransform": (f"{_OWN}.typography.ajo_task_box",),
    },
}
"""Package → names of its transforms → the node classes that they may add to a page without them. A
transform that is missing here may add any node."""

READERS: Final = ("sphinx.environment.collectors.", "sphinx_ajo.")
"""The prefixes of modules whose ``doctree-read`` handlers add no other kinds of nodes."""

RESOLVERS: Final = ("sphinx.domains.", "sphinx.ext.intersphinx.", "sphinx_ajo.")
"""The prefixes of modules whose ``missing-reference`` handlers add only links."""

DOMAINS: Final = ("sphinx.domains.", "sphinx_ajo.")
"""The prefixes of modules whose domains add nothing to a page."""
