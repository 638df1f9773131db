"""The sidebar of furo, with its checkboxes.

For each page, furo parses the result of ``toctree()``, adds a checkbox to each entry with children,
and serializes it again: a tenth of the time of a build. But our result is joined from the same few
strings on all pages. So each of these strings goes through the same library once, and the rest is
joining strings. ``tests/navigation/test_furo.py`` compares the result with furo's own.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

NAME: Final = "furo_navigation_tree"
"""The name of the tree in furo's templates."""

_REQUEST: Final = {
    "collapse": False,
    "titles_only": True,
    "maxdepth": -1,
    "includehidden": True,
}
"""The arguments with which furo calls ``toctree()``."""

_PARTS: Final = re.compile(r"(<li\b[^>]*>|</li>|<ul\b[^>]*>|<a\b.*?</a>|<p\b.*?</p>)", re.DOTALL)
_CURRENT: Final = re.compile(r'\bclass="[^"]*\bcurrent\b')
_PLAIN: Final = re.compile(r'<a class="(?:\w[\w-]* )*\w[\w-]*" href="[^"&<>\s]*">[^&<>]+</a>')
"""A link that the library serializes without a change."""
_NUMBER: Final = "\ue0f3"


def postpone(context: dict[str, Any]) -> None:
    """Give furo an empty tree to parse; :func:`adapt` adds the real one.

    :param context: The context of the page, before furo adds its own.
    """
    toctree = context["toctree"]

    def ask(*args: Any, **arguments: Any) -> str:
        answer: str = "" if arguments == _REQUEST else toctree(*args, **arguments)
        return answer

    ask.toctree = toctree  # type: ignore[attr-defined]
    context["toctree"] = ask


def adapt(context: dict[str, Any]) -> None:
    """Give furo the tree.

    :param context: The context of the page, after furo has added its own.
    """
    ask = context["toctree"]
    if not hasattr(ask, "toctree"):
        return
    toctree: Callable[..., str] = ask.toctree
    context["toctree"] = toctree
    if NAME in context:
        context[NAME] = context[NAME] or furo_tree(toctree(**_REQUEST))


def furo_tree(html: str) -> str:
    """Add furo's elements to a tree.

    :param html: The result of our ``toctree()``.
    :returns: The same as ``furo.navigation.get_navigation_tree`` returns for it.
    """
    parts = _PARTS.split(html)
    parents, last_current = _shape(parts)
    result: list[str] = []
    number = 0
    for index, part in enumerate(parts):
        if not index % 2:
            result.append(part)
        elif part.startswith("<li"):
            result.append(_item(part, index in parents, index == last_current))
        elif part.startswith(("<a", "<p")):
            result.append(_printed(part))
            if index - 2 in parents:
                number += 1
                checkbox = _checkbox(part, bool(_CURRENT.search(parts[index - 2])))
                result.append(checkbox.replace(_NUMBER, str(number)))
        else:
            result.append(part)
    return "".join(result)


def _shape(parts: list[str]) -> tuple[set[int], int | None]:
    """Find the items with children, and the last current item."""
    parents: set[int] = set()
    last_current = None
    inside: list[int] = []
    for index in range(1, len(parts), 2):
        part = parts[index]
        if part.startswith("<li"):
            inside.append(index)
            if _CURRENT.search(part):
                last_current = index
        elif part == "</li>":
            inside.pop()
        elif part.startswith("<ul"):
            parents.update(inside[-1:])
    return parents, last_current


@functools.lru_cache(maxsize=1024)
def _item(tag: str, has_children: bool, is_current_page: bool) -> str:
    """Return the start tag of an item in furo's form."""
    from bs4 import BeautifulSoup  # only furo needs it

    soup = BeautifulSoup(tag, "html.parser")
    more = ["has-children"] * has_children + ["current-page"] * is_current_page
    for item in soup.find_all("li"):
        if more:
            item["class"] = " ".join([*filter(None, item.get_attribute_list("class")), *more])
    return str(soup).removesuffix("</li>")


@functools.lru_cache(maxsize=4096)
def _printed(html: str) -> str:
    """Return a link or a caption as furo's library serializes it."""
    if _PLAIN.fullmatch(html):
        return html
    from bs4 import BeautifulSoup

    return str(BeautifulSoup(html, "html.parser"))


@functools.lru_cache(maxsize=4096)
def _checkbox(link: str, is_current: bool) -> str:
    """Return furo's checkbox for the item of a link, with a placeholder for its number."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup("", "html.parser")
    name = f"toctree-checkbox-{_NUMBER}"
    attributes = {
        "type": "checkbox",
        "class": "toctree-checkbox",
        "id": name,
        "name": name,
        "role": "switch",
        "aria-label": f"Toggle navigation of {BeautifulSoup(link, 'html.parser').text}",
    }
    if is_current:
        attributes["checked"] = ""
    checkbox = soup.new_tag("input", attrs=attributes)
    label = soup.new_tag("label", attrs={"for": name})
    icon = soup.new_tag("span", attrs={"class": "icon"})
    drawing = soup.new_tag("svg")
    drawing.append(soup.new_tag("use", href="#svg-arrow-right"))
    icon.append(drawing)
    label.append(icon)
    return f"{checkbox}{label}"
