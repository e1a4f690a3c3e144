"""Filling in a data workbook as a person would, by a second library, and what then comes back.

`fill` writes records into the cells that the workbook has for them, found by its hidden codes.
`as_filled` says which of a record's values a workbook can hold, and as what they come back: a
flag as 是 or 否, an approver not at all, a sample as what was found in it where it has no cells.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest

from healthduty.exact import Ratio
from healthduty.model.agreement import Agreement
from healthduty.records.headers import Stage
from healthduty.records.needs import needs_of
from healthduty.records.record import (
    MISSING,
    Case,
    Judged,
    Missing,
    NotApplicable,
    Observation,
    Record,
    Sample,
    Statement,
)
from healthduty.rules.measure import RATE_KINDS
from healthduty.workbook.template_asked import asked_of
from healthduty.workbook.template_codes import STAGE_WORDS, Code, Part, read_code

openpyxl = pytest.importorskip("openpyxl")

Told = Any
"""A value of a record, of whatever kind."""

Page = Any
"""A sheet of openpyxl."""

Cells = dict[Part, Any]
"""What is typed into the cells of one value."""


# ------------------------------------------------------------------------- what can be held


def as_filled(
    agreement: Agreement,
    record: Record,
    stages: Sequence[Stage | None],
    layout: str = "facility",
    samples: Collection[str] | None = None,
) -> Record:
    """Return a record as far as a workbook of this layout and with these stages can hold it."""
    values = {}
    for asked in asked_of(agreement, samples=samples):
        if asked.target in record.values:
            paired = asked.paired or layout == "facility"
            holds = _Holds(paired, asked.sampled, needs_of(agreement).attributes)
            values[asked.target] = _in_stages(record.values[asked.target], stages, holds)
    return attrs.evolve(record, values=values)


@attrs.frozen
class _Holds:
    """Whether there are cells for both counts of a rate, for a sample; for which attributes."""

    pairs: bool
    sample: bool
    attributes: tuple[str, ...]


def _in_stages(value: Told, stages: Sequence[Stage | None], holds: _Holds) -> Told:
    if stages == (None,):
        agreed = value.agreed if isinstance(value, Observation) else value
        return _plain(agreed, holds)
    told = value if isinstance(value, Observation) else Observation(verified=value)
    held = {stage.value: _plain(getattr(told, stage.value), holds) for stage in stages if stage}
    said = {name: each for name, each in held.items() if not isinstance(each, Missing)}
    return Observation(**said) if said else MISSING


def _plain(value: Told, holds: _Holds) -> Told:
    match value:
        case None | Missing():
            return MISSING
        case Statement():
            return _statement(value, holds)
        case NotApplicable():
            return NotApplicable(value.reason)
        case bool():
            return "是" if value else "否"
        case Sample() if not holds.sample:
            return _plain(value.value, holds)
        case Judged():
            return Judged(value.points, value.reason)
        case list() | tuple():
            return _several(value, holds)
        case Ratio() if not holds.pairs:
            return f"{value.numerator}/{value.denominator}"
        case Fraction() if not _is_short(value):
            return str(round(float(value), 3))
        case _:
            return value


def _several(values: Sequence[Told], holds: _Holds) -> Told:
    if not values or isinstance(values[0], Case):
        return tuple(_case_held(each, holds) for each in values) or MISSING
    if len(values) == 1:
        return _plain(values[0], holds)
    return tuple(attrs.evolve(each, assessor=f"考{i}") for i, each in enumerate(values))


def _statement(value: Statement, holds: _Holds) -> Told:
    inner = _plain(value.value, holds)
    if isinstance(inner, (Missing, tuple, Judged)):
        return inner
    held = attrs.evolve(value, value=inner, assessor="", on=None)
    return inner if held == Statement(inner) else held


def _case_held(case: Case, holds: _Holds) -> Case:
    known = [pair for pair in case.attributes if pair[0] in holds.attributes]
    return attrs.evolve(case, attributes=known)


def _is_short(value: Fraction) -> bool:
    return 10**9 % value.denominator == 0


# ------------------------------------------------------------------------------- filling in


def fill(data: bytes, agreement: Agreement, records: Sequence[Record]) -> bytes:
    """Return a data workbook with these records filled in, in every sheet that has room."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for sheet in book.worksheets:
        codes = _codes(sheet)
        if codes is None:
            continue
        row, columns = codes
        parts = {code.part for code in columns}
        if Part.MEASURE in parts:
            _fill_cases(sheet, row, columns, records)
        elif Part.HERE in parts:
            _fill_unit(sheet, columns, agreement, records)
        else:
            _fill_rows(sheet, row, columns, agreement, records)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _codes(sheet: Page) -> tuple[int, dict[Code, int]] | None:
    for row in sheet.iter_rows(max_row=40):
        found = {code: cell.column for cell in row if (code := read_code(str(cell.value or "")))}
        if len(found) > 1:
            return row[0].row, found
    return None


