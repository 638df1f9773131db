"""Pages as Markdown, for the builder ``markdown`` of sphinx-markdown-builder.

That builder writes what docutils has, but leaves out admonitions with titles, and does not escape
what would be markup. So pages of ExL Markdown are made of what it can write, and of a few nodes
whose visitors use nothing but the public methods of its translator.
"""

from __future__ import annotations

import posixpath
import re
import shutil
from itertools import count
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
from sphinx_ajo.project.inheritance import own_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx.application import Sphinx

FORMAT: Final = "markdown"
"""The name of the builder, and of its format."""

IMAGES: Final = "_markdown_images"
"""The folder of the output that images are copied to."""

SAFE: Final = "!#$%&'*+,/:;=?@[]~"
"""What stays in the target of a link; blanks and parentheses would end it."""

_OPAQUE = (nodes.literal, nodes.literal_block, nodes.math, nodes.math_block, nodes.comment)
_ENDS_LINE = re.compile(r"[ \t]*\n")
_TICKS = re.compile(r"`+")
_SPECIAL = re.compile(
    r"[\\`*_]|<(?=[A-Za-z/!?])|&(?=#?\w{1,32};)|~~|!(?=\[)|\[(?=[^\[\]\n]*\](?:\(|:|\[))"
)
"""What would be markup, wherever it stands."""
_DELIMITERS = re.compile(r"^\|(?=[ \t]*:?-)", re.MULTILINE)
"""The line that makes a table of the one above. A backslash would be another one in a cell."""

_LINE_START = re.compile(
    r"^(?P<before>[ \t]*)(?:(?P<number>\d{1,9})(?=[.)](?:\s|$))|"
    r"(?=[-+](?:\s|$)|#{1,6}(?:\s|$)|>|=+[ \t]*$|-+[ \t]*$|~~~|:[ \t]))",
    re.MULTILINE,
)
"""What would be markup at the beginning of a line."""


class MarkdownText(nodes.Inline, nodes.TextElement):
    """Text that is Markdown already."""


class MarkdownHeading(nodes.General, nodes.TextElement):
    """A heading that is the title of no section; its ``level``."""


class MarkdownIndented(nodes.General, nodes.Element):
    """Blocks with something before each line: ``first`` and ``rest``; maybe ``tight``."""


class MarkdownTable(nodes.General, nodes.Element):
    """A table, whose cells may hold whatever they like."""


