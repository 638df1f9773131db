"""What stands in the text of generated pages: links, markers, code."""

from __future__ import annotations

from dataclasses import dataclass
from posixpath import relpath
from typing import TYPE_CHECKING, Final

from benchmarks.plan import SITE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from benchmarks.plan import Page, Planner

OTHER_PRODUCTS: Final = ("anchor", "beacon", "compass", "drift")

BADGES: Final = ("Informative", "Positive", "Negative", "Neutral", "Caution")

ENTITIES: Final = ("&amp;", "&nbsp;", "&lt;", "&gt;", "&quot;", "&#39;", "&#x200B;")

ICONS: Final = 40
"""Shared images that stand in sentences."""

FILES: Final = 10
"""Files to download."""


@dataclass(slots=True)
class Neighbours:
    """What a page can link to."""

    guide: Sequence[Page]
    """The pages of its guide."""
    all: Sequence[Page]


class Inline:
    """Make the inline constructs of one page."""

    def __init__(
        self, planner: Planner, page: Page, neighbours: Neighbours, random: Random
    ) -> None:
        self.planner = planner
        self.page = page
        self.neighbours = neighbours
        self.random = random

    def words(self, low: int, high: int) -> str:
        """Return words without any markup.

        :param low: How many at least.
        :param high: How many at most.
        :returns: The words.
        """
        words = self.planner.language.content(self.random, self.random.randint(low, high))
        return " ".join(words)

    def items(self) -> list[str]:
        """Return the inline constructs of the page, as often as on real pages.

        :returns: Their text, in any order.
        """
        found: list[str] = []
        # how many pages have it, and how often; compare with exl-markdown.md, 9
        for make, share, mean in (
            (self.link, 0.76, 5.5),
            (self.external, 0.35, 3.2),
            (self.site_link, 0.30, 2.6),
            (self.official, 0.12, 2.9),
            (self.fragment, 0.08, 4.4),
            (self.new_window, 0.088, 3.2),
            (self.code, 0.55, 15.0),
            (self.control, 0.75, 26.0),
            (self.menu, 0.24, 3.0),
            (self.term, 0.40, 4.0),
            (self.underlined, 0.29, 3.1),
            (self.bold, 0.90, 9.0),
            (self.emphasis, 0.80, 13.0),
            (self.icon, 0.06, 5.0),
            (self.entity, 0.074, 7.4),
            (self.line_break, 0.03, 4.0),
            (self.badge, 0.05, 2.5),
            (self.typography, 0.2, 2.0),
            (self.file, 0.01, 1.0),
        ):
            found += [make() for _ in range(self.count(share, mean))]
        self.random.shuffle(found)
        return found

    def count(self, share: float, mean: float) -> int:
        """Return how often a construct stands on the page.

        :param share: How many pages have it.
        :param mean: How often it stands on these.
        :returns: The number, larger on large pages.
        """
        if self.random.random() >= share:
            return 0
        if mean <= 1:
            return 1
        mean *= (self.page.words / 1120) ** 0.7 * 1.05
        return 1 + int(self.random.expovariate(1 / max(0.3, mean - 0.5)))

    def label(self) -> str:
        """Return the text of a link: every sixth has a term in it."""
        if self.random.random() < 0.16:
            return f"{self.term()} {self.words(1, 2)}"
        return self.words(1, 4)

    def target(self) -> tuple[Page, str]:
        """Return a page, mostly of the same guide, and a path to it."""
        near = self.random.random() < 0.75
        page = self.random.choice(self.neighbours.guide if near else self.neighbours.all)
        if self.random.random() < 0.55:
            return page, f"/{page.path}"
        path = relpath(page.path, self.page.folder)
        return page, path if path.startswith(".") or self.random.random() < 0.4 else f"./{path}"

    def link(self) -> str:
        """Return a link to a page; every sixth leads to a heading."""
        page, path = self.target()
        if page.headings and self.random.random() < 0.16:
            path += f"#{self.random.choice(page.headings).anchor}"
        text = page.title if self.random.random() < 0.5 else self.label()
        return f"[{text}]({path})"

    def fragment(self) -> str:
        """Return a link to a heading of the page."""
        if not self.page.headings:
            return self.link()
        heading = self.random.choice(self.page.headings)
        return f"[{self.label()}](#{heading.anchor})"

    def external(self) -> str:
        """Return a link to another site."""
        return f"[{self.label()}](https://example.com/{self.words(1, 1)}/{self.words(1, 1)})"

    def site_link(self) -> str:
        """Return a link to the documentation of another product."""
        product = self.random.choice(OTHER_PRODUCTS)
        path = f"{product}/using/{self.words(1, 1)}-{self.words(1, 1)}"
        form = self.random.choice(("/en/docs/{}", "/docs/{}.html", "/docs/{}.html?lang=en"))
        return f"[{self.label()}]({SITE}{form.format(path)})"

    def official(self) -> str:
        """Return a link to a page of this repository by its address on the official site."""
        page = self.random.choice(self.neighbours.all)
        if page.address is None:
            return self.link()
        return f"[{self.label()}]({SITE}/en{page.address})"

    def file(self) -> str:
        """Return a link to a file."""
        number = self.random.randrange(FILES)
        return f"[{self.label()}](/help/assets/file-{number:02}.csv)"

    def new_window(self) -> str:
        """Return a link that opens a window."""
        quote = self.random.choice(('"', ""))
        return f"{self.external()}{{target={quote}_blank{quote}}}"

    def code(self) -> str:
        """Return code: names, paths, tokens in double braces."""
        first, second = self.words(1, 1), self.words(1, 1)
        form = self.random.choices(
            ("{}", "{}_{}", "{}.{}", "/{}/{}", "--{}={}", "{{{{{}.{}}}}}", "{}()"),
            (30, 30, 15, 10, 8, 2, 5),
        )[0]
        return f"`{form.format(first, second)}`"

    def control(self) -> str:
        """Return the name of a control, mostly in bold."""
        text = f"[!UICONTROL {self.random.choice(self.planner.labels)}]"
        return self.random.choices((f"**{text}**", f"_{text}_", text), (70, 15, 15))[0]

    def menu(self) -> str:
        """Return the way through a menu."""
        return f"{self.control()} > {self.control()}"

    def term(self) -> str:
        """Return a name that is not translated."""
        return f"[!DNL {self.random.choice(self.planner.terms)}]"

    def underlined(self) -> str:
        """Return underlined text."""
        return f"<u>{self.words(1, 3)}</u>"

    def bold(self) -> str:
        """Return bold text."""
        return f"**{self.words(1, 3)}**"

    def emphasis(self) -> str:
        """Return emphasized text, by one of two signs."""
        sign = self.random.choice("*_")
        return f"{sign}{self.words(1, 3)}{sign}"

    def icon(self) -> str:
        """Return a small image."""
        number = self.random.randrange(ICONS)
        width = self.random.choice((18, 20, 30))
        return f'![{self.words(1, 3)}](/help/assets/icon-{number:02}.png){{width="{width}"}}'

    def entity(self) -> str:
        """Return a word, a character reference and a word."""
        entity = self.random.choice(ENTITIES)
        if entity == "&#x200B;":
            # translation tools put it where emphasis ends
            return f"_{self.words(1, 1)}_{entity} {self.words(1, 1)}"
        blank = "" if entity in {"&nbsp;", "&#39;"} else " "
        return f"{self.words(1, 1)}{blank}{entity}{blank}{self.words(1, 1)}"

    def line_break(self) -> str:
        """Return words with a line break."""
        return f"{self.words(1, 1)}<br/>{self.words(1, 1)}"

    def badge(self) -> str:
        """Return a badge."""
        kind = self.random.choice(BADGES)
        text = f"[!BADGE {self.words(1, 1).capitalize()}]"
        url = f' url="/{self.target()[0].path}"' if self.random.random() < 0.4 else ""
        return f'{text}{{type={kind} tooltip="{self.words(2, 5)}"{url}}}'

    def typography(self) -> str:
        """Return words with signs that typography replaces."""
        sign = self.random.choice(("--", "...", "(c)", "(tm)"))
        return f"{self.words(1, 1)} {sign} {self.words(1, 1)}"
