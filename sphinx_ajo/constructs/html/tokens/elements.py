"""Write the tokens of each inline element."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from markdown_it.token import Token

from sphinx_ajo.base.problems import AjoWarnings, add_problem
from sphinx_ajo.constructs.breaks import BREAK, tidy_breaks
from sphinx_ajo.constructs.html.tokens.braces import take_braces
from sphinx_ajo.language.html.layout import element_style, length, split_style
from sphinx_ajo.language.html.names import (
    BLOCKS,
    CODE,
    CONTROLS,
    INVISIBLE,
    LITERALS,
    OWN_TAGS,
    STYLES,
)
from sphinx_ajo.language.html.policy import safe_attributes
from sphinx_ajo.language.html.svg import clean_svg
from sphinx_ajo.language.html.tags import attributes_of
from sphinx_ajo.markup.problem_tokens import problem_token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from markdown_it import MarkdownIt

_LINKS: Final = frozenset({"ajo_html_embed", "footnote_ref", "link_open"})
"""The types of tokens with a link in them."""

FRAMES: Final = frozenset({"audio", "embed", "iframe", "object", "video"})
"""Elements that embed content of another site."""

_WEB = re.compile(r"(?:https?:)?[/\\]{2}", re.IGNORECASE)


def add_unsafe(token: Token, unsafe: Iterable[str]) -> None:
    """Attach a warning to a token for each unsafe part of HTML that was left out."""
    for what in unsafe:
        add_problem(
            token,
            AjoWarnings.HTML_UNSAFE,
            "this is not allowed in HTML and was left out: %r",
            what[:60],
        )


def is_web(url: str) -> bool:
    """Tell whether the address of a frame names a host; any other one is a file."""
    return bool(_WEB.match(url))


def frame(name: str, url: str, title: str) -> dict[str, str]:
    """Describe a frame for :func:`~sphinx_ajo.constructs.html.render.render_embed`.

    :param url: Its address, which names a host.
    :param title: Its title; may be empty.
    :returns: The ``meta`` of its token.
    """
    kind = name if name in {"audio", "video"} else "iframe"
    return {"url": url, "title": title, "kind": kind}


class ElementWriter:
    """Writes the children of one inline token."""

    LOOK_INSIDE: Final = LITERALS | CODE | {"a"}
    """Elements that are written according to their content."""

    def __init__(self, md: MarkdownIt, line_map: list[int] | None) -> None:
        """Start with no tokens."""
        self._md = md
        self._map = line_map
        self._tokens: list[Token] = []
        self._links = 0
        self._blank: Token | None = None
        """The last token that separates the words of blocks."""
        self._opened: dict[int, Token] = {}
        """The index of a closing or self-contained token → the one that has its attributes."""

    def token(self, token: Token) -> None:
        """Append a token of Markdown."""
        if token.type == "text" and self._tokens and self._tokens[-1] is self._blank:
            token.content = token.content.lstrip(" ")
        self._links += token.nesting if token.type in {"link_open", "link_close"} else 0
        self._tokens.append(token)

    def text(self, content: str) -> None:
        """Append text that is not Markdown."""
        self._add("text_special", "", 0, content=content, info="html")

    def blank(self) -> None:
        """Append a space, unless there is one: it separates the words of two blocks."""
        last = self._tokens[-1].content[-1:] if self._tokens else " "
        if not last.isspace():
            self.text(" ")
            self._blank = self._tokens[-1]

    def separate(self, separator: str) -> None:
        """Append a separator, which replaces the blanks before it."""
        while self._tokens and self._tokens[-1].type in {"text", "text_special", "softbreak"}:
            if self._tokens[-1].content.strip():
                break
            self._tokens.pop()
        self.text(separator)

    def stray(self, name: str) -> None:
        """Write a closing tag without an opening one."""
        if name == "br":
            self._add("hardbreak", "br", 0, markup=BREAK)
        elif name in BLOCKS:
            self.blank()

    def takes_all(self, name: str) -> bool:
        """Tell whether an element is written as a whole.

        :returns: Whether :meth:`whole` does it.
        """
        return name in INVISIBLE or name in FRAMES or name == "svg"

    def whole(self, name: str, attributes: Mapping[str, str], tokens: Sequence[Token]) -> None:
        """Write an element with its content.

        :param tokens: Its tokens, the opening tag among them.
        """
        kept, unsafe = safe_attributes(name, attributes)
        self._report(["<script>"] if name == "script" else unsafe)
        if name == "svg":
            source = "".join(_source(token) for token in tokens) + "</svg>"
            image = clean_svg(source)
            if image.source:
                self._add("ajo_html_svg", "svg", 0, content=image.source, meta={"text": image.text})
        elif name in FRAMES:
            self._anchor(kept)
            self._frame(name, kept, tokens)

    def _frame(self, name: str, kept: Mapping[str, str], tokens: Sequence[Token]) -> None:
        url = kept.get("src") or kept.get("data", "")
        for token in tokens[1:]:
            # <source src="..."> in a <video>, <embed src="..."> in an <object>
            if not url and token.type == "html_inline" and "src" in token.content:
                url = safe_attributes("source", attributes_of(token.content))[0].get("src", "")
        title = kept.get("title", "") or "".join(
            token.content for token in tokens[1:] if token.type in {"text", "text_special"}
        )
        title = title.strip()
        if not url or self._links:  # links cannot be nested
            self.text(title)
        elif is_web(url):
            meta = frame(name, url, title)
            self._add("ajo_html_embed", meta["kind"], 0, attrs={"src": url}, meta=meta)
        else:
            link = self._add("link_open", "a", 1, attrs={"href": self._md.normalizeLink(url)})
            self.text(title or url)
            self._add("link_close", "a", -1)
            self._map = link.map

    def empty(self, name: str, attributes: Mapping[str, str]) -> None:
        """Write an element that has no content."""
        kept, unsafe = safe_attributes(name, attributes)
        self._report(unsafe)
        self._anchor(kept)
        if name in {"br", "hr"}:
            self._add("hardbreak", "br", 0, markup=BREAK)
        elif name == "img":
            self._image(kept)
        elif name == "embed":
            self._frame(name, kept, ())
        elif name in BLOCKS:
            self.blank()

    def begin(
        self, name: str, attributes: Mapping[str, str], content: Sequence[Token]
    ) -> Callable[[], None]:
        """Write the beginning of an element.

        :param content: Its tokens, if it is one of :attr:`LOOK_INSIDE`.
        :returns: The function that writes the end of the element, to be called after its content.
        """
        kept, unsafe = safe_attributes(name, attributes)
        self._report(unsafe)
        self._anchor(kept)
        if name == "a":
            return self._link(kept, content)
        if name in LITERALS | CODE:
            return self._literal(name, content)
        if name in CONTROLS:
            return self._pair("ajo_uicontrol", "span", attrs={"class": "guilabel"})
        if name in STYLES or name in {"span", "font"}:
            return self._style(STYLES.get(name, "span"), kept)
        if name in {"abbr", "acronym"} and kept.get("title"):
            title = kept["title"]
            return self._pair("ajo_html_abbr", "abbr", attrs={"title": title})
        if name == "q":
            self.text("“")
            return partial(self.text, "”")
        if name == "fn":
            self.text(" (")
            return partial(self.text, ")")
        if name in BLOCKS or name in {"option", "select", "button", "rt"}:
            self.blank()
            return self.blank
        return _nothing

    def _pair(self, type_: str, tag: str, **fields: Any) -> Callable[[], None]:
        self._add(f"{type_}_open", tag, 1, **fields)
        return partial(self._add_closing, type_, tag)

    def _add_closing(self, type_: str, tag: str) -> None:
        self._add(f"{type_}_close", tag, -1)

    def _style(self, tag: str, kept: Mapping[str, str]) -> Callable[[], None]:
        style = element_style(kept)
        if colour := kept.get("color"):
            style |= element_style({"style": f"color: {colour}"})
        classes, rest = split_style(style)
        classes += [
            "ajo-preview" if part == "preview" else part for part in kept.get("class", "").split()
        ]
        attributes = {"class": " ".join(classes), "style": rest}
        attributes = {key: value for key, value in attributes.items() if value}
        if tag in {"strong", "em"} and not attributes:
            return self._pair(tag, tag)
        if tag in {"sub", "sup"} or tag in OWN_TAGS or tag in {"strong", "em"}:
            end = self._pair("ajo_html_style", tag)
            if not attributes:
                return end
            inner = self._pair("ajo_html_style", "span", attrs=attributes)
            return partial(_both, inner, end)
        return self._pair("ajo_html_style", "span", attrs=attributes) if attributes else _nothing

    def _literal(self, name: str, content: Sequence[Token]) -> Callable[[], None]:
        for token in content:
            if token.type == "text":
                token.type = "text_special"  # no typographic replacements in code
        attributes = {"class": name} if name in {"kbd", "samp"} else {}
        return self._pair("ajo_html_literal", "code", attrs=attributes)

    def _link(self, kept: Mapping[str, str], content: Sequence[Token]) -> Callable[[], None]:
        url = kept.get("href", "")
        # links cannot be nested: the link of Markdown stays
        if not url or self._links or any(token.type in _LINKS for token in content):
            return _nothing
        attributes: dict[str, Any] = {"href": self._md.normalizeLink(url)}
        for key in ("title", "target", "class"):
            if kept.get(key):
                attributes[key] = kept[key]
        if "download" in kept:
            attributes["download"] = kept["download"]
        self._links += 1
        opening = self._add("link_open", "a", 1, attrs=attributes)
        return partial(self._end_link, opening)

    def _end_link(self, opening: Token) -> None:
        self._links -= 1
        self._add("link_close", "a", -1)
        self._opened[len(self._tokens) - 1] = opening

    def _image(self, kept: Mapping[str, str]) -> None:
        alt = kept.get("alt", "")
        if not kept.get("src"):
            self.text(alt)
            return
        attributes: dict[str, Any] = {"src": self._md.normalizeLink(kept["src"]), "alt": ""}
        style = element_style({"style": kept.get("style")})
        for key in ("width", "height"):
            if size := length(kept.get(key)) or length(style.get(key)):
                attributes[key] = size
        align = (kept.get("align") or style.get("float") or "").lower()
        if align in {"left", "right", "center"}:
            attributes["align"] = align
        for key in ("title", "class", "zoomable"):
            if kept.get(key):
                attributes[key] = kept[key]
        token = self._add("image", "img", 0, attrs=attributes, content=alt)
        token.children = [Token("text", "", 0, content=alt)] if alt else []
        self._opened[len(self._tokens) - 1] = token

    def _anchor(self, kept: Mapping[str, str]) -> None:
        name = kept.get("id") or kept.get("name")
        if name:
            self._add("ajo_html_anchor", "a", 0, attrs={"id": name})

    def _report(self, unsafe: Sequence[str]) -> None:
        if unsafe:
            token = problem_token(self._map)
            add_unsafe(token, unsafe)
            self._tokens.append(token)

    def _add(self, type_: str, tag: str, nesting: Any, **fields: Any) -> Token:
        token = Token(type_, tag, nesting, map=list(self._map) if self._map else None, **fields)
        self._tokens.append(token)
        return token

    def finish(self) -> list[Token]:
        """Return the tokens.

        :returns: All of them, except line breaks without effect.
        """
        for index, target in self._opened.items():
            if index + 1 < len(self._tokens):
                take_braces(target, self._tokens[index + 1])
        tokens = tidy_breaks(self._tokens)
        while tokens and tokens[-1].type == "hardbreak" and tokens[-1].markup == BREAK:
            tokens.pop()
        return tokens


def _nothing() -> None:
    """Write nothing: the element is its content."""


def _both(first: Callable[[], None], second: Callable[[], None]) -> None:
    first()
    second()


def _source(token: Token) -> str:
    if token.type == "html_inline":
        return token.content
    if token.type in {"softbreak", "hardbreak"}:
        return "\n"
    return token.content.replace("&", "&amp;").replace("<", "&lt;")