class MarkdownTransform(SphinxPostTransform):
    """Make pages of what sphinx-markdown-builder can write."""

    # after all that makes simpler nodes of ours for paper (198 to 200)
    default_priority = 210
    formats = (FORMAT,)

    def run(self, **_kwargs: Any) -> None:
        """Change the page, if it is one of ExL Markdown."""
        if self.env.docname not in own_keys(self.env):
            return
        self._remove_unseen()
        for change in (
            self._change_headings,
            self._change_code,
            self._change_texts,
            self._change_images,
            self._change_links,
            self._change_quotes,
            self._change_lists,
            self._change_tables,
        ):
            change()

    def _each(self, *kinds: type[Any]) -> Iterable[Any]:
        return [node for node in self.document.findall(nodes.Element) if isinstance(node, kinds)]

    def _remove_unseen(self) -> None:
        """Remove what is about the page, and empty titles, which end a build."""
        for node in self._each(nodes.meta, nodes.system_message):
            node.parent.remove(node)
        for node in self._each(nodes.title, nodes.rubric):
            images = next(iter(node.findall(nodes.image)), None)
            if not node.astext().strip() and images is None:
                node.parent.remove(node)
        for node in self._each(nodes.raw):
            html = "html" in node.get("format", "").split()
            node.replace_self(MarkdownText("", node.astext()) if html else [])

    def _change_headings(self) -> None:
        for node in self._each(nodes.rubric):
            if isinstance(node.parent, (ajo_tab, ajo_accordion)) and node is node.parent[0]:
                strong = nodes.strong("", "", *node.children)
                new: nodes.Element = nodes.paragraph("", "", strong)
            else:
                level = min(max(int(node.get("level", node.get("heading-level", 3))), 2), 6)
                new = MarkdownHeading("", "", *node.children, level=level)
            node.replace_self(new)

    def _change_code(self) -> None:
        """Fence code so that no backtick in it ends it; in cells, line by line."""
        for node in self._each(nodes.literal_block):
            text = node.astext().rstrip("\n")
            if _is_in(node, nodes.entry):
                lines = (nodes.paragraph("", "", _code(line)) for line in text.split("\n") if line)
                node.replace_self(list(lines))
            elif "```" in text:
                fence = _fence(text, 3)
                start = f"{fence}{node.get('language', '')}"
                paragraph = nodes.paragraph("", "", MarkdownText("", f"{start}\n{text}\n{fence}"))
                node.replace_self(paragraph)
        for node in self._each(nodes.literal):
            node.replace_self(_code(node.astext()))

    def _change_texts(self) -> None:
        for text in list(self.document.findall(nodes.Text)):
            parent = text.parent
            if isinstance(parent, (*_OPAQUE, MarkdownText)) or _is_in(text, nodes.literal_block):
                continue
            parent.replace(text, MarkdownText("", escape(str(text))))

    def _change_images(self) -> None:
        page = f"{self.env.docname}.md"
        for node in self._each(nodes.image):
            uri = str(node["uri"])
            if uri in self.env.images:
                name = self.env.images[uri][1]
                uri = relative_uri(page, posixpath.join(IMAGES, name))
            alt = escape(str(node.get("alt", "")), brackets=True)
            text = MarkdownText("", f"![{alt}]({quote(uri, safe=SAFE)})")
            inline = isinstance(node.parent, nodes.TextElement)
            node.replace_self(text if inline else nodes.paragraph("", "", text))

    def _change_links(self) -> None:
        for node in self._each(nodes.reference, addnodes.download_reference):
            if "refuri" in node:
                node["refuri"] = quote(node["refuri"], safe=SAFE)
            if not node.astext().strip() and not node.children:
                node += MarkdownText("", node.get("refuri", ""))
            if not isinstance(node.parent, (nodes.TextElement, MarkdownText)):
                paragraph = nodes.paragraph()
                node.replace_self(paragraph)
                paragraph += node

    def _change_quotes(self) -> None:
        """Mark each line of alerts and quotes; in cells there are no lines."""
        for node in reversed(list(self._each(nodes.Admonition, nodes.block_quote))):
            children = list(node.children)
            if isinstance(node, nodes.Admonition):
                children = _with_label(node, children)
            new: nodes.Element = MarkdownIndented(first="> ", rest="> ")
            if _is_in(node, nodes.entry):
                new = nodes.container()
            new += children
            node.replace_self(new)

    def _change_lists(self) -> None:
        """Write the numbers of lists that do not begin with one."""
        for node in reversed(list(self._each(nodes.enumerated_list))):
            if int(node.get("start", 1)) == 1:
                continue
            items = []
            for number, item in zip(count(int(node["start"])), node.children, strict=False):
                mark = f"{number}. "
                items.append(MarkdownIndented(first=mark, rest=" " * len(mark), tight=True))
                items[-1] += item.children
            node.replace_self(items)

    def _change_tables(self) -> None:
        for node in self._each(nodes.table):
            table = MarkdownTable()
            table += node.children
            node.replace_self(table)


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
    """Return code in a line, between as many backticks as it needs."""
    text = text.replace("\n", " ")
    fence = _fence(text, 1)
    blank = " " if text[:1] == "`" or text[-1:] == "`" else ""
    return MarkdownText("", f"{fence}{blank}{text}{blank}{fence}" if text.strip() else text)


