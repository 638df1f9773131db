"""The plan of a generated repository: its guides, groups and pages, and what their headings are."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from math import log
from random import Random
from typing import TYPE_CHECKING, Final
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.words import Language

PRODUCT: Final = "lantern"
"""The first part of all addresses on the official site."""

SITE: Final = "https://experienceleague.adobe.com"

HIDDEN: Final = 0.024
"""Pages that the table of contents does not show."""

ENTRIES: Final = 7
"""Entries of a group, on average: then there is one group for 6 pages, as in the tables of
contents counted there (exl-markdown.md, 1.1: 433 groups, 2,646 other entries)."""

LOST: Final = 0.02
"""Pages in no table of contents."""

WORDS: Final = (6.55, 0.80)
"""The number of words of a page is log-normal: the median is 700, the mean 960, and what
is beyond their end adds a fifth."""

_FREQUENT_HEADINGS: Final = 12


@dataclass(slots=True)
class Heading:
    """A heading of a page."""

    level: int
    text: str
    anchor: str
    explicit: bool

    def __str__(self) -> str:
        suffix = f" {{#{self.anchor}}}" if self.explicit else ""
        return f"{'#' * self.level} {self.text}{suffix}"


@dataclass(slots=True)
class Page:
    """A page."""

    path: str
    """From the root of the repository."""
    title: str
    words: int
    exl_id: str | None
    headings: list[Heading]
    hidden: bool = False
    landing: bool = False
    lost: bool = False
    """Whether it is in no table of contents."""
    address: str | None = None
    """Its path on the official site, if it is in a table of contents."""

    @property
    def folder(self) -> str:
        """The folder it stands in."""
        return self.path.rpartition("/")[0]

    @property
    def stem(self) -> str:
        """Its name without extension."""
        return self.path.rpartition("/")[2].removesuffix(".md")


@dataclass(slots=True)
class Group:
    """A group without page of its own, or a guide."""

    title: str
    name: str
    """Its id, a part of addresses."""
    entries: list[Group | Page] = field(default_factory=list)

    def pages(self) -> Iterator[Page]:
        """Yield all pages below it, in order.

        :returns: The pages.
        """
        for entry in self.entries:
            if isinstance(entry, Group):
                yield from entry.pages()
            else:
                yield entry


@dataclass(slots=True)
class Guide:
    """A guide: what one ``TOC.md`` lists, and the pages it does not list."""

    tree: Group
    lost: list[Page]
    pages: list[Page]

    @property
    def folder(self) -> str:
        """Its folder, from the root of the repository."""
        return f"help/{self.tree.name}"


class Planner:
    """Make up the structure of a repository."""

    def __init__(self, language: Language, seed: int) -> None:
        self.language = language
        self.seed = seed
        self.random = Random(f"{seed}:plan")
        self.terms = [language.name(self.random) for _ in range(40)]
        """Names that are not translated."""
        self.labels = [language.name(self.random, 1, 3) for _ in range(500)]
        """Words of a user interface."""
        self._frequent = [self._title() for _ in range(_FREQUENT_HEADINGS)]
        self._names: set[str] = set()

    def guides(self, pages: int) -> list[Guide]:
        """Return a repository.

        :param pages: How many pages it has.
        :returns: Its guides.
        """
        # 2 of 198 pages, 2 of 397, 10 of 1,390, 19 of 413
        count = max(2, round(2 * (pages / 100) ** 0.4))
        left, guides = pages, []
        for number in range(count, 0, -1):
            size = left if number == 1 else max(2, round(left / number * self._around(0.3)))
            size = min(size, left - 2 * (number - 1))
            guides.append(self._guide(size))
            left -= size
        return guides

    def _guide(self, size: int) -> Guide:
        tree = Group(self.language.name(self.random, 1, 2), self._name("guide"))
        home = self._page(f"help/{tree.name}", "guide-overview", landing=True)
        lost = round((size - 1) * LOST)
        listed = size - 1 - lost
        self._fill(tree, listed, f"help/{tree.name}")
        tree.entries.insert(0, home)
        for page in list(tree.pages())[1:]:
            page.hidden = self.random.random() < HIDDEN
        lost_pages = [self._page(f"help/{tree.name}/more") for _ in range(lost)]
        for page in lost_pages:
            page.lost = True
        _set_addresses(tree, f"/docs/{PRODUCT}/{tree.name}")
        return Guide(tree, lost_pages, [*tree.pages(), *lost_pages])

    def _fill(self, group: Group, size: int, folder: str) -> None:
        """Put pages and groups into a group.

        The innermost groups, which are most of them, have about as many entries in a repository of
        any size. So have those above, but for the outermost ones, which take what is left.
        """
        levels = int(log(max(1, size) / 2, ENTRIES)) if size > 2 else 0
        if levels < 1:
            group.entries.extend(self._page(folder) for _ in range(size))
            return
        for part in self._split(size, max(2, round(size / ENTRIES**levels))):
            # a few pages stand among the groups
            if part > 2 and self.random.random() < 0.3:
                group.entries.append(self._page(folder))
                part -= 1
            if part < 2:
                group.entries.append(self._page(folder))
                continue
            name = self._name()
            child = Group(self._title(), name)
            # folders are one level deep, whatever the table of contents says
            below = f"{folder}/{name}" if folder.count("/") < 2 else folder
            self._fill(child, part, below)
            group.entries.append(child)

    def _split(self, size: int, parts: int) -> list[int]:
        weights = [self._around(0.6) for _ in range(parts)]
        total = sum(weights)
        sizes = [int(size * weight / total) for weight in weights]
        for index in range(size - sum(sizes)):
            sizes[index % parts] += 1
        return [each for each in sizes if each]

    def _page(self, folder: str, stem: str | None = None, *, landing: bool = False) -> Page:
        path = f"{folder}/{stem or self._name()}.md"
        random = Random(f"{self.seed}:page:{path}")
        words = min(7000, max(60, round(random.lognormvariate(*WORDS))))
        # 7 % have none
        exl_id = (
            str(UUID(int=random.getrandbits(128), version=4)) if random.random() < 0.8 else None
        )
        title = self._title()
        headings = self._headings(random, words, {slugify(title): 1})
        return Page(path, title, words, exl_id, headings, landing=landing)

    def _headings(self, random: Random, words: int, used: dict[str, int]) -> list[Heading]:
        """Return the headings below the title: 8 on a page of 1,160 words."""
        count = round(words / 1160 * 8 * random.uniform(0.5, 1.5))
        explicit = random.random() < 0.16
        found: list[Heading] = []
        level = 2
        for index in range(count):
            level = 2 if not index else min(level + 1, random.choices((2, 3, 4), (48, 47, 5))[0])
            text = self._heading(random)
            slug = slugify(text)
            number = used.get(slug, 0)
            used[slug] = number + 1
            has_id = explicit and random.random() < 0.8
            anchor = f"id-{index}-{slug.split('-')[0]}" if has_id else slug
            if has_id:
                used[slug] = number
            elif number:
                anchor = f"{slug}-{number}"
            found.append(Heading(level, text, anchor, has_id))
        return found

    def _heading(self, random: Random) -> str:
        chance = random.random()
        if chance < 0.1:
            return random.choice(self._frequent)
        words = self.language.content(random, random.randint(1, 5))
        if chance < 0.2:
            words.append(f"[!DNL {random.choice(self.terms)}]")
        elif chance < 0.28:
            words.append(f"[!UICONTROL {random.choice(self.labels)}]")
        elif chance < 0.33:
            words.append(f"`{words[0]}_id`")
        words[0] = words[0].capitalize()
        return " ".join(words)

    def _title(self) -> str:
        words = self.language.content(self.random, self.random.randint(2, 5))
        return " ".join(words).capitalize()

    def _name(self, prefix: str = "") -> str:
        """Return a name that no other folder, group or page has."""
        while True:
            words = self.language.content(self.random, self.random.randint(2, 3))
            name = "-".join([prefix, *words] if prefix else words)
            if name not in self._names:
                self._names.add(name)
                return name

    def _around(self, spread: float) -> float:
        return self.random.uniform(1 - spread, 1 + spread)


def slugify(text: str) -> str:
    """Return the automatic id of a heading.

    :param text: The heading, as written. It has words, markers and code.
    :returns: The id.
    """
    plain = re.sub(r"\[![A-Z]+ ([^]]*)\]", r"\1", text).lower()
    return re.sub(r"[^\w -]", "", plain).replace(" ", "-")


def _set_addresses(group: Group, base: str) -> None:
    for entry in group.entries:
        if isinstance(entry, Group):
            _set_addresses(entry, f"{base}/{entry.name}")
        else:
            entry.address = f"{base}/{entry.stem}"
