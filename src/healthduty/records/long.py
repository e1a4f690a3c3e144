"""A long table: a row for each value, with its stage, assessor, day and evidence.

The rows of one facility, wherever they stand, make one record.

Source: vocabulary “Record” (自评, 核实, 复核); semantics 12 (no row is skipped in silence).

>>> from healthduty.model.agreement import Agreement
>>> from healthduty.rules.measure import Measure
>>> intake = Intake(Agreement("示例", measures=(Measure("surveys", "问卷调查", unit="次"),)))
>>> rows = (
...     Row(Place(row=2), ("南关", "问卷调查", "2")),
...     Row(Place(row=3), ("北关", "surveys", "1")),
... )
>>> sheet = Sheet(("机构", "指标", "数值"), Place(row=1), rows)
>>> [(record.facility, dict(record.values)) for record, place in read_long(sheet, intake)]
[('南关', {'surveys': '2'}), ('北关', {'surveys': '1'})]
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from healthduty.exact import number_text, unit_of_rate
from healthduty.model.party import Day
from healthduty.records.cells import Cells
from healthduty.records.days import check_day, read_day, span_of
from healthduty.records.entries import Entry, label_of, value_of
from healthduty.records.headers import LONG_WORDS, STAGE_WORDS, Holds, Stage, Use, fold, holds_words
from healthduty.records.intake import Intake, listed, near_it, shown
from healthduty.records.layout import (
    IDENTITY,
    read_uses,
    report_ambiguous,
    report_twice,
    targets_of,
)
from healthduty.records.observe import YES
from healthduty.records.plain import as_text, is_blank
from healthduty.records.record import Case, Record
from healthduty.records.sheets import Row, Sheet
from healthduty.records.subject import Subject, read_subject
from healthduty.records.totals import facility_rows
from healthduty.records.units import foreign_unit, is_convertible, report_unit, scaled
from healthduty.records.wanting import check_wanting
from healthduty.records.wide import Placed, record_of, told_by
from healthduty.rules.measure import MeasureKind
from healthduty.said import Said
from healthduty.sources import Place

_TARGETED = frozenset({Holds.VALUE, Holds.NUMERATOR, Holds.DENOMINATOR, Holds.JUDGED})
_VALUED = (Holds.VALUE, Holds.NUMERATOR, Holds.CASE)


@attrs.define
class Columns:
    """Which column of a long table holds what; several may name the measure, by code and name."""

    sheet: Sheet
    at: dict[Holds, int] = attrs.Factory(dict)
    units: dict[Holds, str] = attrs.Factory(dict)
    measures: list[int] = attrs.Factory(list)
    attributes: dict[str, int] = attrs.Factory(dict)

    def raw(self, row: Row, holds: Holds) -> object:
        """Return a cell as it is; None where there is no such column."""
        index = self.at.get(holds)
        return None if index is None else row.cells[index]

    def text(self, row: Row, holds: Holds) -> str:
        """Return what a cell says; nothing where it is blank or there is no such column."""
        return as_text(self.raw(row, holds))

    @property
    def valued(self) -> str:
        """The heading of the column by which a value is placed."""
        return next(self.sheet.headings[self.at[each]] for each in _VALUED if each in self.at)

    def place(self, row: Row, *holds: Holds) -> Place:
        """Return the place of the first of these columns that there is."""
        known = (self.at[each] for each in holds if each in self.at)
        return next((row.at(self.sheet.headings[index]) for index in known), row.place)


@attrs.define
class Group:
    """What the rows of one facility in one period say: by measure, by stage."""

    subject: Subject
    place: Place
    entries: dict[str, dict[Stage | None, list[Entry]]] = attrs.Factory(dict)


@attrs.define
class Gathering:
    """The groups so far, and what was met on the way."""

    columns: Columns
    intake: Intake
    groups: dict[tuple[str, str], Group] = attrs.Factory(dict)
    subjects: dict[tuple[str, ...], Subject] = attrs.Factory(dict)
    uses: dict[str, tuple[Use, ...]] = attrs.Factory(dict)
    unknown: dict[str, list[Place]] = attrs.Factory(dict)


def is_long(headings: Sequence[str], intake: Intake) -> bool:
    """Return whether a header has a column that names the measure of each row."""
    uses = (use for heading in headings for use in intake.names.find(heading, LONG_WORDS))
    return any(use.holds is Holds.MEASURE for use in uses)


def read_long(sheet: Sheet, intake: Intake) -> list[Placed]:
    """Return a record for each facility and period of a long table, in order of appearance.

    Raises:
        SourceError: no column for the facility, or none for the value.
    """
    mark = len(intake.findings)
    columns = _columns(sheet, intake)
    placed = read_entries(columns, intake)
    given = {target for record, _ in placed for target in record.values}
    check_wanting(given, columns.at, sheet.place, intake)
    # Values are read after all rows were gathered; their findings belong where they stand.
    intake.findings[mark:] = sorted(intake.findings[mark:], key=lambda each: each.place.row or 0)
    return placed


def read_entries(
    columns: Columns, intake: Intake, uses: Mapping[str, tuple[Use, ...]] | None = None
) -> list[Placed]:
    """Return a record for each facility and period of a table whose columns are known.

    `uses` are names in its rows that are known to mean something, beside those that it can find.
    """
    gathering = Gathering(columns, intake, uses=dict(uses or {}))
    for row in facility_rows(columns.sheet, columns.at, intake):
        _take(row, gathering)
    for text, places in gathering.unknown.items():
        _report_unknown(text, places, intake)
    return [(_record(group, intake), group.place) for group in gathering.groups.values()]


def _record(group: Group, intake: Intake) -> Record:
    values = {target: value_of(target, rows, intake) for target, rows in group.entries.items()}
    return record_of(group.subject, values)


# ------------------------------------------------------------------------- the header


def _columns(sheet: Sheet, intake: Intake) -> Columns:
    columns = Columns(sheet)
    attributes = {fold(name): name for name in intake.needs.attributes}
    unit = _unit_column(sheet.headings, intake)
    for index, heading in enumerate(sheet.headings):
        if fold(heading) in attributes:
            columns.attributes[attributes[fold(heading)]] = index
        elif index == unit:
            columns.at[Holds.UNIT] = index
        else:
            for use in read_uses(index, sheet, intake, LONG_WORDS):
                _place_use(use, index, columns, intake)
    _check_columns(columns, intake)
    return columns


def _unit_column(headings: Sequence[str], intake: Intake) -> int | None:
    """Return the column 单位 where it means the unit of a number: beside one for the facility."""
    named = [
        index
        for index, heading in enumerate(headings)
        if any(use.holds in (Holds.FACILITY, Holds.NAME) for use in intake.names.find(heading))
    ]
    units = [index for index in named if fold(headings[index]) == "单位"]
    return units[0] if units and len(named) > 1 else None


def _place_use(use: Use, index: int, columns: Columns, intake: Intake) -> None:
    headings = columns.sheet.headings
    place = Row(columns.sheet.place, ()).at(headings[index])
    if use.target:
        message = Said(
            f"`{shown(headings[index])}` is a column of a wide table: it is not read",
            f"`{shown(headings[index])}`是一行一个单位的表里的列，未读取",
        )
        hint = Said(
            "in a table with a row for each value, the measure stands in the row",
            "一行一个数据的表，指标写在行里",
        )
        intake.warn("record-column-unknown", message, place, hint=hint)
    elif use.holds is Holds.MEASURE:
        columns.measures.append(index)
    elif use.holds in columns.at:
        report_twice(headings[index], headings[columns.at[use.holds]], place, intake)
    else:
        columns.at[use.holds] = index
        columns.units[use.holds] = use.unit


def _check_columns(columns: Columns, intake: Intake) -> None:
    place = columns.sheet.place
    if Holds.FACILITY not in columns.at and Holds.NAME not in columns.at:
        message, hint = (
            Said("no column names the facility", "没有写单位名称的列"),
            Said("head one 机构名称 or facility", "表头写“机构名称”或facility"),
        )
        intake.report("record-facility-column", message, place, hint=hint)
    if not any(holds in columns.at for holds in _VALUED):
        heading = columns.sheet.headings[columns.measures[0]]
        message = Said(
            f"`{shown(heading)}` names a measure in each row, but no column holds its value",
            f"`{shown(heading)}`列写了指标，却没有写数值的列",
        )
        intake.report(
            "record-value-column",
            message,
            place,
            hint=Said("head one 数值 or value", "表头写“数值”或value"),
        )
    if any(finding.code in _FATAL for finding in intake.findings):
        intake.refuse()


_FATAL = frozenset({"record-facility-column", "record-value-column"})


# --------------------------------------------------------------------------- the rows


def _take(row: Row, gathering: Gathering) -> None:
    """Add a row to the facility that it names."""
    group = _group(row, gathering)
    stage = _stage(row, gathering)
    for use in _uses(row, gathering):
        at_stage = group.entries.setdefault(use.target, {})
        at_stage.setdefault(use.stage or stage, []).append(_entry(row, use, gathering))


def _group(row: Row, gathering: Gathering) -> Group:
    columns, intake = gathering.columns, gathering.intake
    cells = tuple(columns.text(row, holds) for holds in IDENTITY)
    subject = gathering.subjects.get(cells)
    if subject is None:
        told = told_by(row, columns.at, columns.units, columns.sheet.headings)
        subject = read_subject(told, intake)
        if any(columns.text(row, holds) for holds in (Holds.FACILITY, Holds.NAME)):
            gathering.subjects[cells] = subject
    key = (subject.facility, subject.period.label if subject.period else "")
    group = gathering.groups.setdefault(key, Group(subject, row.place))
    if group.subject is not subject:
        group.subject = _agreed(group.subject, subject, row, gathering)
    return group


def _agreed(first: Subject, second: Subject, row: Row, gathering: Gathering) -> Subject:
    """Return what two rows say of one facility; what the first leaves open the second fills."""
    said = {name: (getattr(first, name), getattr(second, name)) for name in _SAID}
    for name, (old, new) in said.items():
        if old is not None and new is not None and old != new:
            message = Said(
                f"the {name} is `{shown(str(new))}` here and `{shown(str(old))}` further up",
                f"{holds_words(_SAID[name]).zh}这里是`{shown(str(new))}`，前面是`"
                f"{shown(str(old))}`",
            )
            place = gathering.columns.place(row, _SAID[name])
            gathering.intake.report("record-facility-differs", message, place)
    return attrs.evolve(
        first, **{name: new if old is None else old for name, (old, new) in said.items()}
    )


_SAID = {"name": Holds.NAME, "kind": Holds.KIND, "population": Holds.POPULATION}


def _stage(row: Row, gathering: Gathering) -> Stage | None:
    text = gathering.columns.text(row, Holds.STAGE)
    if not text:
        return None
    if fold(text) not in STAGE_WORDS:
        gathering.intake.report(
            "record-stage-unknown",
            Said(
                f"`{shown(text)}` is no stage: the value counts as one without",
                f"`{shown(text)}`不是阶段，按不分阶段的值处理",
            ),
            gathering.columns.place(row, Holds.STAGE),
            hint=Said("write 自评, 核实 or 复核", "写“自评”“核实”或“复核”"),
        )
    return STAGE_WORDS.get(fold(text))


def _uses(row: Row, gathering: Gathering) -> tuple[Use, ...]:
    """Return what a row is about; the first column that names a known measure counts."""
    indices = gathering.columns.measures
    texts = [text for index in indices if (text := as_text(row.cells[index]))]
    place = row.at(gathering.columns.sheet.headings[indices[0]])
    if not texts:
        gathering.intake.report(
            "record-measure-missing", Said("the row names no measure", "这一行没有写指标"), place
        )
        return ()
    named = [uses for text in texts if (uses := _named(text, gathering))]
    found = [uses for uses in named if len(targets_of(uses)) <= 1]
    if named and not found:
        report_ambiguous(texts[0], targets_of(named[0]), place, gathering.intake)
        return ()
    if not found:
        gathering.unknown.setdefault(texts[0], []).append(place)
        return ()
    targets = [{use.target for use in uses} for uses in found]
    if any(each.isdisjoint(targets[0]) for each in targets):
        message = Said(
            f"{listed(texts)} are not the same measure: the first counts",
            f"{listed(texts).zh}不是同一个指标，按第一个算",
        )
        gathering.intake.report("record-measure-differs", message, place)
    return found[0]


def _named(text: str, gathering: Gathering) -> tuple[Use, ...]:
    """Return what a measure's name in a row means."""
    if text not in gathering.uses:
        found = gathering.intake.names.find(text, {})
        gathering.uses[text] = tuple(use for use in found if use.holds in _TARGETED)
    return gathering.uses[text]


