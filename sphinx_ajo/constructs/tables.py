"""Tables and their layout (exl-markdown.md, 4.11).

CommonMark drops the cells of a row that has more cells than the header. Usually, authors have
forgotten a backslash before a pipe, or joined two rows. Here, the text of such cells is added to
the last one.

:mod:`~sphinx_ajo.constructs.attributes` sets ``{style="table-layout:fixed"}`` below a table on the
token of the table.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from markdown_it.rules_block import table as markdown_table
from markdown_it.rules_block.table import escapedSplit
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_ajo.base.assets import note_use
from sphinx_ajo.base.limits import limits_of
from sphinx_ajo.base.problems import AjoWarnings, add_problem
from sphinx_ajo.constructs.attributes import LAYOUTS
from sphinx_ajo.foreign import design as design
from sphinx_ajo.language.attributes import ZERO_WIDTH
from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.markup.blocks import line_text
from sphinx_ajo.markup.construct import Construct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode
    from sphinx.application import Sphinx

    from sphinx_ajo.markup.renderer import AjoRenderer

CLASS: Final = "ajo-table"
"""The class of each of our tables, by which the transforms recognize it."""

LONG_ROWS: Final = 30
"""The number of rows from which on Sphinx lets a table break across pages in LaTeX."""

PAPER_CHARACTERS: Final = 90
"""The approximate number of characters that fit on a line of a page."""

CELL_PADDING: Final = 3
"""The space between two columns, in characters."""

LONGEST_WORD: Final = 20
"""The maximum length of a word that determines the width of its column; longer words may be broken.
"""

PIECE: Final = 12
"""The number of characters after which code without break points is broken."""

LONGEST_LINE: Final = 200
"""The maximum number of characters of a cell that affect the width; more of them add lines."""

SMALL_TYPE: Final = ((8, r"\scriptsize", 0.7), (6, r"\footnotesize", 0.8))
"""The font in LaTeX for tables with at least this number of columns, and its size."""

_CELLS: Final = "ajo_table_cells"
"""The key of the sandbox for the number of cells in the Markdown tables of a page."""

# after punctuation between two letters, if more characters follow
_BREAKS = re.compile(r"(?<=\w[/._?&=:-])(?=\w\S{4})")
# before each word of a name in code
_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z][a-z])")
_NO_WIDTH = str.maketrans("", "", ZERO_WIDTH)


def tables_plugin(md: MarkdownIt, *, dialect: Dialect) -> None:
    """Parse tables as markdown-it does, but keep the text of all cells, and count the cells.

    :param dialect: The dialect it reads; in the mixed one, cells are only counted.
    """
    rule = _table_rule if dialect is Dialect.EXL else markdown_table
    counted = partial(_counted_rule, rule)
    md.block.ruler.at("table", counted, {"alt": ["paragraph", "reference"]})


def _counted_rule(
    rule: Callable[[StateBlock, int, int, bool], bool],
    state: StateBlock,
    start_line: int,
    end_line: int,
    silent: bool,
) -> bool:
    """Parse a table, unless the tables above have used up the limit of the page.

    Short rows are filled with empty cells: a header with a thousand columns makes a thousand cells
    of each short row below it.
    """
    most = limits_of(state.md.options).table_cells
    count: int = state.env.get(_CELLS, 0)
    first = len(state.tokens)
    if count > most or not rule(state, start_line, end_line, silent):
        return False
    count += sum(token.type in {"td_open", "th_open"} for token in state.tokens[first:])
    state.env[_CELLS] = count
    if count > most:
        message = (
            "with this one, the tables of the page have more than %d cells (table_cells); those "
            "below are shown as they were typed; see ajo_limits"
        )
        add_problem(state.tokens[first], AjoWarnings.LIMIT, message, most)
    return True


def _table_rule(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    first = len(state.tokens)
    if not markdown_table(state, start_line, end_line, silent):
        return False
    line = start_line
    cells: list[Token] = []
    for token in state.tokens[first:]:
        if token.type == "tr_open":
            line, cells = (token.map or [start_line])[0], []
        elif token.type == "inline":
            cells.append(token)
        elif token.type == "tr_close" and (rest := _rest(line_text(state, line), len(cells))):
            cells[-1].content = " | ".join([cells[-1].content, *rest]).strip()
            message = "this row has more cells than the header of the table; they are joined"
            add_problem(state.tokens[first], AjoWarnings.TABLE_CELLS, message, line=line)
    return True


def _rest(row: str, columns: int) -> list[str]:
    """Return the text of cells of a row that have no column."""
    row = row.strip()
    if row.count("|") <= columns - 1 + row.startswith("|") + row.endswith("|"):
        return []
    cells = escapedSplit(row)
    if not cells[0]:
        del cells[0]
    rest = [cell.strip() for cell in cells[columns:]]
    while rest and not rest[-1]:
        del rest[-1]
    return rest


def render_table(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render a table as MyST does, with its layout and the line of each row."""
    parent = renderer.current_node
    before = len(parent)
    renderer.render_table(token)
    table = next(node for node in parent[before:] if isinstance(node, nodes.table))
    layout = token.meta.get("ajo_layout")
    if layout is None and renderer.dialect is Dialect.MIXED:
        return
    note_use(renderer.sphinx_env)
    mark_table(table, layout)
    _set_lines(renderer, table, token)
    for text in list(table.findall(nodes.Text)):
        plain = text.astext().translate(_NO_WIDTH)
        if plain != text.astext():
            text.parent.replace(text, nodes.Text(plain))


