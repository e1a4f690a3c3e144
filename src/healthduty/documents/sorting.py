"""Lines and tables: what of a source is read as running text, and what as rows of items.

A grid without a known header is lines; the rows above a header and below a table are, too.

Source: the contract's “Around the table” and “The header”.

>>> from healthduty.grids.grid import grid_of_rows
>>> from healthduty.clauses.reading import ClauseReading
>>> blocks = Sorted(Reader(lambda text, **_: ClauseReading(text=text)))
>>> blocks.sort([grid_of_rows([["说明"], ["考核内容 分值"]], Place())])
>>> [line.text for line in blocks.lines], blocks.tables
(['说明', '考核内容 分值'], [])
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import attrs

from healthduty.documents.drafts import Draft
from healthduty.documents.headings import HEAD, Header, find_header
from healthduty.documents.items import Reader
from healthduty.documents.side_by_side import halves
from healthduty.documents.tables import Table, read_table
from healthduty.documents.titles import is_title
from healthduty.grids.grid import Block, Grid, Paragraph
from healthduty.said import Said
from healthduty.sources import Place


@attrs.define
class Sorted:
    """The lines above and in the text, the notes below tables, and the tables with their titles."""

    reader: Reader
    lines: list[Paragraph] = attrs.Factory(list)
    notes: list[Paragraph] = attrs.Factory(list)
    tables: list[tuple[str, Table]] = attrs.Factory(list)
    above: list[Paragraph] = attrs.Factory(list)
    """The lines in the rows above the first table."""
    heads: dict[int, Place] = attrs.Factory(dict)
    """Where the line right above a table stands, by the table's index."""

    def sort(self, blocks: Iterable[Block]) -> None:
        """Tell lines from tables, and read the tables' rows."""
        above, read = "", 0
        for block in blocks:
            if isinstance(block, Paragraph):
                self.lines.append(block)
                above = block.text if is_title(block.text) else ""
            else:
                index = len(self.tables)
                top = self._grid(block, above)
                if read < top and index < len(self.tables):
                    self.heads[index] = self.lines[top - 1].place
                read = len(self.lines)

    def _grid(self, grid: Grid, above: str) -> int:
        """Read the tables of a grid; its other rows are lines above or below them.

        Returns how many lines stand above its first table.
        """
        header = find_header(grid, 0, HEAD)
        if header is None:
            self._headless(grid)
            return 0
        known = len(self.lines)
        title = self._rows(grid, 0, header.row, self.lines) or above
        self.above = self.above or self.lines[known:]
        top = len(self.lines)
        while header is not None:
            last = self._tables(grid, header, title or grid.place.sheet)
            header = find_header(grid, last)
            stop = len(grid.rows) if header is None else header.row
            title = self._rows(grid, last, stop, self.notes)
        return top

    def _tables(self, grid: Grid, header: Header, title: str) -> int:
        """Read the table below a header, or those side by side; return the first row below all.

        What stands below one that ends before the others is no part of it: 签字 under one half.
        """
        ends: list[tuple[Grid, int]] = []
        tables = [
            (half, find_header(half, header.row, header.row + 1))
            for half in halves(grid, header.row)
        ]
        if any(own is None for _, own in tables):
            tables = [(grid, header)]  # no half is a table by itself
        for half, own in tables:
            table = read_table(half, own or header, self.reader)
            self.notes += table.notes
            self.tables.append((title, table))
            ends.append((half, table.last))
        last = max(header.body, *(end for _, end in ends))
        for half, end in ends:
            self._rows(half, end, last, self.notes)
        return last

    def _rows(self, grid: Grid, start: int, stop: int, lines: list[Paragraph]) -> str:
        """Add rows to lines, cell by cell; return the last of them that is a title."""
        title = ""
        for row in range(start, stop):
            for cell in grid.cells(row):
                if not cell.text or not grid.is_fresh(row, cell):
                    continue
                for text in cell.text.split("\n"):
                    lines.append(Paragraph(text, cell.place))
                    title = text if is_title(text) else title
        return title

    def _headless(self, grid: Grid) -> None:
        cells = [cell for row in range(len(grid.rows)) for cell in grid.cells(row) if cell.text]
        if grid.width > 1 and len(cells) > grid.width:
            message = Said(
                "no row of this table is a header that is known: it is read as text",
                "这个表没有能识别的表头，按文字读取",
            )
            hint = Said(
                "name its columns 考核内容, 分值, 评分标准 …", "表头写“考核内容”“分值”“评分标准”等"
            )
            self.reader.report("table-headerless", message, grid.place, hint=hint)
        self._rows(grid, 0, len(grid.rows), self.lines)

    def drafts(self, *, with_text: bool) -> list[Draft]:
        """Return the tables' items: side by side where one goes on, else each under its title.

        Beside the items of running text (`with_text`) a table is an attachment: 附1.
        """
        kinds = {table.header.headings for _, table in self.tables}
        titles = {title for title, _ in self.tables if title}
        one = len(self.tables) == 1 or (len(kinds) == 1 and len(titles) <= 1)
        if one and not with_text:
            return [draft for _, table in self.tables for draft in table.drafts]
        wrapped = []
        for index, (title, table) in enumerate(self.tables, 1):
            if table.drafts:
                place = self.heads.get(index - 1, table.drafts[0].place)
                draft = Draft(title or f"表{index}", place, points=table.total)
                draft.dotted = f"附{index}" if with_text else str(index)
                draft.children = list(table.drafts)
                wrapped.append(draft)
        return wrapped

    def total(self) -> Fraction | None:
        """Return the total that the one table states, where there is one."""
        return self.tables[0][1].total if len(self.tables) == 1 else None

    def place(self) -> Place:
        """Return where the first line, or the first table's first item, stands."""
        places = [line.place for line in self.lines]
        places += [draft.place for _, table in self.tables for draft in table.drafts]
        return places[0] if places else Place(self.reader.document)
