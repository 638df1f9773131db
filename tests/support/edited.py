"""A repository that tests edit at random: its state, its edits, its files."""

from __future__ import annotations

import dataclasses as dc

GUIDES = ("alpha", "beta")
IMAGES = ("one/pic", "two/pic", "three/other")
"""Two of them have one name."""
SITE = "https://experienceleague.adobe.com"
KINDS = (
    *("text", "page link", "titled link", "anchor link", "anchor title", "file link", "image"),
    *("snippet", "include", "heading", "same heading", "address", "foreign address", "cards"),
    *("badge", "alert", "tabs", "help", "guide link", "index", "linked image"),
)


@dc.dataclass
class Page:
    """A page: what its front matter says, and the kinds of its paragraphs with a number each."""

    title: str
    description: str = ""
    exl_id: str = ""
    more: dict[str, str] = dc.field(default_factory=dict)
    heading: str = "part"
    body: list[tuple[str, int]] = dc.field(default_factory=list)


@dc.dataclass
class Entry:
    """An entry of a guide: a page, or a group."""

    name: str
    title: str
    group: bool = False
    hidden: bool = False
    entries: list[Entry] = dc.field(default_factory=list)


class Repository:
    """What is in the files."""

    def __init__(self):
        self.pages = {}
        self.guides = {name: [] for name in GUIDES}
        self.snippets = {"first": "Text of a snippet.", "second": "Another *snippet*."}
        self.includes = {"note": "# Name\n\nIncluded text."}
        self.metadata = {"solution": "Product", "feature": "A", "landing-page-name": "product"}
        self.front = {name: {"user-guide-title": f"Guide {name}"} for name in GUIDES}
        self.redirects = [("product/old", "alpha/old-1")]
        self.assets = {f"help/assets/{name}.svg": 1 for name in IMAGES} | {"help/assets/a.zip": 1}
        self.count = 0
        for number in range(10):
            guide = GUIDES[number % 3 == 2]
            name = f"help/{guide}/p{number}"
            body = [("text", number), (KINDS[number % len(KINDS)], number + 1)]
            body.append((KINDS[(number * 2 + 5) % len(KINDS)], number + 3))
            self.pages[name] = Page(f"Page {number}", f"About {number}.", f"id-{number}", body=body)
            self.guides[guide].append(Entry(name, f"Entry {number}"))
        alpha = self.guides["alpha"]
        group = Entry("start", "Get started", group=True, entries=[alpha.pop(), alpha.pop()])
        alpha[1].entries.append(alpha.pop())
        alpha.append(group)

    # --- files -----------------------------------------------------------------------------

    def files(self):
        """Return the files: path → content."""
        found = {"metadata.md": _front(self.metadata) + "# Not shown\n"}
        for guide, entries in self.guides.items():
            if guide in self.front:
                text = f"# The {guide} guide {{#{guide}-guide}}\n\n" + self._toc(entries, "")
                found[f"help/{guide}/TOC.md"] = _front(self.front[guide]) + text
        for name, page in self.pages.items():
            found[f"{name}.md"] = self._page(name, page)
        snippets = "\n".join(f"## {id_} {{#{id_}}}\n\n{t}\n" for id_, t in self.snippets.items())
        found["help/_includes/snippets.md"] = f"# Snippets\n\n{snippets}"
        for name, text in self.includes.items():
            found[f"help/_includes/{name}.md"] = f"{text}\n"
        if self.redirects:
            lines = [f"{SITE}/en/docs/{old},{SITE}/en/docs/{new}" for old, new in self.redirects]
            found["redirects.csv"] = "\n".join(["source,dest", *lines, ""])
        for name, version in self.assets.items():
            svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="{}"/>\n'
            found[name] = svg.format(version)
        return found

    def _toc(self, entries, indent):
        text = ""
        for entry in entries:
            hide = "{hide-from-toc} " if entry.hidden else ""
            target = f"{entry.title} {{#{entry.name}}}"
            if not entry.group:
                target = f"[{entry.title}](/{entry.name}.md)"
            text += f"{indent}+ {hide}{target}\n" + self._toc(entry.entries, f"{indent}  ")
        return text

    def _page(self, name, page):
        front = {"title": page.title, "description": page.description, "exl-id": page.exl_id}
        text = _front({key: value for key, value in (front | page.more).items() if value})
        text += f"# {page.title}\n\n## Part {{#{page.heading}}}\n\n"
        return text + "".join(self._paragraph(kind, number) for kind, number in page.body)

    def _paragraph(self, kind, number):
        pages = sorted(self.pages)
        target = pages[number % len(pages)]
        heading = self.pages[target].heading if number % 4 else f"part-{number % 3}"
        address = f"{SITE}/en/docs/product/alpha-guide"
        foreign = ("other/x", "product/old")[number % 2]
        return {
            "text": f"Words{number} and more words.",
            "page link": f"See [this page](/{target}.md).",
            "titled link": f"See [](/{target}.md) there.",
            "anchor link": f"See [this part](/{target}.md#{heading}).",
            "anchor title": f"See [](/{target}.md#{heading}).",
            "file link": f"Get [the file](/help/assets/{'ab'[number % 2]}.zip).",
            "image": f"![Alt {number}](/help/assets/{IMAGES[number % 3]}.svg)",
            "linked image": f"![Alt](/help/assets/{IMAGES[number % 3]}.svg){{zoomable=yes}}",
            "snippet": f"{{{{{('first', 'second', 'third')[number % 3]}}}}}",
            "include": f"{{{{$include /help/_includes/{('note', 'other')[number % 2]}.md}}}}",
            "heading": f"## Heading {number}",
            "same heading": "### Same",
            "address": f"See [that]({address}/{target.rpartition('/')[2]}).",
            "foreign address": f"See [it]({SITE}/en/docs/{foreign}).",
            "cards": ":::: landing-cards-container\n:::\n![icon](https://cdn/icons/gear.svg)\n"
            f"Card {number}\n\nText.\n\n[Go](/{target}.md)\n:::\n::::",
            "badge": f'[!BADGE Label {number}]{{type=Positive url="/{target}.md"}}',
            "alert": f">[!NOTE]\n>\n>Note {number}, see [](/{target}.md).",
            "tabs": f">[!BEGINTABS]\n\n>[!TAB One]\n\nA {number}\n\n"
            ">[!TAB Two]\n\nB\n\n>[!ENDTABS]",
            "help": f'>[!CONTEXTUALHELP]\n>id="help_{number % 5}"\n>title="T"\n'
            f'>abstract="A {number}"',
            "guide link": f"See [](/help/{GUIDES[number % 2]}/TOC.md).",
            "index": f"```{{index}} entry{number}\n```",
        }[kind] + "\n\n"

    def write(self, folder, last):
        """Write what has changed since some files were written; return the files."""
        files = self.files()
        for name in last.keys() - files.keys():
            (folder / name).unlink()
        for name, text in files.items():
            if last.get(name) != text:
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
        return files

    # --- edits -----------------------------------------------------------------------------

    def edit(self, what, first, second):
        """Change something; the numbers choose what, and into what."""
        getattr(self, f"edit_{what}")(first, second)

    def _pick(self, number):
        return self.pages[sorted(self.pages)[number % len(self.pages)]]

    def _lists(self):
        found = []
        waiting = [self.guides[name] for name in sorted(self.guides)]
        while waiting:
            entries = waiting.pop(0)
            found.append(entries)
            waiting.extend(entry.entries for entry in entries)
        return found

    def _take(self, number):
        """Take an entry out of its guide."""
        places = [(entries, entry) for entries in self._lists() for entry in entries]
        if not places:
            return None
        entries, entry = places[number % len(places)]
        entries.remove(entry)
        return entry

    def edit_body(self, first, second):
        page = self._pick(first)
        if page.body and second % 3 == 0:
            page.body.pop(second % len(page.body))
        else:
            page.body.append((KINDS[second % len(KINDS)], second // 7))

    def edit_title(self, first, second):
        self._pick(first).title = f"Title {second % 4}"

    def edit_description(self, first, second):
        self._pick(first).description = f"Text {second % 4}." if second % 4 else ""

    def edit_exl_id(self, first, second):
        self._pick(first).exl_id = f"id-{second % 12}"

    def edit_more(self, first, second):
        keys = ("hide", "hidefromtoc", "feature", "badge", "mini-toc-levels", "index", "nosearch")
        key = keys[second % len(keys)]
        values = {"feature": "B", "badge": 'label="New" type="Caution"', "mini-toc-levels": "1"}
        more = self._pick(first).more
        if more.pop(key, None) is None:
            more[key] = values.get(key, "true")

    def edit_heading(self, first, second):
        self._pick(first).heading = f"part-{second % 3}"

    def edit_add(self, first, second):
        self.count += 1
        folder = ("help/alpha", "help/beta", "help/alpha/deep", "help/a0")[first % 4]
        name = f"{folder}/{'az'[second % 2]}{self.count}"
        if second % 11 == 10:
            name = f"{folder}/index"
        self.pages[name] = Page(f"New {self.count}", body=[(KINDS[second % len(KINDS)], second)])
        if second % 5:
            lists = self._lists()
            lists[first % len(lists)].append(Entry(name, f"Entry of {self.count}"))

    def edit_remove(self, first, second):
        if len(self.pages) > 3:
            name = sorted(self.pages)[first % len(self.pages)]
            del self.pages[name]
            if second % 3:
                self._drop(name)

    def _drop(self, name):
        for entries in self._lists():
            for entry in [entry for entry in entries if entry.name == name]:
                entries.remove(entry)
                entries.extend(entry.entries)

    def edit_rename(self, first, second):
        self.count += 1
        name = sorted(self.pages)[first % len(self.pages)]
        new = f"{name}-{'az'[second % 2]}{self.count}"
        if second % 4 == 3:
            new = f"{name}/index"
        self.pages[new] = self.pages.pop(name)
        for entries in self._lists():
            for entry in entries:
                if entry.name == name:
                    entry.name = new
        if second % 3 == 0:
            old = name.rpartition("/")[2]
            self.redirects.append((f"product/alpha-guide/{old}", f"product/alpha-guide/{new}"))

    def edit_move(self, first, second):
        entry = self._take(first)
        if entry is not None:
            lists = self._lists()
            lists[second % len(lists)].insert(second % 2, entry)

    def edit_hide(self, first, second):
        lists = [entries for entries in self._lists() if entries]
        if lists:
            entries = lists[first % len(lists)]
            entry = entries[second % len(entries)]
            entry.hidden = not entry.hidden

    def edit_entry(self, first, second):
        lists = [entries for entries in self._lists() if entries]
        if lists:
            entries = lists[first % len(lists)]
            entries[second % len(entries)].title = f"Entry title {second % 3}"

    def edit_group(self, first, second):
        self.count += 1
        entry = self._take(first)
        if entry is not None:
            group = Entry(f"group{self.count}", f"Group {second % 4}", True, False, [entry])
            self.guides[GUIDES[second % 2]].append(group)

    def edit_ungroup(self, first, second):
        groups = [(e, g) for e in self._lists() for g in e if g.group]
        if groups:
            entries, group = groups[first % len(groups)]
            if second % 2:
                group.name = f"{group.name}x"
            else:
                entries.remove(group)
                entries.extend(group.entries)

    def edit_guide(self, first, second):
        guide = GUIDES[first % 2]
        if second % 5 == 4 and len(self.front) == 2:
            del self.front[guide]
        elif guide not in self.front:
            self.front[guide] = {"user-guide-title": f"Guide {guide} again"}
        else:
            keys = ("user-guide-title", "user-guide-description", "feature", "hide")
            self.front[guide][keys[second % 4]] = "true" if second % 4 == 3 else f"V {second % 7}"

    def edit_metadata(self, first, second):
        keys = ("feature", "role", "badge", "solution", "index", "git-repo", "mini-toc-levels")
        key = keys[first % len(keys)]
        values = {
            "badge": f'label="Beta {second % 2}" type="Informative"',
            "index": "false",
            "git-repo": f"https://github.com/someone/repo{second % 2}",
            "mini-toc-levels": "2",
        }
        if key in self.metadata and second % 2:
            del self.metadata[key]
        else:
            self.metadata[key] = values.get(key, f"M {second % 3}")

    def edit_snippet(self, first, second):
        name = ("first", "second", "third")[first % 3]
        if second % 5 == 4:
            self.snippets.pop(name, None)
        else:
            self.snippets[name] = f"Snippet text {second % 3}, see [](/{sorted(self.pages)[0]}.md)."

    def edit_include(self, first, second):
        name = ("note", "other")[first % 2]
        if second % 5 == 4:
            self.includes.pop(name, None)
        else:
            self.includes[name] = f"Included {second % 3}.\n\n{{{{first}}}}"

    def edit_asset(self, first, second):
        names = [
            *(f"help/assets/{name}.svg" for name in IMAGES),
            *map("help/assets/{}.zip".format, "ab"),
        ]
        name = names[first % len(names)]
        if second % 3 == 2:
            self.assets.pop(name, None)
        else:
            self.assets[name] = self.assets.get(name, 0) + 1

    def edit_redirects(self, first, second):
        if self.redirects and second % 3 == 0:
            self.redirects.pop(first % len(self.redirects))
            return
        page = sorted(self.pages)[first % len(self.pages)].rpartition("/")[2]
        old = (
            "product/old",
            "other/x",
            f"product/alpha-guide/{page}",
            "product/gone/a",
            "product/alpha/index",
        )
        entry = (old[second % 5], f"product/alpha-guide/{page}")
        if entry not in self.redirects:
            self.redirects.append(entry)


EDITS = sorted(name.removeprefix("edit_") for name in dir(Repository) if name.startswith("edit_"))


def _front(entries):
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in entries.items()) + "---\n"
