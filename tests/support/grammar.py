"""Documents made by chance: every construct in every place, a word of its own in each text.

A template is Markdown with holes: ``@w`` is a word that readers must see, ``@h`` one that they need
not (an attribute, a comment), ``@n`` a number, ``@i`` any inline construct, ``@b`` any blocks. A
document is made of templates, changed or not, and of real pages where there are any. The words get
their numbers last, so that each stands once in a document, however it was changed.
"""

from __future__ import annotations

import random
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
"""Real pages, where there are any beside the checkout."""

WORD = "\ue000"
"""Stands for a word while a document is made; text that is changed never cuts it in two."""

INLINE = {
    "word": "@w",
    "words": "@w @w",
    "emphasis": "*@i*",
    "strong": "**@i**",
    "underscores": "_@i_",
    "strong-underscores": "__@i__",
    "strong-emphasis": "***@i***",
    "strike": "~~@i~~",
    "code": "`@w`",
    "code-twice": "`` @w ` @w ``",
    "link": "[@i](other.md)",
    "link-title": '[@i](other.md "@h")',
    "link-window": '[@i](https://example.com/@h){target="_blank"}',
    "link-target": "[@i](#id-@n)",
    "link-root": "[@i](/help/other.md#section)",
    "link-missing": "[@i](none.md#none)",
    "link-unsafe": "[@i](java&#x200B;script:alert(1))",
    "link-empty": "[@i]()",
    "link-reference": "[@i][ref]",
    "link-no-reference": "[@i][@w]",
    "autolink": "<https://example.com/@h>",
    "image": "![@h](x.png)",
    "image-attributes": '![@h](x.png){width="20" align="center" zoomable="yes"}',
    "image-missing": "![@h](none.png)",
    "image-link": "[![@h](x.png) @i](other.md)",
    "dnl": "[!DNL @i]",
    "uicontrol": "[!UICONTROL @i]",
    "menu": "**[!UICONTROL @i]** > **[!UICONTROL @w @w]**",
    "dnl-link": "[[!DNL @w] @i](other.md)",
    "badge": '[!BADGE @w]{type=Positive tooltip="@h"}',
    "badge-link": '[!BADGE @w @w]{type="Caution" url="https://example.com/@h newtab=true"}',
    "id": "@i{#id-@n}",
    "break": "@i<br>@i</br>@w",
    "underline": "<u>@i</u>",
    "bold": "<b>@i</b>",
    "html-link": '<a href="other.md" title="@h">@i</a>',
    "anchor": '<a id="id-@n"></a>@w<a name="id-@n">@w</a>',
    "span": '<span class="preview" style="color: red">@i</span>',
    "keyboard": "<kbd>@i</kbd> <sub>@w</sub><sup>@w</sup>",
    "html-code": "<code>@i</code>",
    "font": '<font color="red">@i</font>',
    "dita": "<uicontrol>@i</uicontrol> <codeph>@w</codeph>",
    "placeholder": "<your-org-id> @w <@w>",
    "html-image": '<img src="x.png" alt="@h" width="35px">',
    "html-button": "<button onclick='alert(1)'>@i</button>",
    "html-script": "<script>alert('@h')</script>@w<style>@h</style>",
    "svg": '<svg width="9" height="9"><path d="M0 0h9v9z" onload="alert(1)"/></svg>@w',
    "comment": "<!-- @h -->@w",
    "entities": "&nbsp;@w&#x200B;&amp;&lt;@w&gt; &quot;@w&quot;",
    "zero-width": "**@w**\u200b@w&#x200B;_@w_",
    "footnote": "@w[^1]",
    "footnote-missing": "@w[^@n]",
    "inline-note": "@w^[@i]",
    "escapes": r"\*@w\* \[@w\] \`@w\`",
    "snippet": "{{@w}} {{@w @w}}",
    "braces": "{@w} @w",
    "money": "$@w and $@w",
    "typography": "\"@i\" '@w' -- @w... (c) @w",
    "brackets": "[@w [@w] @i]",
    "abbreviation": "ABC @w",
    "video": ">[!VIDEO](https://video.tv.adobe.com/v/1) @w",
}
"""Constructs that stand in a line."""

