"""Excel files: sheets with their merged cells, as rows of texts and as grids.

python-calamine reads .xlsx, .xls and .ods alike. Of a number it tells the value, not how the sheet
shows it, and of an error nothing; so 0.9 in a cell that shows 90% and #DIV/0! are looked up in the
file itself (`marks`).

Source: “.xlsx, .xls”; semantics 2 (rates carry their unit), 12 (nothing is dropped).

>>> shown(20.0, percent=False), shown(0.905, percent=True), shown(True, percent=False)
('20', '90.5%', 'TRUE')
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs

from healthduty.errors import NumberError
from healthduty.exact import show, to_fraction
from healthduty.findings import Finding, Findings, Severity
from healthduty.grids.archives import measure, refuse
from healthduty.grids.grid import Area, Contents, clean, column_letter, grid_of_rows
from healthduty.grids.marks import UNCALCULATED, Marks
from healthduty.grids.marks_ods import marks_of_ods
from healthduty.grids.marks_xls import ENCRYPTED, marks_of_xls
from healthduty.grids.marks_xlsx import marks_of_xlsx
from healthduty.said import Said
from healthduty.sources import Place

MOST_CELLS = 1_000_000
"""Positions a sheet may have; a scoring table has some hundreds."""

_UNLOCKED = Said("save it without a password", "去掉密码后保存")


@attrs.frozen
class Tab:
    """A sheet: its rows of texts from the corner on, its merged areas, whether it is hidden."""

    place: Place
    rows: tuple[tuple[str, ...], ...]
    merged: tuple[Area, ...] = ()
    hidden: bool = attrs.field(default=False, kw_only=True)

    @property
    def blank(self) -> bool:
        """Whether no cell holds anything."""
        return not any(text.strip() for row in self.rows for text in row)

    def at(self, row: int, column: int) -> Place:
        """Return the place of a cell, whose row and column are counted from 0."""
        return attrs.evolve(self.place, row=row + 1, column=column_letter(column))


@attrs.frozen
class Book:
    """The sheets of a workbook, hidden ones too, and what of it could not be read."""

    tabs: tuple[Tab, ...]
    findings: Findings = attrs.field(default=Findings())


def read_excel(data: bytes, source: str = "") -> Contents:
    """Return the visible sheets of a workbook as grids, empty ones left out.

    Raises:
        ImportError: without python-calamine (`pip install healthduty[excel]`).
        SourceError: a file that is broken, encrypted or too large.
    """
    book = read_book(data, source)
    tabs = [tab for tab in book.tabs if not tab.blank]
    grids = tuple(
        grid_of_rows(tab.rows, tab.place, merged=tab.merged) for tab in tabs if not tab.hidden
    )
    hidden = [unread_tab(tab) for tab in tabs if tab.hidden]
    return Contents(source, grids, book.findings + hidden)


def unread_tab(tab: Tab) -> Finding:
    """Return the warning that a hidden sheet was not read."""
    message, hint = (
        Said("a hidden sheet is not read", "隐藏的工作表未读取"),
        Said("show it in Excel where it belongs to it", "如属填报内容，先取消隐藏"),
    )
    return Finding(
        "file-part-unread", message, severity=Severity.WARNING, place=tab.place, hint=hint
    )


def read_book(data: bytes, source: str = "", *, most: int = MOST_CELLS) -> Book:
    """Return the sheets of a workbook as rows of texts; no formula of it is ever calculated.

    `most` is how many positions a sheet may have. Formulas that nobody has calculated have no
    value: each is a finding, and `UNCALCULATED` stands in its place.

    Raises:
        ImportError: without python-calamine (`pip install healthduty[excel]`).
        SourceError: a file that is broken, encrypted or too large.
    """
    try:
        import python_calamine as calamine
    except ImportError as error:
        message = "an Excel file needs python-calamine: pip install healthduty[excel]"
        raise ImportError(message) from error
    marks = _marks(data, source)
    for name, mark in marks.items():
        _bound(mark.height, mark.width, Place(source, sheet=name), most)
    findings: list[Finding] = []
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        zipped = data.startswith(b"PK")
        tabs = tuple(_tabs(book, source, marks, findings, most, zipped=zipped))
    except calamine.PasswordError:
        refuse(source, "file-encrypted", Said("the file is encrypted", "文件已加密"), _UNLOCKED)
    except (calamine.CalamineError, calamine.ZipError, calamine.XmlError) as error:
        refuse(
            source,
            "file-broken",
            Said(
                f"the file can't be opened: {clean(str(error))}",
                f"文件打不开（`{clean(str(error))}`）",
            ),
        )
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # what Rust raises is no Exception
            refuse(
                source,
                "file-broken",
                Said(
                    "the file can't be opened: its cells contradict each other",
                    "文件打不开：单元格互相矛盾",
                ),
            )
        raise
    return Book(tabs, Findings(findings))


def _marks(data: bytes, source: str) -> dict[str, Marks]:
    """Return the marks of a file's sheets, by their names; an archive is measured first."""
    parts = measure(data, source) if data.startswith(b"PK") else frozenset()
    try:
        if not parts:
            return marks_of_xls(data)
        return marks_of_ods(data) if "content.xml" in parts else marks_of_xlsx(data)
    except ValueError as error:
        if str(error) == ENCRYPTED:
            refuse(source, "file-encrypted", Said("the file is encrypted", "文件已加密"), _UNLOCKED)
        refuse(
            source,
            "file-broken",
            Said(
                f"the file can't be opened: {clean(str(error))}",
                f"文件打不开（`{clean(str(error))}`）",
            ),
        )


