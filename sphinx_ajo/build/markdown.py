"""Pages as Markdown, for the builder ``markdown`` of sphinx-markdown-builder.

That builder writes standard docutils nodes, but leaves out admonitions with titles, and does not
escape characters that would be markup. So ExL pages are rewritten to nodes that it can write, and a
few nodes whose visitors use only public methods of its translator.
"""

from __future__ import annotations

import posixpath
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import admonitionlabels
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.osutil import relative_uri

from sphinx_ajo.constructs.accordions import ajo_accordion
from sphinx_ajo.constructs.tabs import ajo_tab
from sphinx_ajo.foreign import design as design
from sphinx_ajo.project.inheritance import own_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sphinx.application import Sphinx

FORMAT: Final = "markdown"
"""The name of the builder, and of its format."""

IMAGES: Final = "_markdown_images"
"""The folder of the output that images are copied to."""

SAFE: Final = "!#$%&'*+,/:;=?@[]~"
"""Characters that stay in the target of a link; spaces and parentheses would end it."""

_UNSEEN = (nodes.meta, nodes.comment, nodes.system_message)
_UNWRITTEN = (
    *(nodes.abbreviation, nodes.acronym, nodes.attribution, nodes.caption, nodes.citation),
    *(nodes.citation_reference, nodes.classifier, nodes.generated, nodes.legend, nodes.sidebar),
    *(addnodes.acks, addnodes.centered, addnodes.hlist, addnodes.hlistcol, addnodes.manpage),
    design.PassthroughTextElement,
)
"""Nodes that the builder does not know, and leaves out with their content."""

_OPAQUE = (nodes.literal, nodes.literal_block, nodes.math, nodes.math_block, nodes.comment)
_TICKS = re.compile(r"`+")
_SPECIAL = re.compile(r"[\\`*_]|<(?=[A-Za-z/!?]|\Z)|&(?=#?\w{1,32};)|~~|\](?=[(:\[]|\Z)")
"""What would be markup anywhere."""
_DELIMITERS = re.compile(r"^\|(?=[ \t]*:?-)", re.MULTILINE)
"""The line that makes the line above it the header of a table. In a cell, a backslash would be
shown."""

_LINE_START = re.compile(
    r"^(?P<before>[ \t]*)(?:(?P<number>\d{1,9})(?=[.)](?:\s|$))|"
    r"(?=[-+](?:\s|$)|#{1,6}(?:\s|$)|>|=+[ \t]*$|-+[ \t]*$|~~~|:[ \t]))",
    re.MULTILINE,
)
"""What would be markup at the beginning of a line."""


class MarkdownText(nodes.Inline, nodes.TextElement):
    """Text that is Markdown already."""


class MarkdownHeading(nodes.General, nodes.TextElement):
    """A heading of a ``level`` that is not the title of a section."""


class MarkdownIndented(nodes.General, nodes.Element):
    """Blocks with a prefix on each line: ``first`` and ``rest``; optionally ``tight``."""


class MarkdownTable(nodes.General, nodes.Element):
    """A table, whose cells may contain any block."""


class MarkdownTransform(SphinxPostTransform):
    """Rewrite pages to nodes that sphinx-markdown-builder can write."""

    # after the transforms that simplify our nodes for paper (198 to 200)
    default_priority = 210
    formats = (FORMAT,)

    def run(self, **_kwargs: Any) -> None:
        """Change the page, if it is one of ExL Markdown."""
        if self.env.docname not in own_keys(self.env):
            return
        self._rewrite(_UNSEEN, lambda _: ())
        for kinds, make in (
            ((nodes.title, nodes.rubric), _unless_empty),
            (nodes.raw, _raw),
            (_UNWRITTEN, _plain),
            (nodes.rubric, _heading),
            (nodes.literal_block, _code_block),
            (nodes.literal, lambda node: [_code(node.astext())]),
            (nodes.Text, _text),
            (nodes.image, self._image),
            ((nodes.reference, addnodes.download_reference), _link),
            ((nodes.Admonition, nodes.block_quote), _quote),
            (nodes.enumerated_list, _numbered),
            (nodes.table, _table),
        ):
            self._rewrite(kinds, make)

    def _rewrite(
        self, kinds: type[Any] | tuple[type[Any], ...], make: Callable[[Any], Sequence[nodes.Node]]
    ) -> None:
        """Replace nodes by what a function returns for them, inner nodes first."""
        for parent in reversed(list(self.document.findall(nodes.Element))):
            if any(isinstance(child, kinds) for child in parent.children):
                parent[:] = [
                    new
                    for child in parent.children
                    for new in (make(child) if isinstance(child, kinds) else (child,))
                ]

    def _image(self, node: nodes.image) -> list[nodes.Node]:
        uri = str(node["uri"])
        if uri in self.env.images:
            name = self.env.images[uri][1]
            uri = relative_uri(f"{self.env.docname}.md", posixpath.join(IMAGES, name))
        alt = escape(str(node.get("alt", "")), brackets=True)
        text = MarkdownText("", f"![{alt}]({quote(uri, safe=SAFE)})")
        return [_in_paragraph(node, text)]


