"""The data workbook: how long it takes, in multiples of XlsxWriter writing the same bare.

    python benchmarks/data_workbook.py [--turns N]

A county of three hundred units by the agreement with most measures of the catalogue. The rival has
every cell, merged heading, input check and comment before its clock starts, in order, and hands
them to XlsxWriter in one format. And the way back: reading the filled workbook, beside what
python-calamine alone needs to give its cells.
"""

from __future__ import annotations

import argparse
import io
import tempfile
from pathlib import Path
from typing import Any
from unittest import mock

import python_calamine
import xlsxwriter
from timing import compare

import healthduty as hd
from healthduty.workbook import template
from healthduty.workbook.filled import read_filled
from healthduty.workbook.styles import open_book

GOAL = 2.0
AGREEMENT = hd.catalogue.get("township-hospital-targets")
UNITS = [(f"{number:03}", f"第{number}卫生院", "一般", 20_000 + number) for number in range(300)]
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
CALLS = (
    *("write_string", "write_number", "write_blank", "merge_range"),
    *("data_validation", "write_comment"),
)

Call = tuple[str, tuple[Any, ...]]
"""A method of a sheet, and what it was called with."""


def calls_of(path: Path) -> list[tuple[str, list[Call]]]:
    """Return what we call on each sheet while writing the workbook."""
    pages: dict[str, list[Call]] = {}

    def watched(buffer: io.BytesIO, title: str) -> Any:  # noqa: ANN401 - XlsxWriter's
        book = open_book(buffer, title)
        add = book.add_worksheet

        def add_worksheet(name: str) -> Any:  # noqa: ANN401 - as above
            page = add(name)
            kept = pages.setdefault(name, [])
            for method in CALLS:
                setattr(page, method, _watch(getattr(page, method), method, kept))
            return page

        book.add_worksheet = add_worksheet
        return book

    with mock.patch.object(template, "open_book", watched):
        template.write_template(AGREEMENT, path, facilities=UNITS)
    return list(pages.items())


def _watch(write: Any, method: str, kept: list[Call]) -> Any:  # noqa: ANN401 - as above
    def watching(*arguments: Any) -> Any:  # noqa: ANN401 - as above
        kept.append((method, arguments))
        return write(*arguments)

    return watching


def bare(pages: list[tuple[str, list[Call]]]) -> bytes:
    """Make the same calls, with one format, and nothing else."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, OPTIONS)
    form = book.add_format({"border": 1})
    for name, calls in pages:
        page = book.add_worksheet(name)
        ways = {method: getattr(page, method) for method in CALLS}
        for method, arguments in calls:
            if method in ("data_validation", "write_comment"):
                ways[method](*arguments)
            else:
                ways[method](*arguments[:-1], form)
    book.close()
    return buffer.getvalue()


def main() -> None:
    """Print the time of both ways."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--turns", type=int, default=9)
    turns = parser.parse_args().turns
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "数据.xlsx"
        pages = calls_of(path)
        data = path.read_bytes()
        cells = sum(len(calls) for _, calls in pages)

        def write(_: int) -> None:
            template.write_template(AGREEMENT, path, facilities=UNITS)

        def rival(_: int) -> None:
            bare(pages)

        def read(_: int) -> None:
            read_filled(data, AGREEMENT)

        def alone(_: int) -> None:
            book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
            for name in book.sheet_names:
                book.get_sheet_by_name(name).to_python()

        print(f"{cells} cells, {len(UNITS)} units")
        for what, ratio in (
            (f"write / XlsxWriter (goal ≤ {GOAL:g})", compare(write, rival, turns)),
            ("read / python-calamine", compare(read, alone, turns)),
        ):
            print(
                f"{what:<34}{ratio.median:>7.2f}  {ratio.low:.2f}–{ratio.high:.2f}   "
                f"{1000 * ratio.seconds:>7.0f} ms"
            )


if __name__ == "__main__":
    main()