def _fill_rows(
    sheet: Page,
    row: int,
    columns: Mapping[Code, int],
    agreement: Agreement,
    records: Sequence[Record],
) -> None:
    for number, record in enumerate(records, row + 1):
        for part, text in _subject(record).items():
            sheet.cell(number, columns[Code(part)], text)
        for code, cell in _cells_of(agreement, record, frozenset(columns)):
            sheet.cell(number, columns[code], cell)


def _fill_unit(
    sheet: Page, columns: Mapping[Code, int], agreement: Agreement, records: Sequence[Record]
) -> None:
    beside = {read_code(str(cell.value)): cell.row for cell in sheet["A"] if cell.value}
    at = columns[Code(Part.HERE)]
    key = sheet.cell(beside[Code(Part.FACILITY)], at).value
    record = next((each for each in records if each.facility == key), records[0])
    for part, text in _subject(record).items():
        sheet.cell(beside[Code(part)], at, text)
    known = frozenset(
        Code(above.part, code.target, above.stage)
        for code in beside
        for above in columns
        if code and code.target
    )
    for code, cell in _cells_of(agreement, record, known):
        row = beside[Code(Part.VALUE, code.target)]
        sheet.cell(row, columns[Code(code.part, "", code.stage)], cell)


def _subject(record: Record) -> Cells:
    told = {
        Part.FACILITY: record.facility,
        Part.NAME: record.name,
        Part.KIND: record.kind,
        Part.POPULATION: record.population,
        Part.PERIOD: record.period.label if record.period else None,
    }
    return {part: str(text) for part, text in told.items() if text is not None}


def _cells_of(
    agreement: Agreement, record: Record, known: frozenset[Code]
) -> Iterator[tuple[Code, Any]]:
    """Go through the cells that a record's values take on its own sheet or row."""
    for code, value in record.values.items():
        measure = agreement.measure(code)
        rate = measure is not None and measure.kind in RATE_KINDS
        for stage, said in staged(value):
            paired = rate and Code(Part.NUMERATOR, code, stage) in known
            for part, cell in typed(said, paired=paired).items():
                if Code(part, code, stage) in known:
                    yield Code(part, code, stage), cell


def staged(value: Told) -> Iterator[tuple[Stage | None, Any]]:
    """Go through what a value says at each stage; a plain one says it at none."""
    if not isinstance(value, Observation):
        yield None, value
        return
    for stage in Stage:
        said = getattr(value, stage.value)
        if said is not None:
            yield stage, said


def typed(value: Told, *, paired: bool) -> Cells:
    """Return what a person types for a value; nothing for what stands in the list of cases."""
    match value:
        case Statement():
            evidence = "无" if value.unevidenced else value.evidence
            said: Cells = {Part.EVIDENCE: evidence} if evidence else {}
            return typed(value.value, paired=paired) | said
        case None | Missing() | tuple():
            return {}
        case NotApplicable():
            return {Part.VALUE: f"不适用（{value.reason}）" if value.reason else "不适用"}
        case Judged():
            reason = {Part.REASON: value.reason} if value.reason else {}
            return {Part.VALUE: _number(value.points), **reason}
        case Ratio() if paired:
            pair = _number(value.numerator), _number(value.denominator)
            return dict(zip((Part.NUMERATOR, Part.DENOMINATOR), pair, strict=True))
        case Ratio():
            return {Part.VALUE: f"{value.numerator}/{value.denominator}"}
        case Sample():
            found, asked, available = value.value, value.asked, value.available
            cells = {Part.VALUE: found, Part.ASKED: asked, Part.AVAILABLE: available}
            return {part: _number(number) for part, number in cells.items()}
        case _:
            return {Part.VALUE: _number(value)}


def _number(value: Told) -> Told:
    match value:
        case Fraction() if value.denominator == 1:
            return int(value)
        case Fraction():
            return str(Decimal(value.numerator) / Decimal(value.denominator))
        case Decimal():
            return str(value)
        case _:
            return value


def _fill_cases(
    sheet: Page, row: int, columns: Mapping[Code, int], records: Sequence[Record]
) -> None:
    for number, cells in enumerate(_listed(records), row + 1):
        for code, cell in cells.items():
            if cell is not None and code in columns:
                sheet.cell(number, columns[code], cell)


def _listed(records: Sequence[Record]) -> Iterator[dict[Code, Any]]:
    for record in records:
        for target, value in record.values.items():
            for stage, told in staged(value):
                said = told.value if isinstance(told, Statement) else told
                word = STAGE_WORDS[stage]("zh") or None
                head = {Code(Part.FACILITY): record.facility, Code(Part.MEASURE): target}
                for each in said if isinstance(said, tuple) else ():
                    yield {**head, Code(Part.STAGE): word, **_case(each)}


def _case(each: Case | Judged) -> dict[Code, Any]:
    if isinstance(each, Judged):
        told = {Part.VALUE: _number(each.points), Part.ASSESSOR: each.assessor}
        return {Code(part): cell for part, cell in told.items()} | {
            Code(Part.REASON): each.reason or None
        }
    attributes = {Code(Part.ATTRIBUTE, name): text for name, text in each.attributes}
    return {Code(Part.CASE): each.id or None, Code(Part.DATE): each.on, **attributes}
