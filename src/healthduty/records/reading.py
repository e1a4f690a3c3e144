r"""Reading records: a file, a text, bytes or plain dicts → the records of an agreement.

A wide table has a row for each facility, a long one a row for each value; JSON has an object for
each record. Which of them a source is can be seen from it, and whether it is a workbook from its
first bytes, whatever its name. Every fault is a finding with its place, and all are told at once;
only a source that can't be read at all is refused.

Source: vocabulary “Record”; semantics 12 (nothing is dropped).

>>> from healthduty.rules.measure import Measure
>>> agreement = Agreement("示例", measures=(Measure("satisfaction", "满意率", unit="%"),))
>>> records = read_records("机构,满意率（%）\n南关,８３\n", agreement)
>>> records[0].facility, dict(records[0].values)
('南关', {'satisfaction': '８３'})
"""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from healthduty.errors import UsageError
from healthduty.findings import Findings
from healthduty.model.agreement import Agreement
from healthduty.records.collection import Records
from healthduty.records.encodings import read_text
from healthduty.records.files import read_objects
from healthduty.records.headers import LONG_WORDS, Holds, Use
from healthduty.records.intake import Intake, refuse, unopened
from healthduty.records.json_data import read_data
from healthduty.records.long import is_long, read_long
from healthduty.records.plausible import Placed, check_together
from healthduty.records.sheets import Row, Sheet, sheet_of_dicts, sheet_of_rows
from healthduty.records.tables import read_rows
from healthduty.records.wide import read_wide
from healthduty.records.workbooks import is_workbook, read_tables
from healthduty.said import Said
from healthduty.sources import Place

Source = str | bytes | os.PathLike[str] | Iterable[Mapping[str, object]]
"""What `read_records` takes; a text on one line is a path, unless a bracket begins it."""


def read_records(source: Source, agreement: Agreement, *, name: str = "") -> Records:
    """Return the records of a source, with every fault that was found in it.

    `source` is a path (.csv, .tsv, .txt, .json, .xlsx, .xls, .ods), the bytes or the text of such
    a file, or plain dicts: with a key for each column, or with `facility` and `values`. `name` is
    what its places are called by, the file's own name where nothing is given. Encodings: UTF-8,
    with or without a mark, GB18030, and UTF-16 with its mark. Of a workbook every visible sheet
    that names facilities is read; no formula of it is calculated.

    Raises:
        ImportError: a workbook without python-calamine (`pip install healthduty[excel]`).
        SourceError: a source that can't be read at all: no text, no table, no facility.
        UsageError: something that is none of these sources.
    """
    if isinstance(source, str) and (source.startswith(("[", "{")) or _has_lines(source)):
        return _read_content(source, Intake(agreement, name))
    if isinstance(source, (str, os.PathLike)):
        path = Path(source)
        name = name or path.name
        return _read_content(_bytes_of(path, name), Intake(agreement, name))
    if isinstance(source, bytes):
        return _read_content(source, Intake(agreement, name))
    if isinstance(source, Mapping) or not isinstance(source, Iterable):
        raise UsageError(
            f"records are read from a path, a text or dicts, not `{type(source).__name__}`"
        )
    return _read_items(list(source), Intake(agreement, name), json=False)


def _has_lines(text: str) -> bool:
    return "\n" in text or "\r" in text


def _bytes_of(path: Path, name: str) -> bytes:
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:  # a path with a NUL in it is a ValueError
        hint = Said("a text on one line is taken for a path", "一行文字按文件路径处理")
        refuse(name, unopened(name, error, hint))


def _read_content(content: str | bytes, intake: Intake) -> Records:
    if isinstance(content, bytes) and is_workbook(content):
        sheets = read_tables(content, intake, functools.partial(_uses, intake))
        return _read_sheets(sheets, intake)
    text = read_text(content, intake.source) if isinstance(content, bytes) else content
    text = text.removeprefix("\ufeff")
    if text.lstrip()[:1] in ("[", "{"):
        return _read_parsed(read_data(text, intake.source), intake)
    rows = read_rows(text, intake.source)
    uses = functools.partial(_uses, intake)
    return _read_sheets([sheet_of_rows(rows, intake, uses=uses)], intake)


def _uses(intake: Intake, heading: str) -> Sequence[Use]:
    return intake.names.find(heading, LONG_WORDS)


def _read_parsed(found: object, intake: Intake) -> Records:
    if isinstance(found, list) and found:
        return _read_items(found, intake, json=True)
    return read_objects(found, intake)


def _read_items(items: Sequence[object], intake: Intake, *, json: bool) -> Records:
    """Read objects with `values` as records, and others as rows of a table."""
    flat = [item for item in items if isinstance(item, Mapping)]
    if (
        not flat
        or len(flat) < len(items)
        or any(isinstance(item.get("values"), Mapping) for item in flat)
    ):
        return read_objects(items, intake)
    places = [
        Place(intake.source, path=f"$[{index}]") if json else Place(intake.source, row=index + 1)
        for index in range(len(flat))
    ]
    return _read_sheets([sheet_of_dicts(flat, places, intake)], intake)


def _read_sheets(sheets: Iterable[Sheet], intake: Intake) -> Records:
    placed: list[Placed] = []
    columns: dict[str, Place] = {}
    for sheet in sheets:
        long = is_long(sheet.headings, intake)
        found = read_long(sheet, intake) if long else read_wide(sheet, intake)
        if not found:
            message = Said("there is a header, but no row below it", "只有表头，下面没有数据")
            intake.report("record-no-rows", message, intake.place)
        placed += found
        _add_columns(sheet, columns, intake)
    if not placed:
        intake.refuse()
    check_together(placed, columns, intake)
    return Records((record for record, _ in placed), findings=Findings(intake.findings))


def _add_columns(sheet: Sheet, found: dict[str, Place], intake: Intake) -> None:
    """Note where each measure's own column is headed, the first time."""
    for heading in sheet.headings:
        for use in intake.names.find(heading):
            if use.holds is Holds.VALUE and use.target:
                found.setdefault(use.target, Row(sheet.place, ()).at(heading))
