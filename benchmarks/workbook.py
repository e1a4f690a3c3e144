"""The result workbook: how long it takes, in multiples of XlsxWriter writing the same cells.

    python benchmarks/workbook.py [--turns N]

The sample is what the catalogue ships: thirty facilities by one agreement, live formulas in every
sheet; and 210 facilities in the long form, being too many for sheets of their own. The rival has
the cells before its clock starts, in order, and does nothing but hand them to XlsxWriter in one
format: no scoring, no layout, no formulas to be made, no values to be checked. What is timed on our
side starts from score sheets and ends with the bytes of the file.
"""

from __future__ import annotations

import argparse
import io
import platform
from itertools import cycle
from typing import Any, NamedTuple
from unittest import mock

import attrs
import xlsxwriter
from timing import Ratio, compare

import healthduty as hd
from healthduty.scoring.sheet import ScoreSheet
from healthduty.workbook import result
from healthduty.workbook.styles import open_book

GOAL = 2.0
SAMPLES = (
    ("township-hospital-targets", 0),
    ("supervision-coordination", 0),
    ("township-hospital-targets", 210),
)
"""Agreements with how many facilities there are; 0 is as many as the catalogue ships."""
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


class Cell(NamedTuple):
    """One cell as XlsxWriter is given it: which of its methods, where, and what."""

    method: str
    row: int
    column: int
    arguments: tuple[Any, ...]


def sheets_of(name: str, count: int) -> list[ScoreSheet]:
    """Score what the catalogue ships, and make what a sheet makes when it is first asked."""
    agreement, shipped = hd.catalogue.get(name), tuple(hd.catalogue.records(name))
    records = [
        attrs.evolve(record, facility=f"{record.facility}-{place}", name=f"{record.name}{place}")
        for place, record in zip(range(count), cycle(shipped), strict=False)
    ]
    sheets = [hd.score(agreement, record) for record in records or shipped]
    for sheet in sheets:
        _ = sheet.lines, sheet.items, sheet.findings, sheet.digests, sheet.total
    return sheets


def cells_of(sheets: list[ScoreSheet]) -> list[tuple[str, list[Cell]]]:
    """Return the cells of the workbook that we write, page by page."""
    pages: dict[str, list[Cell]] = {}
    methods = ("write_string", "write_number", "write_blank", "write_boolean", "write_formula")

    def watched(buffer: io.BytesIO, title: str) -> Any:  # noqa: ANN401 - XlsxWriter's
        book = open_book(buffer, title)
        add = book.add_worksheet

        def add_worksheet(name: str) -> Any:  # noqa: ANN401 - as above
            page = add(name)
            kept = pages.setdefault(name, [])
            for method in methods:
                setattr(page, method, _watch(getattr(page, method), method, kept))
            return page

        book.add_worksheet = add_worksheet
        return book

    with mock.patch.object(result, "open_book", watched):
        result.write_results(sheets, io.BytesIO())
    return list(pages.items())


def _watch(write: Any, method: str, kept: list[Cell]) -> Any:  # noqa: ANN401 - as above
    def watching(row: int, column: int, *arguments: Any) -> Any:  # noqa: ANN401 - as above
        what = (arguments[0], *arguments[2:]) if method == "write_formula" else arguments[:1]
        kept.append(Cell(method, row, column, what))
        return write(row, column, *arguments)

    return watching


def bare(pages: list[tuple[str, list[Cell]]]) -> bytes:
    """Write cells, and nothing else."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, OPTIONS)
    form = book.add_format({"border": 1})
    for name, cells in pages:
        page = book.add_worksheet(name)
        write = {cell.method: getattr(page, cell.method) for cell in cells}
        for method, row, column, (first, *others) in cells:
            write[method](row, column, first, form, *others)
    book.close()
    return buffer.getvalue()


def measured(name: str, count: int, turns: int) -> tuple[Ratio, int]:
    """Return the ratio for one sample, and how many cells it has."""
    sheets = sheets_of(name, count)
    pages = cells_of(sheets)
    assert len(bare(pages)) > 0

    def ours(_: int) -> None:
        result.write_results(sheets, io.BytesIO())

    def rival(_: int) -> None:
        bare(pages)

    return compare(ours, rival, turns), sum(len(cells) for _, cells in pages)


def main() -> None:
    """Print a row for each sample."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--turns", type=int, default=9)
    turns = parser.parse_args().turns
    print(f"XlsxWriter {xlsxwriter.__version__}, Python {platform.python_version()}")
    print(f"{'sample':<34}{'cells':>8}{'ratio':>7}  {'quartiles':<12}{'ms':>7}{'bare':>7}  goal")
    for name, facilities in SAMPLES:
        ratio, count = measured(name, facilities, turns)
        sample = f"{name}, {facilities}" if facilities else name
        told = "met" if ratio.median <= GOAL else "missed"
        print(
            f"{sample:<34}{count:>8}{ratio.median:>7.2f}  {ratio.low:.2f}–{ratio.high:.2f}   "
            f"{1000 * ratio.seconds:>7.0f}{1000 * ratio.rival_seconds:>7.0f}  ≤ {GOAL:g}: {told}"
        )


if __name__ == "__main__":
    main()