def _unless_empty(node: nodes.Element) -> list[nodes.Node]:
    """Leave out empty titles, which would break the build."""
    image = next(iter(node.findall(nodes.image)), None)
    return [node] if image is not None or node.astext().strip() else []


def _raw(node: nodes.raw) -> list[nodes.Node]:
    html = "html" in str(node.get("format", "")).split()
    return [MarkdownText("", node.astext())] if html else []


def _plain(node: nodes.Element) -> list[nodes.Node]:
    """Return the same content in nodes that every writer knows."""
    if not isinstance(node, nodes.TextElement):
        return [nodes.container("", *node.children)]
    inline = isinstance(node.parent, nodes.TextElement)
    kind = nodes.inline if inline else nodes.paragraph
    return [kind("", "", *node.children)]


def _heading(node: nodes.rubric) -> list[nodes.Node]:
    if isinstance(node.parent, (ajo_tab, ajo_accordion)) and node is node.parent[0]:
        return [nodes.paragraph("", "", nodes.strong("", "", *node.children))]
    level = min(max(int(node.get("level", node.get("heading-level", 3))), 2), 6)
    return [MarkdownHeading("", "", *node.children, level=level)]


def _code_block(node: nodes.literal_block) -> list[nodes.Node]:
    """Fence code so that no backtick in it ends the fence; in cells, line by line."""
    text = node.astext().rstrip("\n")
    if _is_in(node, nodes.entry):
        return [nodes.paragraph("", "", _code(line)) for line in text.split("\n") if line]
    if "```" not in text:
        return [node]
    fence = _fence(text, 3)
    start = f"{fence}{node.get('language', '')}"
    return [nodes.paragraph("", "", MarkdownText("", f"{start}\n{text}\n{fence}"))]


def _text(node: nodes.Text) -> list[nodes.Node]:
    if isinstance(node.parent, (*_OPAQUE, MarkdownText)) or _is_in(node, nodes.literal_block):
        return [node]
    return [MarkdownText("", escape(str(node)))]


def _link(node: nodes.Element) -> list[nodes.Node]:
    if "refuri" in node:
        node["refuri"] = quote(node["refuri"], safe=SAFE)
    if not node.children:
        node += MarkdownText("", node.get("refuri", ""))
    return [_in_paragraph(node, node)]


def _in_paragraph(node: nodes.Element, new: nodes.Element) -> nodes.Element:
    """Wrap inline content between blocks in a paragraph."""
    return new if isinstance(node.parent, nodes.TextElement) else nodes.paragraph("", "", new)


def _quote(node: nodes.Element) -> list[nodes.Node]:
    """Mark each line of an alert or a quote; cells have no lines."""
    children = list(node.children)
    if isinstance(node, nodes.Admonition):
        children = _with_label(node, children)
    if _is_in(node, nodes.entry):
        return [nodes.container("", *children)]
    return [MarkdownIndented("", *children, first="> ", rest="> ")]


def _numbered(node: nodes.enumerated_list) -> list[nodes.Node]:
    """Write the numbers of a list that does not begin with 1."""
    start = int(node.get("start", 1))
    if start == 1:
        return [node]
    items: list[nodes.Node] = []
    for number, item in enumerate(node.children, start):
        mark = f"{number}. "
        rest = " " * len(mark)
        items.append(MarkdownIndented("", *item.children, first=mark, rest=rest, tight=True))
    return items


def _table(node: nodes.table) -> list[nodes.Node]:
    return [MarkdownTable("", *node.children)]


def _is_in(node: nodes.Node, kind: type[nodes.Element]) -> bool:
    while node.parent is not None:
        node = node.parent
        if isinstance(node, kind):
            return True
    return False


def _with_label(node: Any, children: list[nodes.Node]) -> list[nodes.Node]:
    """Put the title of an alert into its first paragraph."""
    if children and isinstance(children[0], nodes.title):
        label = list(children.pop(0).children)
    else:
        name = str(admonitionlabels.get(node.tagname, node.tagname.capitalize()))
        label = [MarkdownText("", escape(name))]
    return [nodes.paragraph("", "", nodes.strong("", "", *label)), *children]


