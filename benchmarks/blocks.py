"""What generated pages are made of: paragraphs, lists, tables, alerts, code and the like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from benchmarks.inline import BADGES
from benchmarks.words import Vocabulary

if TYPE_CHECKING:
    from random import Random

    from benchmarks.inline import Inline
    from benchmarks.plan import Page

ALERTS: Final = {
    "NOTE": 2022,
    "IMPORTANT": 281,
    "TIP": 155,
    "INFO": 130,
    "WARNING": 77,
    "CAUTION": 41,
    "AVAILABILITY": 41,
    "PREREQUISITES": 40,
    "SUCCESS": 32,
}
"""The kinds, and how often they occur."""

LANGUAGES: Final = {
    "shell": 1149,
    "sql": 528,
    "text": 256,
    "php": 240,
    "javascript": 200,
    "json": 200,
    "xml": 150,
    "": 120,
}

ALERT_BODY: Final = 30
CELL: Final = 5
ITEM: Final = 13
PARAGRAPH: Final = 24


class Blocks:
    """Make the blocks of one page."""

    def __init__(self, inline: Inline, page: Page, random: Random) -> None:
        self.inline = inline
        self.page = page
        self.random = random
        self.vocabulary = Vocabulary(inline.planner.language, random)
        self.items = inline.items()
        self.left = page.words
        self.images: list[str] = []
        """Image files of the page, relative to its folder."""
        self.illustrated = random.random() < 0.72
        """Whether it has images."""

    def text(self, mean: float, low: int = 3, *, plain: bool = False) -> str:
        """Return sentences, with some of the inline constructs that the page is to have.

        :param mean: How many words, about.
        :param low: How many at least.
        :param plain: Whether to have words only.
        :returns: The text, on one line.
        """
        random = self.random
        count = max(low, round(mean * random.lognormvariate(-0.18, 0.6)))
        words = self.vocabulary.draw(count)
        if self.items and not plain:
            wanted = len(self.items) * count / max(self.left, count)
            number = min(int(wanted + random.random()), max(1, count // 3), len(self.items))
            # not the first word: at the beginning of a line some would be blocks
            for place in random.sample(range(1, count), min(number, count - 1)):
                words[place] = self.items.pop()
        self.left -= count
        start = end = 0
        while start < count:
            end = min(count, start + random.randint(7, 22))
            if count - end < 4:
                end = count
            if words[start].isalpha():
                words[start] = words[start].capitalize()
            if end - start > 12:
                words[start + 5] += ","
            words[end - 1] += "."
            start = end
        return " ".join(words)

    def paragraph(self) -> str:
        """Return a paragraph."""
        return self.text(PARAGRAPH)

    def soft_paragraph(self) -> str:
        """Return a paragraph whose lines are to be kept."""
        return "\n".join(self.text(6) for _ in range(self.random.randint(2, 5)))

    def listing(self) -> str:
        """Return a list with its introduction: numbers or bullets, nested or not."""
        random = self.random
        ordered = random.random() < 0.45
        nested = random.random() < 0.12
        marker = "1." if ordered else random.choice("**+-")
        indent = " " * (len(marker) + 1)
        entries = []
        for _ in range(2 + int(random.expovariate(1 / 3.5))):
            entry = f"{marker} {self.text(ITEM)}"
            if nested and random.random() < 0.6:
                entry += "\n\n" if random.random() < 0.5 else "\n"
                entry += "\n".join(
                    f"{indent}* {self.text(ITEM - 3)}" for _ in range(random.randint(2, 4))
                )
            elif ordered and random.random() < 0.1:
                inner = random.choice(
                    (self.image if self.illustrated else self.paragraph, self.alert)
                )()
                entry += f"\n\n{_indented(inner, indent)}"
            entries.append(entry)
        gap = "\n\n" if ordered or random.random() < 0.3 else "\n"
        return f"{self.text(9)[:-1]}:\n\n{gap.join(entries)}"

    def alert(self) -> str:
        """Return an alert."""
        kind = self.random.choices(list(ALERTS), list(ALERTS.values()))[0]
        body = self.text(ALERT_BODY)
        if self.random.random() < 0.09:
            body += "\n\n" + "\n".join(f"* {self.text(ITEM)}" for _ in range(3))
        return "\n".join(f">{line}".rstrip() for line in (f"[!{kind}]", "", *body.splitlines()))

    def more_like_this(self) -> str:
        """Return a list of related pages."""
        links = "\n".join(f">* {self.inline.link()}" for _ in range(3))
        return f">[!MORELIKETHIS]\n>\n{links}"

    def image(self) -> str:
        """Return an image of its own file, or a shared one; many have a width."""
        random = self.random
        if random.random() < 0.8:
            name = f"assets/{self.page.stem}-{len(self.images) + 1}.png"
            self.images.append(name)
            path = random.choice(("./", "")) + name
            if random.random() < 0.4:
                path = f"/{self.page.folder}/{name}"
        else:
            path = f"/help/assets/shared-{random.randrange(20):02}.svg"
        alt = self.inline.words(2, 6).capitalize()
        if random.random() < 0.2:
            alt += f" {self.inline.term()}"
        attributes = ""
        if random.random() < 0.65:
            attributes = f'width="{random.randrange(200, 900, 50)}"'
            if random.random() < 0.85:
                attributes += ' zoomable="yes"'
            attributes = f"{{{attributes}}}"
        return f"![{alt}]({path}){attributes}"

    def table(self) -> str:
        """Return a table of Markdown."""
        random = self.random
        columns = random.choice((2, 3, 3, 4))
        comment = " <!-- reviewed -->" if random.random() < 0.1 else ""
        header = " | ".join(self.inline.words(1, 2).capitalize() for _ in range(columns))
        rows = [f"| {header} |", f"|{' --- |' * columns}"]
        for _ in range(2 + int(random.expovariate(1 / 5))):
            cells = [self.text(CELL, 2)[:-1] for _ in range(columns)]
            if random.random() < 0.1:
                cells[-1] += f"<br>{self.text(CELL, 2)[:-1]}"
            rows.append(f"| {' | '.join(cells)}{comment} |")
        style = ""
        if random.random() < 0.13:
            style = f'\n\n{{style="table-layout:{random.choice(("auto", "auto", "fixed"))}"}}'
        return "\n".join(rows) + style

    def html(self) -> str:
        """Return a table or a paragraph in HTML."""
        if self.random.random() < 0.4:
            link = self.inline.target()[1]
            text = f'<a href="{link}">{self.inline.words(1, 3)}</a>'
            more = f"<span>{self.inline.words(1, 2)}</span>"
            return f"<p>{self.text(PARAGRAPH, plain=True)}<br/>\n{text} {more}</p>"
        rows = []
        for _ in range(self.random.randint(2, 8)):
            link = self.inline.target()[1]
            items = [f"<li>{self.text(4, plain=True)}</li>\n" for _ in range(2)]
            rows.append(
                f"<tr>\n<td><b>{self.inline.words(1, 2)}</b></td>\n"
                f"<td><p>{self.text(12, plain=True)}</p>\n<ul>\n{''.join(items)}</ul></td>\n"
                f'<td><a href="{link}">{self.inline.words(1, 3)}</a></td>\n</tr>'
            )
        head = "".join(f"<th>{self.inline.words(1, 2)}</th>" for _ in range(3))
        body = "\n".join(rows)
        return f"<table>\n<thead>\n<tr>{head}</tr>\n</thead>\n<tbody>\n{body}\n</tbody>\n</table>"

    def code(self) -> str:
        """Return a block of code; a third of them stand in a list item."""
        language = self.random.choices(list(LANGUAGES), list(LANGUAGES.values()))[0]
        make = _CODE.get(language, _CODE["text"])
        lines = [
            make.format(*self.inline.words(3, 3).split(), number)
            for number in range(1, 2 + int(self.random.expovariate(1 / 5)))
        ]
        if language == "json":
            lines = ["{", *(f"{line}," for line in lines[:-1]), lines[-1], "}"]
        block = "\n".join((f"```{language}", *lines, "```"))
        if self.random.random() < 0.33:
            return f"1. {self.text(ITEM)}\n\n{_indented(block, '   ')}"
        return block

    def video(self) -> str:
        """Return a video."""
        number = self.random.randrange(100_000, 999_999)
        query = self.random.choice(("", "?quality=12", "?quality=12&learn=on", "/?learn=on"))
        braces = "{transcript=true}" if self.random.random() < 0.22 else ""
        return f">[!VIDEO](https://video.tv.adobe.com/v/{number}{query}){braces}"

    def slides(self) -> str:
        """Return slides, which are a link here."""
        return f">[!SLIDE]({self.inline.words(1, 1)})"

    def accordion(self) -> str:
        """Return an accordion."""
        return f"+++{self.inline.words(2, 6).capitalize()}\n\n{self.inner()}\n\n+++"

    def tabs(self) -> str:
        """Return a group of tabs."""
        tabs = [
            f">[!TAB {self.inline.words(1, 3).capitalize()}]\n\n{self.inner()}"
            for _ in range(self.random.choice((2, 2, 3, 3, 4)))
        ]
        return "\n\n".join((">[!BEGINTABS]", *tabs, ">[!ENDTABS]"))

    def shade_box(self) -> str:
        """Return a shade box, with a title or without one."""
        title = f' "{self.inline.words(2, 4).capitalize()}"' if self.random.random() < 0.13 else ""
        return f">[!BEGINSHADEBOX{title}]\n\n{self.inner()}\n\n>[!ENDSHADEBOX]"

    def inner(self) -> str:
        """Return what stands in a container."""
        image = self.image if self.illustrated else self.listing
        makers = (self.paragraph, self.paragraph, self.listing, image, self.alert)
        blocks = [self.random.choice(makers)() for _ in range(self.random.randint(1, 2))]
        return "\n\n".join([self.paragraph(), *blocks])

    def comment(self) -> str:
        """Return a comment."""
        text = "\n\n".join(self.text(10, plain=True) for _ in range(self.random.randint(1, 2)))
        return f"<!-- {text} -->"

    def contextual_help(self) -> str:
        """Return help for an application, which readers do not see."""
        name = "_".join(self.inline.words(3, 4).split())
        title = self.inline.words(2, 4).capitalize()
        abstract = self.text(14, plain=True)
        return f'>[!CONTEXTUALHELP]\n>id="{name}"\n>title="{title}"\n>abstract="{abstract}"'

    def page_badge(self) -> str:
        """Return the value of a badge of the page."""
        kind = self.random.choice(BADGES)
        return f'label="{self.inline.words(1, 2).capitalize()}" type="{kind}"'


_CODE: Final = {
    "shell": "{0} --{1} --{2}-dir=/var/{0}/{3}",
    "sql": "SELECT {0}_id, {1} FROM {2} WHERE {0}_id = {3};",
    "php": "${0} = ${1}->get{2}({3});",
    "javascript": "const {0}{3} = {1}({{ {2}: {3} }});",
    "json": '  "{0}_{3}": {{"{1}": "{2}", "count": {3}}}',
    "xml": '<{0}-node {1}="{3}">{2}</{0}-node>',
    "text": "{0} {1} {2} = {3}",
}
"""One line of each language, from three words and a number."""


def _indented(text: str, indent: str) -> str:
    return "\n".join(f"{indent}{line}" if line else "" for line in text.splitlines())
