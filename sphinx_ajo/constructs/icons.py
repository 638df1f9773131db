"""Icons of the official CDN, drawn without the network.

``![alt](https://cdn.experienceleague.adobe.com/icons/NAME.svg)`` becomes an inline SVG in HTML;
see :mod:`sphinx_ajo.icons` for where the shapes come from. Elsewhere an icon shows its
alternative text, unless it is decorative.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from docutils import nodes

from sphinx_ajo.base.assets import note_use
from sphinx_ajo.config import get_ajo_config
from sphinx_ajo.icons import find_icon, icon_name
from sphinx_ajo.language.attributes import hover_words
from sphinx_ajo.markup.construct import Construct

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_ajo.markup.renderer import AjoRenderer


class ajo_icon(nodes.General, nodes.Inline, nodes.Element):
    """An icon: its ``name``, ``uri`` and ``alt``; optionally ``decorative``, and a ``title``."""


def create_icon(renderer: AjoRenderer, token: SyntaxTreeNode, alt: str) -> ajo_icon | None:
    """Create an icon for an image that is one of the CDN's icons.

    :returns: The icon; ``None`` for any other image.
    """
    uri = str(token.attrs.get("src", ""))
    name = icon_name(uri)
    if name is None:
        return None
    note_use(renderer.sphinx_env)
    icon = ajo_icon(name=name, uri=uri, alt=alt)
    if title := hover_words(token.attrs):
        icon["title"] = title
    renderer.add_line_and_source_path(icon, token)
    return icon


def visit_icon_html(self: HTML5Translator, node: ajo_icon) -> None:
    """Draw an icon in the colour of the text around it."""
    source = get_ajo_config(self.config).icons
    icon = find_icon(node["name"]) if source == "bundled" else None
    attributes: dict[str, Any] = {"class": "ajo-icon", "data-icon": node["name"]}
    if icon is not None:
        attributes |= _label(node)
        attributes |= {"viewBox": f"0 0 {icon.width} {icon.height}", "fill": "currentColor"}
        attributes |= {"xmlns": "http://www.w3.org/2000/svg", "focusable": "false"}
        self.body.append(_tag("svg", attributes))
        if "title" in node:
            self.body.append(f"<title>{self.encode(node['title'])}</title>")
        self.body.append(_tag("path", {"d": icon.path}, closed=True))
        self.body.append("</svg>")
    elif source == "none" or self.builder.name == "epub":
        # an EPUB must not load anything from the network
        self.body.append(self.encode(node["alt"]))
    else:
        attributes |= {"src": node["uri"], "alt": node["alt"], "loading": "lazy"}
        if node.get("decorative"):
            attributes["aria-hidden"] = "true"
        if "title" in node:
            attributes["title"] = node["title"]
        self.body.append(_tag("img", attributes, closed=True))
    raise nodes.SkipNode


def _label(node: ajo_icon) -> dict[str, str]:
    if node.get("decorative") or not node["alt"]:
        return {"aria-hidden": "true"}
    return {"role": "img", "aria-label": node["alt"]}


def _tag(name: str, attributes: dict[str, Any], *, closed: bool = False) -> str:
    # not `starttag`: it lower-cases attribute names, and SVG's `viewBox` has a capital
    text = "".join(f' {key}="{html.escape(str(value))}"' for key, value in attributes.items())
    return f"<{name}{text}{' /' if closed else ''}>"


def visit_icon_text(self: Any, node: ajo_icon) -> None:
    """Show the alternative text of an icon that is not decorative."""
    if node["alt"]:
        self.visit_Text(nodes.Text(node["alt"]))
        self.depart_Text(nodes.Text(node["alt"]))
    raise nodes.SkipNode


def setup_icons(app: Sphinx) -> None:
    """Register the icon node with every writer."""
    text = (visit_icon_text, None)
    app.add_node(
        ajo_icon,
        html=(visit_icon_html, None),
        latex=text,
        text=text,
        man=text,
        texinfo=text,
        markdown=text,
    )


CONSTRUCT = Construct(name="icons", setup=setup_icons)
"""The construct, for the parser and the extension."""