def mark_table(table: nodes.table, layout: str | None = None) -> None:
    """Make a table scroll if it is too wide, and set its layout.

    :param layout: The value of CSS's ``table-layout``: ``auto``, ``fixed``, ``None`` if unknown.
    """
    classes = [CLASS]
    if layout is not None:
        classes.append(LAYOUTS[layout])
    if layout == "fixed":
        # columns of equal widths, for all writers
        table["classes"] = [name for name in table["classes"] if name != "colwidths-auto"]
        classes.append("colwidths-given")
    table["classes"] += [name for name in classes if name not in table["classes"]]


def _set_lines(renderer: AjoRenderer, table: nodes.table, token: SyntaxTreeNode) -> None:
    rows = [row for part in token.children for row in part.children]
    # a cell may contain another table
    for row, row_token in zip(_columns_and_rows(table)[1], rows, strict=True):
        for node in (row, *row.findall(nodes.entry), *row.findall(nodes.paragraph)):
            renderer.add_line_and_source_path(node, row_token)


class TablesHtmlTransform(SphinxPostTransform):
    """Put each table in a box that scrolls."""

    default_priority = 198
    formats = ("html",)

    def run(self, **_kwargs: Any) -> None:
        """Wrap every table of ours."""
        for table in list(_tables(self.document)):
            box = design.box("ajo-table-box", [], ["ajo-table-box"])
            table.replace_self(box)
            # docutils gives the box all attributes of the table; an id must be unique
            box["ids"], box["names"] = [], []
            box += table


class TableIdsHtmlTransform(SphinxPostTransform):
    """Remove the ids of a table from boxes that a theme has put around it.

    Furo gives its box all attributes of the table, but an id must be unique on a page.
    """

    default_priority = 510  # after Furo's own (500)
    formats = ("html",)

    def run(self, **_kwargs: Any) -> None:
        """Check each of our tables with an id."""
        for table in _tables(self.document):
            box = table.parent if table["ids"] else None
            while isinstance(box, nodes.container) and set(box["ids"]) & set(table["ids"]):
                box["ids"] = [id_ for id_ in box["ids"] if id_ not in table["ids"]]
                box = box.parent


class TablesPaperTransform(SphinxPostTransform):
    """Keep all cells on the page.

    LaTeX itself measures the columns of small tables with short texts. Other tables get column
    widths that depend on their text. Addresses and names that are longer than a column may be
    broken.
    """

    default_priority = 198
    formats = ("latex",)

    def run(self, **_kwargs: Any) -> None:
        """Fit each of our tables."""
        for table in list(_tables(self.document)):
            for text in list(table.findall(nodes.Text)):
                _allow_breaks(text)
            specs, rows = _columns_and_rows(table)
            characters = int(PAPER_CHARACTERS / _shrink(table, len(specs)))
            if "colwidths-given" in table["classes"]:
                continue
            widths = column_widths(rows, len(specs), characters)
            # LaTeX would make a column of short words too narrow beside a column of long lines
            if sum(widths) < characters and not _needs_widths(table, rows):
                continue
            for spec, width in zip(specs, widths, strict=True):
                spec["colwidth"] = width
            table["classes"] = [name for name in table["classes"] if name != "colwidths-auto"]
            table["classes"].append("colwidths-given")


def _shrink(table: nodes.table, columns: int) -> float:
    """Set a table of many columns in smaller type; return its size."""
    for least, name, size in SMALL_TYPE:
        if columns >= least and not _in_table(table):
            ends = (nodes.raw("", text, format="latex") for text in (f"{{{name}\n", "\n}"))
            table.replace_self([next(ends), table, next(ends)])
            return size
    return 1.0


