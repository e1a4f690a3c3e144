"""The marks of an .ods: percentages and errors by the cell's type, repeated rows and cells.

An .ods writes a cell once and how often it is repeated. Spreadsheet programs repeat blank cells
to the sheet's edge; a file that repeats one with a value would be unpacked into millions.

Source: OpenDocument 1.3, part 3, 9.1 (tables), 19.385 (value types).

>>> marks_of_ods(b"no archive")
Traceback (most recent call last):
ValueError: File is not a zip file
"""

from __future__ import annotations

import io
import zipfile
from xml.parsers import expat

import attrs

from healthduty.grids.marks import BROKEN, Marks, Noting

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_EXTENDED = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
_CELLS = frozenset({f"{_TABLE}}}table-cell", f"{_TABLE}}}covered-table-cell"})
_MOST_NOTED = 10_000
"""Repeated cells that are noted one by one; a sheet with more is too large to be read."""


def marks_of_ods(data: bytes) -> dict[str, Marks]:
    """Return the marks of each sheet of a measured .ods, by the sheet's name.

    Raises:
        ValueError: a file that can't be gone through; what it holds is not to be unpacked either.
    """
    tables = _Tables()
    try:
        with (
            zipfile.ZipFile(io.BytesIO(data)) as archive,
            archive.open("content.xml") as file,
        ):
            tables.parser().ParseFile(file)
    except BROKEN as error:
        raise ValueError(str(error)) from error
    return {name: noting.marks() for name, noting in tables.found.items()}


@attrs.define
class _Tables:
    """The tables of one file on their way through the parser, which keeps none of their cells."""

    found: dict[str, Noting] = attrs.Factory(dict)
    noting: Noting = attrs.Factory(Noting)
    row: int = 0
    rows: int = 1
    column: int = 0
    columns: int = 1
    kind: str = ""
    text: str | None = None
    ends: list[tuple[int, int, bool, str]] = attrs.Factory(list)
    """The cells of this row that hold something: column, how often, percentage, error."""

    def parser(self) -> expat.XMLParserType:
        """Return the parser that tells of each element."""
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._said
        return parser

    def _start(self, tag: str, about: dict[str, str]) -> None:
        if tag == f"{_TABLE}}}table":
            self.noting = self.found[about.get(f"{_TABLE}}}name", "")] = Noting()
            self.row = 0
        elif tag == f"{_TABLE}}}table-row":
            self.rows = _count(about, "rows")
            self.column, self.ends = 0, []
        elif tag in _CELLS:
            self.columns = _count(about, "columns")
            kind = about.get(f"{_OFFICE}}}value-type", "")
            self.kind = about.get(f"{_EXTENDED}}}value-type", kind)
            self.text = ""

    def _said(self, text: str) -> None:
        if self.text is not None:
            self.text += text

    def _end(self, tag: str) -> None:
        if tag in _CELLS and self.text is not None:
            text, self.text = self.text.strip(), None
            if self.kind or text:
                error = text or "#VALUE!" if self.kind == "error" else ""
                self.ends.append((self.column, self.columns, self.kind == "percentage", error))
            self.column += self.columns
        elif tag == f"{_TABLE}}}table-row":
            self._close_row()

    def _close_row(self) -> None:
        for column, count, percent, error in self.ends:
            last = self.row + self.rows - 1, column + count - 1
            self.noting.cell(*last, percent=percent, error=error)
            if (percent or error) and self.rows * count <= _MOST_NOTED:
                for row in range(self.row, self.row + self.rows):
                    for each in range(column, column + count):
                        self.noting.cell(row, each, percent=percent, error=error)
        self.row += self.rows


def _count(about: dict[str, str], what: str) -> int:
    return max(1, int(about.get(f"{_TABLE}}}number-{what}-repeated", "1")))
