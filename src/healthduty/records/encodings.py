"""From bytes to text: which encoding a file is in, and whether it is text at all.

Chinese spreadsheets write GB18030, everything else UTF-8, and both are often handed on without
saying which. So: a byte order mark first, then strict UTF-8, then strict GB18030. Detectors that
guess by frequency are wrong on short files. A file that holds both, because two were put
together, is refused with the row, for read either way it would name the wrong facility.

Source: “UTF-8 with or without BOM and GB18030”; semantics 12.

>>> read_text("机构,满意率".encode("gb18030"))
'机构,满意率'
"""

from __future__ import annotations

import codecs
import csv
import io
import re

from healthduty.findings import Finding
from healthduty.records.intake import refuse
from healthduty.said import Said, chinese
from healthduty.sources import Place

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_FORMATS = (
    (
        b"PK\x03\x04",
        Said("an Excel or Word file (or another archive)", "Excel或Word文件（或其他压缩包）"),
    ),
    (b"\xd0\xcf\x11\xe0", Said("an old Excel or Word file", "旧版Excel或Word文件")),
    (b"%PDF", Said("a PDF", "PDF文件")),
    (b"\x89PNG", Said("a picture (PNG)", "图片（PNG）")),
    (b"\xff\xd8\xff", Said("a picture (JPEG)", "图片（JPEG）")),
    (b"GIF8", Said("a picture (GIF)", "图片（GIF）")),
    (b"\x1f\x8b", Said("a compressed file (gzip)", "压缩文件（gzip）")),
    (b"Rar!", Said("a compressed file (RAR)", "压缩文件（RAR）")),
    (b"7z\xbc\xaf", Said("a compressed file (7z)", "压缩文件（7z）")),
    (b"PAR1", Said("a Parquet file", "Parquet文件")),
    (b"SQLite format 3", Said("a database (SQLite)", "数据库（SQLite）")),
    (b"<!DOCTYPE html", Said("a web page", "网页")),
    (b"<html", Said("a web page", "网页")),
    (b"<?xml", Said("an XML file", "XML文件")),
)
"""What files begin with that are taken for tables; some programs save a web page as .xls."""

_DELIMITER = re.compile("[\t;]")
_SAVE_AS = Said("save it as “CSV UTF-8” and read that file", "另存为“CSV UTF-8”再读")
_SURE = 4
"""So many Chinese characters that read as UTF-8 are UTF-8, even where GB18030 reads them too."""


def read_text(data: bytes, source: str = "") -> str:
    """Return the text of a file: marked, or else UTF-8, or else GB18030.

    Raises:
        SourceError: no text, an encoding that is neither, or both in one file.
    """
    _refuse_other_formats(data, source)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _read_marked(data.removeprefix(mark), encoding, source)
    _refuse_nul(data, source)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        _refuse_mixed(data, source)
        return data.decode("gb18030")


def other_format(data: bytes) -> str:
    """Return what a file is that begins like something else than text; nothing where it may be.

    >>> other_format(b"%PDF-1.7"), other_format(b"{}")
    ('a PDF', '')
    """
    for mark, what in _FORMATS:
        if data[: len(mark)].lower() == mark.lower():
            return what
    return ""


def _refuse_other_formats(data: bytes, source: str) -> None:
    if what := other_format(data):
        message = Said(f"this is {what}, no text", f"这是{chinese(what)}，不是文本")
        finding = Finding("record-not-text", message, place=Place(source), hint=_SAVE_AS)
        refuse(source, finding)


def _read_marked(data: bytes, encoding: str, source: str) -> str:
    """Read what a mark promises; UTF-8 that breaks it may be a file with a GB18030 part."""
    if encoding == "utf-8":
        _refuse_nul(data, source)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        if encoding == "utf-8":
            _refuse_mixed(data, source, marked=True)
        message = Said(
            f"the file says that it is {encoding[:6].upper()}, but its bytes are not",
            f"文件标明是{encoding[:6].upper()}，内容却不是",
        )
        refuse(source, Finding("record-encoding", message, place=Place(source), hint=_SAVE_AS))
    return text


