"""From the cells of filled sheets to rows of a long table: one for each value, at its stage.

There is one reader of values, that of data files. What a filled sheet says is put before it as the
rows of a long table would be, each knowing the cells that it came from; what they mean, and what
is wrong with them, is told there.

Source: vocabulary “Record”; semantics 7 (absent data), 12 (nothing is dropped).

>>> HEADINGS[:6]
('facility', 'name', 'kind', 'population', 'period', 'measure')
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from healthduty.errors import NumberError
from healthduty.records.headers import STAGE_WORDS, Holds, Stage, Use, fold
from healthduty.records.intake import Intake, shown
from healthduty.records.long import Columns
from healthduty.records.plain import number_of
from healthduty.records.sheets import Row, Sheet
from healthduty.records.totals import facility_rows
from healthduty.rules.measure import MeasureKind
from healthduty.said import Said, chinese, reason_of
from healthduty.sources import Place
from healthduty.workbook.filled_cells import Entered, Line
from healthduty.workbook.template_codes import (
    ASIDE,
    HOLDS,
    PAIR,
    SAMPLE,
    SUBJECT,
    VALUE,
    Code,
    Part,
)

_COLUMNS = (*SUBJECT, Part.MEASURE, Part.STAGE, *VALUE, *ASIDE, Part.CASE)
HEADINGS = tuple(part.value for part in _COLUMNS)
"""The headings of the long table, those of the cases' attributes left out."""

_VALUE = _COLUMNS.index(Part.VALUE)
_KEY = tuple(map(_COLUMNS.index, (Part.FACILITY, Part.NAME, Part.MEASURE, Part.STAGE)))
"""By which cells a count and the cases that it counts are known as the same."""

MEASURE = _COLUMNS.index(Part.MEASURE)
"""The cell of each row that says of what it is."""

_WHO = len(SUBJECT)
"""The first cells of each row say of whom it is."""

_MOST_ALIKE = 1_000
"""Cases that one row of the list may stand for."""


@attrs.define
class Rows:
    """The rows of the long table as they are gathered, and what they are gathered from."""

    intake: Intake
    attributes: tuple[str, ...]
    rows: list[Row] = attrs.Factory(list)
    cases: list[Row] = attrs.Factory(list)

    def add(
        self,
        place: Place,
        cells: Mapping[Part, Entered],
        attributes: Mapping[str, Entered] | None = None,
    ) -> None:
        """Add a row; a value that is blank stands where its numerator or its sample does.

        One of the list of cases has `attributes`, which may be none.
        """
        listed, attributes = attributes is not None, attributes or {}
        texts = [cells[part].text if part in cells else "" for part in _COLUMNS]
        texts += [attributes[name].text if name in attributes else "" for name in self.attributes]
        places = {part.value: said.place for part, said in cells.items()}
        if Part.VALUE not in cells:
            beside = (cells[part] for part in (*PAIR, *SAMPLE) if part in cells)
            places[Part.VALUE.value] = next((said.place for said in beside), place)
        (self.cases if listed else self.rows).append(Row(place, tuple(texts), places.get))

    def take_cases(self, listed: Rows, targets: Iterable[str]) -> None:
        """Take from a list the cases of the units that stand here, and of what is asked here."""
        asked, who = set(targets), {row.cells[:_WHO] for row in self.rows}
        left: list[Row] = []
        for row in listed.cases:
            here = row.cells[MEASURE] in asked and row.cells[:_WHO] in who
            (self.cases if here else left).append(row)
        listed.cases[:] = left

    def columns(self) -> Columns:
        """Return the table as the reader of long tables takes it."""
        headings = (*HEADINGS, *self.attributes)
        at = {HOLDS[part]: index for index, part in enumerate(_COLUMNS) if part is not Part.MEASURE}
        first = len(HEADINGS)
        return Columns(
            Sheet(headings, self.intake.place, (*self._counted(), *self.cases)),
            at,
            measures=[_COLUMNS.index(Part.MEASURE)],
            attributes={name: first + index for index, name in enumerate(self.attributes)},
        )

    def _counted(self) -> Iterator[Row]:
        """Go through the values, but for counts that say no more than the cases listed."""
        told = Counter(_key(row) for row in self.cases if not row.cells[_VALUE])
        for row in self.rows:
            if told and row.cells[_VALUE] == str(told.get(_key(row), "")):
                cells = list(row.cells)
                cells[_VALUE] = ""
                yield attrs.evolve(row, cells=cells)
            else:
                yield row


def _key(row: Row) -> tuple[object, ...]:
    return tuple(row.cells[index] for index in _KEY)


