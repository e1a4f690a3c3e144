"""A wide table: a row for each facility, a column for each thing observed.

Source: vocabulary “Record”; semantics 2 (the pair prevails over the printed rate), 12.

>>> from healthduty.model.agreement import Agreement
>>> intake = Intake(Agreement("示例", measures=(Measure("surveys", "问卷调查", unit="次"),)))
>>> sheet = Sheet(("机构", "问卷调查"), Place(row=1), (Row(Place(row=2), ("南关", "2")),))
>>> [(record.facility, dict(record.values)) for record, place in read_wide(sheet, intake)]
[('南关', {'surveys': '2'})]
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import attrs

from healthduty.records.cells import Cells, read_cells, read_value, settled
from healthduty.records.days import check_day, check_days, span_of
from healthduty.records.entries import label_of, stated_by
from healthduty.records.headers import Holds, Stage
from healthduty.records.intake import Intake
from healthduty.records.layout import Layout, Slot, layout_of
from healthduty.records.plain import as_text, is_blank
from healthduty.records.record import Record
from healthduty.records.sheets import Row, Sheet
from healthduty.records.subject import Subject, Told, read_subject
from healthduty.records.totals import facility_rows
from healthduty.records.wanting import check_wanting
from healthduty.rules.measure import Measure
from healthduty.said import Said
from healthduty.sources import Place

Placed = tuple[Record, Place]
"""A record and where it stands."""

Read = Callable[[Row], object]
"""Reads one value of a row, and reports what is wrong with it."""


@attrs.frozen
class Reader:
    """How the value of one measure or judgement is read off a row.

    `clean` keeps the texts of the one column `index` that were read without a finding: most cells
    of a file repeat another, and need no second look. It stays empty where several columns make
    the value.
    """

    target: str
    read: Read
    index: int = 0
    clean: dict[str, object] = attrs.Factory(dict)


def read_wide(sheet: Sheet, intake: Intake) -> list[Placed]:
    """Return the records of a sheet with a row for each facility, in its order.

    Raises:
        SourceError: no column for the facility.
    """
    layout = layout_of(sheet, intake)
    check_wanting(layout.targets(), layout.identity, sheet.place, intake)
    if Holds.FACILITY not in layout.identity and Holds.NAME not in layout.identity:
        message, hint = (
            Said("no column names the facility", "没有写单位名称的列"),
            Said("head one 机构名称 or facility", "表头写“机构名称”或facility"),
        )
        intake.report("record-facility-column", message, sheet.place, hint=hint)
        intake.refuse()
    readers = [
        _reader(target, slots, sheet.headings, intake) for target, slots in layout.targets().items()
    ]
    rows = facility_rows(sheet, layout.identity, intake)
    return [(_record(row, layout, readers, sheet, intake), row.place) for row in rows]


def _record(
    row: Row, layout: Layout, readers: Sequence[Reader], sheet: Sheet, intake: Intake
) -> Record:
    subject = read_subject(told_by(row, layout.identity, layout.units, sheet.headings), intake)
    values: dict[str, object] = {}
    for reader in readers:
        raw = row.cells[reader.index]
        known = reader.clean.get(raw) if type(raw) is str else None
        values[reader.target] = reader.read(row) if known is None else known
    return record_of(subject, values)


def record_of(subject: Subject, values: Mapping[str, object]) -> Record:
    """Return the record of a subject with values as they were read."""
    return Record(
        subject.facility,
        values,  # type: ignore[arg-type]  # what is no value stays, for observe to refuse
        kind=subject.kind,
        population=subject.population,
        period=subject.period,
        name=subject.name,
    )


def told_by(
    row: Row, identity: Mapping[Holds, int], units: Mapping[Holds, str], headings: Sequence[str]
) -> Told:
    """Return the cells of a row that say of whom it speaks."""

    def cell(holds: Holds) -> object:
        index = identity.get(holds)
        raw = None if index is None else row.cells[index]
        unit = units.get(holds, "")
        return f"{as_text(raw)}{unit}" if unit and as_text(raw) else raw

    def at(holds: Holds) -> Place:
        return row.at(headings[identity[holds]])

    coded = Holds.FACILITY in identity and Holds.NAME in identity
    return Told(row.place, cell, at, coded)


def _reader(target: str, slots: Sequence[Slot], headings: Sequence[str], intake: Intake) -> Reader:
    """Return how a target's slots are read: alone, by one column; else together."""
    one, measure = slots[0], intake.measures.get(target)
    alone = len(slots) == 1 and one.stage is None and list(one.columns) == [Holds.VALUE]
    if alone and len(one.columns[Holds.VALUE]) == 1 and measure is not None:
        return _plain_reader(measure, one, headings[one.first], intake)

    def read(row: Row) -> object:
        stages: dict[Stage | None, object] = {}
        for slot in slots:
            cells = slot.cells(row.cells)
            stages[slot.stage], found = read_cells(target, cells, measure)
            if found and not slot.told:
                intake.add(found, row.at(headings[slot.first]))
            if slot.says_aside:
                stages[slot.stage] = _said(stages[slot.stage], slot, row, headings, intake)
        return settled(stages)

    return Reader(target, read)


def _said(value: object, slot: Slot, row: Row, headings: Sequence[str], intake: Intake) -> object:
    """Return a value with who stated it, when, and on what evidence."""
    cells = slot.cells(row.cells)
    if Holds.DATE in slot.columns:
        place = row.at(headings[slot.columns[Holds.DATE][0]])
        day, found = slot.day(row.cells)
        intake.add(found, place)
        check_day(day, span_of(intake.agreement), label_of(slot.target, intake), place, intake)
        cells = attrs.evolve(cells, day=day)
    if slot.target not in intake.measures:  # an assessor stands in the judgement itself
        cells = attrs.evolve(cells, assessor="")
    return value if is_blank(value) else stated_by(value, [cells])


def _plain_reader(measure: Measure, slot: Slot, heading: str, intake: Intake) -> Reader:
    index, unit = slot.first, slot.units[Holds.VALUE]
    span = span_of(intake.agreement)
    clean: dict[str, object] = {}

    def read(row: Row) -> object:
        raw = row.cells[index]
        value, found = read_value(measure, Cells(value=raw, unit=unit))
        if found and not slot.told:
            intake.add(found, row.at(heading))
        if not isinstance(raw, str):
            check_days(value, span, measure.label, row.at(heading), intake)
        elif not found:
            clean[raw] = value
        return value

    return Reader(measure.code, read, index, clean)
