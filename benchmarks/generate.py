"""Write a repository of Experience League Markdown that is like real ones, of any size.

A page has as many nodes of each kind, bytes, links and shared texts as one of the two repositories
that use most constructs; the sizes of pages, the lengths of texts and the spread of words are as
measured on some of six repositories; all words are invented.
The same number of pages and seed always gives the same files. All links lead somewhere: a build
warns of nothing.

    python -m benchmarks.generate FOLDER [--pages 1000] [--seed 1]
"""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

from benchmarks.assets import png, svg
from benchmarks.blocks import Blocks
from benchmarks.inline import FILES, ICONS, Inline, Neighbours
from benchmarks.plan import PRODUCT, SITE, Group, Page, Planner
from benchmarks.words import Language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.plan import Guide

SNIPPETS: Final = 23
SHARED: Final = 20
ROLES: Final = ("Admin", "Developer", "User", "Leader")
LEVELS: Final = ("Beginner", "Intermediate", "Experienced")
CARD_ICONS: Final = ("circle-play", "code-branch", "users", "image", "list-check", "gear")


class Generator:
    """Generate the files of a repository."""

    def __init__(self, pages: int, seed: int = 1) -> None:
        self.seed = seed
        self.language = Language(seed)
        self.planner = Planner(self.language, seed)
        self.guides = self.planner.guides(pages)
        self.all = [page for guide in self.guides for page in guide.pages]
        self.random = Random(f"{seed}:files")
        self.snippets = [f"{name}-text" for name in self._words(SNIPPETS)]
        self.includes = [f"{name}-part" for name in self._words(max(3, pages // 40))]

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield all files.

        :returns: Their paths and contents.
        """
        for path, text in self._texts():
            yield path, text.encode()
        for number in range(ICONS):
            yield f"help/assets/icon-{number:02}.png", png(number)
        for number in range(FILES):
            yield f"help/assets/file-{number:02}.csv", f"name,count\na,{number}\n".encode()
        for number in range(SHARED):
            yield f"help/assets/shared-{number:02}.svg", svg(number).encode()
        count = ICONS
        for guide in self.guides:
            for page in guide.pages:
                text, images = self.page(guide, page)
                yield page.path, text.encode()
                for name in images:
                    count += 1
                    yield f"{page.folder}/{name}", png(count)

    def _texts(self) -> Iterator[tuple[str, str]]:
        """Yield what is no page."""
        yield "README.md", f"# {PRODUCT.capitalize()}\n\nA generated repository.\n"
        yield "metadata.md", _METADATA
        yield "redirects.csv", self._redirects()
        place = Page("help/_includes/snippets.md", "Snippets", 1000, None, [])
        blocks = self._blocks(place, self.guides[0], place.path)
        parts = [f"## {name} {{#{name}}}\n\n{blocks.alert()}" for name in self.snippets]
        yield "help/_includes/snippets.md", "# Snippets\n\n" + "\n\n".join(parts) + "\n"
        for name in self.includes:
            inner = "\n\n".join((blocks.text(24, plain=True), blocks.text(24, plain=True)))
            yield f"help/_includes/{name}.md", f"# {name}\n\n{inner}\n"
        for guide in self.guides:
            yield f"{guide.folder}/TOC.md", self.toc(guide)

    def toc(self, guide: Guide) -> str:
        """Return the table of contents of a guide.

        :param guide: The guide.
        :returns: The text of its ``TOC.md``.
        """
        random = Random(f"{self.seed}:toc:{guide.folder}")
        marker, width = random.choice("+-"), random.choice((2, 3, 4))
        lines = [
            "---",
            f"user-guide-title: {guide.tree.title}",
            f"user-guide-description: {' '.join(self.language.content(random, 12))}.",
            "---",
            "",
            f"# {guide.tree.title} {{#{guide.tree.name}}}",
            "",
        ]

        def add(group: Group, depth: int) -> None:
            indent = " " * (width * depth)
            for entry in group.entries:
                if isinstance(entry, Group):
                    lines.append(f"{indent}{marker} {entry.title} {{#{entry.name}}}")
                    add(entry, depth + 1)
                    if random.random() < 0.06:
                        link = f"[{self.language.name(random)}](https://example.com/{entry.name})"
                        lines.append(f'{indent}{marker} {link}{{target="_blank"}}')
                    continue
                prefix = "{hide-from-toc} " if entry.hidden else ""
                inside = entry.path.removeprefix(f"{guide.folder}/")
                path = random.choice((f"/{entry.path}", f"./{inside}", inside))
                lines.append(f"{indent}{marker} {prefix}[{entry.title}]({path})")

        add(guide.tree, 0)
        return "\n".join(lines) + "\n"

    def page(self, guide: Guide, page: Page) -> tuple[str, list[str]]:
        """Return a page.

        :param guide: Its guide.
        :param page: The page.
        :returns: Its text, and the images it needs.
        """
        blocks = self._blocks(page, guide, page.path)
        body = [f"# {page.title}"]
        if page.landing:
            body += [blocks.paragraph(), self._cards(blocks)]
        sections = [str(heading) for heading in page.headings]
        content = self._content(blocks)
        # headings are spread evenly, and the text before the first one is short
        places = [
            (index + 0.4) * len(content) / (len(sections) or 1) for index in range(len(sections))
        ]
        for index, block in enumerate(content):
            body.append(block)
            while places and places[0] <= index + 1:
                places.pop(0)
                body.append(sections.pop(0))
        body += sections
        while blocks.items:
            blocks.left = PARAGRAPH_TO_FLUSH
            body.append(blocks.paragraph())
        return "\n\n".join([self._front_matter(blocks, page), *body]) + "\n", blocks.images

    def _content(self, blocks: Blocks) -> list[str]:
        """Return the blocks of a page in the order in which they stand there."""
        count, random = blocks.inline.count, blocks.random
        # how many pages have it, and how often; compare with exl-markdown.md, 9
        makers = [
            make
            for make, share, mean in (
                (blocks.alert, 0.52, 1.3),
                (blocks.image, 0.95 if blocks.illustrated else 0.0, 10.5),
                (blocks.code, 0.26, 5.3),
                (blocks.table, 0.28, 3.2),
                (blocks.comment, 0.14, 8.0),
                (blocks.accordion, 0.12, 18.0),
                (blocks.soft_paragraph, 0.05, 2.0),
                (partial(self._include, random), 0.25, 4.2),
                (blocks.shade_box, 0.15, 1.5),
                (blocks.html, 0.09, 2.0),
                (blocks.contextual_help, 0.10, 4.5),
                (blocks.tabs, 0.06, 1.5),
                (blocks.more_like_this, 0.0035, 1.0),
                (blocks.slides, 0.0007, 1.0),
            )
            for _ in range(count(share, mean))
        ]
        random.shuffle(makers)
        found = [blocks.video()] if random.random() < 0.222 else []
        planned = len(makers)
        total = blocks.left
        while blocks.left > 0 or makers:
            # the rest of the words are those of paragraphs and lists
            due = planned * (1 - max(blocks.left, 0) / total)
            if makers and (blocks.left <= 0 or planned - len(makers) < due):
                make = makers.pop()
                found.append(make())
            else:
                found.append(blocks.listing() if random.random() < 0.19 else blocks.paragraph())
        return found

    def _include(self, random: Random) -> str:
        if random.random() < 0.6:
            return f"{{{{{random.choice(self.snippets)}}}}}"
        return f"{{{{$include /help/_includes/{random.choice(self.includes)}.md}}}}"

    def _cards(self, blocks: Blocks) -> str:
        cards = []
        for icon in blocks.random.sample(CARD_ICONS, 6):
            links = "\n".join(blocks.inline.link() for _ in range(3))
            cards.append(
                f":::\n![icon](https://cdn.experienceleague.adobe.com/icons/{icon}.svg)\n\n"
                f"{blocks.inline.words(1, 3).capitalize()}\n\n{blocks.text(10, plain=True)}\n\n"
                f"{links}\n:::"
            )
        return "\n\n".join((":::: landing-cards-container", *cards, "::::"))

    def _front_matter(self, blocks: Blocks, page: Page) -> str:
        random, words = blocks.random, blocks.inline.words
        lines = [f"title: {page.title}", f"description: {blocks.text(22, plain=True)}"]
        for key, share, value in (
            ("type", 0.3, "Troubleshooting"),
            ("doc-type", 0.2, "Article"),
            ("jira", 0.2, f"KT-{random.randint(1000, 9999)}"),
            ("TQID", 0.2, f"https://example.com/id/{random.getrandbits(96):x}"),
            ("seo-title", 0.1, words(3, 6).capitalize()),
            ("feature", 0.74, f"{words(1, 2).title()}, {words(1, 2).title()}"),
            ("role", 0.61, random.choice(ROLES)),
            ("level", 0.22, random.choice(LEVELS)),
            ("keywords", 0.2, ";".join(words(4, 6).split())),
            (
                "last-substantial-update",
                0.16,
                f"2025-{random.randint(1, 12):02}-{random.randint(1, 28):02}",
            ),
            ("badgeBeta", 0.06, blocks.page_badge()),
            ("badgePremium", 0.05, blocks.page_badge()),
            ("index", 0.05, "true"),
            ("hide", 1.0 if page.lost else 0.02, "true"),
            ("hidefromtoc", 0.01, "true"),
            ("mini-toc-levels", 0.005, "3"),
        ):
            if random.random() < share:
                lines.append(f"{key}: {value}")
        if page.exl_id:
            lines.append(f"exl-id: {page.exl_id}")
        if random.random() < 0.75:
            for key in ("product_v2", "feature_v2", "topic_v2", "role_v2", "level_v2"):
                label = f'  - id: {random.getrandbits(96):x}\n    internal-label: "{words(1, 2)}"'
                lines.append(f"{key}:\n{label}")
        return "\n".join(("---", *lines, "---"))

    def _redirects(self) -> str:
        base = f"{SITE}/docs/{PRODUCT}"
        lines = [
            f"{base}/old/{page.stem}.html,{SITE}{page.address}.html\n"
            for page in self.all[::15]
            if page.address and not page.landing
        ]
        return "".join(("source,dest\n", *lines))

    def _blocks(self, page: Page, guide: Guide, name: str) -> Blocks:
        random = Random(f"{self.seed}:text:{name}")
        inline = Inline(self.planner, page, Neighbours(guide.pages, self.all), random)
        return Blocks(inline, page, random)

    def _words(self, count: int) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < count:
            found["-".join(self.language.content(self.random, 2))] = None
        return list(found)


PARAGRAPH_TO_FLUSH: Final = 24

_METADATA: Final = f"""\
---
solution: {PRODUCT.capitalize()}
type: Documentation
mini-toc-levels: 2
git-repo: https://github.com/example/{PRODUCT}.en
landing-page-name: {PRODUCT}
landing-page-breadcrumb-title: {PRODUCT.capitalize()}
index: true
---

# Metadata for internal use
"""


def write(folder: Path, pages: int, seed: int = 1) -> None:
    """Write a repository.

    :param folder: Where it goes.
    :param pages: How many pages it has.
    :param seed: What tells it from others of the same size.
    """
    for path, content in Generator(pages, seed).files():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def main() -> None:
    """Write what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.folder.exists() and any(options.folder.iterdir()):
        sys.exit(f"{options.folder} is not empty")
    write(options.folder, options.pages, options.seed)


if __name__ == "__main__":
    main()
