"""Images with their attributes (exl-markdown.md, 4.11).

``![alt](file.png){width="600" zoomable="yes"}``
"""

from __future__ import annotations

import os
import re
import struct
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from docutils import nodes
from myst_parser.mdit_to_docutils.base import token_line
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.images import get_image_size

from sphinx_ajo.base.assets import note_use
from sphinx_ajo.base.pages import page_path
from sphinx_ajo.base.problems import AjoWarnings
from sphinx_ajo.constructs.icons import create_icon
from sphinx_ajo.i18n import _
from sphinx_ajo.language.addresses import safe_address
from sphinx_ajo.language.attributes import hover_words, without_noise
from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.language.paths import is_local, local_path
from sphinx_ajo.markup.construct import Construct
from sphinx_ajo.markup.node_kinds import LINKS, ancestors
from sphinx_ajo.project.originals import available, original_of
from sphinx_ajo.project.repository import source_prefix
from sphinx_ajo.warnings_ import warn

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from markdown_it.tree import SyntaxTreeNode
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_ajo.markup.renderer import AjoRenderer

ALIGNMENTS: Final = ("left", "center", "right")
"""The values of ``align``."""

VERTICAL_ALIGNMENTS: Final = ("top", "middle", "bottom")
"""The values of ``vertical-align`` that every writer knows."""

PAPER_WIDTH: Final = 600
"""The width of the text on paper, in pixels as defined by LaTeX (0.75 bp)."""

_PIXELS: Final = {".png", ".gif", ".webp", ".jpg", ".jpeg"}
_SVG_SIZE: Final = re.compile(r"\s(width|height)=[\"'](\d{1,5})(?:px)?[\"']")
_PNG: Final = struct.Struct(">8s4x4sLL9x")
"""How a PNG file begins: its signature, and the chunk with its size."""
_HEAD: Final = 1 << 16
"""The number of bytes in which the header of a file is."""

PAPER_INDENT: Final = 36
"""By how much each list or box reduces this width."""

PAPER_TYPES: Final = frozenset({".png", ".jpg", ".jpeg", ".pdf"})
"""The types of images that LaTeX supports."""

_LENGTH = re.compile(r"(\d{1,5}(?:\.\d{1,4})?|\.\d{1,4})\s*([a-z%]*)\Z", re.IGNORECASE)
_UNITS = {"": "px", "rem": "em", "vw": "%"} | {
    unit: unit for unit in ("px", "%", "em", "ex", "in", "cm", "mm", "pt", "pc")
}
_NO = frozenset({"no", "false", "0", "off"})
_INDENTING = (nodes.list_item, nodes.Admonition, nodes.block_quote, nodes.definition)


class ajo_image(nodes.image):
    """An image with attributes that only HTML supports: ``title`` and ``html_width``.

    The title is its tooltip. ``html_width`` is its width in HTML, in place of ``width``.
    """


class ajo_zoom_image(ajo_image):
    """An image that readers can enlarge; a plain image in formats without this."""


