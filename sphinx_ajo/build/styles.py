"""A stylesheet for each page, in place of ``style`` attributes.

With it, a site works under a Content-Security-Policy that forbids inline styles. Each set of
declarations becomes a class named by its digest; the stylesheet of a page contains the classes that
the page uses.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.nodes import NodeMatcher

from sphinx_ajo.constructs.html.nodes import HTML_NODES
from sphinx_ajo.constructs.images import size_of
from sphinx_ajo.language.colours import Colour, parse_colour, readable, write_colour
from sphinx_ajo.language.paths import is_local
from sphinx_ajo.markup.node_kinds import ancestors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.writers.html5 import HTML5Translator

FOLDER: Final = "ajo-styles"
"""The folder in ``_static`` for the stylesheets."""

_LIGHT: Final = Colour(0xEE, 0xEE, 0xEE)
_DARK: Final = Colour(0x2C, 0x32, 0x3C)
"""The backgrounds of theme boxes with the least contrast; the page itself has more."""

_BACKGROUND = "ajo-background"

_ATTRIBUTE_WIDTH = re.compile(r"(\d+)px\Z|(\d+(?:\.\d+)?%)\Z")


_STYLED: Final = (nodes.image, nodes.table, nodes.tgroup, *HTML_NODES)
"""The nodes that may have a style."""


class ajo_columns(nodes.Invisible, nodes.Element):  # noqa: N801 (writers dispatch on the name)
    """The widths of the columns of a table: a class for each."""


def has_page_styles(builder: Builder) -> bool:
    """Tell whether a builder writes a web site, whose pages may have stylesheets.

    :returns: Whether it does; books and help files keep ``style`` attributes.
    """
    return isinstance(builder, StandaloneHTMLBuilder) and not builder.embedded


def style_file(docname: str) -> str:
    """Return the stylesheet of a page.

    :returns: Its path in ``_static``.
    """
    return f"{FOLDER}/{docname}.css"


def _replace_styles(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Replace the styles of our nodes by classes, and write the stylesheet of a page."""
    if not has_page_styles(app.builder):
        return
    rules: dict[str, str] = {}
    srcdir = Path(app.srcdir)
    found: list[Any] = list(NodeMatcher(*_STYLED).findall(doctree))
    for node in found:
        for styled, style in _take_styles(node, srcdir):
            name = _class_name(style)
            rules[name] = style
            styled["classes"].append(name)
    _write(Path(app.outdir, "_static", style_file(docname)), rules)


def _take_styles(node: nodes.Element, srcdir: Path) -> Iterator[tuple[nodes.Element, str]]:
    """Remove the styles from a node; yield the target and the declarations of each."""
    if isinstance(node, nodes.image):
        if "ajo-image" in node["classes"] and (style := _take_size(node, srcdir)):
            yield node, style
    elif isinstance(node, nodes.table):
        if "ajo-table" in node["classes"] and (width := node.attributes.pop("width", "")):
            yield node, f"width: {width}"
    elif isinstance(node, nodes.tgroup):
        table = node.parent
        if {"ajo-table", "colwidths-given"} <= set(table["classes"]):
            yield from _take_columns(table, node)
    elif isinstance(node, HTML_NODES) and (style := node.attributes.pop("style", "")):
        yield node, _adapt_colours(node, style)


def _adapt_colours(node: nodes.Element, style: str) -> str:
    """Choose a readable text colour for a style, in light and in dark mode."""
    settings = [setting.partition(": ") for setting in style.split("; ")]
    named = {name: parse_colour(value) for name, _separator, value in settings}
    background = named.get("background-color") or _background(node)
    node[_BACKGROUND] = background
    colour = named.get("color")
    if colour is None:
        return style
    if background is not None:
        text = write_colour(readable(colour, background))
    else:
        light, dark = (write_colour(readable(colour, page)) for page in (_LIGHT, _DARK))
        text = light if light == dark else f"light-dark({light}, {dark})"
    return "; ".join(
        f"{name}: {text if name == 'color' else value}" for name, _separator, value in settings
    )


def _background(node: nodes.Element) -> Colour | None:
    """Return the background that an author gave to an ancestor of a node."""
    return next((each[_BACKGROUND] for each in ancestors(node) if _BACKGROUND in each), None)


def _take_size(image: nodes.Element, srcdir: Path) -> str:
    """Remove the size of an image; a plain width becomes its attribute, which no policy forbids.

    If the width is a percentage, the aspect ratio lets browsers reserve space for the image.
    """
    width, height = (image.attributes.pop(name, "") for name in ("width", "height"))
    match = _ATTRIBUTE_WIDTH.match(width)
    if match is None or height:
        sizes = {"width": width, "height": height}
        return "; ".join(f"{name}: {size}" for name, size in sizes.items() if size)
    image["html_width"] = match[1] or match[2]
    if match[1] or not is_local(image["uri"]):
        return ""
    size = size_of(srcdir / image["uri"])
    return "aspect-ratio: {} / {}".format(*size) if size else ""


def _take_columns(
    table: nodes.Element, group: nodes.Element
) -> Iterator[tuple[nodes.Element, str]]:
    columns = [child for child in group.children if isinstance(child, nodes.colspec)]
    total = sum(column["colwidth"] for column in columns)
    if not total:
        return
    table["classes"].remove("colwidths-given")
    widths = ajo_columns()
    group.insert(len(columns), widths)
    for column in columns:
        yield widths, f"width: {column['colwidth'] / total:.1%}"


def _class_name(style: str) -> str:
    return f"ajo-s-{hashlib.sha256(style.encode()).hexdigest()[:10]}"


def _write(path: Path, rules: dict[str, str]) -> None:
    if not rules:
        path.unlink(missing_ok=True)
        return
    # as specific as a `style` attribute, compared with the rules of themes
    lines = [f".{name}:not(#_) {{ {style} }}\n" for name, style in sorted(rules.items())]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(lines), encoding="utf-8")


def visit_columns_html(self: HTML5Translator, node: ajo_columns) -> None:
    """Write the widths of columns."""
    columns = "".join(f'<col class="{name}" />' for name in node["classes"])
    self.body.append(f"<colgroup>{columns}</colgroup>\n")
    raise nodes.SkipNode


def _add_file(
    app: Sphinx, pagename: str, _template: str, _context: dict[str, Any], _doctree: object
) -> None:
    if not has_page_styles(app.builder):
        return
    name = style_file(pagename)
    if Path(app.outdir, "_static", name).is_file():
        app.add_css_file(name, priority=600)  # after those of themes


def setup_styles(app: Sphinx) -> None:
    """Add the style sheets of pages."""
    app.add_node(ajo_columns, html=(visit_columns_html, None))
    # after all transforms
    app.connect("doctree-resolved", _replace_styles, priority=900)
    app.connect("html-page-context", _add_file)
