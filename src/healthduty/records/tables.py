r"""From text to rows: delimiter, quotation marks, line breaks; nothing is interpreted.

Rows are counted as a spreadsheet counts them: from 1, blank ones too, and a line break inside
quotation marks makes no new row. The delimiter is read off the first row that has any: a comma,
a tab, a semicolon, or the full-width comma that a Chinese keyboard writes.

Source: RFC 4180 for the quotation marks; what spreadsheets write for the rest.

>>> read_rows("机构;满意率\n南关;83%\n")
[['机构', '满意率'], ['南关', '83%']]
"""

from __future__ import annotations

import csv
import io
import itertools

from healthduty.findings import Finding
from healthduty.records.intake import refuse
from healthduty.said import Said
from healthduty.sources import Place

DELIMITERS = (",", "\t", ";")
_FULL_WIDTH = "，"
_HEAD = 10
"""So many rows are looked at for the delimiter: titles and blank rows stand above a header."""


def read_rows(text: str, source: str = "") -> list[list[str]]:
    """Return the rows of a delimited text, blank ones as empty lists.

    Raises:
        SourceError: quotation marks that don't pair, a cell too long for any table, or nothing.
    """
    rows: list[list[str]] = []
    lines = io.StringIO(text, newline="")
    try:
        # Up to the fault the rows are kept: their number says in which row it stands.
        rows.extend(csv.reader(lines, delimiter=delimiter_of(text), strict=True))
    except csv.Error as error:
        refuse(source, _broken(error, len(rows) + 1, source))
    if _said(io.StringIO(text, newline="").readline()):
        rows[0] = []
    if not any(cell.strip() for row in rows for cell in row):
        finding = Finding(
            "record-empty", Said("the file holds nothing", "文件是空的"), place=Place(source)
        )
        refuse(source, finding)
    return rows


def _broken(error: csv.Error, row: int, source: str) -> Finding:
    place = Place(source, row=row)
    if "field limit" in str(error):
        message = Said(
            f"a cell holds more than {csv.field_size_limit()} characters",
            f"有一格超过{csv.field_size_limit()}个字",
        )
        hint = Said(
            "a quotation mark that is never closed swallows the rest of a file",
            "引号没有配对时，会把后面的内容都吞进一格",
        )
        return Finding("record-cell-long", message, place=place, hint=hint)
    return Finding(
        "record-quotes",
        Said("the quotation marks of this row don't pair", "这一行的引号没有配对"),
        place=place,
        hint=Said(
            'a cell that begins with " ends with ", and a " inside it is written twice',
            '以"开头的格要以"结尾，格内的"写两遍',
        ),
    )


def delimiter_of(text: str) -> str:
    r"""Return the delimiter that makes the most of the first row that any of them divides.

    >>> delimiter_of("2024年考核数据\n机构\t满意率，%\n")
    '\t'
    """
    head = list(itertools.islice(io.StringIO(text, newline=""), _HEAD))
    if head and (said := _said(head[0])):
        return said
    for line in head:
        counts = {mark: _cells(line, mark) for mark in DELIMITERS}
        if max(counts.values()) > 1:
            return max(counts, key=lambda mark: counts[mark])
    divided = any(_cells(line, _FULL_WIDTH) > 1 for line in head)
    return _FULL_WIDTH if divided else DELIMITERS[0]


def _said(line: str) -> str:
    """Return the delimiter of a line `sep=;`, which Excel writes for itself; else nothing."""
    words = line.rstrip("\r\n").lower()
    return words[-1] if words in {f"sep={mark}" for mark in DELIMITERS} else ""


def _cells(line: str, delimiter: str) -> int:
    reader = csv.reader([line[: csv.field_size_limit()]], delimiter=delimiter)
    return max((len(cells) for cells in reader), default=0)