BLOCKS = {
    "paragraph": "@i @i\n@i",
    "hard-breaks": "@w\\\n@i  \n@w",
    "heading": "## @i",
    "heading-id": "### @i {#id-@n}",
    "heading-top": "# @i",
    "heading-full": '## @i ![@h](x.png){zoomable="yes"} [!BADGE @w]{url="other.md"} @i',
    "heading-deep": "###### @i ######",
    "setext": "@i @w\n===",
    "setext-second": "@w\n@i\n---",
    "list": "- @b",
    "list-tight": "- @i\n- @i\n  - @i\n- @w",
    "list-star": "* @i\n\n  @b\n* @b",
    "list-ordered": "1. @b\n\n1. @b",
    "list-ordered-tight": "3. @i\n   - @i\n4. @i",
    "list-task": "- [ ] @i\n- [x] @i",
    "list-empty": "-\n- @w\n-\n\n  @b",
    "quote": "> @b",
    "quote-lazy": "> @i\n@i",
    "alert": ">[!NOTE]\n>\n>@b",
    "alert-tight": ">[!IMPORTANT]\n>@i\n>- @i\n>- @i",
    "alert-blank": "> [!TIP]\n> @b",
    "alert-title": ">[!WARNING] @i\n>\n>@b",
    "alert-unknown": ">[!SOMETHING @w]\n>\n>@b",
    "alert-two": ">[!NOTE]\n>\n>@i\n>\n>[!TIP]\n>\n>@i",
    "alert-lazy": ">[!CAUTION]\n>@i\n@i",
    "related": ">[!MORELIKETHIS]\n>\n>- [@i](other.md) @i\n>- @i",
    "tabs": ">[!BEGINTABS]\n\n>[!TAB @i]\n\n@b\n\n>[!TAB @w]\n\n@b\n\n>[!ENDTABS]",
    "tabs-tight": ">[!BEGINTABS]\n>[!TAB @w]\n@i\n>[!TAB @w]\n@b\n>[!ENDTABS]",
    "accordion": "+++@i\n\n@b\n\n+++",
    "accordion-tight": "+++ @i {#id-@n}\n@b\n+++",
    "accordion-nested": "++++ @i\n@b\n+++ @i\n@b\n+++\n++++",
    "shade-box": '>[!BEGINSHADEBOX "@w @w"]\n\n@b\n\n>[!ENDSHADEBOX]',
    "shade-box-plain": ">[!BEGINSHADEBOX]\n\n@b\n\n>[!ENDSHADEBOX]",
    "container": ":::\n@b\n:::",
    "container-named": ":::warning @h\n\n@b\n\n:::",
    "cards": (
        ":::: landing-cards-container\n\n:::\n"
        "![icon](https://cdn.experienceleague.adobe.com/icons/gear.svg)\n\n@i\n\n@i\n\n"
        "[@i](other.md)\n[@w](other.md)\n:::\n\n:::\n@b\n:::\n\n::::"
    ),
    "cards-tight": "::::landing-cards-container\n:::\n**@w**\n@b\n:::\n@i\n:::\n@i\n::::",
    "table": "| @i | @i |\n| --- | :-: |\n| @i | @i |\n| @w | `@w` |",
    "table-styled": '| @w | @w |\n|---|---|\n| @i | @i |\n\n{style="table-layout:auto"}',
    "table-uneven": "| @w | @w |\n|---|---|\n| @i |\n| @w | @w | @i | @w |",
    "table-html": "| @w |\n|---|\n| <ul><li>@i</li><li>@i</li></ul> @w<br>@w |\n| <p>@i</p>@w |",
    "html-table": (
        '<table style="width: 80%">\n<thead><tr><th>@i</th><th>@w</th></tr></thead>\n<tr>\n<td>\n\n'
        '@b\n\n</td>\n<td id="id-@n" colspan="2">@i\n</tr>\n</table>'
    ),
    "html-table-tight": "<table><tr><td>@b</td><td>@i</td></tr></table>",
    "html-table-caption": "<table><caption>@i</caption><tbody><tr><td>@i<tr><td>@b</table>",
    "html-block": "<div>\n@b\n</div>",
    "html-block-loose": '<div class="preview">\n\n@b\n\n</div>',
    "html-block-line": "<div>@i</div> @i",
    "html-columns": (
        '<div class="columns" style="display: grid"><div class="column">\n\n@b\n\n</div>'
        '<div class="column"><p>@i</p></div></div>'
    ),
    "html-list": "<ul>\n<li>@i\n<li>@b</li>\n</ul>",
    "html-list-ordered": '<ol start="3"><li>@i<ul><li>@i</li></ul></li></ol>',
    "html-paragraph": "<p>@i\n",
    "html-paragraphs": "<p>\n@i\n</p>\n<P>@i<P>@i",
    "html-details": "<details><summary>@i</summary>\n\n@b\n\n</details>",
    "html-details-tight": "<details>\n<summary>@i</summary>\n@b\n</details>",
    "html-definitions": "<dl><dt>@i</dt><dd>@b</dd><dt>@w<dd>@i</dl>",
    "html-heading": '<h3 id="id-@n">@i</h3>',
    "html-code": "<pre><code>@w\n@w</code></pre>",
    "html-quote": "<blockquote>\n\n@b\n\n</blockquote>",
    "html-figure": '<figure><img src="x.png" alt="@h"><figcaption>@i</figcaption></figure>',
    "html-center": "<center>@b</center>",
    "html-section": '<section id="id-@n"><h2>@i</h2>@b</section>',
    "html-svg": '<svg viewBox="0 0 9 9"><g><path d="M0 0"/></g><text>@w</text></svg>',
    "html-frame": '<iframe src="https://video.tv.adobe.com/v/1" title="@h"></iframe>\n\n@w',
    "html-form": '<form action="https://example.com"><label>@i <input value="@h"></label></form>',
    "html-script": "<script>\n@h\n\n@h\n</script>\n\n@w",
    "html-stray": "</div></td></p>\n\n@i",
    "fence": "```sql\n@w @w\n```",
    "fence-blank": "``` html\n<div>@w\n\n@w</div>\n```",
    "fence-attributes": '```js {line-numbers="true" highlight="1"}\n@w\n@w\n```',
    "fence-tilde": "~~~\n@w\n>[!NOTE] @w\n~~~",
    "fence-directive": "```{note}\n@w\n```",
    "fence-raw": "```{raw} html\n@w <script>@h</script>\n```",
    "fence-title": "````{admonition} @i\n@w\n```{card} @i\n@w\n```\n````",
    "fence-unknown": "```{@w}\n:name: n\n@w\n```",
    "list-table": "```{list-table} @i\n- - @w\n  - @i\n```",
    "indented": "    @w\n\n    @w",
    "definition": "@i\n: @b",
    "definition-two": "@i\n: @i\n: @i",
    "footnote": "@w[^f@n] @w\n\n[^1]: @b",
    "video": ">[!VIDEO](https://video.tv.adobe.com/v/1?learn=on){transcript=true}",
    "video-elsewhere": '>[!VIDEO](https://elsewhere.example/v "@h")\n\n@w',
    "slide": ">[!SLIDE](slides)",
    "help": '>[!CONTEXTUALHELP]\n>id="help_@n"\n>title="@h"\n>abstract="@h <b>@h</b>"\n\n@w',
    "snippet": "{{snip}}",
    "include": "{{$include /help/_includes/text.md}}",
    "include-missing": "{{$include /help/_includes/none.md}}\n\n@w",
    "rule": "***",
    "rule-dashes": "@w\n\n---\n\n@w",
    "reference": "[ref]: other.md '@h'\n\n@w",
    "abbreviation": "*[ABC]: @h\n\n@w",
    "attributes": "@i\n{.class #id-@n}",
    "style-stray": '{style="table-layout:fixed"}\n\n@w',
    "comment": "<!-- @h\n\n@h\n-->\n\n@w",
    "cards-comment": (
        "<!--\nCARDS\n* https://example.com/@h\n  {title = @h}\n-->\n"
        "<!-- START CARDS HTML - DO NOT MODIFY BY HAND -->\n"
        '<div class="card"><div class="card-content">\n'
        '<p class="headline">@i</p><p>@i</p></div></div>\n'
        "<!-- END CARDS HTML - DO NOT MODIFY BY HAND -->"
    ),
    "myst": "(target-@n)=\n% @w\n@w",
}
"""Constructs that stand by themselves."""

