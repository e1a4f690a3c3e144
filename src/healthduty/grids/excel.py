"""Excel files: sheets with their merged cells, as grids.

python-calamine reads .xlsx, .xls and .ods alike. Of a number it tells the value, not how the sheet
shows it; so 0.9 in a cell that shows 90% is looked up in the file itself (`percents`).

Source: the issue's “.xlsx, .xls”; semantics 2 (rates carry their unit).

>>> shown(20.0, percent=False), shown(0.905, percent=True), shown(True, percent=False)
('20', '90.5%', 'TRUE')
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from healthduty.exact import show, to_fraction
from healthduty.findings import Finding, Findings, Severity
from healthduty.grids.archives import measure, refuse
from healthduty.grids.grid import Contents, Grid, clean, grid_of_rows
from healthduty.grids.percents import Positions, percent_cells
from healthduty.sources import Place

MOST_CELLS = 1_000_000
"""Positions a sheet may have; a scoring table has some hundreds."""


def read_excel(data: bytes, source: str = "") -> Contents:
    """Return the visible sheets of a workbook as grids, empty ones left out.

    Raises:
        ImportError: without python-calamine (`pip install healthduty[excel]`).
        SourceError: a file that is broken, encrypted or too large.
    """
    try:
        import python_calamine as calamine
    except ImportError as error:
        message = "an Excel file needs python-calamine: pip install healthduty[excel]"
        raise ImportError(message) from error
    zipped = data.startswith(b"PK")
    if zipped:
        measure(data, source)
    percents = percent_cells(data) if zipped else {}
    findings: list[Finding] = []
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        grids = tuple(_sheets(book, source, percents, findings))
    except calamine.PasswordError:
        refuse(source, "file-encrypted", "the file is encrypted", "save it without a password")
    except (calamine.CalamineError, calamine.ZipError, calamine.XmlError) as error:
        refuse(source, "file-broken", f"the file can't be opened: {clean(str(error))}")
    return Contents(source, grids, Findings(findings))


def _sheets(
    book: Any,  # noqa: ANN401 - a class of an optional extra
    source: str,
    percents: dict[str, Positions],
    findings: list[Finding],
) -> Iterator[Grid]:
    for about in book.sheets_metadata:
        place = Place(source, sheet=about.name)
        if not str(about.typ).endswith("WorkSheet"):
            message = "a sheet that is no table of cells is not read"
            findings.append(
                Finding("file-part-unread", message, severity=Severity.NOTE, place=place)
            )
            continue
        sheet = book.get_sheet_by_name(about.name)
        grid = _grid(sheet, place, percents.get(about.name, frozenset()))
        if not any(cell.text for row in grid.rows for cell in row):
            continue
        if str(about.visible).endswith("Visible"):
            yield grid
        else:
            message, hint = "a hidden sheet is not read", "show it in Excel where it belongs to it"
            findings.append(
                Finding(
                    "file-part-unread", message, severity=Severity.WARNING, place=place, hint=hint
                )
            )


def _grid(sheet: Any, place: Place, percents: Positions) -> Grid:  # noqa: ANN401 - as above
    if sheet.total_height * sheet.total_width > MOST_CELLS:
        size = f"{sheet.total_height} rows of {sheet.total_width} cells"
        refuse(place.source, "file-too-large", f"the sheet `{place.sheet}` has {size}")
    rows = [
        [shown(value, percent=(row, column) in percents) for column, value in enumerate(values)]
        for row, values in enumerate(sheet.to_python(skip_empty_area=False))
    ]
    merged = [(*start, *end) for start, end in sheet.merged_cell_ranges or ()]
    return grid_of_rows(rows, place, merged=merged)


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
    if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124 - NaN
        return None
    return to_fraction(Decimal(f"{value:.15g}"))
