"""Result workbooks for the tests: drawn, spoilt, with other data; what stands in their cells."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import attrs
import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from healthduty.records.record import Record
from healthduty.scoring.score import score
from healthduty.scoring.sheet import ScoreSheet
from healthduty.workbook.result import WrittenResults, write_results
from healthduty.workbook.styles import column_letters
from strategies import agreements, records

calamine = pytest.importorskip("python_calamine")

WRONG = 4711.0
"""What stands in place of every number that a formula brought along, once it is spoilt."""

FIRST_ROW, CHANGE, FULL, POINTS = 5, "H", "I", "J"


class Book(NamedTuple):
    """A workbook, and the sheets that it was written from, each named as its page."""

    sheets: dict[str, ScoreSheet]
    content: bytes
    written: WrittenResults


def book_of(sheets: Sequence[ScoreSheet], **options: Any) -> Book:  # noqa: ANN401 - of write_results
    """Write sheets whose facilities have names of their own."""
    buffer = io.BytesIO()
    written = write_results(sheets, buffer, **options)
    return Book({sheet.record.name: sheet for sheet in sheets}, buffer.getvalue(), written)


def drawn_books(count: int, facilities: int, *, missing: bool = False) -> list[Book]:
    """Draw agreements of every kind, each with the records of some facilities, on boundaries."""
    books: list[Book] = []

    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def draw(data: st.DataObject) -> None:
        agreement = data.draw(agreements())
        drawn = [data.draw(records(agreement, missing=missing)) for _ in range(facilities)]
        sheets = [score(agreement, _named(each, place)) for place, each in enumerate(drawn)]
        books.append(book_of(sheets))

    draw()
    return books


def _named(record: Record, place: int) -> Record:
    return attrs.evolve(record, facility=f"f{place}", name=f"机构{place}", population=1000 + place)


# --- other contents ----------------------------------------------------------------------------

_CACHED = re.compile(rb"(<c [^>]*?)(?: t=\"(?:str|b)\")?(>\s*<f>.*?</f>)<v>[^<]*</v>", re.DOTALL)


def spoilt(content: bytes) -> bytes:
    """Return a workbook in which a wrong number stands beside every formula."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.startswith("xl/worksheets/"):
                data = _CACHED.sub(rb"\1\2<v>" + b"4711" + rb"</v>", data)
            new.writestr(name, data)
    return buffer.getvalue()


def with_inputs_moved_on(book: Book) -> bytes:
    """Return a workbook in which each facility has the data of the next one, typed over its own."""
    loaded = openpyxl.load_workbook(io.BytesIO(book.content))
    names = list(book.sheets)
    inputs = {name: dict(input_cells(loaded[name])) for name in names}
    for name, other in zip(names, [*names[1:], names[0]], strict=True):
        for address, value in inputs[other].items():
            loaded[name][address] = value
    buffer = io.BytesIO()
    loaded.save(buffer)
    return buffer.getvalue()


def with_data_moved_on(book: Book) -> bytes:
    """Return a long form in which each facility has the next one's data, typed over its own."""
    loaded = openpyxl.load_workbook(io.BytesIO(book.content))
    page, first = loaded["数据与计算"], 5
    rows = range(first, first + len(book.sheets))
    yellow = [
        column
        for column in range(2, page.max_column + 1)
        if page.cell(first, column).fill.fgColor.rgb == "FFFFF7D6"
    ]
    kept = {row: [page.cell(row, column).value for column in yellow] for row in rows}
    for row, other in zip(rows, [*rows[1:], rows[0]], strict=True):
        for column, value in zip(yellow, kept[other], strict=True):
            page.cell(row, column).value = value
    buffer = io.BytesIO()
    loaded.save(buffer)
    return buffer.getvalue()


def input_cells(page: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - openpyxl's
    """Go through the cells of a page that a person may change."""
    for row in input_rows(page):
        for column in "DEFH":
            value = page[f"{column}{row}"].value
            if not (isinstance(value, str) and value.startswith("=")):
                yield f"{column}{row}", value


def input_rows(page: Any) -> Iterator[int]:  # noqa: ANN401 - openpyxl's
    """Go through the rows of the annex of inputs."""
    first = next(
        row for row in range(1, page.max_row + 1) if str(page[f"A{row}"].value).startswith("附一")
    )
    row = first + 2
    while isinstance(page[f"A{row}"].value, int):
        yield row
        row += 1


# --- cells -------------------------------------------------------------------------------------


_FORMULA = re.compile(rb'<c r="([A-Z]+[0-9]+)"[^>]*><f>(.*?)</f>', re.DOTALL)


def formulas(content: bytes) -> dict[tuple[str, str], str]:
    """Return the formulas of a workbook that we wrote, by page and address."""
    found: dict[tuple[str, str], str] = {}
    names = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        for place, name in enumerate(names, start=1):
            page = book.read(f"xl/worksheets/sheet{place}.xml")
            for at, text in _FORMULA.findall(page):
                found[name, at.decode()] = html.unescape(text.decode())
    return found


def values(content: bytes | Path) -> dict[tuple[str, str], Any]:
    """Return what stands in the cells of a workbook, formulas by their last result."""
    data = content if isinstance(content, bytes) else content.read_bytes()
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {
        (name, f"{column_letters(column)}{row}"): value
        for name in book.sheet_names
        for row, cells in enumerate(
            book.get_sheet_by_name(name).to_python(skip_empty_area=False), start=1
        )
        for column, value in enumerate(cells)
        if value != ""
    }


def exact(number: Any) -> Fraction:  # noqa: ANN401 - a cell's
    """Return the decimal that a cell shows."""
    return Fraction(str(number))


def sum_row(cells: dict[tuple[str, str], Any], name: str) -> int:
    """Return the row of the sums of a facility's page."""
    row = FIRST_ROW
    while cells.get((name, f"B{row}")) != "合计":
        row += 1
    return row