PLACES = {name: text for name, text in BLOCKS.items() if "@b" in text}
"""Blocks that other blocks stand in."""

LINES = {
    name: text
    for name, text in {**INLINE, **BLOCKS}.items()
    if "@i" in text and name not in {"paragraph", "hard-breaks"}
}
"""Constructs that inline constructs stand in."""

FRONT_MATTER = (
    "title: A title\ndescription: Some text",
    'title: "[!DNL Name] & <b>bold</b>"\nfeature: One, Two\nlevel: Beginner\nrole: User',
    'badgeNew: label="New" type="Positive"\nbadgeOld: label="a: b" url="/help/other.md"',
    "hide: true\nhidefromtoc: yes\nmini-toc-levels: 1",
    "title: A: B\nproduct_v2: id: abc\nx: [",
    "exl-id: 1\nlast-update: 2024-01-02\nduration: 012\nkeywords: a; b\n",
    "myst:\n  enable_extensions: 3\nhtml_meta: [1]\nsubstitutions: x",
    "orphan: 1\nnocomments: x\ntocdepth: -1\ntitle: ",
    "title: &a [*a]\n<<: 1\n? [x]\n: y",
)
"""Front matter, good and bad; none of it is text of the page."""

MARKERS = (
    *("\n", "\n", "\n\n", " ", "    ", "\t", WORD, "&#x200B;", "\u200b", "\x00", "\ufeff", "日"),
    *("# ", "## ", " {#id}", "{#a .b c}", "===\n", "---\n", "> ", ">", "- ", "* ", "1. ", "[ ] "),
    *("`", "``", "```", "~~~", "~~", "*", "**", "_", "__", "\\", "|", "|---|\n", "a | b\n", "$"),
    *("[", "]", "(", ")", "](x.md)", "![", "](x.png)", "<br/>", "</br>", "<!--", "-->", "<div>"),
    *("</div>", "<u>", "</u>", "<a href='x.md'>", "<table><tr><td>", "<", ">", "&quot;", "&"),
    *('"', "'", "=", "</table>", "</td>", "<tr>", "<td>", "<p>", "</p>", "<li>", "<ul>", "</ul>"),
    *("<details>", "<summary>", "</summary>", "</details>", "<script>", "</script>", "<svg>"),
    *("</svg>", "<pre>", "</pre>", "<style>", "<h2>", "</h2>", "<math>", "<template>", "<select>"),
    *("<iframe>", "<object>", "<textarea>", "<title>", "<![CDATA[", "]]>", "<?x", "?>", "<!x"),
    *(":::: landing-cards-container\n", "::::\n", ":::\n", ":::", "![icon](https://x/icons/a.svg)"),
    *("[!DNL ", "[!UICONTROL ", "[!BADGE x]", '{type=Positive url="x"}', "[!", "!", "^", "^["),
    *(">[!NOTE]\n", "> [!TIP] x\n", ">[!VIDEO](https://video.tv.adobe.com/v/1){transcript=true}\n"),
    *(">[!SLIDE](x)\n", ">[!BEGINTABS]\n", ">[!TAB one]\n", ">[!ENDTABS]\n", ">[!BEGINSHADEBOX]\n"),
    *(">[!ENDSHADEBOX]\n", ">[!MORELIKETHIS]\n", ">[!CONTEXTUALHELP]\n", '>id="x"\n', "+++Title\n"),
    *("+++\n", "+++ x {#id}\n", "{{$include x.md}}", "{{x}}", '{style="table-layout:auto"}\n'),
    *("{target=_blank}", '{width="10" zoomable=yes}', "{", "}", "{a=b}", "%", "(x)=", "[^1]"),
    *("[^1]: ", "*[ABC]: x\n", "ABC", "\n: ", "[r]: /u\n", "https://example.com", "(c)", "--"),
    *("```{note}\n", "```{toctree}\n", "```{figure} x.png\n", "{math}`x`", "<!-- CARDS\n"),
    *("```{card} ", "```{tab-set}\n", "```{step}\n", "````{admonition} ", "````\n", "- - "),
    *("```{button-ref} b\n", "```{raw} html\n", "```{list-table} ", ":name: n\n", ":class: c\n"),
    *("[!BADGE w] ![a](x.png)", "![a](x.png){zoomable=yes}", "<img src='x.png'>", "<![>x"),
    *(
        '>title="',
        '"\n>abstract="a"\n',
        "&#0;",
        "&#x200B",
        "\\\n",
        "  \n",
        "\x0b",
        "\u2028",
        "\u202e",
    ),
)
"""Pieces of syntax, to be put anywhere."""