def _in_table(node: nodes.Element) -> bool:
    parent = node.parent
    while parent is not None and not isinstance(parent, nodes.table):
        parent = parent.parent
    return parent is not None


def _columns_and_rows(table: nodes.table) -> tuple[list[nodes.colspec], list[nodes.row]]:
    """Return the columns and rows of a table, without those of nested tables."""
    group = next(child for child in table.children if isinstance(child, nodes.tgroup))
    specs = [child for child in group.children if isinstance(child, nodes.colspec)]
    parts = [child for child in group.children if isinstance(child, (nodes.thead, nodes.tbody))]
    rows = [row for part in parts for row in part.children if isinstance(row, nodes.row)]
    return specs, rows


def _tables(document: nodes.document) -> Iterator[nodes.table]:
    for table in document.findall(nodes.table):
        if CLASS in table["classes"]:
            yield table


def _needs_widths(table: nodes.table, rows: list[nodes.row]) -> bool:
    """Tell whether a table breaks across pages, or has content that LaTeX cannot measure."""
    kinds = (nodes.literal_block, nodes.bullet_list, nodes.enumerated_list, nodes.image)
    return len(rows) > LONG_ROWS or any(
        isinstance(node, kinds) for node in table.findall(nodes.Element)
    )


def column_widths(
    rows: list[nodes.row], columns: int, characters: int = PAPER_CHARACTERS
) -> list[int]:
    """Distribute the width of a page over the columns of a table, as browsers do.

    Each column gets the width of its longest word; the rest goes to the columns where it saves most
    lines.

    :param characters: The number of characters in a line of the page.
    :returns: The width of each column, in characters.
    """
    least, most = [CELL_PADDING] * columns, [CELL_PADDING] * columns
    for row in _grid(rows):
        for index, entry in row:
            text = entry.astext()
            longest = max(map(len, text.split()), default=0)
            least[index] = max(least[index], min(longest, LONGEST_WORD) + CELL_PADDING)
            most[index] = max(most[index], min(len(text), LONGEST_LINE) + CELL_PADDING)
    wanted = [high - low for low, high in zip(least, most, strict=True)]
    left = characters - sum(least)
    if left <= 0 or not any(wanted):
        return least
    part = min(left / sum(wanted), 1)
    return [low + round(more * part) for low, more in zip(least, wanted, strict=True)]


def _grid(rows: list[nodes.row]) -> Iterator[list[tuple[int, nodes.Element]]]:
    """Return the cells of each row that span a single column, with the number of that column."""
    ends: dict[int, int] = {}  # column → the row below the cell that covers it
    for number, row in enumerate(rows):
        cells: list[tuple[int, nodes.Element]] = []
        column = 0
        for entry in row.children:
            if not isinstance(entry, nodes.Element):
                continue
            while ends.get(column, 0) > number:
                column += 1
            span = 1 + entry.get("morecols", 0)
            if span == 1:
                cells.append((column, entry))
            end = number + 1 + entry.get("morerows", 0)
            ends.update(dict.fromkeys(range(column, column + span), end))
            column += span
        yield cells


def _allow_breaks(text: nodes.Text) -> None:
    """Allow LaTeX to break the long words of a text at their punctuation."""
    parts = [piece for piece in _BREAKS.split(text.astext()) if piece]
    if isinstance(text.parent, nodes.literal):
        # LaTeX hyphenates words, but not code
        parts = [piece for part in parts for piece in _pieces(part)]
    if len(parts) < 2:
        return
    replacement: list[nodes.Node] = []
    for part in parts:
        if replacement:
            replacement.append(nodes.raw("", r"\allowbreak{}", format="latex"))
        replacement.append(nodes.Text(part))
    text.parent.replace(text, replacement)


def _pieces(part: str) -> Iterator[str]:
    """Split a part of a name where it may be broken."""
    for hump in _HUMPS.split(part):
        step = PIECE if len(hump) > LONGEST_WORD else len(hump)
        yield from (hump[start : start + step] for start in range(0, len(hump), step))


def setup_tables(app: Sphinx) -> None:
    """Register the transforms."""
    app.add_post_transform(TablesHtmlTransform)
    app.add_post_transform(TableIdsHtmlTransform)
    app.add_post_transform(TablesPaperTransform)


CONSTRUCT = Construct(
    name="tables",
    plugin=tables_plugin,
    renderers={"table": render_table},
    setup=setup_tables,
)
"""The construct, for the parser and the extension."""
