"""A scoring table: which rows are items, which are headers again, sections, totals or notes.

Source: the contract's “Levels” and “Around the table”; “bonus parts, notes under the
table, sums checked against the stated totals”.

>>> from healthduty.grids.grid import grid_of_rows
>>> from healthduty.sources import Place
>>> from healthduty.clauses.reading import ClauseReading
>>> grid = grid_of_rows([["考核内容", "分值"], ["台账", "5"], ["合计", "5"]], Place("表.csv"))
>>> header = find_header(grid)
>>> table = read_table(grid, header, Reader(lambda text, **_: ClauseReading(text=text)))
>>> [draft.title for draft in table.drafts], str(table.total)
(['台账'], '5')
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

import attrs

from healthduty.documents.column import Column
from healthduty.documents.drafts import (
    LONGEST_NAME,
    SCORES,
    VETO_WORDS,
    Draft,
    Kind,
    cell_points,
    kind_of,
    titled_points,
)
from healthduty.documents.for_all import give_to_all, standard_of
from healthduty.documents.headings import Header, find_header
from healthduty.documents.hundreds import take_hundreds
from healthduty.documents.items import Reader
from healthduty.documents.levels import (
    Items,
    first_words,
    is_subtotal,
    is_total,
    unreadable,
)
from healthduty.documents.markers import first_marker
from healthduty.documents.nesting import nested
from healthduty.documents.passages import TakenFor
from healthduty.documents.spelling import fold, squeeze
from healthduty.documents.titles import is_title
from healthduty.documents.worth_of_rows import share_by_rows
from healthduty.exact import show
from healthduty.grids.grid import Cell, Grid, Paragraph
from healthduty.said import Said

_NOTE = re.compile(r"(?:注|备注|说明|附注|(?:填表|评分|计分|考核)说明)\d*\s*[:、.]|[*※]")
_SIGNED = re.compile(r"(?:签字|签名|盖章|考核人|考核组|负责人|填表人|日期|时间)(?:\([^()]*\))?\s*:")
_GRADED = re.compile(r"\d\s*分?\s*(?:\([^()]*\))?\s*(?:以上|以下|及以上|-\s*\d+)|≥\s*\d+\s*分")
_NAMED = re.compile(r"(?![一二三四五六七八九十百]+$)[\u4e00-\u9fff]{2,}")
_LONGEST_VETO, _PAIR = 12, 2


@attrs.frozen
class Table:
    """What a grid holds of one table: items, the stated total, notes, and where it ends.

    `last` is the first row behind the table.
    """

    drafts: tuple[Draft, ...]
    header: Header
    total: Fraction | None
    notes: tuple[Paragraph, ...]
    last: int


def read_table(grid: Grid, header: Header, reader: Reader) -> Table:
    """Return the items of a table whose header was found; each cell is kept with the reader."""
    rows = _Rows(grid, header, reader, Items(grid, header, reader))
    last = rows.read()
    for draft in rows.items.drafts:
        share_by_rows(draft)
    factor = take_hundreds(rows.items.drafts, header, reader)
    total = None if rows.total is None else rows.total * factor
    return Table(tuple(nested(rows.items.drafts)), header, total, tuple(rows.notes), last)


@attrs.define
class _Rows:
    """The rows of one table on their way."""

    grid: Grid
    header: Header
    reader: Reader
    items: Items
    total: Fraction | None = None
    subtotalled: int = 0
    notes: list[Paragraph] = attrs.Factory(list)

    def read(self) -> int:
        """Read all rows; return the first one that is no part of the table."""
        self._take_header(self.header)
        self._look_at_columns()
        row = self.header.body
        while row < len(self.grid.rows):
            again = find_header(self.grid, row, row + 1)
            if again is not None and _words(again) != _words(self.header):
                return row
            if again is not None:
                self._take_header(again)
                row = again.body
                continue
            if self._for_all(self._fresh(row)):
                row += 1
                continue
            if self._is_note(row):
                if self._is_over(row):
                    return row
                self.notes += [Paragraph(each.text, each.place) for each in self._fresh(row)]
            else:
                self._row(row)
            row += 1
        return row

    def _take_header(self, header: Header) -> None:
        for row in range(header.row, min(header.body, len(self.grid.rows))):
            for cell in self._fresh(row):
                self.reader.take(cell.text, cell.place, TakenFor.HEADER)

    def _look_at_columns(self) -> None:
        """Report the columns that hold something under a heading that is not known, or not used."""
        rows = range(self.header.body, len(self.grid.rows))
        standards = squeeze(self._standards(rows))
        unused = [
            column
            for column in self.header.columns(Column.BASE)
            if squeeze(self.header.headings[column]) not in standards
        ]
        for column in (*self.header.columns(Column.UNKNOWN), *unused):
            if any(self.grid.at(row, column).text and self._is_own(row, column) for row in rows):
                heading = self.header.headings[column]
                message = (
                    Said(f"the column `{heading}` is not read", f"`{heading}`列未读取")
                    if heading
                    else Said("a column without a heading is not read", "没有表头的列未读取")
                )
                place = self.grid.at(self.header.row, column).place
                self.reader.report("table-column-unknown", message, place)

    def _standards(self, rows: Iterable[int]) -> str:
        """Return all that the columns of standards hold."""
        columns = self.header.columns(Column.SCORING)
        return " ".join(self.grid.at(row, column).text for row in rows for column in columns)

    def _is_own(self, row: int, column: int) -> bool:
        """Whether a cell lies in its column alone, and not in a row that is one cell."""
        return self.grid.at(row, column).columns == 1

    def _fresh(self, row: int) -> list[Cell]:
        """Return the cells with text that begin in a row, each once."""
        cells = self.grid.cells(row)
        return [cell for cell in cells if cell.text and self.grid.is_fresh(row, cell)]

    def _row(self, row: int) -> None:
        fresh = self._fresh(row)
        if not fresh:
            return
        if self._totals(row, fresh):
            return
        numbered = self._numbered_section(row)
        if numbered is not None:
            self.items.open_section(numbered[1], numbered[0].text)
        elif self._is_section(row, fresh):
            self.items.open_section(fresh[0])
        else:
            if (kind := self._kind_at_number(row)) is not None:
                self.items.open_section(kind)
            self.items.read(row)

    # ----------------------------------------------------------------------------- notes

    def _is_note(self, row: int) -> bool:
        """Whether a row is words about the table: a note, grades, signatures, a long line."""
        cells = self._fresh(row)
        text = fold(" ".join(cell.text for cell in cells))
        signed = all(_SIGNED.search(fold(cell.text)) for cell in cells)
        if _SIGNED.search(text) and (signed or not self._scored(row)):
            return True
        if len(cells) == _PAIR and not self._scored(row) and _NOTE.match(f"{cells[0].text}:"):
            return True  # 备注 | 90分以上为优秀
        if len(cells) != 1 or self._scored(row):
            return False
        first = cells[0] is self.grid.at(row, 0)
        if self._in_number_column(row, cells[0]) and SCORES.search(text):
            return True  # a note that an export left in one narrow cell
        if _NOTE.match(text) or (first and (_GRADED.search(text) or is_title(text))):
            return True
        if VETO_WORDS in text:
            return len(text) > _LONGEST_VETO
        return len(text) > LONGEST_NAME and (
            cells[0].columns > 1 or (first and len(self.items.levels) == 1)
        )

    def _scored(self, row: int) -> bool:
        """Whether a row has a cell of its own for points or for how they are scored."""
        columns = (*self.header.columns(Column.POINTS), *self.header.columns(Column.SCORING))
        return any(
            self.grid.at(row, column).text and self._is_own(row, column) for column in columns
        )

    def _is_over(self, row: int) -> bool:
        """Whether no row below scores anything more, up to another table's header."""
        for below in range(row + 1, len(self.grid.rows)):
            header = find_header(self.grid, below, below + 1)
            if header is not None and _words(header) != _words(self.header):
                return True
            if self._scored(below) or header is not None:
                return False
        return True

    def _for_all(self, cells: Sequence[Cell]) -> bool:
        """Take a row that says how all items above are scored: 评分办法 | 完成得满分 …."""
        standard = standard_of(cells)
        unfit = None if standard is None else give_to_all(standard, self.items.drafts)
        if standard is None or unfit is None:
            return False
        for words in unfit:
            message = Said(f"`{words}` fits no item above", f"`{words}`不适用于上面任何一项")
            self.reader.report("text-unread", message, standard.place)
        for cell in cells[:-1]:
            self.reader.take(cell.text, cell.place, TakenFor.HEADER)
        return True

    # -------------------------------------------------------------------------- sections

    def _numbered_section(self, row: int) -> tuple[Cell, Cell] | None:
        """Return the number and the name of a section that stand in two cells: 一 | 公共卫生."""
        cells = [each for each in self.grid.cells(row) if each.text]
        if len(cells) != 2 or self._scored(row):  # noqa: PLR2004 - these two
            return None
        number, name = cells
        across = name.columns > 1 and len(name.text) <= LONGEST_NAME
        at_number = any(
            number is self.grid.at(row, at) for at in self.header.columns(Column.NUMBER)
        )
        return (number, name) if across and at_number and self.grid.is_fresh(row, name) else None

    def _is_section(self, row: int, fresh: Sequence[Cell]) -> bool:
        """Whether a row is one cell that names a section: numbered, with points, or all across."""
        cell = fresh[0]
        if len([each for each in self.grid.cells(row) if each.text]) > 1:
            return False
        named = self._in_number_column(row, cell) and _NAMED.search(cell.text) is not None
        if len(cell.text) > LONGEST_NAME or (cell.columns == 1 and not named):
            return False
        points, _ = titled_points(cell.text)
        numbered = first_marker(cell.text) is not None or kind_of(cell.text) is not Kind.PLAIN
        return points is not None or numbered or named or cell.columns == self.grid.width

    def _kind_at_number(self, row: int) -> Cell | None:
        """Return the cell that says 加分项 where the numbers stand: a section of its own begins."""
        cells = (self.grid.at(row, column) for column in self.header.columns(Column.NUMBER))
        return next(
            (
                cell
                for cell in cells
                if self.grid.is_fresh(row, cell) and kind_of(cell.text) is not Kind.PLAIN
            ),
            None,
        )

    def _in_number_column(self, row: int, cell: Cell) -> bool:
        """Whether a cell stands where numbers do: 一、公共卫生 in a row that nobody merged."""
        columns = self.header.columns(Column.NUMBER)
        return any(cell is self.grid.at(row, column) for column in columns)

    def _totals(self, row: int, fresh: Sequence[Cell]) -> bool:
        """Take a row of totals: the whole table's, or those of the section above."""
        whole = is_total(self.grid, row)
        if not whole and not is_subtotal(self.grid, row):
            return False
        columns = self.header.columns(Column.POINTS)
        stated = [self.grid.at(row, column).text.removesuffix("%") for column in columns]
        stated += [points for _, points in first_words(self.grid, row)]
        known = [found for text in stated if (found := cell_points(text)) is not None]
        points = known[0] if known else None
        for cell in fresh:
            self.reader.take(cell.text, cell.place, TakenFor.TOTAL)
        if points is None:
            texts = [self.grid.at(row, column).text for column in columns]
            if any(texts):
                unreadable(" ".join(filter(None, texts)), fresh[0].place, self.reader)
        elif whole:
            self.total = points
        else:
            self._subtotal(points, fresh[0])
        return True

    def _subtotal(self, points: Fraction, cell: Cell) -> None:
        section = self.items.section()
        if section is None:
            message = Said("a subtotal stands below no section", "小计不属于任何大项")
            self.reader.report("table-row-unread", message, cell.place)
            return
        flat = self.items.banner is None and len(self.items.levels) == 1
        above = self.items.drafts[self.subtotalled :] if flat else [section]
        self.subtotalled = len(self.items.drafts)
        known = [draft.points for draft in above if draft.points is not None]
        if len(known) == len(above) and sum(known) != points:
            stated, title = show(sum(known, Fraction(0))), above[-1].title
            message = Said(
                f"the subtotal says {show(points)} points, `{title}` {stated}",
                f"小计写{show(points)}分，`{title}`写{stated}分",
            )
            if above[1:]:  # no row holds others: it is the sum of those above it
                message = Said(
                    f"the subtotal says {show(points)} points, the {len(above)} rows up to"
                    f" `{title}` have {stated}",
                    f"小计写{show(points)}分，到`{title}`为止的{len(above)}行共{stated}分",
                )
            self.reader.report("table-subtotal-differs", message, cell.place)
        if not above[1:]:
            section.subtotal = points


def _words(header: Header) -> tuple[str, ...]:
    return tuple(squeeze(heading) for heading in header.headings)
