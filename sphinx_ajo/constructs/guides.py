"""The directive ``exl-guides``: the guides of a documentation set as landing cards.

Its data comes from the lists of pages of other sites (``ajo_sites``), and from the project itself.
It is looked up when a page is written, so that a changed site causes no page to be read again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.addnodes import pending_xref
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from sphinx_ajo.base.assets import note_use
from sphinx_ajo.constructs.landing_cards.directive import columns_option, gutter_option
from sphinx_ajo.constructs.landing_cards.nodes import ajo_card, ajo_card_grid, ajo_card_title
from sphinx_ajo.i18n import language_name
from sphinx_ajo.language.languages import ENGLISH, language_segment
from sphinx_ajo.markup.construct import Construct
from sphinx_ajo.project.sites import sites_of
from sphinx_ajo.project.twins import SHOWS_GUIDES, guides_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx.application import Sphinx
    from sphinx.util.typing import OptionSpec

    from sphinx_ajo.project.twins import Guides
    from sphinx_ajo.site.manifests import Guide

NAME: Final = "exl-guides"
"""The name of the directive."""

FROM_ROOT: Final = "ajo_from_root"
"""The attribute of a link with its address: absolute, or relative to the root of the site."""


class ajo_guides(nodes.General, nodes.Element):
    """A placeholder for the guides, with the options of the directive."""


class Offer(NamedTuple):
    """A guide in one language."""

    language: str
    address: str
    """Absolute, or relative to the root of the site; for a page of the project itself, its name."""
    is_own: bool
    guide: Guide


def products_option(argument: str | None) -> list[str]:
    """Read the ``product`` option.

    :param argument: The products whose guides are shown, as official addresses name them, with
        blanks or commas between them; all if it is not given.
    """
    return (argument or "").replace(",", " ").split()


def languages_option(argument: str | None) -> list[str]:
    """Read the ``language`` option.

    :param argument: The languages in which guides are shown, such as ``en pt-BR``; all if it is
        not given.
    """
    return (argument or "").replace(",", " ").split()


class GuidesDirective(SphinxDirective):
    """Lists the guides of all sites of a set."""

    has_content = False
    option_spec: ClassVar[OptionSpec] = {
        "product": products_option,
        "language": languages_option,
        "columns": columns_option,
        "gutter": gutter_option,
        "class": directives.class_option,
    }

    def run(self) -> list[nodes.Node]:
        """Insert a placeholder for the guides."""
        note_use(self.env)
        SHOWS_GUIDES.of(self.env)[self.env.docname] = True
        node = ajo_guides(options=dict(self.options))
        self.set_source_info(node)
        return [node]


class GuidesTransform(SphinxPostTransform):
    """Replace placeholders by the guides."""

    default_priority = 5  # before references are resolved (10)

    def run(self, **_kwargs: Any) -> None:
        """Replace each place by cards: a grid for each product, below its name."""
        for node in list(self.document.findall(ajo_guides)):
            products = _products(guides_of(self.env), node["options"])
            cards = [(title, self._cards(sites)) for title, sites in products]
            if all(len(found) == 1 for _, found in cards):
                # names of products would only repeat the cards
                cards = [("", [card for _, found in cards for card in found])]
            named = len(cards) > 1
            node.replace_self(list(_grids(cards, node["options"], named=named)))

    def _cards(self, sites: Sequence[Guides]) -> list[ajo_card]:
        rank = _rank(self._languages())
        return [_card(sorted(offers, key=rank)) for offers in _offers(sites)]

    def _languages(self) -> tuple[str, str]:
        """Return the preferred languages of readers, the best first."""
        return sites_of(self.env).language, ENGLISH


def _products(sites: Iterable[Guides], options: dict[str, Any]) -> list[tuple[str, list[Guides]]]:
    """Group the sites by product; return the name of each product, and its sites."""
    products, languages = options.get("product"), options.get("language")
    found: dict[str, list[Guides]] = {}
    for site in sites:
        if products and site.product not in products:
            continue
        if languages and not _speaks(site, languages):
            continue
        found.setdefault(site.product or site.project, []).append(site)
    named = ((_name(group), group) for group in found.values())
    return sorted(named, key=lambda item: (item[0].casefold(), item[0]))


def _speaks(site: Guides, languages: Iterable[str]) -> bool:
    known = {language_segment(language) for language in languages}
    return language_segment(site.language) in known


def _name(sites: Sequence[Guides]) -> str:
    """Return the name of a product: the English one, because other languages may translate it."""
    best = min(sites, key=lambda site: language_segment(site.language) != ENGLISH)
    return best.project or best.product


def _grids(
    products: Iterable[tuple[str, list[ajo_card]]], options: dict[str, Any], *, named: bool
) -> Iterator[nodes.Element]:
    given = {name: options[name] for name in ("columns", "gutter") if name in options}
    for title, cards in products:
        if named:
            yield nodes.rubric(title, title)
        if cards:
            classes = ["landing-cards-container", *options.get("class", [])]
            yield ajo_card_grid("", *cards, classes=classes, **given)


def _rank(wanted: Sequence[str]) -> Any:
    segments = [language_segment(language) for language in wanted]

    def rank(offer: Offer) -> tuple[int, str]:
        segment = language_segment(offer.language)
        return (segments.index(segment) if segment in segments else len(segments)), offer.language

    return rank


def _offers(sites: Sequence[Guides]) -> Iterator[list[Offer]]:
    """Yield each guide of a product in its languages.

    The same guide has the same address in all languages; the order is that of the first site.
    """
    found: dict[str, dict[str, Offer]] = {}
    for site in sites:
        for guide in site.guides:
            address = f"{site.url.rstrip('/')}/{guide.path}" if site.url else guide.path
            key = _key(guide)
            while site.language in found.get(key, ()):
                key += "+"  # from another repository of the product
            found.setdefault(key, {})[site.language] = Offer(
                site.language, address, not site.url, guide
            )
    for offers in found.values():
        yield list(offers.values())


def _key(guide: Guide) -> str:
    """Return a key that is the same for the same guide, independent of the builder of its site."""
    path = guide.path.removesuffix(".html").strip("/")
    return path.removesuffix("index").strip("/")


def _card(offers: Sequence[Offer]) -> ajo_card:
    first, *others = offers
    card = ajo_card()
    title = ajo_card_title()
    title += _link(first, first.guide.title)
    card += title
    if first.guide.description:
        card += nodes.paragraph("", first.guide.description)
    if others:
        paragraph = nodes.paragraph(classes=["ajo-guide-languages"])
        for number, offer in enumerate(others):
            paragraph += [nodes.Text(" · ")] if number else []
            paragraph += _link(offer, language_name(offer.language))
        card += paragraph
    return card


def _link(offer: Offer, text: str) -> nodes.Element:
    content = nodes.inline(text, text)
    if not offer.is_own:
        return nodes.reference("", "", content, **{FROM_ROOT: offer.address})
    return pending_xref(
        "",
        content,
        refdomain="std",
        reftype="doc",
        reftarget=f"/{offer.address}",
        refexplicit=True,
        refwarn=False,
    )


def setup_guides(app: Sphinx) -> None:
    """Register the directive, its node and the transform."""
    app.add_node(ajo_guides)
    app.add_directive(NAME, GuidesDirective)
    app.add_post_transform(GuidesTransform)


CONSTRUCT = Construct(name="guides", setup=setup_guides)
"""The construct, for the extension."""
