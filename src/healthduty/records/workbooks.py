r"""Workbooks as tables of data: each visible sheet with a facility's column, cell by cell.

What Excel hands on differs from a text in three ways: a cell may cover several rows, a sheet may
be hidden or hold no data at all, and a cell has a name (数据!D7) by which people look it up.

Source: “.xlsx, .xls, .ods”; semantics 12 (no sheet is skipped in silence).

>>> is_workbook(b"PK\x03\x04"), is_workbook("机构,满意率".encode())
(True, False)
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence

import attrs

from healthduty.findings import Finding
from healthduty.grids.archives import measure
from healthduty.grids.compound import MAGIC
from healthduty.grids.excel import Book, Tab, read_book, unread_tab
from healthduty.grids.grid import Area, column_letter
from healthduty.records.headers import Holds, Use
from healthduty.records.intake import Intake, refuse
from healthduty.records.sheets import Row, Sheet, header_of, sheet_of_rows
from healthduty.said import Said
from healthduty.sources import Place

MOST_CELLS = 5_000_000
"""Positions that a sheet of data may have: 50,000 facilities with 100 columns."""

DATA_WORKBOOK = "healthduty/workbook"
"""What the first cell of the hidden sheet says by which a data workbook is known."""

_SPREAD = frozenset(
    {Holds.FACILITY, Holds.NAME, Holds.KIND, Holds.POPULATION, Holds.PERIOD, Holds.MEASURE}
    | {Holds.STAGE, Holds.ASSESSOR, Holds.UNIT, Holds.UNUSED}
)
"""What a cell over several rows may say of all of them; a value it could say of none."""

Uses = Callable[[str], Sequence[Use]]
"""Tells what a heading means."""


def is_workbook(data: bytes) -> bool:
    """Return whether a file is a workbook by its first bytes, whatever it is called."""
    return data.startswith((b"PK\x03\x04", MAGIC))


def book_of(data: bytes, source: str) -> Book:
    """Return the sheets of a workbook.

    Raises:
        ImportError: without python-calamine (`pip install healthduty[excel]`).
        SourceError: a file that is broken, encrypted, too large, or a Word file.
    """
    if data.startswith(b"PK") and any(part.startswith("word/") for part in measure(data, source)):
        finding = Finding(
            "record-not-text",
            Said("this is a Word file, no table of data", "这是Word文件，不是数据表"),
            place=Place(source),
            hint=Said("copy its table into a workbook", "把其中的表复制到工作簿"),
        )
        refuse(source, finding)
    return read_book(data, source, most=MOST_CELLS)


def is_data_workbook(book: Book) -> bool:
    """Return whether a workbook was made by `write_template`, to be read by `read_filled`."""
    return any(tab.rows and tab.rows[0][:1] == (DATA_WORKBOOK,) for tab in book.tabs)


def read_tables(data: bytes, intake: Intake, uses: Uses) -> Iterator[Sheet]:
    """Go through the sheets of a workbook that hold data, the intake standing at each in turn.

    Raises:
        SourceError: a file that can't be read, a data workbook, or no sheet names a facility.
    """
    book = book_of(data, intake.source)
    if is_data_workbook(book):
        message = Said(
            "this is a filled data workbook, no plain table", "这是填好的数据工作簿，不是普通表格"
        )
        intake.report(
            "workbook-filled",
            message,
            intake.place,
            hint=Said("read it by read_filled", "用read_filled读取"),
        )
        intake.refuse()
    yield from tables_of(book, intake, uses)


def tables_of(book: Book, intake: Intake, uses: Uses) -> Iterator[Sheet]:
    """Go through the sheets of a workbook that hold data, the intake standing at each in turn.

    Raises:
        SourceError: no sheet names a facility.
    """
    intake.findings.extend(book.findings)
    tabs = [tab for tab in book.tabs if not tab.blank]
    intake.findings.extend(unread_tab(tab) for tab in tabs if tab.hidden)
    shown = [tab for tab in tabs if not tab.hidden]
    if not shown:
        intake.report(
            "record-empty",
            Said("the workbook holds nothing that is shown", "工作簿里没有可见的内容"),
            intake.place,
        )
        intake.refuse()
    headed = [tab for tab in shown if header_of(tab.rows, uses) is not None]
    for tab in shown:
        intake.sheet = tab.place.sheet
        if tab in headed or not headed:
            yield _sheet(tab, intake, uses)
        else:
            message = Said(
                "no column names the facility: the sheet is not read",
                "没有写单位名称的列，这张表未读取",
            )
            intake.warn("workbook-sheet-unread", message, tab.place)
    intake.sheet = ""


def _sheet(tab: Tab, intake: Intake, uses: Uses) -> Sheet:
    rows = [list(row) for row in tab.rows]
    header = header_of(rows, uses) or 0
    covering = [area for area in tab.merged if area[0] > header and area[0] < len(rows)]
    held = [{use.holds for use in uses(heading)} for heading in rows[header]]
    for area in covering:
        if _spreads(area, held):
            _spread(area, rows)
        elif rows[area[0]][area[1]].strip():
            report_merged(area, tab, intake)
    sheet = sheet_of_rows(rows, intake, uses=uses)
    letters = {heading: column_letter(i) for i, heading in enumerate(sheet.headings)}
    return attrs.evolve(sheet, rows=tuple(_placed(row, letters) for row in sheet.rows))


def _spreads(area: Area, held: Sequence[set[Holds]]) -> bool:
    """Return whether a merged cell says the same of each row that it covers."""
    _, left, _, right = area
    return left == right and left < len(held) and bool(held[left]) and held[left] <= _SPREAD


def _spread(area: Area, rows: Sequence[list[str]]) -> None:
    top, column, bottom, _ = area
    for row in rows[top + 1 : bottom + 1]:
        row[column] = rows[top][column]


def report_merged(area: Area, tab: Tab, intake: Intake) -> None:
    """Report a value in a cell over several: it can be the value of one of them at most."""
    top, left, bottom, right = area
    rows, columns = bottom - top + 1, right - left + 1
    what = (
        Said(f"{rows} rows", f"{rows}行")
        if left == right
        else Said(f"{columns} columns", f"{columns}列")
    )
    message = Said(
        f"the cell covers {what}: it counts for the first alone",
        f"这一格合并了{what.zh}：只算第一格的",
    )
    hint = Said("split the cell and write each value", "拆分单元格，逐格填写")
    intake.report("workbook-cell-merged", message, tab.at(top, left), hint=hint)


def _placed(row: Row, letters: Mapping[str, str]) -> Row:
    return attrs.evolve(row, cells_at=functools.partial(_cell_at, row.place, letters))


def _cell_at(place: Place, letters: Mapping[str, str], heading: str) -> Place | None:
    letter = letters.get(heading)
    return None if letter is None else attrs.evolve(place, column=letter)