def _refuse_nul(data: bytes, source: str) -> None:
    position = data.find(b"\0")
    if position < 0:
        return
    count = data.count(b"\0")
    times = Said("", "") if count == 1 else Said(f" ({count} in the file)", f"（全文{count}处）")
    finding = Finding(
        "record-nul",
        Said(
            f"a NUL character stands here{times}: no table has one",
            f"这里有空字符（NUL）{times.zh}：表格里不会有",
        ),
        place=Place(source, row=_row_of(data, position)),
        hint=Said(
            f"a file in UTF-16 without its mark looks like this: {_SAVE_AS}",
            f"没有标记的UTF-16文件就是这样：{_SAVE_AS.zh}",
        ),
    )
    refuse(source, finding)


def _row_of(data: bytes, position: int) -> int:
    """Return the row that a byte stands in; a line break inside quotation marks is none."""
    return len(_rows(data[:position] + b"."))


def _rows(data: bytes) -> list[list[str]]:
    """Return the rows of a table whose encoding is not known yet, each byte as a character."""
    text = data.decode("latin-1")
    try:
        return list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error:  # a cell too long for any table, for read_rows to refuse
        return [[line] for line in text.split("\n")]


def _refuse_mixed(data: bytes, source: str, *, marked: bool = False) -> None:
    """Look at each cell by itself, and refuse what is not GB18030 throughout.

    Neither encoding uses a delimiter's, a quotation mark's or a line break's byte inside a
    character, so the cells can be told apart before the encoding is known.
    """
    rows: dict[str, list[int]] = {"utf-8": [], "gb18030": [], "neither": []}
    for number, cells in enumerate(_rows(data), 1):
        foreign = (cell for cell in cells if not cell.isascii())
        for part in (part for cell in foreign for part in _DELIMITER.split(cell)):
            if encoding := _encoding_of(part.encode("latin-1")):
                rows[encoding].append(number)
    if broken := rows["neither"]:
        message = Said(
            f"{_rows_of(broken)} is neither UTF-8 nor GB18030",
            f"{_rows_of(broken).zh}既不是UTF-8也不是GB18030",
        )
        place = Place(source, row=broken[0])
        refuse(source, Finding("record-encoding", message, place=place, hint=_SAVE_AS))
    if rows["utf-8"] or marked:
        both = {name: rows[name] for name in ("utf-8", "gb18030")}
        main = "utf-8" if marked else min(both, key=lambda name: both[name][0])
        other = "gb18030" if main == "utf-8" else "utf-8"
        message = Said(
            f"the file is {main.upper()}, but {_rows_of(both[other])} is {other.upper()}",
            f"文件是{main.upper()}，{_rows_of(both[other]).zh}却是{other.upper()}",
        )
        place = Place(source, row=both[other][0])
        hint = Said(
            f"two files may have been put together: {_SAVE_AS}",
            f"可能是两个文件拼在一起：{_SAVE_AS.zh}",
        )
        refuse(source, Finding("record-encoding-mixed", message, place=place, hint=hint))


def _rows_of(rows: list[int]) -> Said:
    """Return the first of some rows, and how many follow."""
    others = len(set(rows)) - 1
    if not others:
        return Said("this row", "这一行")
    return Said(f"this row (like {others} further down)", f"这一行（后面还有{others}行）")


def _encoding_of(cell: bytes) -> str:
    """Return the one encoding that reads a cell, "neither", or nothing where both do."""
    national = _reads(cell, "gb18030") is not None
    text = _reads(cell, "utf-8")
    if text is None:
        return "gb18030" if national else "neither"
    chinese = sum("\u3000" <= character <= "\u9fff" for character in text)
    return "utf-8" if not national or chinese >= _SURE else ""


def _reads(cell: bytes, encoding: str) -> str | None:
    try:
        return cell.decode(encoding)
    except UnicodeDecodeError:
        return None
