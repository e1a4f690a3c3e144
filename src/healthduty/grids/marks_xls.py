"""The marks of an .xls: percentages by style, errors, and how far the cells reach.

The file is a run of records, each a kind, a length and its bytes. First come the workbook's own:
number formats, styles, where each sheet begins; then, sheet by sheet, a record for each cell or
for several in a row.

Source: [MS-XLS] 2.4.126 (Format), 2.4.353 (XF), 2.4.28 (BoundSheet8), 2.5.198 (cells).

>>> marks_of_xls(b"no workbook")
Traceback (most recent call last):
ValueError: no compound file
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

import attrs

from healthduty.grids.compound import streams_of
from healthduty.grids.marks import Marks, Noting
from healthduty.grids.marks_xlsx import is_percent

_BEGIN, _END, _ENCRYPTED = 0x0809, 0x000A, 0x002F
_FORMAT, _STYLE, _SHEET = 0x041E, 0x00E0, 0x0085
_NUMBER, _SHORT, _SHORTS, _FORMULA, _ERROR = 0x0203, 0x027E, 0x00BD, 0x0006, 0x0205
_REACH, _WORDS = 0x0200, 0x00FC
_TEXTS = frozenset({0x00FD, 0x0204, 0x00D6})
_EIGHT = 0x0600
"""The version of Excel 97 to 2003; nobody hands in older ones."""

_BUILT_IN = frozenset({9, 10})
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}

ENCRYPTED = "EncryptedPackage"
"""The stream in which a workbook with a password stands."""

Record = tuple[int, bytes]
"""What kind of record it is, and its bytes."""


def marks_of_xls(data: bytes) -> dict[str, Marks]:
    """Return the marks of each sheet of an .xls, by the sheet's name.

    Raises:
        ValueError: a file that can't be followed to its end, of a version before Excel 97, or with
            a password (`ENCRYPTED`).
    """
    streams = streams_of(data)
    if ENCRYPTED in streams:
        raise ValueError(ENCRYPTED)
    stream = streams.get("Workbook")
    if stream is None:
        raise ValueError("it holds no workbook")
    try:
        book = _book(stream)
        return {name: _marks(stream, start, book.percents) for name, start in book.sheets}
    except (struct.error, IndexError) as error:
        raise ValueError(f"a broken record: {error}") from error


@attrs.define
class _Book:
    """What the records of the workbook say."""

    formats: set[int] = attrs.Factory(lambda: set(_BUILT_IN))
    styles: list[int] = attrs.Factory(list)
    sheets: list[tuple[str, int]] = attrs.Factory(list)

    @property
    def percents(self) -> frozenset[int]:
        """The indices of the styles that show a percentage."""
        return frozenset(i for i, number in enumerate(self.styles) if number in self.formats)


def _records(stream: bytes, start: int) -> Iterator[Record]:
    """Go through the records from one on, up to the end of what it begins."""
    depth = 0
    while start + 4 <= len(stream):
        kind, length = struct.unpack_from("<2H", stream, start)
        body = stream[start + 4 : start + 4 + length]
        start += 4 + length
        depth += (kind == _BEGIN) - (kind == _END)
        if depth <= 1 or kind == _REACH:  # a chart inside a sheet has cells of its own
            yield kind, body
        if depth <= 0:
            return


def _book(stream: bytes) -> _Book:
    book = _Book()
    for kind, body in _records(stream, 0):
        if kind == _ENCRYPTED:
            raise ValueError(ENCRYPTED)
        if kind == _BEGIN and struct.unpack_from("<H", body)[0] != _EIGHT:
            raise ValueError("it is of a version before Excel 97")
        if kind == _FORMAT and is_percent(_text(body, 2, wide=True)):
            book.formats.add(struct.unpack_from("<H", body)[0])
        elif kind == _STYLE:
            book.styles.append(struct.unpack_from("<H", body, 2)[0])
        elif kind == _WORDS and not 0 <= struct.unpack_from("<l", body, 4)[0] <= len(stream):
            raise ValueError("more texts than the file has bytes")
        elif kind == _SHEET:
            start = struct.unpack_from("<L", body)[0]
            book.sheets.append((_text(body, 6, wide=False), start))
    return book


def _text(body: bytes, at: int, *, wide: bool) -> str:
    """Return a text: its length in one byte or two, how it is written, its characters."""
    count = struct.unpack_from("<H" if wide else "<B", body, at)[0]
    at += 2 if wide else 1
    if body[at] & 1:
        return body[at + 1 : at + 1 + 2 * count].decode("utf-16-le", errors="replace")
    return body[at + 1 : at + 1 + count].decode("latin-1")


def _marks(stream: bytes, start: int, percents: frozenset[int]) -> Marks:
    noting = Noting()
    for kind, body in _records(stream, start):
        if kind in (_NUMBER, _SHORT, _FORMULA, _ERROR) or kind in _TEXTS:
            row, column, style = struct.unpack_from("<3H", body)
            number = kind not in _TEXTS and kind != _ERROR
            error = _error(kind, body)
            percent = number and not error and style in percents
            noting.cell(row, column, percent=percent, error=error)
        elif kind == _REACH:
            # A library makes room for as many cells as this says, whether they are there or not.
            top, bottom, left, right = struct.unpack_from("<2L2H", body)
            if top > bottom or left > right:
                raise ValueError("a sheet that ends before it begins")
            noting.reach(bottom, right)
        elif kind == _SHORTS:
            row, column = struct.unpack_from("<2H", body)
            for index in range((len(body) - 6) // 6):
                style = struct.unpack_from("<H", body, 4 + 6 * index)[0]
                noting.cell(row, column + index, percent=style in percents)
    return noting.marks()


def _error(kind: int, body: bytes) -> str:
    """Return the error that a cell shows, or that its formula ended in; nothing for any other."""
    if kind == _ERROR and body[7]:
        return _ERRORS.get(body[6], "#VALUE!")
    if kind == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:  # noqa: PLR2004 - errors
        return _ERRORS.get(body[8], "#VALUE!")
    return ""
