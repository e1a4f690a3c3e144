"""A wide table: a row for each facility, a column for each thing observed.

Source: vocabulary “Record”; semantics 2 (the pair prevails over the printed rate), 12.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from healthduty.records.cells import Cells, Found, as_text, read_cells, read_value, settled
from healthduty.records.days import check_days, span_of
from healthduty.records.headers import Holds, Stage
from healthduty.records.intake import Intake
from healthduty.records.layout import Layout, Slot, layout_of
from healthduty.records.record import Record
from healthduty.records.sheets import Row, Sheet
from healthduty.records.subject import Subject, Told, read_subject
from healthduty.records.wanting import check_wanting
from healthduty.rules.measure import Measure
from healthduty.sources import Place

Placed = tuple[Record, Place]
"""A record and where it stands."""


def read_wide(sheet: Sheet, intake: Intake) -> list[Placed]:
    """Return the records of a sheet with a row for each facility, in its order."""
    layout = layout_of(sheet, intake)
    check_wanting(layout.targets(), layout.identity, sheet.place, intake)
    if Holds.FACILITY not in layout.identity and Holds.NAME not in layout.identity:
        message, hint = "no column names the facility", "head one 机构名称 or facility"
        intake.report("record-facility-column", message, sheet.place, hint=hint)
        intake.refuse()
    readers = {
        target: _reader(target, slots, sheet.headings, intake)
        for target, slots in layout.targets().items()
    }
    return [(_record(row, layout, readers, sheet, intake), row.place) for row in sheet.rows]


def _record(
    row: Row,
    layout: Layout,
    readers: Mapping[str, Callable[[Row], object]],
    sheet: Sheet,
    intake: Intake,
) -> Record:
    subject = read_subject(told_by(row, layout.identity, layout.units, sheet.headings), intake)
    return record_of(subject, {target: read(row) for target, read in readers.items()})


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


def _reader(
    target: str, slots: Sequence[Slot], headings: Sequence[str], intake: Intake
) -> Callable[[Row], object]:
    """Return the function that reads one value of a row."""
    one, measure = slots[0], intake.measures.get(target)
    alone = len(slots) == 1 and one.stage is None and list(one.columns) == [Holds.VALUE]
    if alone and len(one.columns[Holds.VALUE]) == 1 and measure is not None:
        return _plain_reader(measure, one, headings, intake)

    def read(row: Row) -> object:
        stages: dict[Stage | None, object] = {}
        for slot in slots:
            stages[slot.stage], found = read_cells(target, slot.cells(row.cells), measure)
            if found and not slot.told:
                intake.add(found, row.at(headings[slot.first]))
        return settled(stages)

    return read


def _plain_reader(
    measure: Measure, slot: Slot, headings: Sequence[str], intake: Intake
) -> Callable[[Row], object]:
    """Return a reader that looks at each text of a column once: most repeat."""
    index, unit = slot.first, slot.units[Holds.VALUE]
    span = span_of(intake.agreement)
    known: dict[str, tuple[object, Found]] = {}

    def read(row: Row) -> object:
        raw = row.cells[index]
        if type(raw) is not str:
            value, found = read_value(measure, Cells(value=raw, unit=unit))
            check_days(value, span, measure.label, row.at(headings[index]), intake)
        elif raw in known:
            value, found = known[raw]
        else:
            value, found = known[raw] = read_value(measure, Cells(value=raw, unit=unit))
        if found and not slot.told:
            intake.add(found, row.at(headings[index]))
        return value

    return read
