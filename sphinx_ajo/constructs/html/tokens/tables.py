"""Write tables as a regular grid, whatever the author wrote."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Final

from sphinx_ajo.language.html.layout import element_style, is_borderless, length, split_style
from sphinx_ajo.language.html.policy import safe_classes
from sphinx_ajo.language.html.tree import attributes, children

if TYPE_CHECKING:
    from justhtml import NodeType
    from markdown_it.token import Token

    from sphinx_ajo.constructs.html.tokens.blocks import BlockWriter

MAX_COLUMNS: Final = 100
"""The maximum number of columns; further cells of a row are joined to its last one."""

MOST_FILLED: Final = 10
"""The maximum number of cells of a filled table, as a multiple of those that the author wrote."""

_SECTIONS: Final = {"thead": "thead", "tfoot": "tfoot"}


@dataclass(slots=True)
class _Cell:
    node: NodeType | None
    column: int
    columns: int = 1
    rows: int = 1
    more: list[NodeType] = field(default_factory=list)
    """Cells beyond the last column."""

    @property
    def is_header(self) -> bool:
        return self.node is not None and self.node.name == "th"


@dataclass(slots=True)
class _Row:
    node: NodeType
    section: str
    cells: list[_Cell] = field(default_factory=list)
    places: list[NodeType] = field(default_factory=list)
    """The elements whose ids its first cell gets: the row, and the section that it begins."""


@dataclass(slots=True)
class _Table:
    rows: list[_Row]
    columns: int = 0
    captions: list[NodeType] = field(default_factory=list)
    widths: list[str] = field(default_factory=list)

    def head_rows(self) -> int:
        """Return how many rows at the top are the head."""
        head = sum(row.section == "thead" for row in self.rows)
        if head == 0:
            while head < len(self.rows) and all(cell.is_header for cell in self.rows[head].cells):
                head += 1
        # rows with a cell that reaches from the head into the body are not in the head
        fits, reach = 0, 0
        for index, row in enumerate(self.rows[:head], 1):
            reach = max([reach, *(index - 1 + cell.rows for cell in row.cells)])
            if reach <= index:
                fits = index
        return 0 if fits == len(self.rows) else fits


def write_table(writer: BlockWriter, node: NodeType) -> Token | None:
    """Write a table.

    :param node: The ``<table>`` element.
    :returns: Its opening token; ``None`` if it has no cells.
    """
    table = _read(node)
    if not table.rows:
        writer.inside(chain.from_iterable(children(caption) for caption in table.captions))
        return None
    head = table.head_rows()
    meta = {"columns": table.columns, "widths": _percentages(table), "stub": _has_stub(table, head)}
    token = writer.open("ajo_html_table", "table", attrs=_table_attributes(node, table), meta=meta)
    if table.captions:
        writer.open("ajo_html_caption", "caption")
        writer.inline("<br>".join(map(writer.line_source, table.captions)), html=True)
        writer.close("ajo_html_caption", "caption")
    for tag, rows in (("thead", table.rows[:head]), ("tbody", table.rows[head:])):
        if rows:
            writer.open(f"ajo_html_{tag}", tag)
            for row in rows:
                _write_row(writer, row)
            writer.close(f"ajo_html_{tag}", tag)
    writer.close("ajo_html_table", "table")
    return token


def _write_row(writer: BlockWriter, row: _Row) -> None:
    writer.at_line(writer.fragment.line(row.node))
    attrs = attributes(row.node)
    classes = safe_classes(attrs.get("class", ""))
    if is_borderless(attrs):
        classes.append("ajo-borderless")
    shared = {
        key: value
        for key, value in element_style(attrs).items()
        if key in {"background-color", "vertical-align"}
    }
    if row.section == "tfoot":
        classes.append("ajo-foot")
    writer.open("ajo_html_row", "tr", attrs={"class": " ".join(classes)} if classes else {})
    places = row.places
    for cell in row.cells:
        _write_cell(writer, cell, shared, places)
        places = []
    writer.close("ajo_html_row", "tr")


def _write_cell(
    writer: BlockWriter, cell: _Cell, shared: dict[str, str], places: list[NodeType]
) -> None:
    tag = "th" if cell.is_header else "td"
    attrs = attributes(cell.node) if cell.node is not None else {}
    style = shared | element_style(attrs)
    if style.get("width", "").endswith("%"):
        del style["width"]  # the column has this width already
    classes, rest = split_style(style)
    classes = [*safe_classes(attrs.get("class", "")), *classes]
    if is_borderless(attrs):
        classes.append("ajo-borderless")
    fields: dict[str, str | int | float] = {}
    if classes:
        fields["class"] = " ".join(classes)
    if rest:
        fields["style"] = rest
    if cell.columns > 1:
        fields["colspan"] = cell.columns
    if cell.rows > 1:
        fields["rowspan"] = cell.rows
    if cell.node is not None:
        writer.at_line(writer.fragment.line(cell.node))
    writer.open("ajo_html_cell", tag, attrs=fields)
    for place in places:
        writer.anchor(place)
    if cell.node is not None:
        writer.anchor(cell.node)
        cells = (cell.node, *cell.more)
        writer.inside(chain.from_iterable(children(node) for node in cells))
    writer.close("ajo_html_cell", tag)


def _table_attributes(node: NodeType, table: _Table) -> dict[str, str | int | float]:
    attrs = attributes(node)
    style = element_style(attrs)
    align = style.pop("text-align", "")
    layout = style.pop("table-layout", "")
    classes = ["ajo-table", *safe_classes(attrs.get("class", ""))]
    if layout in {"auto", "fixed"}:
        classes.append(f"ajo-table-{layout}")
    if is_borderless(attrs) or all(is_borderless(attributes(row.node)) for row in table.rows):
        classes += ["ajo-borderless", "borderless"]
        style.pop("border", None)
    result: dict[str, str | int | float] = {}
    if width := length(style.get("width")):
        result["width"] = width
    if align in {"left", "center", "right"}:
        result["align"] = align
    classes += split_style({key: style[key] for key in ("background-color",) if key in style})[0]
    result["class"] = " ".join(classes)
    return result


def _read(node: NodeType) -> _Table:
    """Read the rows of a table, whose nesting the HTML parser has already repaired."""
    table = _Table([])
    for child in children(node):
        if child.name == "caption":
            table.captions.append(child)
        elif child.name == "colgroup":
            table.widths += _column_widths(child)
        elif child.name in {"thead", "tbody", "tfoot"}:
            section = _SECTIONS.get(str(child.name), "tbody")
            rows = [_Row(row, section, places=[row]) for row in children(child) if _cells(row)]
            if rows:
                rows[0].places.insert(0, child)
            table.rows += rows
    # the head is above and the foot below all else, wherever they are written
    order = {"thead": 0, "tbody": 1, "tfoot": 2}
    table.rows.sort(key=lambda row: order[row.section])
    _place(table)
    return table


def _cells(row: NodeType) -> list[NodeType]:
    return [child for child in children(row) if child.name in {"td", "th"}]


def _place(table: _Table) -> None:
    """Give each cell its column, cut spans that leave the table, and fill the gaps."""
    ends = {row.section: index + 1 for index, row in enumerate(table.rows)}
    covered: dict[int, int] = {}  # column → the row where the cell above it ends
    for index, row in enumerate(table.rows):
        column = 0
        for node in _cells(row.node):
            while covered.get(column, 0) > index:
                column += 1
            if column >= MAX_COLUMNS and row.cells:
                row.cells[-1].more.append(node)
                continue
            columns = max(1, min(_span(node, "colspan"), MAX_COLUMNS - column))
            # a cell must not overlap one that reaches down from above
            taken = (n for n in range(1, columns) if covered.get(column + n, 0) > index)
            columns = next(taken, columns)
            end = min(index + (_span(node, "rowspan") or len(table.rows)), ends[row.section])
            row.cells.append(_Cell(node, column, columns, end - index))
            covered.update(dict.fromkeys(range(column, column + columns), end))
            column += columns
    _squeeze(table)
    _fill(table)


def _span(node: NodeType, name: str) -> int:
    value = attributes(node).get(name, "1").strip()
    return int(value) if value.isdecimal() and len(value) < 6 else 1


def _squeeze(table: _Table) -> None:
    """Remove columns in which no cell begins: ``colspan="9"`` is often meant as "all of them"."""
    starts = sorted({cell.column for row in table.rows for cell in row.cells})
    number = {column: index for index, column in enumerate(starts)}
    for row in table.rows:
        for cell in row.cells:
            inside = range(cell.column, cell.column + cell.columns)
            cell.columns = sum(column in number for column in inside)
            cell.column = number[cell.column]
    table.widths = [table.widths[column] for column in starts if column < len(table.widths)]
    table.columns = len(starts)


def _fill(table: _Table) -> None:
    """Add empty cells where a row has too few.

    Where that would make too many cells, one cell fills each gap, and no cell spans rows.
    """
    cells = sum(len(row.cells) for row in table.rows)
    if table.columns * len(table.rows) > MOST_FILLED * cells:
        for row in table.rows:
            _fill_gaps(row, table.columns)
        return
    covered = [0] * table.columns
    for row in table.rows:
        at = {cell.column: cell for cell in row.cells}
        column = 0
        while column < table.columns:
            cell = at.get(column)
            if cell is None and covered[column] == 0:
                cell = _Cell(None, column)
                row.cells.append(cell)
            if cell is None:
                column += 1
                continue
            covered[column : column + cell.columns] = [cell.rows] * cell.columns
            column += cell.columns
        covered = [max(0, rows - 1) for rows in covered]
        row.cells.sort(key=lambda cell: cell.column)


def _fill_gaps(row: _Row, columns: int) -> None:
    """Add one empty cell for each gap of a row."""
    column = 0
    for cell in [*row.cells, _Cell(None, columns)]:
        cell.rows = 1
        if column < cell.column:
            row.cells.append(_Cell(None, column, cell.column - column))
        column = cell.column + cell.columns
    row.cells.sort(key=lambda cell: cell.column)


def _column_widths(group: NodeType) -> list[str]:
    widths: list[str] = []
    for column in children(group):
        if column.name == "col":
            width = element_style(attributes(column)).get("width", "")
            widths += [width] * min(_span(column, "span") or 1, MAX_COLUMNS)
    return widths


def _percentages(table: _Table) -> list[int]:
    """Return the widths of all columns in per cent; empty if the author gives none."""
    widths = [*table.widths, *[""] * table.columns][: table.columns]
    for row in table.rows:
        for cell in row.cells:
            if cell.columns == 1 and cell.node is not None and not widths[cell.column]:
                widths[cell.column] = element_style(attributes(cell.node)).get("width", "")
    numbers = [float(match[1]) if (match := _percent(width)) else 0.0 for width in widths]
    given = [number for number in numbers if number > 0]
    if not given:
        return []
    if len(given) < len(numbers):
        rest = max(100 - sum(given), 5 * (len(numbers) - len(given))) / (len(numbers) - len(given))
        numbers = [number or rest for number in numbers]
    return [max(1, round(100 * number / sum(numbers))) for number in numbers]


def _percent(width: str) -> re.Match[str] | None:
    return re.fullmatch(r"(\d{1,6}(?:\.\d{1,20})?)%", width)


def _has_stub(table: _Table, head: int) -> bool:
    """Tell whether the first column has only header cells."""
    firsts = [cell for row in table.rows[head:] for cell in row.cells if cell.column == 0]
    return bool(firsts) and all(cell.is_header and cell.columns == 1 for cell in firsts)