def _bound(height: int, width: int, place: Place, most: int) -> None:
    if height * width > most:
        size = Said(f"{height} rows of {width} cells", f"{height}行、每行{width}格")
        refuse(
            place.source,
            "file-too-large",
            Said(f"the sheet `{place.sheet}` has {size}", f"工作表`{place.sheet}`有{size.zh}"),
        )


def _tabs(
    book: Any,  # noqa: ANN401 - a class of an optional extra
    source: str,
    marks: Mapping[str, Marks],
    findings: list[Finding],
    most: int,
    *,
    zipped: bool,
) -> Iterator[Tab]:
    for about in book.sheets_metadata:
        place = Place(source, sheet=about.name)
        if not str(about.typ).endswith("WorkSheet"):
            message = Said(
                "a sheet that is no table of cells is not read", "不是表格的工作表未读取"
            )
            note = Finding("file-part-unread", message, severity=Severity.NOTE, place=place)
            findings.append(note)
            continue
        if about.name not in marks and zipped:  # what was not looked at first is not unpacked
            refuse(
                source,
                "file-broken",
                Said(
                    f"the sheet `{about.name}` can't be found in the file",
                    f"文件里找不到工作表`{about.name}`",
                ),
            )
        sheet = book.get_sheet_by_name(about.name)
        _bound(sheet.total_height + 1, sheet.total_width + 1, place, most)
        hidden = not str(about.visible).endswith("Visible")
        mark = marks.get(about.name, Marks())
        merged = tuple((*start, *end) for start, end in sheet.merged_cell_ranges or ())
        tab = Tab(place, _rows(sheet, mark), merged, hidden=hidden)
        findings += _uncalculated(tab, mark)
        yield tab


def _rows(sheet: Any, mark: Marks) -> tuple[tuple[str, ...], ...]:  # noqa: ANN401 - as above
    percents, errors = mark.percents, mark.errors
    rows = [
        [shown(value, percent=(row, column) in percents) for column, value in enumerate(values)]
        for row, values in enumerate(sheet.to_python(skip_empty_area=False))
    ]
    for (row, column), text in errors.items():
        # A library leaves blank what is an error, and leaves off the blank cells at the end.
        rows += [[] for _ in range(row + 1 - len(rows))]
        rows[row] += [""] * (column + 1 - len(rows[row]))
        rows[row][column] = text
    return tuple(map(tuple, rows))


def _uncalculated(tab: Tab, mark: Marks) -> Iterator[Finding]:
    for (row, column), text in sorted(mark.errors.items()):
        if text == UNCALCULATED:
            message = Said(
                "the formula was never calculated: it has no value", "公式没有计算过，没有值"
            )
            hint = Said("open the file in Excel or WPS and save it", "用Excel或WPS打开后保存")
            yield Finding("file-formula", message, place=tab.at(row, column), hint=hint)


def shown(value: object, *, percent: bool) -> str:
    """Return a cell's value as text: numbers as the shortest decimal, days as ISO dates."""
    match value:
        case bool():
            return str(value).upper()
        case int() | float():
            number = _number(value)
            if number is None:
                return str(value)
            return f"{show(number * 100)}%" if percent else show(number)
        case datetime.datetime() if value.time() == datetime.time():
            return value.date().isoformat()
        case _:
            return str(value)


def _number(value: float) -> Fraction | None:
    """Return a number as it was typed: Excel itself keeps 15 digits of it, and no more."""
    try:
        return to_fraction(Decimal(f"{value:.15g}"))
    except NumberError:  # 1e300 and the like stay as they are, for whoever reads them to refuse
        return None
