"""From the rows that speak of one measure to its value: stages, evidence, assessors, cases.

A value that is told twice at the same stage is a fault; several assessors' points for one
judgement are not, nor are the dated cases of one measure, nor a pair whose two counts stand in
rows of their own.

Source: vocabulary “Record” (自评, 核实, 复核); semantics 7 (observed without written evidence).

>>> from healthduty.model.agreement import Agreement
>>> from healthduty.rules.measure import Measure
>>> intake = Intake(Agreement("示例", measures=(Measure("surveys", "问卷调查", unit="次"),)))
>>> row = Row(Place("数据.csv", row=2), ("南关", "2"))
>>> told = Entry(row, "数值", Cells(value="2", evidence="台账"))
>>> value_of("surveys", {Stage.VERIFIED: [told]}, intake).agreed.evidence
'台账'
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

import attrs

from healthduty.exact import number_text
from healthduty.model.party import Day
from healthduty.records.cells import Cells, conflict, read_cells, settled, unused_parts
from healthduty.records.headers import Stage
from healthduty.records.intake import Intake, shown
from healthduty.records.observe import NO
from healthduty.records.plain import is_blank
from healthduty.records.record import MISSING, Case, Judged, NotApplicable, Statement
from healthduty.records.sheets import Row
from healthduty.said import Said, labelled
from healthduty.sources import Place

_LISTED = Said("cases that are listed have no sample", "逐例登记的，不填抽查数")


@attrs.frozen
class Entry:
    """What one row says of one measure at one stage; `heading` is its value's column."""

    row: Row
    heading: str
    cells: Cells
    case: Case | None = None

    @property
    def place(self) -> Place:
        """Where the value stands."""
        return self.row.at(self.heading)

    @property
    def bare(self) -> bool:
        """Whether the row gives a value and nothing beside it."""
        cells = self.cells
        said = cells.assessor or cells.evidence or cells.reason or cells.day is not None
        return self.case is None and not said


def value_of(
    target: str, entries: Mapping[Stage | None, Sequence[Entry]], intake: Intake
) -> object:
    """Return the value that all rows of one facility make of one measure or judgement."""
    if len(entries) == 1 and None in entries and len(entries[None]) == 1 and entries[None][0].bare:
        return _read(target, entries[None][0], entries[None][0].cells, intake)  # most are
    stages: dict[Stage | None, object] = {}
    for stage, rows in entries.items():
        value = _at_stage(target, rows, intake)
        stages[stage] = value if is_blank(value) else _stated(value, rows)
    if None in stages and len(stages) > 1:
        message = labelled(
            label_of(target, intake),
            Said(
                "a value without a stage stands beside its stages",
                "既有分阶段的值，又有不分阶段的值",
            ),
        )
        intake.report("record-value-twice", message, entries[None][0].place)
    return settled(stages)


def label_of(target: str, intake: Intake) -> str:
    """Return what people call a measure, or a judgement by its code."""
    measure = intake.measures.get(target)
    if measure is not None:
        return measure.label
    judged = target in intake.needs.judgements
    return Said(f"judgement {target}", f"评判{target}") if judged else target


def _read(target: str, row: Entry, cells: Cells, intake: Intake) -> object:
    value, found = read_cells(target, cells, intake.measures.get(target))
    if found:
        intake.add(found, row.place)
    return value


def _at_stage(target: str, rows: Sequence[Entry], intake: Intake) -> object:
    if target not in intake.measures:
        return _judgement(target, rows, intake)
    cases = tuple(row.case for row in rows if row.case is not None)
    if cases:
        rows = [_without_sample(target, row, intake) for row in rows]
    others = [row for row in rows if row.case is None]
    if not cases:
        return _merged(target, rows, intake)
    value = _merged(target, others, intake) if others else MISSING
    if is_blank(value):
        return cases
    _report_twice(target, others[0].place, intake)
    return conflict(value, Said(f"{len(cases)} cases", f"{len(cases)}例"))