def _report_unknown(text: str, places: Sequence[Place], intake: Intake) -> None:
    near = intake.names.nearest(text, {})
    several = len(places) > 1
    more = Said(f" ({len(places)} rows)", f"（{len(places)}行）") if several else Said("", "")
    message = Said(
        f"`{shown(text)}` is no measure of the agreement: it is not read{more}",
        f"责任书里没有指标`{shown(text)}`，未读取{more.zh}",
    )
    hint = near_it(near)
    intake.warn("record-measure-unknown", message, places[0], hint=hint)


def _entry(row: Row, use: Use, gathering: Gathering) -> Entry:
    """Return what a row says of what it is about."""
    columns = gathering.columns
    value = columns.raw(row, Holds.VALUE)
    pair = {
        "numerator": columns.raw(row, Holds.NUMERATOR),
        "denominator": columns.raw(row, Holds.DENOMINATOR),
    }
    if use.holds in (Holds.NUMERATOR, Holds.DENOMINATOR):
        unit = columns.text(row, Holds.UNIT) or use.unit
        pair, value = {**pair, use.holds.value: scaled(value, unit)}, None
    cells = Cells(
        value=value,
        **pair,
        asked=columns.raw(row, Holds.ASKED),
        available=columns.raw(row, Holds.AVAILABLE),
        unit=_unit(row, use, gathering),
        reason=columns.text(row, Holds.REASON),
        assessor=columns.text(row, Holds.ASSESSOR),
        day=_day(row, use, gathering),
        evidence=columns.text(row, Holds.EVIDENCE),
    )
    return Entry(row, columns.valued, cells, _case(row, use, cells, gathering))


