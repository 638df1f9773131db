"""The last check of each page: its ids, addresses and characters.

Themes, Sphinx and other extensions print ids, addresses and classes, some of them unescaped. All of
them are checked here on the doctree, wherever they come from: ids and characters after reading,
because Sphinx copies them into other pages; addresses when no later step can change them.
Constructs that write ids themselves call :func:`.checked_id`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_ajo.base.pages import elements_with_pages
from sphinx_ajo.base.problems import AjoWarnings
from sphinx_ajo.language.addresses import safe_address
from sphinx_ajo.language.characters import any_has_controls, has_controls, without_controls
from sphinx_ajo.language.dialect import DIALECT_KEY, Dialect
from sphinx_ajo.language.slugs import safe_id
from sphinx_ajo.markup.ids import checked_id
from sphinx_ajo.project.state import PageRecords
from sphinx_ajo.warnings_ import warn

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from sphinx.application import Sphinx

_ID_LISTS: Final = ("ids", "backrefs")

_CLASS = re.compile(r"[^\s\"'<>&`=]+")
"""A class that is safe to print: a word without markup."""

_ADDRESSES: Final = ("refuri", "uri", "url", "player")
"""The attributes of nodes that hold addresses."""

_META_ATTRIBUTES: Final = frozenset({"content", "lang", "name", "property"})
"""The attributes of ``<meta>`` that only describe a page."""

_META_NAME = re.compile(r"[A-Za-z][\w:.-]*")
_META_ORDER = re.compile(
    r"(?:referrer|viewport|color-scheme|theme-color|generator|monetization|msapplication-.*"
    r"|apple-.*|mobile-web-app-.*|.*site-verification|msvalidate\..*|y_key)",
    re.IGNORECASE,
)
"""Names that instruct browsers, or prove the ownership of a site to services."""

_META_ADDRESS = re.compile(r"(?:og|twitter):(?:image|url|video|audio|player)\b.*|thumbnail", re.I)

EXL_PAGES: Final = PageRecords[bool]("exl_pages")
"""The key of the set of pages in the ExL dialect."""


class SafePageTransform(SphinxTransform):
    """Remove what no output may contain, before Sphinx copies parts of the page."""

    # after the page has all its ids (840), before the domains record them (850)
    default_priority = 845

    def apply(self, **_kwargs: Any) -> None:
        """Check all nodes of a page that our parser has read."""
        dialect = self.env.temp_data.get(DIALECT_KEY)
        if dialect is None:
            return
        if dialect is Dialect.EXL:
            EXL_PAGES.of(self.env)[self.env.docname] = True
            self._check_copies()
        found = list(self.document.findall())
        if any_has_controls(_texts(found)):
            for node in found:
                _remove_controls(node)
        for node in found:
            if isinstance(node, nodes.Element):
                self._check(node)
        names: dict[str, Any] = self.document.nameids
        names.update({key: safe_id(id_) for key, id_ in names.items() if id_})

    def _check_copies(self) -> None:
        """Check the addresses that Sphinx copies or looks up early."""
        for toctree in self.document.findall(addnodes.toctree):
            _check_toctree(toctree)
        for image in list(self.document.findall(nodes.image)):
            check_addresses(image)

    def _check(self, node: nodes.Element) -> None:
        attributes = node.attributes
        for name in _ID_LISTS:
            if attributes.get(name):
                self._check_ids(node, name)
        if "refid" in attributes:
            node["refid"] = safe_id(node["refid"])

    def _check_ids(self, node: nodes.Element, name: str) -> None:
        if all(safe_id(id_) == id_ for id_ in node[name]):
            return
        known = self.document.ids
        for index, id_ in enumerate(node[name]):
            safe = checked_id(id_, node) if name == "ids" else safe_id(id_)
            node[name][index] = safe
            if known.get(id_) is node:
                known[safe] = known.pop(id_)


def _texts(found: Iterable[nodes.Node]) -> Iterator[str]:
    """Yield all texts of nodes: their own, the source that is highlighted, their attributes."""
    for node in found:
        if isinstance(node, nodes.Text):
            yield node
        elif isinstance(node, nodes.Element):
            yield node.rawsource or ""
            for value in node.attributes.values():
                if isinstance(value, str):
                    yield value


def _remove_controls(node: nodes.Node) -> None:
    """Remove what no output may contain from all texts of a node."""
    if isinstance(node, nodes.Text):
        if has_controls(node):
            node.parent.replace(node, nodes.Text(without_controls(node)))
    elif isinstance(node, nodes.Element):
        if node.rawsource:
            node.rawsource = without_controls(node.rawsource)
        for name, value in node.attributes.items():
            if isinstance(value, str):
                node[name] = without_controls(value)


def _check_toctree(toctree: addnodes.toctree) -> None:
    """Leave out entries with an unsafe address."""
    for _, target in toctree["entries"]:
        if "://" in target and safe_address(target) is None:
            _warn_of_address(target, toctree)
    toctree["entries"] = [
        (title, target)
        for title, target in toctree["entries"]
        if "://" not in target or safe_address(target) is not None
    ]


def _warn_of_address(address: str, node: nodes.Node) -> None:
    message = "the address %r has a scheme that is not allowed; its text stays"
    warn(AjoWarnings.LINK_UNSAFE, message, address[:80], location=node)


class SafeOutputTransform(SphinxPostTransform):
    """Check all addresses of ExL pages, and those of our own nodes on other pages."""

    # no later transform may change an address
    default_priority = 999

    def run(self, **_kwargs: Any) -> None:
        """Check all nodes."""
        exl = EXL_PAGES.of(self.env)
        for node, docname in list(elements_with_pages(self.document, self.env.docname)):
            if docname in exl:
                if isinstance(node, nodes.meta):
                    _check_meta(node)
                    continue
                if node.attributes["classes"]:
                    _check_classes(node)
            elif not _is_ours(node):
                continue
            if not node.attributes.keys().isdisjoint(_ADDRESSES):
                check_addresses(node, self.env.images)


def check_addresses(node: nodes.Element, files: Container[str] = ()) -> None:
    """Check the addresses of a node; replace it by its text if one is unsafe.

    :param files: The images that are copied: their paths are not addresses.
    """
    if node.attributes.keys().isdisjoint(_ADDRESSES):
        return
    image = isinstance(node, nodes.image)
    for name in _ADDRESSES:
        address = node.attributes.get(name)
        if not isinstance(address, str) or (image and address in files):
            continue
        safe = safe_address(address, image=image)
        if safe is None:
            _warn_of_address(address, node)
            _show_text(node)
            return
        node[name] = safe


def _is_ours(node: nodes.Element) -> bool:
    """Tell whether one of our constructs made a node on a page in the mixed dialect."""
    if type(node).__name__.startswith("ajo_") or "ajo-image" in node["classes"]:
        return True
    return isinstance(node, nodes.reference) and any(
        type(child).__name__.startswith("ajo_") for child in (node.parent, *node.children)
    )


@lru_cache(maxsize=1024)
def _is_class(name: str) -> bool:
    return _CLASS.fullmatch(name) is not None


def _check_classes(node: nodes.Element) -> None:
    names = node["classes"]
    if not all(map(_is_class, names)):
        node["classes"] = list(filter(_is_class, names))


def _show_text(node: nodes.Element) -> None:
    """Replace a node by its text."""
    if isinstance(node, nodes.target):
        del node["refuri"]
    elif isinstance(node, nodes.TextElement) and node.children:
        inline = isinstance(node, nodes.Inline)
        kind = nodes.inline if inline else nodes.paragraph
        node.replace_self(kind("", "", *node.children, ids=node["ids"]))
    else:
        text = node.get("alt") or node.get("title") or node.get("text") or ""
        node.replace_self(nodes.inline("", text, ids=node["ids"]))


def _check_meta(node: nodes.meta) -> None:
    """Remove a ``<meta>`` that does more than describe the page."""
    name = str(node.get("name", node.get("property", "")))
    content = str(node.get("content", ""))
    given = node.non_default_attributes().keys()
    wanted = _META_NAME.fullmatch(name) and not _META_ORDER.fullmatch(name)
    if (
        not wanted
        or not given <= _META_ATTRIBUTES
        or (_META_ADDRESS.fullmatch(name) and safe_address(content) is None)
    ):
        message = (
            "the entry %r of the front matter is not allowed in the head of the page; it is left "
            "out"
        )
        warn(AjoWarnings.META_UNSAFE, message, name or " ".join(given), location=node)
        node.parent.remove(node)


def setup_safety(app: Sphinx) -> None:
    """Register the transforms."""
    app.add_transform(SafePageTransform)
    app.add_post_transform(SafeOutputTransform)