_HOLE = re.compile(r"@[bhinw]")
_REAL_WORD = re.compile(r"(?<![^\s(])[^\W\d_]{3,}(?=[\s.,;:)]|$)", re.MULTILINE)
_REAL_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


class Document(NamedTuple):
    """One document."""

    kind: str
    """How it was made."""
    text: str
    """Its Markdown; each word in it stands once."""
    front_matter: str = ""
    """What stands before, with its fences."""
    included: bool = False
    """Whether the page only includes the text."""


class Grammar:
    """Makes texts of templates."""

    def __init__(self, generator):
        """Begin.

        :param generator: The :class:`random.Random` that decides.
        """
        self.generator = generator
        self.numbers = iter(range(1, 10**6))

    def fill(self, template, depth, inner=()):
        """Fill the holes of a template.

        :param template: The Markdown.
        :param depth: How many levels of constructs may stand in it.
        :param inner: Templates that must stand in its holes, if they fit: the first one in it, the
            next one in that.
        """
        parts, at = [], 0
        for match in _HOLE.finditer(template):
            parts.append(template[at : match.start()])
            at = match.end()
            line = "".join(parts).rpartition("\n")[2]
            parts.append(self._hole(match[0], line, depth, inner))
        return "".join([*parts, template[at:]])

    def _hole(self, hole, line, depth, inner):
        if hole == "@w":
            return WORD
        if hole == "@h":
            return f"h{next(self.numbers)}h"
        if hole == "@n":
            return str(next(self.numbers))
        if hole == "@i":
            return self.inline(depth, inner)
        blocks = self.blocks(depth, inner)
        return blocks.replace("\n", "\n" + _indent(line))

    def inline(self, depth, inner=()):
        """Make some text in a line."""
        if inner and inner[0] in INLINE.values():
            return self.fill(inner[0], depth - 1, inner[1:])
        if depth <= 0 or self.generator.random() < 0.35:
            return WORD
        return self.fill(self.generator.choice(list(INLINE.values())), depth - 1)

    def blocks(self, depth, inner=()):
        """Make some blocks."""
        if inner:
            return self.fill(inner[0], depth - 1, inner[1:])
        if depth <= 0:
            return WORD
        count = self.generator.choice((1, 1, 2, 3))
        names = self.generator.choices(list(BLOCKS), k=count)
        blank = self.generator.choice(("\n\n", "\n\n", "\n\n", "\n"))
        return blank.join(self.fill(BLOCKS[name], depth - 1) for name in names)

    def page(self, depth):
        """Make a page."""
        count = self.generator.randint(2, 6)
        return "\n\n".join([f"# {WORD}", *(self.blocks(depth) for _ in range(count))]) + "\n"