def _without_sample(target: str, row: Entry, intake: Intake) -> Entry:
    """Return a row without the sample that it gives: cases that are listed are not counted."""
    found = unused_parts(intake.measures[target], _LISTED, (row.cells.asked, row.cells.available))
    if not found:
        return row
    intake.add(found, row.place)
    return attrs.evolve(row, cells=attrs.evolve(row.cells, asked=None, available=None))


def _report_twice(target: str, place: Place, intake: Intake) -> None:
    message = labelled(label_of(target, intake), Said("the value is told twice", "数据重复填报"))
    intake.report(
        "record-value-twice",
        message,
        place,
        hint=Said("once for each facility and stage", "每个单位每个阶段只填一次"),
    )


def _judgement(target: str, rows: Sequence[Entry], intake: Intake) -> object:
    """Return one assessor's points, or those of several; their mean is for the score."""
    given: list[object] = []
    assessors: set[str] = set()
    written: object = MISSING
    for row in rows:
        value = _read(target, row, row.cells, intake)
        if is_blank(value):
            continue
        if row.cells.assessor in assessors:
            _report_twice(target, row.place, intake)
        assessors.add(row.cells.assessor)
        given.append(value)
        written = conflict(written, row.cells.value)
    if len(given) > 1 and all(isinstance(value, Judged) for value in given):
        return tuple(given)
    alike = all(isinstance(value, NotApplicable) for value in given)
    return given[0] if given and (alike or len(given) == 1) else written


def _merged(target: str, rows: Sequence[Entry], intake: Intake) -> object:
    """Return what rows make together: one has the value, or one each half of the pair."""
    cells = Cells()
    for row in rows:
        told = list(zip(_numbers(cells), _numbers(row.cells), strict=True))
        if any(not is_blank(old) and not is_blank(new) for old, new in told):
            _report_twice(target, row.place, intake)
        value, numerator, denominator, asked, there = (conflict(old, new) for old, new in told)
        cells = attrs.evolve(
            row.cells,
            value=value,
            numerator=numerator,
            denominator=denominator,
            asked=asked,
            available=there,
        )
    reasons = [row for row in rows if row.cells.reason]
    value = _read(target, rows[0], cells, intake)
    if reasons and not isinstance(value, NotApplicable):
        reason = shown(reasons[0].cells.reason)
        message = labelled(
            label_of(target, intake),
            Said(f"the reason `{reason}` is not kept", f"理由`{reason}`未保留"),
        )
        hint = Said(
            "a reason belongs to a judgement, or to what is not applicable",
            "理由只属于评判，或不适用的情形",
        )
        intake.note("record-reason-unused", message, reasons[0].place, hint=hint)
    return value


def _numbers(cells: Cells) -> tuple[object, object, object, object, object]:
    return cells.value, cells.numerator, cells.denominator, cells.asked, cells.available


def _stated(value: object, rows: Sequence[Entry]) -> object:
    # The day of a case is the case's own.
    told = [row.cells if row.case is None else attrs.evolve(row.cells, day=None) for row in rows]
    return stated_by(value, told)


def stated_by(value: object, told: Sequence[Cells]) -> object:
    """Return a value with who stated it, when, and on what evidence; bare where nobody said."""
    evidence = list(dict.fromkeys(cells.evidence for cells in told if cells.evidence))
    none = [text for text in evidence if number_text(text).lower() in NO]
    days = [cells.day for cells in told if cells.day is not None]
    names = list(dict.fromkeys(cells.assessor for cells in told if cells.assessor))
    own = isinstance(value, (Judged, NotApplicable, tuple))
    statement = Statement(
        value,  # type: ignore[arg-type]  # what is no value stays, for observe to refuse
        assessor="" if own else "、".join(names),
        on=_last(days),
        evidence="；".join(text for text in evidence if text not in none),
        unevidenced=bool(none),
    )
    return value if statement == Statement(value) else statement  # type: ignore[arg-type]  # as above


def _last(days: Sequence[Day]) -> Day | None:
    """Return the last of several days; a text that names none only where there is no day."""
    known = [day for day in days if isinstance(day, datetime.date)]
    if known:
        return max(known)
    return days[0] if days else None