def _day(row: Row, use: Use, gathering: Gathering) -> Day | None:
    day, found = read_day(gathering.columns.raw(row, Holds.DATE))
    if day is not None:
        place, intake = gathering.columns.place(row, Holds.DATE), gathering.intake
        intake.add(found, place)
        check_day(day, span_of(intake.agreement), label_of(use.target, intake), place, intake)
    return day


def _unit(row: Row, use: Use, gathering: Gathering) -> str:
    """Return the unit that the row gives for its value, where it is not the measure's own."""
    measure = gathering.intake.measures.get(use.target)
    if measure is None or use.holds is not Holds.VALUE:
        return ""
    said = gathering.columns.text(row, Holds.UNIT) or use.unit
    if not said:
        return ""
    unit = foreign_unit(unit_of_rate(said) or said, measure)
    if unit and not is_convertible(unit, measure):
        place = gathering.columns.place(row, Holds.UNIT, Holds.VALUE)
        report_unit(unit, measure, place, gathering.intake)
    return unit


def _case(row: Row, use: Use, cells: Cells, gathering: Gathering) -> Case | None:
    """Return the case that a row tells of; None where it gives a number or a yes or no."""
    columns = gathering.columns
    measure = gathering.intake.measures.get(use.target)
    if measure is None or measure.kind not in _OF_CASES:
        return None
    number = columns.text(row, Holds.CASE)
    attributes = {
        name: text
        for name, index in columns.attributes.items()
        if (text := as_text(row.cells[index]))
    }
    dated = measure.kind is MeasureKind.CASES and cells.day is not None
    told = bool(number or attributes or dated)
    one = is_blank(cells.value) or number_text(as_text(cells.value)).lower() in YES
    return Case(number, cells.day, attributes) if told and one else None


_OF_CASES = frozenset({MeasureKind.CASES, MeasureKind.COUNT, MeasureKind.FLAG})