def _indent(line):
    """Return what the lines below the first one of a block begin with."""
    match = re.match(r"[ >]*(?:(?:[-*:]|\d+\.) +)?", line)
    prefix = match[0]
    return re.sub(r"[^>]", " ", prefix) if prefix.strip() else ""


@cache
def nests():
    """Return what is in what: every block in every place, every inline construct in every line."""
    pairs = [(outer, inner) for outer in PLACES.values() for inner in BLOCKS.values()]
    lines = [(outer, inner) for outer in LINES.values() for inner in INLINE.values()]
    found = pairs + lines
    random.Random(1).shuffle(found)
    return found


def change(text, generator, most=6, other=""):
    """Change a text here and there.

    :param text: The text.
    :param generator: What decides.
    :param most: How many changes there are at most.
    :param other: A text of which parts are taken.
    """
    for _ in range(generator.randint(1, most)):
        if generator.random() < 0.6:
            text = _change_lines(text, generator, other)
        else:
            text = _change_characters(text, generator)
    return text


def _change_lines(text, generator, other):
    lines = text.split("\n")
    at = generator.randrange(len(lines))
    end = min(at + generator.randint(1, 6), len(lines))
    where = generator.randint(0, len(lines))
    match generator.randrange(9):
        case 0:
            del lines[at]
        case 1:
            lines[where:where] = lines[at:end]
        case 2:
            prefix = generator.choice(("  ", "   ", "    ", "\t", "> ", ">", "- ", "1. ", "| "))
            lines[at:end] = [prefix + line for line in lines[at:end]]
        case 3:
            lines[at:end] = [line.lstrip(" >\t") for line in lines[at:end]]
        case 4:
            lines[at] = lines[at][: generator.randint(0, len(lines[at]))]
        case 5:
            lines[at:end] = [line for line in lines[at:end] if line.strip()]
        case 6:
            moved = lines[at:end]
            del lines[at:end]
            where = min(where, len(lines))
            lines[where:where] = moved
        case 7:
            lines.insert(where, generator.choice(MARKERS))
        case _:
            theirs = (other or text).split("\n")
            first = generator.randrange(len(theirs))
            lines[where:where] = theirs[first : first + generator.randint(1, 8)]
    return "\n".join(lines)