def render_image(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render an image, or an icon of the CDN.

    :param token: The ``image`` token, with attributes from any rule.
    """
    alt = renderer.renderInlineAsText(token.children or [])
    icon = create_icon(renderer, token, alt)
    if icon is not None:
        renderer.current_node.append(icon)
        return
    attrs = {name: str(value) for name, value in token.attrs.items()}
    if renderer.dialect is Dialect.EXL and not _is_file_name(attrs["src"]):
        _render_nameless(renderer, token, alt)
        return
    if renderer.dialect is Dialect.MIXED and not _is_exl(renderer, attrs):
        renderer.render_image(token)
        return
    renderer.current_node.append(create_image(renderer, token, attrs["src"], alt, attrs))


def _is_file_name(uri: str) -> bool:
    """Tell whether a target is an address or the path of a file: not empty, and not a folder."""
    return bool(uri.strip("./")) and not uri.endswith("/") and "\0" not in unquote(uri)


def _render_nameless(renderer: AjoRenderer, token: SyntaxTreeNode, alt: str) -> None:
    """Show the alternative text of an image that names no file."""
    warn(
        AjoWarnings.LINK_MISSING,
        "the image %r names no file; its text stays",
        alt,
        location=renderer.location(token_line(token, 0)),
    )
    renderer.current_node.append(nodes.Text(alt))


def create_image(
    renderer: AjoRenderer, token: SyntaxTreeNode, uri: str, alt: str, attrs: Mapping[str, str]
) -> nodes.image:
    """Create the node of an image.

    :param token: The token that the image comes from.
    :param attrs: Its attributes; unknown names are ignored.
    """
    note_use(renderer.sphinx_env)
    zoom, title = is_zoomable(attrs), hover_words(attrs)
    image = (ajo_zoom_image if zoom else ajo_image)()
    renderer.add_line_and_source_path(image, token)
    image["uri"] = _image_uri(renderer, uri)
    # Sphinx would remove the line of an image without text
    image.rawsource = f"![{alt}]({uri})"
    image["alt"] = without_noise(alt).strip()
    # Sphinx removes the line from a node without these
    image.rawsource = image["alt"] or image["uri"]
    # Sphinx would turn every image with a width into a link
    image["classes"] += ["ajo-image", "no-scaled-link", *str(attrs.get("class", "")).split()]
    if title:
        image["title"] = title
    if attrs.get("id"):
        image["names"].append(nodes.fully_normalize_name(attrs["id"]))
        renderer.document.note_explicit_target(image, image)
    for name in ("width", "height"):
        value = attrs.get(name, "").strip().lower()
        if value and value != "auto":
            _set_length(image, name, value)
    _set_alignment(image, attrs)
    return image


def is_zoomable(attrs: Mapping[str, str]) -> bool:
    """Tell whether readers can enlarge an image.

    :returns: Whether ``zoomable`` or ``modal`` is among them and not switched off.
    """
    values = [attrs[name].strip().lower() for name in ("zoomable", "modal") if name in attrs]
    if "modal-image" in attrs.get("class", "").split():
        return True
    return bool(values) and not any(value in _NO for value in values)


def _is_exl(renderer: AjoRenderer, attrs: Mapping[str, str]) -> bool:
    """Tell whether an image has attributes that MyST does not know."""
    if attrs.keys() & {"zoomable", "modal", "vertical-align"}:
        return True
    enabled = renderer.md_config.enable_extensions
    # otherwise, our rule has parsed these
    ours = {"attrs_inline", "attrs_image"}.isdisjoint(enabled)
    return ours and bool(attrs.keys() & {"width", "height", "align"})


def _image_uri(renderer: AjoRenderer, uri: str) -> str:
    if uri.startswith("//"):
        return f"https:{uri}"
    if not is_local(uri):
        return uri
    env = renderer.sphinx_env
    path = local_path(page_path(env), uri, source_prefix(env))
    if original_of(env) is not None:
        # screenshots without text, and screenshots that are not translated
        path = available(env, path) or path
    return f"/{path}"


def _set_length(image: nodes.image, name: str, value: str) -> None:
    match = _LENGTH.match(value)
    unit = _UNITS.get(match[2]) if match else None
    if match is None or unit is None:
        warn(
            AjoWarnings.ATTRIBUTE,
            "the %s %r of an image is not a length; it is left out",
            name,
            value,
            location=image,
        )
    elif not (name == "height" and unit == "%"):  # without effect
        image[name] = f"{match[1]}{unit}"


def _set_alignment(image: nodes.image, attrs: Mapping[str, str]) -> None:
    align = attrs.get("align", "").strip().lower()
    vertical = attrs.get("vertical-align", "").strip().lower()
    if align in VERTICAL_ALIGNMENTS:  # in HTML units
        align, vertical = "", align
    if vertical in VERTICAL_ALIGNMENTS:
        image["align"] = vertical
    if align in ALIGNMENTS:
        image["align"] = align
    for name, value, known in (
        ("align", align, ALIGNMENTS),
        ("vertical-align", vertical, (*VERTICAL_ALIGNMENTS, "baseline", "text-top", "text-bottom")),
    ):
        if value and value not in known:
            warn(
                AjoWarnings.ATTRIBUTE,
                "the %s %r of an image is not one of %s; it is left out",
                name,
                value,
                ", ".join(known),
                location=image,
            )


def visit_image_html(self: HTML5Translator, node: ajo_image) -> None:
    """Write an image with its tooltip, and with its size as attributes."""
    start = len(self.body)
    # an image whose size is in the stylesheet of the page gets it from there
    styled = any(name.startswith("ajo-s-") for name in node["classes"])
    path = "" if styled or self.builder.embedded else str(node["uri"])
    self.visit_image(node)
    # docutils omits the title, and writes the width only as a style. A film, which it creates for
    # `a.mp4`, already has a title.
    title, width = node.get("title"), node.get("html_width")
    written = f'title="{self.attval(title)}" ' if title else ""
    if path in self.builder.images and (size := size_of(self.builder.srcdir / path)):
        written += _size_attributes(width, size)
    elif width:
        written += f'width="{width}" '
    if written and self.body[start].startswith("<img "):
        self.body[start] = f"<img {written}{self.body[start][5:]}"


def _size_attributes(width: str | None, size: tuple[int, int]) -> str:
    """Write the size of an image, so that browsers reserve its space and nothing moves.

    :param width: The author's width; with a percentage, the height is unknown.
    """
    if width and not width.isdigit():
        return f'width="{width}" '
    height = round(int(width) * size[1] / size[0]) if width else size[1]
    return f'width="{width or size[0]}" height="{max(height, 1)}" '


def size_of(path: Path) -> tuple[int, int] | None:
    """Return the width and the height of an image in pixels.

    :returns: Nothing for an image that a browser may show in another size: drawings without a size
        in pixels, and photos with an orientation.
    """
    suffix = path.suffix.lower()
    if suffix not in _PIXELS and suffix != ".svg":
        return None
    try:
        with path.open("rb", buffering=0) as file:
            head = file.read(_HEAD)
        if suffix == ".svg":
            size = _size_of_drawing(head.decode(errors="replace"))
        elif b"Exif\0\0" in head:
            size = None
        else:
            # most images are screenshots, and opening each a second time takes longer
            size = _size_of_png(head) or get_image_size(path)
    except (OSError, ValueError, struct.error):
        return None  # the file is broken
    return size if size and min(size) > 0 else None


def _size_of_png(head: bytes) -> tuple[int, int] | None:
    if len(head) <= _PNG.size:
        return None
    signature, kind, width, height = _PNG.unpack_from(head)
    return (width, height) if (signature, kind) == (b"\x89PNG\r\n\x1a\n", b"IHDR") else None


def _size_of_drawing(head: str) -> tuple[int, int] | None:
    before, _start, rest = head.partition("<svg")
    attributes, end, _rest = rest.partition(">")
    found = {name: int(value) for name, value in _SVG_SIZE.findall(attributes)}
    # a comment may contain another size, and a style may set another size
    if "<!--" in before or not end or "style" in attributes or len(found) < 2:
        return None
    return found["width"], found["height"]


def visit_zoom_image_html(self: HTML5Translator, node: ajo_zoom_image) -> None:
    """Write an image as a link to itself, which ajo.js turns into a button."""
    start = len(self.body)
    visit_image_html(self, node)
    address = safe_address(node["uri"])
    if self.builder.name == "epub" or _inside_link(node) or address is None:
        return  # e-readers can zoom by themselves; links cannot be nested or lead to data
    label = _("Enlarge image: %s") % node["alt"] if node.get("alt") else _("Enlarge image")
    attributes: dict[str, Any] = {
        "class": "ajo-zoom",
        "href": address,
        "data-ajo-label": label,
        "data-ajo-close": _("Close"),
    }
    self.body.insert(start, self.starttag(nodes.inline(), "a", "", **attributes))
    self.body.append("</a>")


def depart_image_html(self: HTML5Translator, node: ajo_image) -> None:
    """Do nothing."""


def _inside_link(node: nodes.Node) -> bool:
    parent: nodes.Node | None = node.parent
    while isinstance(parent, nodes.TextElement):
        if isinstance(parent, LINKS):
            return True
        parent = parent.parent
    return False


class ImagesPaperTransform(SphinxPostTransform):
    """Make images fit the page, and align them.

    LaTeX does not shrink an image with a width. It cannot align an image in a paragraph: if the
    image is alone there, it replaces the paragraph. LaTeX fails on image types that it does not
    support, so they are replaced by their alternative text.
    """

    default_priority = 250  # after images are downloaded (100) and converted (200)
    formats = ("latex",)

    def run(self, **_kwargs: Any) -> None:
        """Change each of our images."""
        for image in list(self.document.findall(nodes.image)):
            if "ajo-image" not in image["classes"]:
                continue
            if not self._is_readable(image["uri"]):
                _show_text(image)
                continue
            _shrink(image)
            paragraph = image.parent
            if (
                image.get("align") in ALIGNMENTS
                and isinstance(paragraph, nodes.paragraph)
                and len(paragraph) == 1
            ):
                paragraph.replace_self(image)

    def _is_readable(self, uri: str) -> bool:
        suffix = PurePosixPath(uri).suffix.lower()
        # False, too, for names no file can have
        return suffix in PAPER_TYPES and os.path.isfile(self.env.srcdir / uri)  # noqa: PTH113


def _show_text(image: nodes.image) -> None:
    text = nodes.emphasis(image["alt"], image["alt"]) if image["alt"] else nodes.inline()
    if isinstance(image.parent, nodes.TextElement):
        image.replace_self(text)
    else:
        image.replace_self(nodes.paragraph("", "", text))


def _shrink(image: nodes.image) -> None:
    width = str(image.get("width", ""))
    if not width.endswith("px"):
        return
    room = _room(image)
    if float(width.removesuffix("px")) > room:
        image["width"] = f"{room}px"
        image.attributes.pop("height", None)


def _room(node: nodes.Node) -> int:
    room = PAPER_WIDTH
    for parent in ancestors(node):
        if isinstance(parent, _INDENTING):
            room -= PAPER_INDENT
        elif isinstance(parent, nodes.tgroup):
            room //= max(int(parent["cols"]), 1)
    return max(room, PAPER_INDENT)


def setup_images(app: Sphinx) -> None:
    """Register the nodes; all other writers treat them as images."""
    app.add_node(ajo_image, html=(visit_image_html, depart_image_html))
    app.add_node(ajo_zoom_image, html=(visit_zoom_image_html, depart_image_html))
    app.add_post_transform(ImagesPaperTransform)


CONSTRUCT = Construct(name="images", renderers={"image": render_image}, setup=setup_images)
"""The construct, for the parser and the extension."""
