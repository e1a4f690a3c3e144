r"""From a source to its contents: a path, a file's bytes, pasted rows or text.

A file is taken for what its first bytes say it is. Text with tabs in two rows or more was pasted
from a spreadsheet; any other text is one paragraph a line.

Source: the contract's “From file to grid”; “.xlsx, .xls, .csv, .docx, pasted rows or
text”.

>>> contents = contents_of("考核内容\t分值\n台账\t5\n")
>>> contents.blocks[0].at(1, 0).text
'台账'
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Sequence
from pathlib import Path

from healthduty.errors import SourceError, UsageError
from healthduty.findings import Finding
from healthduty.grids.archives import measure, refuse
from healthduty.grids.excel import read_excel
from healthduty.grids.grid import Block, Contents, Paragraph, clean, grid_of_rows
from healthduty.grids.word import read_word
from healthduty.records.encodings import read_text
from healthduty.records.tables import read_rows
from healthduty.said import Said
from healthduty.sources import Place

Source = str | os.PathLike[str] | bytes
"""What `read_agreement` takes: a path, a file's bytes, or a text."""

ENDINGS = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".docx", ".csv", ".tsv", ".txt", ".md"})
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ARCHIVE = b"PK\x03\x04"
_LONGEST_PATH = 1_000
_PASTED_ROWS = 2
_MOST_BYTES = 64 * 2**20


def contents_of(source: Source, name: str = "") -> Contents:
    """Return what a source holds; `name` is what its places are called by.

    Raises:
        ImportError: a file of Excel or Word without its extra.
        OSError: a path that can't be opened.
        SourceError: a file that can't be read, or holds nothing.
    """
    if isinstance(source, bytes):
        contents = _of_bytes(source, name, Path(name).suffix.lower())
    elif isinstance(source, os.PathLike) or _is_path(source):
        path = Path(source)
        if path.stat().st_size > _MOST_BYTES:
            message = Said(
                f"the file is larger than {_MOST_BYTES // 2**20} MB",
                f"文件大于{_MOST_BYTES // 2**20} MB",
            )
            refuse(name or path.name, "file-too-large", message)
        contents = _of_bytes(path.read_bytes(), name or path.name, path.suffix.lower())
    elif isinstance(source, str):
        contents = Contents(name, of_text(source, name))
    else:
        raise UsageError(f"an agreement is read from a path, bytes or text, not {type(source)}")
    if not contents.blocks:
        raise SourceError(
            name or "text",
            (
                *contents.findings,
                Finding("file-empty", Said("there is nothing to read", "没有可读的内容")),
            ),
        )
    return contents


def _is_path(text: object) -> bool:
    """Whether a text is the path of a file and no agreement: one line with a file's ending."""
    if not isinstance(text, str) or "\n" in text or len(text) > _LONGEST_PATH:
        return False
    return Path(text).suffix.lower() in ENDINGS


def _of_bytes(data: bytes, name: str, ending: str) -> Contents:
    if data.startswith(_OLD_OFFICE):
        if ending in (".doc", ".docx"):
            hint = Said(
                "save it as .docx; one with a password without it",
                "另存为.docx；有密码的先去掉密码",
            )
            refuse(
                name,
                "file-format",
                Said("an old Word file is not read", "旧版Word文件不能读取"),
                hint,
            )
        return read_excel(data, name)
    if data.startswith(_ARCHIVE):
        parts = measure(data, name)
        if any(part.startswith("word/") for part in parts):
            return read_word(data, name)
        return read_excel(data, name)
    text = read_text(data, name)
    if ending == ".csv":
        return Contents(name, (grid_of_rows(read_rows(text, name), Place(name)),))
    return Contents(name, of_text(text, name))


def of_text(text: str, name: str = "") -> tuple[Block, ...]:
    """Return a text as the grid that was pasted, or as paragraphs, one a line."""
    lines = text.splitlines()
    tabbed = sum("\t" in line.strip() for line in lines)
    if tabbed >= _PASTED_ROWS:
        rows = _pasted(text)
        return (grid_of_rows(rows, Place(name)),)
    return tuple(
        Paragraph(clean(line), Place(name, row=number))
        for number, line in enumerate(lines, 1)
        if clean(line)
    )


def _pasted(text: str) -> Sequence[Sequence[str]]:
    """Return pasted rows; a spreadsheet quotes a cell with a line break, and nothing else."""
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True))
    except csv.Error:
        return [line.split("\t") for line in text.splitlines()]