def _change_characters(text, generator):
    at = generator.randint(0, len(text))
    end = min(at + generator.choice((1, 1, 2, 5)), len(text))
    match generator.randrange(5):
        case 0:
            return text[:at] + text[end:]
        case 1:
            return text[:end] + text[at:]
        case 2:
            return text[:at] + text[at:end][::-1] + text[end:]
        case 3:
            where = generator.randint(0, len(text))
            return text[:where] + text[at:end] + text[where:]
        case _:
            return text[:at] + generator.choice(MARKERS) + text[at:]


def soup(generator):
    """Make a text of nothing but pieces of syntax."""
    return "".join(generator.choices(MARKERS, k=generator.randint(1, 60)))


@cache
def real_pages():
    """Return pages of the corpus, with its words taken out; those that can be read quickly."""
    paths = sorted(CORPUS.glob("*/help/**/*.md"))
    texts = (path.read_text(encoding="utf-8") for path in paths)
    return [_REAL_FRONT_MATTER.sub("", text) for text in texts if len(text) < 12_000]


def real_part(generator):
    """Return some lines of a real page, with words of ours instead of its own."""
    pages = real_pages()
    if not pages:
        return ""
    lines = generator.choice(pages).split("\n")
    start = generator.randrange(len(lines))
    part = "\n".join(lines[start : start + generator.randint(5, 60)])
    return _REAL_WORD.sub(lambda match: WORD if generator.random() < 0.7 else match[0], part)


def number(text):
    """Give each word of a text its number."""
    count = iter(range(1, text.count(WORD) + 1))
    return re.sub(WORD, lambda _: f"w{next(count)}q", text)


def document(seed, index):
    """Make a document; it is the same for the same numbers.

    :param seed: The seed of a run.
    :param index: Which document of the run it is.
    """
    generator = random.Random(f"{seed}/{index}")
    grammar = Grammar(generator)
    kind = ("nest", "page", "changed", "changed", "soup", "real")[index % 6]
    if kind == "real" and not real_pages():
        kind = "changed"
    if kind == "nest":
        outer, inner = nests()[index // 6 % len(nests())]
        text = f"{WORD}\n\n{grammar.fill(outer, 2, (inner,))}\n\n{WORD}\n"
    elif kind == "soup":
        text = soup(generator)
    elif kind == "real":
        text = change(real_part(generator), generator, other=real_part(generator))
    else:
        text = grammar.page(generator.randint(1, 4))
        if kind == "changed":
            text = change(text, generator, most=8, other=grammar.page(1))
    chance = generator.random()
    front_matter = f"---\n{generator.choice(FRONT_MATTER)}\n---\n" if chance < 0.1 else ""
    return Document(kind, number(text), front_matter, included=0.1 < chance < 0.2)