def _fence(text: str, least: int) -> str:
    longest = max((len(run) for run in _TICKS.findall(text)), default=0)
    return "`" * max(least, longest + 1)


def _code(text: str) -> MarkdownText:
    """Return inline code, between as many backticks as it needs."""
    text = text.replace("\n", " ")
    fence = _fence(text, 1)
    blank = " " if text[:1] == "`" or text[-1:] == "`" else ""
    return MarkdownText("", f"{fence}{blank}{text}{blank}{fence}" if text.strip() else text)


def escape(text: str, *, brackets: bool = False) -> str:
    """Escape what would be markup in a text.

    :param brackets: Whether all brackets are to be escaped, as in the text of an image.
    :returns: Markdown that shows the text. Takes linear time.
    """
    text = _SPECIAL.sub(lambda match: f"\\{match[0]}", text)
    if brackets:
        text = re.sub(r"(?<!\\)[\[\]]", lambda match: f"\\{match[0]}", text).replace("\n", " ")
    text = _DELIMITERS.sub("&#124;", text)
    return _LINE_START.sub(lambda m: f"{m['before']}{m['number'] or ''}\\", text)


def _rendered(translator: Any, children: Sequence[nodes.Node]) -> str:
    """Return some nodes as Markdown."""
    document = nodes.document(translator.document.settings, translator.document.reporter)
    document += list(children)
    inner = translator.builder.create_translator(document, translator.builder)
    document.walkabout(inner)
    return str(inner.astext()).strip("\n")


def visit_text(self: Any, node: MarkdownText) -> None:
    """Write text that is Markdown already."""
    for child in node.children:
        self.add(str(child))
    raise nodes.SkipNode


def visit_heading(self: Any, node: MarkdownHeading) -> None:
    """Begin a heading."""
    text = " ".join(_rendered(self, node.children).split())
    self.add(f"{'#' * node['level']} {text}", 2, 2)
    raise nodes.SkipNode


def visit_indented(self: Any, node: MarkdownIndented) -> None:
    """Write blocks with a prefix on each line."""
    first, rest = node["first"], node["rest"]
    lines = _rendered(self, node.children).split("\n")
    marks = (rest if number else first for number in range(len(lines)))
    text = "\n".join(
        f"{mark}{line}" if line else mark.rstrip() for mark, line in zip(marks, lines, strict=True)
    )
    self.add(text, 1 if node.get("tight") else 2, 1 if node.get("tight") else 2)
    raise nodes.SkipNode


def visit_table(self: Any, node: MarkdownTable) -> None:
    """Write a table with pipes, each row on its line."""
    for title in node.findall(nodes.title):
        self.add(f"**{_rendered(self, title.children)}**", 2, 2)
    head = [_row(self, row) for part in node.findall(nodes.thead) for row in part.children]
    body = [_row(self, row) for part in node.findall(nodes.tbody) for row in part.children]
    columns = max(map(len, (*head, *body)), default=0)
    if not columns:
        raise nodes.SkipNode
    # a Markdown table must have a header, which is the first row
    rows = [*(head or [[]]), *body]
    lines = [_line([*row, *[""] * (columns - len(row))]) for row in rows]
    lines.insert(1, _line(["---"] * columns))
    self.add("\n".join(lines), 2, 2)
    raise nodes.SkipNode


def _row(translator: Any, row: nodes.Node) -> list[str]:
    return [_cell(_rendered(translator, cell.children)) for cell in row.children]


def _cell(text: str) -> str:
    lines = "<br>".join(line.rstrip() for line in text.split("\n") if line.strip())
    return lines.replace("|", "\\|")


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _copy_images(app: Sphinx, error: Exception | None) -> None:
    """Copy the images that pages show; the builder itself does not."""
    if error is not None or app.builder.format != FORMAT:
        return
    folder = Path(app.outdir, IMAGES)
    for path, (_, name) in sorted(app.env.images.items()):
        source = Path(app.srcdir, path)
        if source.is_file():
            folder.mkdir(exist_ok=True)
            shutil.copyfile(source, folder / name)


def setup_markdown(app: Sphinx) -> None:
    """Register the nodes and the transform."""
    app.add_node(MarkdownText, markdown=(visit_text, None))
    app.add_node(MarkdownHeading, markdown=(visit_heading, None))
    app.add_node(MarkdownIndented, markdown=(visit_indented, None))
    app.add_node(MarkdownTable, markdown=(visit_table, None))
    app.add_post_transform(MarkdownTransform)
    app.connect("build-finished", _copy_images)