def escape(text: str, *, brackets: bool = False) -> str:
    """Escape what would be markup in a text.

    :param text: The text.
    :param brackets: Whether all brackets are to be escaped, as in the text of an image.
    :returns: Markdown that shows the text. Takes linear time.
    """
    text = _SPECIAL.sub(lambda match: f"\\{match[0]}", text)
    if brackets:
        text = re.sub(r"(?<!\\)[\[\]]", lambda match: f"\\{match[0]}", text).replace("\n", " ")
    text = _DELIMITERS.sub("&#124;", text)
    return _LINE_START.sub(lambda m: f"{m['before']}{m['number'] or ''}\\", text)


def _rendered(translator: Any, children: Sequence[nodes.Node]) -> str:
    """Return what some nodes are in Markdown, by themselves."""
    document = nodes.document(translator.document.settings, translator.document.reporter)
    document += list(children)
    inner = translator.builder.create_translator(document, translator.builder)
    document.walkabout(inner)
    return str(inner.astext()).strip("\n")


def visit_text(self: Any, node: MarkdownText) -> None:
    """Write what is Markdown already.

    :param self: The translator of sphinx-markdown-builder.
    :param node: The text.
    """
    for child in node.children:
        self.add(str(child))
    raise nodes.SkipNode


def visit_heading(self: Any, node: MarkdownHeading) -> None:
    """Begin a heading.

    :param self: The translator of sphinx-markdown-builder.
    :param node: The heading.
    """
    text = " ".join(_rendered(self, node.children).split())
    self.add(f"{'#' * node['level']} {text}", 2, 2)
    raise nodes.SkipNode


def visit_indented(self: Any, node: MarkdownIndented) -> None:
    """Write blocks with something before each line.

    :param self: The translator of sphinx-markdown-builder.
    :param node: The blocks.
    """
    first, rest = node["first"], node["rest"]
    lines = _rendered(self, node.children).split("\n")
    marks = (rest if number else first for number in range(len(lines)))
    text = "\n".join(
        f"{mark}{line}" if line else mark.rstrip() for mark, line in zip(marks, lines, strict=True)
    )
    self.add(text, 1 if node.get("tight") else 2, 1 if node.get("tight") else 2)
    raise nodes.SkipNode


def visit_table(self: Any, node: MarkdownTable) -> None:
    """Write a table with pipes, each row on its line.

    :param self: The translator of sphinx-markdown-builder.
    :param node: The table.
    """
    for title in node.findall(nodes.title):
        self.add(f"**{_rendered(self, title.children)}**", 2, 2)
    head = [_row(self, row) for part in node.findall(nodes.thead) for row in part.children]
    body = [_row(self, row) for part in node.findall(nodes.tbody) for row in part.children]
    columns = max(map(len, (*head, *body)), default=0)
    if not columns:
        raise nodes.SkipNode
    # only the first row can be a header, and there must be one
    rows = [*(head or [[]]), *body]
    lines = [_line([*row, *[""] * (columns - len(row))]) for row in rows]
    lines.insert(1, _line(["---"] * columns))
    self.add("\n".join(lines), 2, 2)
    raise nodes.SkipNode


def _row(translator: Any, row: nodes.Node) -> list[str]:
    cells = (_rendered(translator, cell.children) for cell in row.children)
    return [
        _ENDS_LINE.sub("<br>", re.sub(r"\n{2,}", "\n", cell)).replace("|", "\\|") for cell in cells
    ]


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
    """Register the nodes and the transform.

    :param app: The Sphinx application.
    """
    app.add_node(MarkdownText, markdown=(visit_text, None))
    app.add_node(MarkdownHeading, markdown=(visit_heading, None))
    app.add_node(MarkdownIndented, markdown=(visit_indented, None))
    app.add_node(MarkdownTable, markdown=(visit_table, None))
    app.add_post_transform(MarkdownTransform)
    app.connect("build-finished", _copy_images)