def uses_of(intake: Intake) -> dict[str, tuple[Use, ...]]:
    """Return what a code in the rows is of: a measure's value or an assessor's points."""
    holds = dict.fromkeys(intake.needs.judgements, Holds.JUDGED)
    holds |= dict.fromkeys(intake.measures, Holds.VALUE)
    return {code: (Use(each, code),) for code, each in holds.items()}


def subject_of(line: Line) -> dict[Part, Entered]:
    """Return the cells of a row or a sheet that say of whom it is."""
    return {part: said for part in SUBJECT if (said := line.said(part)) is not None}


def named_lines(lines: Iterable[Line], intake: Intake) -> list[Line]:
    """Return the rows, or sheets, that speak of units; rows of totals are reported and left out.

    Where no row has a key, the names are keys; one with neither is called by its place.
    """
    told = [line for line in lines if line.filled or _is_told(line)]
    coded = any(line.text(Part.FACILITY) for line in told)
    keyed = [_keyed(line, intake, coded=coded) for line in told]
    parts = (Part.FACILITY, Part.NAME)
    rows = [Row(line.place, [line.text(part) for part in parts]) for line in keyed]
    sheet = Sheet(tuple(part.value for part in parts), intake.place, tuple(rows))
    identity = {Holds.FACILITY: 0, Holds.NAME: 1}
    kept = {row.place for row in facility_rows(sheet, identity, intake)}
    return [line for line in keyed if line.place in kept]


def _is_told(line: Line) -> bool:
    """Return whether a row says of whom it is; the period was there when it was empty."""
    return any(line.said(part) for part in SUBJECT if part is not Part.PERIOD)


def _keyed(line: Line, intake: Intake, *, coded: bool) -> Line:
    name, key = line.said(Part.NAME), line.said(Part.FACILITY)
    if name is None and key is None:
        where = f"row {line.place.row}" if line.place.row is not None else line.place.sheet
        in_row = line.place.row is not None
        what = Said("row", "这一行") if in_row else Said("sheet", "这张表")
        intake.report(
            "record-facility-missing",
            Said(f"the {what} names no facility", f"{what.zh}没有写单位"),
            line.place,
        )
        key = name = Entered(where, line.place)
    if key is None and not coded:
        key = name
    given = {Part.NAME: name, Part.FACILITY: key}
    named = {Code(part): said for part, said in given.items() if said is not None}
    return attrs.evolve(line, cells={**line.cells, **named})


def add_line(
    line: Line, targets: Iterable[str], stages: Sequence[Stage | None], rows: Rows
) -> None:
    """Add a row for each value of a unit, at each stage that is filled in, or at one if none is."""
    subject = subject_of(line)
    if not line.filled:
        name = subject.get(Part.NAME) or subject.get(Part.FACILITY)
        who = f"`{shown(name.text)}`" if name else Said("the sheet", "这张表")
        message = Said(
            f"nothing is filled in for {who}: all its values are missing",
            f"{chinese(who)}什么都没有填，全部按缺报处理",
        )
        rows.intake.warn("workbook-facility-blank", message, line.place)
    for target in targets:
        told = [(stage, _value(line, target, stage)) for stage in stages]
        filled = [(stage, cells) for stage, cells in told if cells] or told[:1]
        for stage, cells in filled:
            measured = {Part.MEASURE: Entered(target, line.place), **_staged(stage, line.place)}
            said = _aside(line, stage) if cells else {}
            rows.add(line.place, {**subject, **measured, **cells, **said})


def _value(line: Line, target: str, stage: Stage | None) -> dict[Part, Entered]:
    codes = {part: Code(part, target, stage) for part in VALUE}
    return {part: line.cells[code] for part, code in codes.items() if code in line.cells}


def _staged(stage: Stage | None, place: Place) -> dict[Part, Entered]:
    return {} if stage is None else {Part.STAGE: Entered(stage.value, place)}


def _aside(line: Line, stage: Stage | None) -> dict[Part, Entered]:
    """Return who stated the values of a stage, and when."""
    return {part: said for part in ASIDE if (said := line.said(part, stage)) is not None}


# ------------------------------------------------------------------------------ the list of cases


@attrs.frozen
class Listed:
    """What the list of cases needs to know: labels, stages, and the units of the other sheets."""

    labels: Mapping[str, str]
    stages: tuple[Stage | None, ...]
    subjects: tuple[Mapping[Part, Entered], ...]

    @property
    def stage(self) -> Stage | None:
        """The stage of a row that names none: what was found in the check, where there is one."""
        return Stage.VERIFIED if Stage.VERIFIED in self.stages else self.stages[-1]


