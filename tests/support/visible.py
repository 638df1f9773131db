"""What readers see of a document, and whether its HTML is as it must be.

*Visible* is what a browser shows of the equivalent HTML: the HTML that plain Markdown, with tables
and footnotes and without any construct of ours, makes of the text. What plain Markdown shows, and
no reader is meant to see, is in :data:`NOT_SHOWN`. What is in a fenced directive is visible if it
is so both as code and as Markdown. A word that a tag cuts in two is none.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from attacks import is_harmless
from justhtml import JustHTML
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

WORDS = re.compile(r"w\d+q")

HIDDEN = frozenset(
    {
        *("audio", "canvas", "datalist", "desc", "embed", "head", "iframe", "math"),
        *("metadata", "noembed", "noframes", "noscript", "object", "script", "style", "svg"),
        *("template", "title", "video"),
    }
)
"""Elements whose text no browser shows."""

NOT_SHOWN = (
    re.compile(r"<!--.*?-->", re.DOTALL),
    re.compile(r"\{[^{}]*[=#.][^{}]*\}"),
    re.compile(r"^[ \t>]*(?:(?:[-+*:]|\d+[.)])[ \t]+)*(?:`{3}|~{3}).*", re.MULTILINE),
    re.compile(r"!\[[^\[\]]*\][(\[]|\]\([^()\n]*\)|<\w[^<>]*>"),
    re.compile(r"^[ \t>]*\*\[[^\[\]\n]*\]:.*", re.MULTILINE),
    re.compile(r"<(script|style)\b.*?</\1", re.DOTALL | re.IGNORECASE),
    re.compile(r"`{3}\{(?:toctree|figure|image|tab-set|grid)\}.*", re.DOTALL),
    re.compile(
        r"^[ >]*>[ ]*(?:id|title|abstract|additional-url)=.*(?:\n[ ]*>[ ]*[^\s>\[].*)*",
        re.MULTILINE | re.IGNORECASE,
    ),
)
"""Parts of a document that are no text of it: comments wherever they stand, braces that hold
attributes, the language of code, the words for images, targets, tags, abbreviations, scripts and
styles, directives without text, and the entries of contextual help."""

_MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin)
_DIRECTIVE = re.compile(r"\{[a-z:-]*\}")
_WITHOUT_TEXT = frozenset({"{toctree}", "{figure}", "{image}", "{tab-set}", "{grid}"})
"""Directives whose content is something else than text."""


def visible_words(text):
    """Return the words that readers must see.

    :param text: The Markdown of a document.
    """
    env = {}
    tokens = _MARKDOWN.parse(text, env)
    html = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, env)
    shown = set(WORDS.findall(text_of(html)))
    for token in tokens:
        if token.type == "fence" and (name := _DIRECTIVE.match(token.info)):
            shown.difference_update(WORDS.findall(token.content))
            if name[0] not in _WITHOUT_TEXT:
                shown |= visible_words(token.content) & {*WORDS.findall(token.content)}
    for pattern in NOT_SHOWN:
        for match in pattern.finditer(text):
            shown.difference_update(WORDS.findall(match[0]))
    return shown


def text_of(html):
    """Return the text that a browser shows, with a line break at each tag.

    :param html: The body of a page.
    """
    root = JustHTML(f"<!DOCTYPE html><body>{html}", sanitize=False).root
    parts, stack = [], [root]
    while stack:
        node = stack.pop()
        if node.name == "#text":
            parts.append(node.data)
        elif node.name not in HIDDEN:
            stack.extend(reversed(node.children or ()))
    return "\n".join(parts)


VOID = frozenset(
    {
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"),
        *("source", "track", "wbr"),
    }
)
FOREIGN = frozenset({"circle", "ellipse", "line", "path", "polygon", "polyline", "rect", "use"})
BLOCK = frozenset(
    {
        *("address", "article", "aside", "blockquote", "details", "dialog", "dd", "div", "dl"),
        *("dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4"),
        *("h5", "h6", "header", "hgroup", "hr", "li", "main", "menu", "nav", "ol", "p", "pre"),
        *("search", "section", "summary", "table", "ul"),
    }
)
"""Elements that end a paragraph."""

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SECTIONS = frozenset({"table", "tbody", "tfoot", "thead"})
_PARENTS = {
    "caption": {"table"},
    "colgroup": {"table"},
    "col": {"colgroup", "table"},
    "dd": {"dl", "div"},
    "dt": {"dl", "div"},
    "figcaption": {"figure"},
    "li": {"ul", "ol", "menu"},
    "summary": {"details"},
    "tbody": {"table"},
    "td": {"tr"},
    "tfoot": {"table"},
    "th": {"tr"},
    "thead": {"table"},
    "tr": _SECTIONS,
}
_CHILDREN = {
    "colgroup": {"col"},
    "dl": {"dd", "div", "dt"},
    "menu": {"li"},
    "ol": {"li"},
    "table": {"caption", "col", "colgroup", "tbody", "tfoot", "thead", "tr"},
    "tbody": {"tr"},
    "tfoot": {"tr"},
    "thead": {"tr"},
    "tr": {"td", "th"},
    "ul": {"li"},
}
_FORBIDDEN = frozenset({"base", "embed", "form", "frame", "link", "meta", "script", "style"})
_ADDRESSES = frozenset({"action", "cite", "data", "formaction", "href", "poster", "src"})


class HtmlCheck(HTMLParser):
    """Looks for what is wrong with HTML; nothing is forgiven."""

    def __init__(self, html):
        """Read it.

        :param html: The body of a page.
        """
        super().__init__(convert_charrefs=True)
        self.problems = []
        self.ids = set()
        self._open = []
        self._texts = []
        self.feed(html)
        self.close()
        self.problems += [f"<{tag}> has no end" for tag in self._open]

    @property
    def words(self):
        """The words in its text, also those that elements cut in two."""
        return set(WORDS.findall("".join(self._texts))) | set(WORDS.findall("\n".join(self._texts)))

    def handle_starttag(self, tag, attrs):
        self._check_place(tag)
        self._check_attributes(tag, attrs)
        if tag in _FORBIDDEN:
            self.problems.append(f"<{tag}>")
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self._check_place(tag)
        self._check_attributes(tag, attrs)
        if tag not in VOID and "svg" not in self._open and tag != "svg":
            self.problems.append(f"<{tag}/>")

    def handle_endtag(self, tag):
        if self._open and self._open[-1] == tag:
            self._open.pop()
            return
        self.problems.append(f"</{tag}> in {self._open[-3:]}")
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data):
        self._texts.append(data)
        if data.strip() and self._open and self._open[-1] in _CHILDREN:
            self.problems.append(f"text {data.strip()[:20]!r} in <{self._open[-1]}>")

    def _check_place(self, tag):
        parent = self._open[-1] if self._open else ""
        if "p" in self._open and tag in BLOCK:
            self.problems.append(f"<{tag}> in <p>: {self._open[-4:]}")
        if tag in {"a", "button", "form"} and tag in self._open:
            self.problems.append(f"<{tag}> in <{tag}>")
        if tag in _HEADINGS and _HEADINGS & {*self._open}:
            self.problems.append(f"<{tag}> in a heading")
        if tag in _PARENTS and parent not in _PARENTS[tag]:
            self.problems.append(f"<{tag}> in <{parent}>")
        if parent in _CHILDREN and tag not in _CHILDREN[parent]:
            self.problems.append(f"<{tag}> in <{parent}>")

    def _check_attributes(self, tag, attrs):
        for name, value in attrs:
            if not re.fullmatch(r"[a-zA-Z_:][\w:.-]*", name):
                self.problems.append(f"attribute {name!r}")
            if name.startswith("on"):
                self.problems.append(f"handler {name}={value!r}")
            if name in _ADDRESSES and not is_harmless(value or "", image=tag == "img"):
                self.problems.append(f"address {name}={value!r}")
            if name == "id":
                if value in self.ids:
                    self.problems.append(f"id {value!r} stands twice")
                self.ids.add(value)
        if len({name for name, _ in attrs}) < len(attrs):
            self.problems.append(f"an attribute stands twice: {attrs}")


def text_words(text):
    """Return the words in a text file, also those that are broken over lines or cells.

    :param text: What the builder ``text`` has written.
    """
    return set(WORDS.findall(text)) | set(WORDS.findall(re.sub(r"\s+", "", text)))