def add_case(line: Line, listed: Listed, rows: Rows) -> None:
    """Add the cases, or the points, that one row of the list tells of."""
    subject = _subject_of_case(line, listed, rows.intake)
    label = line.said(Part.MEASURE)
    target = None if label is None else listed.labels.get(label.text, label.text)
    stage = _stage_of_case(line, listed, rows.intake)
    if subject is None or label is None or target is None:
        if label is None:
            message = Said(
                "the row names nothing that is counted or judged: it is not read",
                "这一行没有写计什么、评什么，未读取",
            )
            rows.intake.report("workbook-case-unnamed", message, line.place)
        return
    parts = (*VALUE, *ASIDE, Part.CASE)
    cells = {part: said for part in parts if (said := line.said(part)) is not None}
    found = {code.target: said for code, said in line.cells.items() if code.part is Part.ATTRIBUTE}
    head = {**subject, Part.MEASURE: Entered(target, label.place), **_staged(stage, line.place)}
    for each in _cases(line, target, cells, found, rows.intake):
        rows.add(line.place, {**head, **each}, found)


def _cases(
    line: Line,
    target: str,
    cells: dict[Part, Entered],
    attributes: Mapping[str, Entered],
    intake: Intake,
) -> Iterator[dict[Part, Entered]]:
    """Go through the cases of a row: several that are alike, one, or a bare number."""
    measure = intake.measures.get(target)
    told = bool(attributes) or any(part in cells for part in (Part.CASE, Part.DATE))
    if measure is None or (Part.VALUE in cells and not told):
        yield cells
        return
    if not told:
        message = Said(
            "the row tells nothing of the case: neither its day nor its number",
            "这一行没有写案例的日期或编号",
        )
        hint = Said("give the day, a number, or how many there were", "写日期、编号，或有几例")
        intake.report("workbook-case-blank", message, line.place, hint=hint)
        return
    count = _count(cells.get(Part.VALUE), intake)
    one = dict(cells)
    one.pop(Part.VALUE, None)
    if count != 1 and Part.CASE in cells:
        message = Said(
            f"one number of a case, and {count} cases: it counts as one",
            f"一个案例编号，却写了{count}例：按1例计",
        )
        intake.report("workbook-case-count", message, line.place)
        count = 1
    if measure.kind is not MeasureKind.CASES and Part.CASE not in one and not attributes:
        one[Part.VALUE] = Entered(str(count), line.place)  # a day alone makes no case of a count
        count = 1
    yield from (one for _ in range(count))


def _count(said: Entered | None, intake: Intake) -> int:
    """Return how many cases a row stands for; one where that can't be read."""
    if said is None:
        return 1
    try:
        number = number_of(said.text, Said("cases", "例数"))
    except NumberError as error:
        intake.report("workbook-case-count", reason_of(error), said.place)
        return 1
    if number.denominator != 1 or not 1 <= number <= _MOST_ALIKE:
        message = Said(
            f"`{shown(said.text)}` is no number of cases from 1 to {_MOST_ALIKE}",
            f"`{shown(said.text)}`不是1至{_MOST_ALIKE}的例数",
        )
        intake.report("workbook-case-count", message, said.place)
        return 1
    return int(number)


def _stage_of_case(line: Line, listed: Listed, intake: Intake) -> Stage | None:
    said = line.said(Part.STAGE)
    if said is None:
        return listed.stage
    stage = STAGE_WORDS.get(fold(said.text))
    if stage is None:
        message, hint = (
            Said(f"`{shown(said.text)}` is no stage", f"`{shown(said.text)}`不是阶段"),
            Said("write 自评, 核实 or 复核", "写“自评”“核实”或“复核”"),
        )
        intake.report("record-stage-unknown", message, said.place, hint=hint)
    return stage


def _subject_of_case(line: Line, listed: Listed, intake: Intake) -> Mapping[Part, Entered] | None:
    """Return the unit of the other sheets that a case is of; where it is none, report that."""
    said = [each for part in (Part.FACILITY, Part.NAME) if (each := line.said(part)) is not None]
    if not said and len(listed.subjects) == 1:
        return listed.subjects[0]
    texts = {each.text for each in said}
    matches = [
        subject
        for subject in listed.subjects
        if texts <= {subject[part].text for part in (Part.FACILITY, Part.NAME) if part in subject}
    ]
    if said and len(matches) == 1:
        return matches[0]
    if not said:
        message = Said(
            "the row does not say of which facility the case is: it is not read",
            "这一行没有写案例属于哪个单位，未读取",
        )
    elif matches:
        named, count = shown(said[0].text), len(matches)
        message = Said(
            f"`{named}` is the name of {count} facilities: give its code",
            f"有{count}个单位叫`{named}`，请写编码",
        )
    else:
        words = " ".join(each.text for each in said)
        message = Said(
            f"`{shown(words)}` is no facility of this workbook: the case is not read",
            f"本工作簿没有单位`{shown(words)}`，这个案例未读取",
        )
    intake.report("workbook-case-facility", message, said[0].place if said else line.place)
    return None
